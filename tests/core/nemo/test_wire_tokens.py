"""A token comes with its credits and its time, or with those that are usual."""

import time
from collections.abc import Iterator

import pytest

from core.nemo import wire
from core.nemo.errors import Trouble

NOW = 1_800_000_000.0


@pytest.fixture
def far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock on the wall is eight hours ahead."""
    monkeypatch.setenv("TZ", "Etc/GMT-8")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_grant_holds_all_that_was_told() -> None:
    data = {
        "token": " nmv_usr_a ",
        "credits": "90",
        "user_id": "anon_1",
        "expires_at": "2027-01-20T00:00:00Z",
    }

    grant = wire.read_grant({"code": 0, "data": data}, NOW)

    assert grant == wire.Grant("nmv_usr_a", 90, "anon_1", 1_800_403_200.0)
    assert "nmv_usr_a" not in repr(grant)


@pytest.mark.parametrize(
    ("expires_at", "expires"),
    [
        (None, NOW + 604_800),
        ("soon", NOW + 604_800),
        ("2020-01-01T00:00:00Z", NOW + 604_800),
        ("2027-01-20T00:00:00", 1_800_403_200.0),
        ("2027-01-20T01:00:00+01:00", 1_800_403_200.0),
        (1_800_403_200, 1_800_403_200.0),
        (1_800_403_200_000, 1_800_403_200.0),
        ([], NOW + 604_800),
        (NOW, NOW + 604_800),
        ("0001-01-01T00:00:00+23:59", NOW + 604_800),
    ],
)
def test_a_grant_lasts_as_told_or_seven_days(expires_at: object, expires: float) -> None:
    assert (
        wire.read_grant({"data": {"token": "t", "expires_at": expires_at}}, NOW).expires == expires
    )


@pytest.mark.usefixtures("far_from_greenwich")
def test_a_time_without_a_zone_is_no_local_one() -> None:
    grant = wire.read_grant({"token": "t", "expires_at": "2027-01-20T00:00:00"}, NOW)

    assert grant.expires == 1_800_403_200.0


def test_a_grant_without_more_than_a_token_is_one() -> None:
    assert wire.read_grant({"token": "t"}, NOW) == wire.Grant("t", 100, "", NOW + 604_800)
    assert wire.read_grant({"data": {"token": "t", "credits": -5}}, NOW).credits == 0


def test_a_claim_lasts_as_told_or_seven_days() -> None:
    told = wire.read_claim({"data": {"claim_token": "clm_x", "expires_in": 60}}, NOW)

    assert (told.token, told.expires) == ("clm_x", NOW + 60)
    assert "clm_x" not in repr(told)


@pytest.mark.parametrize("token", [None, "", 7, "nmv_usr_x"])
def test_a_claim_token_that_is_none_is_trouble(token: object) -> None:
    with pytest.raises(Trouble):
        wire.read_claim({"data": {"claim_token": token}}, NOW)


@pytest.mark.parametrize("seconds", ["?", None, 0, -5])
def test_a_claim_that_says_no_time_lasts_seven_days(seconds: object) -> None:
    answer = {"data": {"claim_token": "clm_x", "expires_in": seconds}}

    assert wire.read_claim(answer, NOW).expires == NOW + 604_800


def test_a_claim_may_be_for_a_moment() -> None:
    answer = {"data": {"claim_token": "clm_x", "expires_in": "1"}}

    assert wire.read_claim(answer, NOW).expires == NOW + 1
