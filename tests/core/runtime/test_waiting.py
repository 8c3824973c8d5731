"""Photos and words that wait: each for a day from when it came itself, whatever happens in the chat
meanwhile."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat
from core.domain.requests import Kept
from core.messages import Attachment
from tests.core.domain.test_commands import HERE

NOW, HOUR = 1_800_000_000.0, 3600.0
A, B, C = (Attachment(f"telegram:{name}", f"{name}.jpg") for name in "abc")


def after(chat: Chat, hours: float, *files: Attachment, wish: str = "") -> Chat:
    """More photos, and words, come to those that wait."""
    held = chat.holds(NOW + hours * HOUR)
    return chat.keeping(Kept((*held.files, *files), wish or held.wish), NOW + hours * HOUR)


def waiting(chat: Chat, hours: float) -> tuple[str, str]:
    held = chat.holds(NOW + hours * HOUR)
    return "".join(file.ref[-1] for file in held.files), held.wish


@pytest.mark.parametrize(
    ("hours", "held"),
    [
        (23.9, ("abc", "blue")),
        (24.0, ("bc", "blue")),
        (30.0, ("c", "blue")),
        (43.9, ("c", "")),
        (44.0, ("", "")),
    ],
)
def test_each_waits_for_a_day_of_its_own(hours: float, held: tuple[str, str]) -> None:
    chat = after(after(after(after(Chat("7", HERE), 0, A), 4, B), 10, wish="blue"), 20, C)
    assert waiting(chat, hours) == held
    assert waiting(chat.aged(NOW + hours * HOUR), hours) == held
    left = chat.aged(NOW + hours * HOUR)
    assert "".join(file.ref[-1] for file in left.kept) == held[0], "and is not only hidden"
    assert left.wish == held[1]


def test_a_photo_that_is_sent_once_more_waits_from_then_on() -> None:
    chat = after(after(Chat("7", HERE), 0, A), 20, A)
    assert waiting(chat, 23) == ("aa", "")
    assert waiting(chat, 30) == ("a", "")
    late = after(after(Chat("7", HERE), 0, A), 25, A)
    assert waiting(late, 40) == ("a", "")


def test_the_words_of_an_earlier_wish_do_not_age_a_new_one() -> None:
    chat = after(Chat("7", HERE), 0, wish="blue")
    assert waiting(after(chat, 20, wish="red"), 40) == ("", "red")
    assert waiting(after(chat, 30, wish="blue"), 50) == ("", "blue"), "the first was over"


def test_what_an_earlier_version_kept_has_the_time_of_all_of_it() -> None:
    chat = replace(Chat("7", HERE), kept=(A, B), kept_at=NOW, wish="blue", wish_at=NOW)
    assert waiting(after(chat, 4, C), 25) == ("c", "")
    assert chat.aged(NOW + 25 * HOUR).kept == ()


def test_a_clock_that_was_set_back_lets_nothing_wait_for_longer() -> None:
    chat = after(Chat("7", HERE), 0, A)
    assert waiting(chat.aged(NOW - 5 * HOUR), 19.1) == ("", "")


def test_nothing_is_changed_where_nothing_waits() -> None:
    chat = Chat("7", HERE, spoken="zh")
    assert chat.aged(NOW) is chat
