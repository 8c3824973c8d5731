"""Somebody whom the platform hides (an administrator in a group's name, a channel) is many: nothing
is kept of them."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, decide
from core.domain.limits.admission import Space
from core.domain.requests import State
from core.i18n import text
from core.messages import Amended, Attachment, Command, Inbound, Presence
from core.settings import Settings
from tests import messages
from tests.core.domain.test_commands import GROUP, NOW, SKILLS, in_group, job, known, words_of

NAME = "-100777"
IMPERSONAL = (Command.START, Command.HELP, Command.PRIVACY, Command.SETTINGS)
CHAT = Chat(NAME, GROUP)


def masked(command: Command | None, words: str = "", **more: object) -> Inbound:
    inbound = in_group(command, words, **{"aside": None, **more})
    return messages.changed(inbound, user=NAME, masked=True)


@pytest.mark.parametrize("command", [command for command in Command if command not in IMPERSONAL])
def test_what_needs_a_person_is_answered_with_what_helps_and_nothing_is_begun(
    command: Command,
) -> None:
    turn = decide(known(chat=CHAT), masked(command, "yes"), NOW)
    assert words_of(turn) == [text("talk.masked", "en")]
    assert (turn.chat, turn.start, turn.copy, turn.erase, turn.log_out) == (
        CHAT,
        (),
        False,
        False,
        False,
    )


@pytest.mark.parametrize(
    "words", ["make a video", "how much does it cost?", "credits", "export", "hello", ""]
)
def test_words_and_photos_are_not_kept_for_all_who_write_under_that_name(words: str) -> None:
    photo = (Attachment("telegram:photo:1"),)
    for files in ((), photo):
        turn = decide(known(chat=CHAT), masked(None, words, attachments=files), NOW)
        assert (words_of(turn), turn.chat, turn.start) == ([text("talk.masked", "en")], CHAT, ())


@pytest.mark.parametrize("command", IMPERSONAL)
def test_what_is_the_same_for_everybody_is_answered_and_nothing_remembered(
    command: Command,
) -> None:
    turn = decide(known(chat=CHAT), masked(command, next(iter(SKILLS))), NOW)
    assert turn.chat == CHAT
    assert [post.address for post in turn.posts] == [GROUP]
    assert text("talk.masked", "en") not in words_of(turn)


@pytest.mark.parametrize("admin", [True, False])
def test_the_settings_of_a_group_are_for_whoever_writes_in_its_name(admin: bool) -> None:
    turn = decide(known(chat=CHAT), masked(Command.SETTINGS, "daily=3", admin=admin), NOW)
    assert turn.space == (Space(daily=3) if admin else None)


@pytest.mark.parametrize(
    "more",
    [
        {"heard": "overheard", "album": "a"},
        {"what": Amended("make it blue")},
        {"what": Presence(True)},
    ],
)
def test_the_talk_of_others_is_left_alone(more: dict[str, object]) -> None:
    turn = decide(known(chat=CHAT), masked(None, "make it blue", **more), NOW)
    assert (turn.posts, turn.chat, turn.start, turn.grow) == ((), CHAT, (), ())


def test_a_flood_under_one_name_is_answered_a_few_times() -> None:
    assert decide(known(chat=CHAT, owed=2), masked(None, "a video"), NOW).posts
    assert decide(known(chat=CHAT, owed=3), masked(None, "a video"), NOW).posts == ()


def test_where_the_bot_is_off_it_stays_silent_and_forgets_who_it_was() -> None:
    turn = decide(
        known(chat=CHAT, settings=Settings(allowed_users=frozenset({"8"}))),
        masked(None, "a video", language="zh"),
        NOW,
    )
    assert (turn.posts, turn.chat) == ((), CHAT)


def test_the_answer_is_in_the_language_of_the_group() -> None:
    turn = decide(known(chat=CHAT, space=Space(language="zh")), masked(Command.CREDITS), NOW)
    assert words_of(turn) == [text("talk.masked", "zh")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_video_of_former_times_is_nobodys_and_its_button_says_what_helps(language: str) -> None:
    theirs = replace(job(state=State.DONE, url="https://x/v.mp4"), user=NAME, private=False)
    pressed = in_group(Command.AGAIN, job=4)
    turn = decide(known(chat=Chat("7", GROUP, language=language), named=theirs), pressed, NOW)
    assert words_of(turn) == [text("talk.masked_video", language)]
    assert turn.posts[0].toast
    assert len(turn.posts[0].text) <= 200, "a toast of Telegram's"
