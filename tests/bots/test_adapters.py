"""One suite for every adapter: what the port promises, and each field of an Outbound, holds on each
platform, over its own wire.

The table of what must be honoured is in docs/adapters.md. `python -m tests.planted` breaks each
adapter in one thing after the other, and sees whether it is noticed here."""

import contextlib
import importlib
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from bots.platforms import platforms
from core.adapter import (
    FileGone,
    Flooded,
    Gone,
    Limited,
    NoSuchMessage,
    Unavailable,
    Unclear,
    Unsent,
)
from core.messages import (
    Attachment,
    Button,
    Card,
    Command,
    Document,
    Inbound,
    Outbound,
    Span,
    Style,
    Video,
)
from tests.bots.platform import Platform, Trait
from tests.outgoing import altered, outgoing
from tests.world import photo

ALL = (*platforms(), "lines")
"""Those of bots/, and the one of tests/adapters."""
EXPORT = ((Button("Export", Command.EXPORT, 7, "1080p"), Button("New", Command.NEW)),)
FILM = b"\0\0\0\x18ftypmp42" + b"\0" * 2000


@pytest.fixture(params=ALL)
async def platform(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Platform]:
    made = importlib.import_module(f"tests.bots.sets.{request.param}").platform
    async with made(tmp_path) as here:
        yield here


def to(inbound: Inbound, words: str, **more: object) -> Outbound:
    """What the core would post in answer to this."""
    envelope = {"ticket": inbound.ticket, "user": inbound.user}
    return outgoing(inbound.address, words, **(envelope | more))


async def sent(platform: Platform, message: Outbound, edit: str | None = None) -> str:
    """Post it as something new."""
    return await platform.adapter.send(message, edit, uuid4().hex[:25])


# The adapter itself


@pytest.mark.parametrize("name", [name for name, its in platforms().items() if its.token])
def test_an_adapter_without_a_token_is_no_adapter(name: str, tmp_path: Path) -> None:
    assert importlib.import_module(f"bots.{name}").connect({}, tmp_path) is None


# What comes in


async def test_words_come_in_with_who_and_where(platform: Platform) -> None:
    inbound = await platform.hears("make a video of the sea")
    assert inbound.text == "make a video of the sea"
    assert inbound.address.platform == platform.adapter.platform
    assert inbound.user
    assert inbound.addressed
    assert inbound.place.private


async def test_what_is_said_in_a_group_is_known_as_such(platform: Platform) -> None:
    platform.needs(Trait.GROUP)
    inbound = await platform.hears("make a video of the sea", group=True)
    assert inbound.text == "make a video of the sea"
    assert inbound.addressed
    assert not inbound.place.private
    assert inbound.message


async def test_a_message_is_confirmed_when_it_is_stored_and_not_before(platform: Platform) -> None:
    platform.needs(Trait.CONFIRMING)
    platform.open.clear()
    await platform.say("hello")
    await platform.until(lambda: platform.begun > 0)
    assert platform.confirmed() == 0
    platform.open.set()
    await platform.until(lambda: platform.confirmed() == 1)


async def test_every_message_has_an_id_of_its_own(platform: Platform) -> None:
    ids = [(await platform.hears(f"words {number}")).id for number in range(3)]
    assert len(set(ids)) == 3


async def test_a_photo_comes_as_a_reference_and_can_be_fetched_more_than_once(
    platform: Platform,
) -> None:
    inbound = await platform.hears("look", photo())
    (attachment,) = inbound.attachments
    assert inbound.text == "look"
    assert ":" in attachment.ref
    for name in ("first", "second"):
        folder = platform.folder / name
        folder.mkdir()
        fetched = await platform.adapter.fetch(attachment, folder)
        assert fetched.parent == folder
        assert fetched.read_bytes() == photo()


async def test_a_file_that_is_gone_is_told_as_such(platform: Platform) -> None:
    inbound = await platform.hears("look", photo())
    (attachment,) = inbound.attachments
    with pytest.raises((FileGone, Unavailable)):
        await platform.adapter.fetch(Attachment(f"{attachment.ref}0"), platform.folder)


async def test_a_command_comes_in_as_a_command(platform: Platform) -> None:
    if platform.adapter.platform == "discord":
        pytest.skip("slash commands are tried in tests/bots/discord")
    inbound = await platform.hears("/language zh")
    assert (inbound.command, inbound.text) == (Command.LANGUAGE, "zh")


async def test_a_button_comes_back_as_its_command(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    await sent(platform, to(inbound, "Here it is.", buttons=EXPORT))
    assert (await platform.reads("Here it is.")).labels == ("Export", "New")
    pressed = await platform.pressed("Export")
    assert (pressed.command, pressed.job, pressed.text) == (Command.EXPORT, 7, "1080p")
    assert pressed.user == inbound.user


async def test_a_button_with_more_words_than_its_data_holds_brings_them_all(
    platform: Platform,
) -> None:
    inbound = await platform.hears("hello")
    long = (
        "A film of the lake in the evening, with slow music and a title",
        "And one without any of it, please",
    )
    row = tuple(Button(words, Command.EDIT, 7, words) for words in long)
    await sent(platform, to(inbound, "Which one?", buttons=(row,)))
    await platform.reads("Which one?")
    assert [(await platform.pressed(words)).text for words in long] == list(long)


# What goes out


async def test_words_arrive_where_they_belong(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    await sent(platform, to(inbound, "Uploading"))
    await platform.reads("Uploading")
    platform.needs(Trait.GROUP)
    assert platform.overheard() == []
    there = await platform.hears("hello", group=True)
    await sent(platform, to(there, "Rendering"))
    await platform.reads("Rendering")
    (overheard,) = platform.overheard()
    assert "Rendering" in overheard.text


async def test_markup_and_mentions_arrive_as_they_were_written(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    words = "1 < 2 & *stars* _lines_ `ticks` [link](http://x) <b>bold</b>"
    await sent(platform, to(inbound, words))
    shown = (await platform.reads("1 < 2")).text
    assert "stars" in shown
    assert "bold" in shown


async def test_words_are_set_apart_and_never_by_signs_in_them(platform: Platform) -> None:
    platform.needs(Trait.SPANS)
    inbound = await platform.hears("hello")
    await sent(platform, to(inbound, "A bold word.", spans=(Span(2, 6, Style.BOLD),)))
    assert (await platform.reads("A ")).bold == ("bold",)
    await sent(platform, to(inbound, "No **bold** word."))
    assert (await platform.reads("No ")).bold == ()


async def test_long_words_are_shortened_and_not_lost(platform: Platform) -> None:
    """One message for one Outbound ends where the platform ends; else the rest comes in others."""
    inbound = await platform.hears("hello")
    await sent(platform, to(inbound, f"The beginning. {'word ' * 3000}The end."))
    await platform.reads("The beginning.")
    if not isinstance(platform.adapter, Limited):
        await platform.reads("The end.")
    else:
        fitting = f"All of it: {'word ' * 999}"[: platform.adapter.text_limit - 8] + "The end."
        await sent(platform, to(inbound, fitting))
        await platform.reads("The end.")


async def test_a_status_is_edited_in_place(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    cancel = ((Button("Cancel", Command.CANCEL, 7),),)
    status = to(inbound, "Uploading", slot="job-1", silent=True, working=True, buttons=cancel)
    first = await sent(platform, status)
    begun = await platform.reads("Uploading")
    second = await sent(platform, altered(status, text="Rendering"), first)
    await platform.reads("Rendering")
    again = await sent(platform, altered(status, text="Rendering"), second)
    assert again, "an edit that changes nothing counts as done"
    over = await sent(platform, altered(status, text="Over", buttons=(), working=False), again)
    platform.needs(Trait.IN_PLACE)
    assert begun.labels == ("Cancel",)
    await platform.until(lambda: [seen.text for seen in platform.shown()] == ["Over"])
    assert platform.shown()[0].labels == ()
    assert over


async def test_a_button_that_opens_a_page_shows_where_it_leads(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    page = ((Button("Open the project", url="https://example.com/project"),),)
    await sent(platform, to(inbound, "Here it is.", buttons=page))
    assert (await platform.reads("Here it is.")).pages == ("https://example.com/project",)


async def test_a_video_arrives_as_a_film_with_its_words(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    clip = platform.folder / "clip.mp4"
    clip.write_bytes(FILM)
    url = "https://example.com/v.mp4"
    video = Video(url, path=str(clip), width=64, height=48, seconds=2, bytes=len(FILM))
    posted = await sent(platform, to(inbound, f"Ready! {url}", media=video, buttons=EXPORT))
    assert posted
    seen = await platform.reads("Ready!")
    assert seen.video == FILM
    assert "Export" in seen.labels


async def test_a_video_without_a_copy_arrives_as_its_link(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    url = "https://example.com/v.mp4"
    await sent(platform, to(inbound, f"Ready! {url}", media=Video(url)))
    assert url in (await platform.reads("Ready!")).text


async def test_a_document_arrives_with_its_words(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    await sent(platform, to(inbound, "All about you.", media=Document('{"name": "Ann"}')))
    assert (await platform.reads("All about you.")).document == b'{"name": "Ann"}'


async def test_a_file_comes_with_all_that_words_come_with(platform: Platform) -> None:
    platform.needs(Trait.GROUP, Trait.SILENT, Trait.REPLY, Trait.DISCREET)
    await platform.hears("hello")
    inbound = await platform.hears("hello", group=True)
    clip = platform.folder / "clip.mp4"
    clip.write_bytes(FILM)
    video = Video("https://example.com/v.mp4", path=str(clip), bytes=len(FILM))
    answer = to(inbound, "Ready!", media=video, buttons=EXPORT, silent=True)
    await sent(platform, altered(answer, reply_to=inbound.message))
    seen = await platform.reads("Ready!")
    assert (seen.video, seen.labels) == (FILM, ("Export", "New"))
    assert (seen.silent, seen.reply_to) == (True, inbound.message)
    await sent(platform, to(inbound, "All about you.", media=Document("{}"), discreet=True))
    assert (await platform.reads("All about you.")).document == b"{}"
    assert [there.document for there in platform.overheard()] == [None]


async def test_a_card_says_at_least_what_the_words_say(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    card = Card("Making the video", ("Photos", "Video"), 1, percent=40, time="about 3 minutes")
    words = "Making the video\n40 %\nabout 3 minutes"
    await sent(platform, to(inbound, words, card=card, slot="job-1", working=True))
    shown = (await platform.reads("Making the video")).text
    assert "40" in shown
    assert "about 3 minutes" in shown


async def test_a_platform_with_cards_shows_the_way_of_a_request(platform: Platform) -> None:
    platform.needs(Trait.CARDS)
    inbound = await platform.hears("hello")
    card = Card("Making the video", ("Photos", "Film"), 1)
    await sent(platform, to(inbound, "Making the video", card=card, slot="job-1", working=True))
    shown = (await platform.reads("Making the video")).text
    assert "Photos" in shown
    assert "Film" in shown


async def test_what_is_silent_does_not_ring(platform: Platform) -> None:
    platform.needs(Trait.SILENT)
    inbound = await platform.hears("hello")
    await sent(platform, to(inbound, "Uploading", silent=True))
    await sent(platform, to(inbound, "Here it is."))
    assert (await platform.reads("Uploading")).silent
    assert not (await platform.reads("Here it is.")).silent


async def test_who_waits_is_shown_that_the_bot_is_busy(platform: Platform) -> None:
    platform.needs(Trait.WORKING)
    inbound = await platform.hears("hello")
    await sent(platform, to(inbound, "Hello."))
    assert not platform.busy()
    await sent(platform, to(inbound, "Uploading", slot="job-1", working=True))
    await platform.until(platform.busy)


async def test_an_answer_refers_to_what_it_answers(platform: Platform) -> None:
    platform.needs(Trait.REPLY, Trait.GROUP)
    inbound = await platform.hears("hello", group=True)
    await sent(platform, to(inbound, "Here it is.", reply_to=inbound.message))
    assert (await platform.reads("Here it is.")).reply_to == inbound.message


async def test_what_is_discreet_is_read_by_nobody_else(platform: Platform) -> None:
    platform.needs(Trait.DISCREET, Trait.GROUP)
    await platform.hears("hello")
    inbound = await platform.hears("what do you know of me", group=True)
    await sent(platform, to(inbound, "You are 40.", discreet=True))
    await platform.reads("You are 40.")
    assert platform.overheard() == []


async def test_a_toast_is_no_message(platform: Platform) -> None:
    platform.needs(Trait.TOAST)
    inbound = await platform.hears("hello")
    await sent(platform, to(inbound, "Here it is.", buttons=EXPORT))
    await platform.reads("Here it is.")
    pressed = await platform.pressed("Export")
    await sent(platform, to(pressed, "It is over.", discreet=True, toast=True))
    assert [seen.text for seen in platform.shown()] == ["Here it is."]
    await platform.until(lambda: platform.toasts() == ["It is over."])
    await sent(platform, to(inbound, "Too late.", toast=True))
    assert [seen.text for seen in platform.shown()] == ["Here it is."]


# What goes wrong


async def test_a_pause_that_is_asked_for_is_told(
    platform: Platform,
) -> None:
    platform.needs(Trait.PAUSES)
    inbound = await platform.hears("hello")
    platform.pause(120)
    with pytest.raises(Flooded) as flooded:
        await sent(platform, to(inbound, "Here it is."))
    assert flooded.value.seconds >= 120
    assert platform.shown() == []


async def test_a_message_whose_answer_was_lost_is_not_there_twice(platform: Platform) -> None:
    """Where the platform knows no key for that, the core is told that it may be there."""
    platform.needs(Trait.CUTS)
    inbound = await platform.hears("hello")
    message = to(inbound, "Here it is.")
    platform.cut()
    if platform.adapter.repeatable:
        with contextlib.suppress(Unclear, Unsent):
            await platform.adapter.send(message, None, "n-1")
        await platform.adapter.send(message, None, "n-1", again=True)
    else:
        with pytest.raises(Unclear):
            await platform.adapter.send(message, None, "n-1")
    await platform.reads("Here it is.")
    assert len(platform.shown()) == 1


async def test_what_was_posted_is_known_when_its_key_is_forgotten(platform: Platform) -> None:
    platform.needs(Trait.CUTS, Trait.FORGETTING, Trait.GROUP)
    inbound = await platform.hears("hello", group=True)
    message = to(inbound, "Here it is.", reply_to=inbound.message)
    platform.cut()
    with contextlib.suppress(Unclear, Unsent):
        await platform.adapter.send(message, None, "n-1")
    platform.forget()
    await platform.adapter.send(message, None, "n-1", again=True)
    assert len(platform.shown()) == 1


async def test_who_has_shut_the_door_is_gone(platform: Platform) -> None:
    platform.needs(Trait.CLOSING)
    inbound = await platform.hears("hello")
    platform.close()
    with pytest.raises(Gone):
        await sent(platform, to(inbound, "Here it is."))


async def test_a_status_that_was_deleted_is_told_as_such(platform: Platform) -> None:
    platform.needs(Trait.DELETING)
    inbound = await platform.hears("hello")
    first = await sent(platform, to(inbound, "Uploading", slot="job-1"))
    await platform.reads("Uploading")
    platform.delete("Uploading")
    with pytest.raises(NoSuchMessage):
        await sent(platform, to(inbound, "Rendering", slot="job-1"), first)
