"""What is said depends on where it is read: among others the bot does not hear everything, and says
what works."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, close, decide
from core.domain.requests import advance
from core.i18n import LANGUAGES, catalogue, placed
from core.messages import Address, Attachment, Command
from core.settings import Settings
from core.skills import load
from tests import messages

NOW = 1_800_000_000.0
SKILLS = load()
NAMES = ("how", "send", "change")
JUST = ("Just send", "Just write", "Send photos", "直接说", "发一张或几张", "发照片")
WORKS = {"discord": ("/video", "/视频"), "telegram": ("ention me", "@ 我")}


def told(
    platform: str, language: str, *, private: bool, command: Command | None = None, text: str = ""
) -> str:
    """The answer to a command or to words, with nothing made yet."""
    address = Address(platform, "c")
    chat = Chat("u", address, language=language, introduced=True)
    inbound = messages.asked("m", "u", address, text, private=private, command=command)
    (post,) = decide(Context(chat, SKILLS, Settings()), inbound, NOW).posts
    return post.text


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("platform", ["discord", "telegram"])
@pytest.mark.parametrize("command", [Command.START, Command.HELP])
def test_greeting_and_help_among_others_say_what_works_there(
    command: Command, platform: str, language: str
) -> None:
    words = told(platform, language, private=False, command=command)
    assert any(way in words for way in WORKS[platform])
    assert not any(just in words for just in JUST)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_in_private_it_is_as_simple_as_ever(language: str) -> None:
    for command in (Command.START, Command.HELP, Command.NEW):
        for platform in ("discord", "telegram"):
            words = told(platform, language, private=True, command=command)
            assert any(just in words for just in (*JUST, "Send me photos"))
            assert "/video" not in words


ASKING = [(Command.NEW, ""), (Command.EXPORT, ""), (Command.STATUS, ""), (Command.EDIT, "")]
ASKING_WORDS = [(None, "animate this")]


@pytest.mark.parametrize(("command", "text"), [*ASKING, *ASKING_WORDS])
@pytest.mark.parametrize(
    ("platform", "way"), [("discord", "Apps ▸ Make a video"), ("telegram", "mention me")]
)
def test_whoever_is_asked_for_something_among_others_is_told_how(
    command: Command | None, text: str, platform: str, way: str
) -> None:
    assert way in told(platform, "en", private=False, command=command, text=text)
    assert way not in told(platform, "en", private=True, command=command, text=text)


@pytest.mark.parametrize("private", [True, False])
def test_so_is_whoever_sent_photos_without_words(private: bool) -> None:
    address = Address("discord", "c")
    chat = Chat("u", address)
    inbound = messages.said(
        "m", "u", address, attachments=(Attachment("discord:1"),), private=private
    )
    (start,) = decide(Context(chat, SKILLS, Settings()), inbound, NOW).start
    asked = close(start.job, chat, SKILLS["ai-video-generator-from-image"], NOW + 2, Settings())
    assert asked.notice is not None
    assert ("/video" in asked.notice.text) is not private


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*NAMES, "hint"])
def test_every_place_has_its_own_words(name: str, language: str) -> None:
    found = [
        placed(name, language, platform, private=False) for platform in ("discord", "telegram")
    ]
    found += [placed(name, language, "telegram", private=True)] if name != "hint" else []
    assert len(set(found)) == len(found)
    assert (
        placed(name, language, "another", private=False)
        == catalogue(language).phrases[f"group.{name}"]
    )


def test_words_that_come_after_the_photo_choose_the_language_of_all_that_follows() -> None:
    address = Address("discord", "c")
    first = messages.said("m1", "u", address, attachments=(Attachment("discord:1"),), order=1)
    begun = decide(Context(Chat("u", address), SKILLS, Settings()), first, NOW)
    job = replace(begun.start[0].job, id=1)
    words = messages.said("m2", "u", address, "做成 2 秒的视频", order=2)
    joined = decide(Context(begun.chat, SKILLS, Settings(), open=(job,)), words, NOW)
    job = replace(job, bundle=joined.grow[0].bundle)
    outcome = close(job, joined.chat, SKILLS["ai-video-generator-from-image"], NOW + 2, Settings())
    assert (job.language, advance(job, outcome, NOW + 2).job.language) == ("en", "zh-Hans")
