"""Whatever Discord dislikes about a message, with a code that we know or not: its words and its
link arrive, once."""

from dataclasses import replace
from pathlib import Path

import discord
import pytest

from bots.discord.delivery.errors import translated
from bots.discord.delivery.planning import Blocked, Disliked
from bots.discord.run import Discord
from core.adapter import Blame, Gone, Refused
from core.messages import Button, Command, Form, Video
from tests.backend import quick_standin
from tests.bots.discord.conftest import Taken, answer, connected
from tests.bots.discord.test_trouble import refusal
from tests.outgoing import altered
from tests.servers.discord import FakeDiscord, Photo
from tests.world import bot as whole
from tests.world import photo

POST = "POST /channels/{channel_id}/messages"
ORIGINAL = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
LINK = "https://media.example.com/clip.mp4"


def invalid(*fields: str) -> discord.HTTPException:
    """A form with these invalid fields, as the library tells it."""
    found = refusal(400, 50035)
    found.text = "Invalid Form Body\n" + "\n".join(f"In {field}: not taken" for field in fields)
    return found


@pytest.mark.parametrize(
    ("problem", "blame"),
    [
        (invalid("components.0.components.1.url"), Blame.BUTTONS),
        (invalid("embeds.0.thumbnail", "embeds.0.description"), Blame.PICTURES),
        (invalid("message_reference"), Blame.REPLY),
        (invalid("data.attachments.0.filename"), Blame.FILES),
        (invalid("content", "components.0"), None),
        (invalid("poll"), None),
        (invalid(), None),
        (refusal(400, 160002), Blame.REPLY),
        (refusal(403, 160002), Blame.REPLY),
        (refusal(400, 50109), None),
        (refusal(409, 0), None),
    ],
)
def test_a_refusal_says_what_to_leave_out_where_discord_says_it(
    problem: Exception, blame: Blame | None
) -> None:
    with pytest.raises(Refused) as refused, translated(repeatable=True):
        raise problem
    assert refused.value.blame is blame


@pytest.mark.parametrize(
    ("problem", "meaning"),
    [
        (refusal(400, 200099), Disliked), (refusal(400, 160005), Blocked), (refusal(400, 50033),
        Blocked),
        (refusal(403, 20009), Blocked),
    ],
)  # fmt: skip
def test_places_that_are_closed_and_words_that_are_disliked_are_known(
    problem: Exception, meaning: type[Exception]
) -> None:
    with pytest.raises(meaning), translated(repeatable=True):
        raise problem


@pytest.mark.parametrize(
    ("way", "status", "code"),
    [("mention", 400, 50109), ("slash", 403, 20009), ("direct", 413, 0), ("slash", 400, 240000)],
)
async def test_a_result_that_discord_refuses_arrives_as_its_link_once(
    dc: FakeDiscord, tmp_path: Path, way: str, status: int, code: int
) -> None:
    standin, picture, wish = (
        quick_standin(),
        Photo(data=photo()),
        "make a 2-second video",
    )
    place = dc.dm if way == "direct" else dc.general
    for route in (POST, ORIGINAL, "POST /webhooks/{webhook_id}/{webhook_token}"):
        dc.refuse(route, status, code, times=100, file=".mp4")

    def links() -> list[str]:
        said = (
            message
            for where in {place.id: place, dc.dm.id: dc.dm}.values()
            for message in dc.bot_says(where)
        )
        return [message.content for message in said if "/render-result/" in message.content]

    async with standin.serving() as url, whole(tmp_path, url, connected(dc, tmp_path)):
        await dc.wait_for(lambda: dc.gateway.identified)
        if way == "slash":
            dc.slash("video", {"prompt": wish}, [picture])
        else:
            dc.says(wish, [picture], channel=place, mention=way == "mention")
        await dc.wait_for(links)
    assert len(links()) == 1
    files = [
        call
        for call in dc.requests
        if any(file.name.endswith(".mp4") for file in call.files.values())
    ]
    assert len(files) <= 6, "each try has less in it"


async def mentioned(dc: FakeDiscord, taken: Taken) -> None:
    dc.says("make a clip", mention=True)
    await dc.wait_for(lambda: taken.inbounds)


async def test_what_it_refers_to_is_left_out_where_words_alone_are_refused(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.slash("video", {"prompt": "go"}, [Photo()])
    await dc.wait_for(lambda: taken.inbounds)
    await bot.send(answer(taken.last, "On it", slot="job-1"), None, "n-1")
    dc.refuse(POST, 400, 50109)
    await bot.send(answer(taken.last, "words"), None, "n-2")
    assert dc.bot_says()[-1].reply_to is None
    assert "words" in dc.bot_says()[-1].content


async def test_words_that_a_place_does_not_take_at_all_come_directly(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    await mentioned(dc, taken)
    dc.refuse(POST, 400, 99999)
    await bot.send(altered(answer(taken.last, "words"), reply_to=""), None, "n-1")
    assert ([message.content for message in dc.bot_says()], dc.bot_says(dc.dm)[0].content) == (
        [],
        "words",
    )


async def test_a_message_with_something_to_leave_out_comes_again_with_less(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    await mentioned(dc, taken)
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"0" * 100)
    video = Video(LINK, "video.mp4", str(clip), bytes=100)
    message = answer(
        taken.last, "Here", media=video, buttons=((Button("Again", Command.AGAIN, 1),),)
    )
    dc.refuse(POST, 400, 50109)
    with pytest.raises(Refused):
        await bot.send(message, None, "n-1")
    await bot.send(altered(message, buttons=(), media=replace(video, form=Form.LINK)), None, "n-1")
    (there,) = dc.bot_says()
    assert (LINK in there.content, there.files, there.labels) == (True, [], [])


async def test_where_files_alone_are_refused_everywhere_the_message_is_not_given_up(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"0" * 100)
    dc.slash("video", {"prompt": "go"}, [Photo()])
    await dc.wait_for(lambda: taken.inbounds)
    await bot.send(answer(taken.last, "On it", slot="job-1"), None, "n-1")
    for route in (POST, "POST /webhooks/{webhook_id}/{webhook_token}"):
        dc.refuse(route, 403, 20009, times=100, file=".mp4")
    message = answer(taken.last, "Here", media=Video(LINK, "video.mp4", str(clip), bytes=100))
    with pytest.raises(Refused) as refused:
        await bot.send(message, None, "n-2")
    assert refused.value.blame is Blame.FILES
    dc.faults.clear()
    dc.refuse(POST, 403, 50001, times=100)
    dc.refuse("POST /webhooks/{webhook_id}/{webhook_token}", 404, 10015, times=100)
    with pytest.raises(Gone):
        await bot.send(message, None, "n-2")
