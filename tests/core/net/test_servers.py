"""Addresses of a database's server: what is read as it is meant, and what would show a password."""

import pytest

from core.net.addresses import checked_server


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://bot@db.example/bot",
        "postgresql://bot:a%40b%2Fc:d!$&'()*+,;=-._~@db.example:5432/bot?sslmode=require",
        "postgresql://bot@[::1]:5432,db-2.example:5433/bot?target_session_attrs=read-write",
        "postgresql://postgres:@/bot?host=/var/run/postgresql",
        "postgresql://bot@%2Fvar%2Frun/bot",
        "postgresql:///bot",
    ],
)
def test_it_is_used_as_written(address: str) -> None:
    assert checked_server(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://bot:secret%zz@db.example/bot",
        "postgresql://bot:secret%00@db.example/bot",
        "postgresql://bot:secret%@db.example/bot",
        "postgresql://bot:sec/ret@db.example/bot",
        "postgresql://bot:sec?ret@db.example/bot",
        "postgresql://bot:sec#ret@db.example/bot",
        "postgresql://bot:sec@ret@db.example/bot",
        "postgresql://bot:sec ret@db.example/bot",
        "postgresql://bot@db.example/bot?password=sec@ret",
        "postgresql://bot:secret",
        "postgresql://bot@db.example:secret/bot",
        "postgresql://bot:secret@[::1/bot",
    ],
)
def test_one_that_is_read_otherwise_than_meant_is_refused_and_not_shown(address: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be read|host or port") as refused:
        checked_server(address)
    assert "sec" not in str(refused.value)
