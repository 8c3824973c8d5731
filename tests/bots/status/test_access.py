"""The link to the operator's page works once and for a while; a cookie lasts; what is forged opens
nothing."""

from pathlib import Path

import pytest

from bots.status.access import COOKIE_SECONDS, KEY, LINK_SECONDS, USED, Access

NOW = 1_790_000_000.0


def test_a_link_works_once_also_for_another_process(tmp_path: Path) -> None:
    token = Access(tmp_path).token("link", NOW)
    assert Access(tmp_path).use(token, NOW + 1)
    assert not Access(tmp_path).use(token, NOW + 2)
    again = Access(tmp_path).token("link", NOW)
    assert Access(tmp_path).use(again, NOW + 3)


@pytest.mark.parametrize(("kind", "seconds"), [("link", LINK_SECONDS), ("cookie", COOKIE_SECONDS)])
def test_each_is_good_for_its_time_and_purpose(tmp_path: Path, kind: str, seconds: float) -> None:
    access = Access(tmp_path)
    token = access.token(kind, NOW)
    assert access.fits(kind, token, NOW + seconds - 1)
    assert not access.fits(kind, token, NOW + seconds + 1)
    assert not access.fits("cookie" if kind == "link" else "link", token, NOW)


@pytest.mark.parametrize(
    "forged",
    ["", ".", "link", "link.9999999999.x", "link.9999999999.x.sign", "é.ü", "link.x.y.z" * 100],
)
def test_what_is_forged_opens_nothing(tmp_path: Path, forged: str) -> None:
    access = Access(tmp_path)
    assert not access.use(forged, NOW)
    assert not access.fits("cookie", forged, NOW)


def test_a_changed_time_breaks_the_sign(tmp_path: Path) -> None:
    access = Access(tmp_path)
    kind, until, luck, sign = access.token("cookie", NOW).split(".")
    longer = f"{kind}.{int(until) + 9}.{luck}.{sign}"
    assert not access.fits("cookie", longer, NOW)


def test_another_installations_key_opens_nothing(tmp_path: Path) -> None:
    token = Access(tmp_path / "a").token("cookie", NOW)
    assert not Access(tmp_path / "b").fits("cookie", token, NOW)


def test_its_files_are_for_the_bots_user_alone_and_do_not_grow(tmp_path: Path) -> None:
    access = Access(tmp_path)
    for each in range(3):
        at = NOW + each * 2 * LINK_SECONDS
        assert access.use(access.token("link", at), at)
    assert len((tmp_path / USED).read_text(encoding="utf-8").splitlines()) == 1
    assert all((tmp_path / name).stat().st_mode & 0o077 == 0 for name in (KEY, USED))
