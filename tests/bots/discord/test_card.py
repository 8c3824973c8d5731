"""The card under a status: what it shows, the small picture of the user's photo, and what is left
without either."""

import asyncio
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bots.discord.run import Discord
from bots.discord.translate import Handle, to_embed, to_handle
from core.domain.requests import Job, Notice, Plan, State, Step, to_outbound
from core.messages import Address, Attachment, Card, Inbound, Outbound
from tests.bots.discord.conftest import Taken, answer, connected, running
from tests.core.workshop.test_workshop import origins
from tests.knowing import knowing
from tests.outgoing import altered
from tests.servers.discord import FakeDiscord, Message, Photo
from tests.servers.telegram import photograph

EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
READ = "GET /channels/{channel_id}/messages/{message_id}"
WAY = ("Photos", "Upload", "Video", "MP4")
NOW = 1_800_000_000.0


def heic() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), "steelblue").save(out, "HEIF")
    return out.getvalue()


async def sent(dc: FakeDiscord, taken: Taken, photo: Photo, *, slash: bool = False) -> Inbound:
    """A request with this photo, taken in."""
    if slash:
        dc.slash("video", {"prompt": "go"}, [photo])
    else:
        dc.says("make a clip", [photo], mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    return taken.last


def status(said: Inbound, words: str, **more: object) -> Outbound:
    """The status of this request; `more` goes on its card."""
    card = Card(words, stages=WAY, reached=1, photo=said.attachments[0])
    card = replace(card, **more)  # type: ignore[arg-type]
    text = " ".join(filter(None, (words, card.queue, card.time)))
    return answer(said, text, slot="job-1", silent=True, working=True, card=card)


async def pictured(dc: FakeDiscord, bot: Discord, said: Inbound) -> tuple[str, Message]:
    """The status as soon as it has its picture: edits come until it is made."""
    posted = await bot.send(status(said, "Got your photo."), None, "n-1")
    for number in range(200):
        posted = await bot.send(status(said, f"Uploading {number}"), posted, f"e-{number}")
        if dc.bot_says()[0].pictures:
            break
        await asyncio.sleep(0.02)
    return posted, dc.bot_says()[0]


# What it says


@pytest.mark.parametrize(
    ("card", "lines"),
    [
        (Card("Got it.", WAY, 0), ["▶️ Photos ✗ ▫️ Upload ✗ ▫️ Video ✗ ▫️ MP4"]),
        (
            Card("Rendering", WAY, 3, percent=40),
            ["✅ Photos ✗ ✅ Upload ✗ ✅ Video ✗ ▶️ MP4", "▰▰▰▰▱▱▱▱▱▱▱▱ 40 %"],
        ),
        (Card("Rendering", percent=140), ["▰▰▰▰▰▰▰▰▰▰▰▰ 100 %"]),
        (Card("Got it.", queue="2 come first."), ["2 come first."]),
        (Card("Creating", time="About 3 min."), ["About 3 min."]),
        (
            Card("Creating", time="About 3 min.", expected=NOW + 180),
            [f"⏱ Expected <t:{NOW + 180:.0f}:R>"],
        ),
        (Card("Creating", time="About 3 min.", expected=NOW - 1), ["About 3 min."]),
    ],
)
def test_a_card_shows_the_way_the_bar_the_queue_and_the_time_left(
    card: Card, lines: list[str]
) -> None:
    embed = to_embed(card, "en", NOW, pictured=False)
    assert embed is not None
    assert embed.description == "\n".join(lines).replace(" ✗ ", "\u2002")


def test_a_card_with_nothing_to_show_is_none() -> None:
    assert to_embed(Card("Done"), "en", NOW, pictured=False) is None
    assert to_embed(Card("Done"), "en", NOW, pictured=True) is not None


@pytest.mark.parametrize("text", ["c:1/2", "cp:1/2", "op:1/2/3", "ohp:1/2/3", "fh:1/2/3"])
def test_the_id_of_a_message_remembers_its_picture(text: str) -> None:
    handle = to_handle(text)
    assert handle is not None
    assert (str(handle), handle.pictured) == (text, "p" in text)
    assert to_handle("pc:1/2") is None
    assert Handle("1", "2", pictured=True) == to_handle("cp:1/2")


PHOTO = Attachment("discord:1/2/3", "a.jpg", "image/jpeg")


def job(step: Step, state: State = State.OPEN, plan: Plan = Plan.MAKE, *files: Attachment) -> Job:
    learnt = knowing(files=files)
    place = Address("discord", "5")
    return Job(7, "lock", "1", place, plan, step, learnt, state=state, expected=NOW + 60)


@pytest.mark.parametrize(
    ("step", "reached"),
    [(Step.GATHER, 0), (Step.BRING, 1), (Step.GENERATE, 2), (Step.POLL, 3), (Step.LINK, 3)],
)
def test_the_way_of_a_request_follows_its_steps(step: Step, reached: int) -> None:
    card = to_outbound(
        job(step, State.OPEN, Plan.MAKE, PHOTO), Notice("words", queue="Second.")
    ).card
    assert card == Card("words", WAY, reached, queue="Second.", expected=NOW + 60, photo=PHOTO)


def test_what_is_over_shows_no_progress_and_a_result_no_card() -> None:
    over = job(Step.LINK, State.DONE, Plan.MAKE, PHOTO)
    assert to_outbound(over, Notice("Done")).card == Card("Done", photo=PHOTO)
    assert to_outbound(over, Notice("Ready!", final=True)).card is None


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        (Attachment("discord:1/2/3", "a.bin", "image/heic"), True),
        (Attachment("spool:1-1-IMG_1.HEIC", "IMG_1.HEIC"), True),
        (Attachment("discord:1/2/3", "clip.mp4", "video/mp4"), False),
        (Attachment("discord:1/2/3", "trick.jpg", "video/mp4"), False),
        (Attachment("url:https://example.com/a.jpg", "a.jpg"), False),
    ],
)
def test_the_photo_is_the_first_picture_and_no_link(file: Attachment, shown: bool) -> None:
    card = to_outbound(job(Step.BRING, State.OPEN, Plan.MAKE, file), Notice("words")).card
    assert card is not None
    assert (card.photo == file) is shown
    assert bool(card.stages) is shown


# The picture


@pytest.mark.parametrize("slash", [False, True])
async def test_the_photo_is_shown_small_once_and_kept_by_later_edits(
    dc: FakeDiscord, bot: Discord, taken: Taken, slash: bool
) -> None:
    photo = (
        Photo("IMG_1.HEIC", heic(), "image/heic")
        if slash
        else Photo("sea.jpg", photograph(2000, 1000, "navy"))
    )
    said = await sent(dc, taken, photo, slash=slash)
    posted, message = await pictured(dc, bot, said)
    (picture,) = message.pictures
    with Image.open(io.BytesIO(picture.photo.data)) as small:
        assert (small.format, max(small.size)) == ("JPEG", 320)
    assert len(picture.photo.data) < 200_000
    uploads = len([call for call in dc.requests if call.files])
    await bot.send(status(said, "Rendering 40 %", percent=40), posted, "n-8")
    await bot.send(status(said, "Rendering 80 %", percent=80), posted, "n-9")
    assert message.pictures == [picture]
    assert len([call for call in dc.requests if call.files]) == uploads == 1
    assert message.content == "Rendering 80 %"
    assert "80 %" in message.card
    assert message.files == []


async def test_the_first_words_wait_for_no_picture(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await sent(dc, taken, Photo("sea.jpg", photograph(640, 480)))
    held = dc.hold(READ)
    posted = await bot.send(status(said, "Got your photo."), None, "n-1")
    await dc.wait_for(lambda: dc.calls(READ))
    await bot.send(status(said, "Uploading 1 of 1"), posted, "n-2")
    message = dc.bot_says()[0]
    assert (message.content, message.pictures) == ("Uploading 1 of 1", [])
    held.set()


@pytest.mark.parametrize("trouble", ["damaged", "gone", "too large"])
async def test_a_photo_that_cannot_be_shown_costs_the_status_nothing(
    dc: FakeDiscord, bot: Discord, taken: Taken, trouble: str
) -> None:
    data = b"\xff\xd8\xff\xe0 not really" if trouble == "damaged" else photograph(640, 480)
    said = await sent(dc, taken, Photo("sea.jpg", data))
    if trouble == "gone":
        dc.sees()[0].stored.clear()
    if trouble == "too large":
        said = said.with_files((replace(said.attachments[0], bytes=60 * 2**20),))
    posted = await bot.send(status(said, "Got your photo."), None, "n-1")
    for number in range(4):
        await asyncio.sleep(0.03)
        await bot.send(status(said, f"Uploading {number}"), posted, f"e-{number}")
    message = dc.bot_says()[0]
    assert (message.content, message.pictures) == ("Uploading 3", [])
    assert len(dc.calls(READ)) == (0 if trouble == "too large" else 1), (
        "it is not tried again and again"
    )
    assert message.card


async def test_after_a_restart_the_picture_is_kept_and_not_sent_again(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    left = tmp_path / "previews" / "of-a-killed-process"
    left.mkdir(parents=True)
    others = {*origins()}
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        said = await sent(dc, taken, Photo("sea.jpg", photograph(640, 480)))
        posted, message = await pictured(dc, bot, said)
    assert not left.exists()
    assert {*origins()} <= others  # what made the picture is gone
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        await bot.send(status(said, "Rendering 40 %"), posted, "n-9")
    assert (message.content, len(message.pictures)) == ("Rendering 40 %", 1)
    assert len([call for call in dc.requests if call.files]) == 1


async def test_the_end_of_a_status_keeps_the_photo_and_no_progress(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await sent(dc, taken, Photo("sea.jpg", photograph(640, 480)))
    posted, message = await pictured(dc, bot, said)
    end = answer(
        said, "💳 Used 100 credits.", slot="job-1", silent=True, card=Card("💳 Used 100 credits.")
    )
    await bot.send(altered(end, card=Card(end.text, photo=said.attachments[0])), posted, "n-9")
    assert (message.content, message.card, len(message.pictures)) == (end.text, "", 1)
    assert message.labels == []


async def test_a_status_that_loses_its_card_shows_no_large_picture_instead(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await sent(dc, taken, Photo("sea.jpg", photograph(640, 480)))
    posted, message = await pictured(dc, bot, said)
    posted = await bot.send(answer(said, "Plain words", slot="job-1", silent=True), posted, "n-9")
    assert (message.content, message.embeds, message.stored) == ("Plain words", [], [])
    assert posted == f"c:{dc.general.id}/{message.id}"


# Without embeds


async def test_without_embed_links_the_words_say_it_all(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.forbid(dc.general, "embed_links")
    said = await sent(dc, taken, Photo("sea.jpg", photograph(640, 480)))
    words = status(said, "Got your photo.", queue="2 of your requests come first.")
    posted = await bot.send(words, None, "n-1")
    await bot.send(altered(words, text="Creating. About 3 min."), posted, "n-2")
    message = dc.bot_says()[0]
    assert message.before == ["Got your photo. 2 of your requests come first."]
    assert (message.content, message.embeds, message.stored) == ("Creating. About 3 min.", [], [])
    assert not dc.calls(READ), "no picture is made for nobody"


async def test_a_right_that_is_refused_all_the_same_costs_the_card_alone(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await sent(dc, taken, Photo("sea.jpg", photograph(640, 480)))
    words = status(said, "Got your photo.", queue="One comes first.")
    for route, posted in (("POST /channels/{channel_id}/messages", None), (EDIT, "here")):
        dc.refuse(route, 403, 50013)
        edit = f"c:{dc.general.id}/{dc.bot_says()[0].id}" if posted else None
        await bot.send(words, edit, "n-1")
        assert [(message.content, message.embeds) for message in dc.bot_says()] == [
            ("Got your photo. One comes first.", [])
        ]


async def test_without_the_right_to_attach_there_is_a_card_without_a_picture(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.forbid(dc.general, "attach_files")
    said = await sent(dc, taken, Photo("sea.jpg", photograph(640, 480)))
    await bot.send(status(said, "Got your photo."), None, "n-1")
    assert dc.bot_says()[0].card
    assert not dc.calls(READ)


@pytest.mark.parametrize("edited", [False, True])
async def test_words_that_the_moderation_dislikes_take_the_card_with_them(
    dc: FakeDiscord, bot: Discord, taken: Taken, edited: bool
) -> None:
    said = await sent(dc, taken, Photo("sea.jpg", photograph(640, 480)))
    posted = (await pictured(dc, bot, said))[0] if edited else None
    dc.refuse(EDIT if edited else "POST /channels/{channel_id}/messages", 400, 200000)
    await bot.send(status(said, "Rude words"), posted, "n-9")
    message = dc.bot_says()[0]
    assert "moderation" in message.content
    assert (message.embeds, message.stored) == ([], [])


async def test_the_last_minute_of_a_token_takes_the_card_away(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    place = dc.foreign()
    dc.slash(
        "video",
        {"prompt": "go"},
        [Photo("sea.jpg", photograph(640, 480))],
        channel=place,
        installed="user",
    )
    await dc.wait_for(lambda: taken.inbounds)
    await bot.send(status(taken.last, "Rendering 40 %", percent=40), None, "n-1")
    dc.clock.advance(14 * 60 + 1)
    await dc.wait_for(lambda: "new message" in dc.bot_says(place)[0].content)
    assert dc.bot_says(place)[0].embeds == []


async def test_after_a_restart_a_status_that_stands_there_is_found_and_not_repeated(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        said = await sent(dc, taken, Photo("sea.jpg", photograph(640, 480)), slash=True)
        words = status(said, "Got your photo.", queue="One comes first.")
        first = await bot.send(words, None, "n-1")
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        assert await bot.send(words, None, "n-1") == first
    assert len(dc.bot_says()) == 1
