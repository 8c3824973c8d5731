"""How a database is told of whose address or library is not at hand."""

import pytest

from bots.databases import address, with_extra
from core.settings import WrongSetting


def test_postgres_without_its_libraries_is_one_sentence_with_the_remedy() -> None:
    with pytest.raises(WrongSetting, match=r"photo-to-video-bot\[postgres\]"), with_extra():
        raise ModuleNotFoundError("psycopg")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://bot:hidden@db:5432/bot", "postgresql://bot@db:5432/bot"),
        (
            "postgresql://bot:hid:d@n@db/bot?sslmode=require",
            "postgresql://bot@db/bot?sslmode=require",
        ),
        (
            "postgresql:///bot?host=/run/postgres&password=hidden",
            "postgresql:///bot?host=/run/postgres",
        ),
        ("postgresql://db/bot", "postgresql://db/bot"),
        ("postgresql://bot:hidden@[db/bot", "postgresql://…"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    assert address(url) == shown
