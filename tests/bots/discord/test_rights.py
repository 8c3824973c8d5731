"""What the bot may not do in a channel: each missing right is named, with the channel and what to
grant."""

from pathlib import Path

import pytest

from bots.discord.run import Discord
from core.messages import Card, Inbound
from tests.bots.discord.conftest import Taken, answer, connected, running
from tests.bots.discord.test_deliver import clip
from tests.servers.discord import FakeDiscord, Photo


async def said(dc: FakeDiscord, taken: Taken, words: str = "make a clip") -> Inbound:
    before = len(taken.inbounds)
    dc.says(words, [Photo()], mention=True)
    await dc.wait_for(lambda: len(taken.inbounds) > before)
    return taken.last


@pytest.mark.parametrize(
    ("right", "name", "where"),
    [
        ("send_messages", "Send Messages", "directly"),
        ("view_channel", "View Channel", "directly"),
        ("attach_files", "Attach Files", "here"),
        ("embed_links", "Embed Links", "here"),
        ("create_public_threads", "Create Public Threads", "here"),
        ("send_messages_in_threads", "Send Messages in Threads", "here"),
    ],
)
async def test_a_missing_right_is_named_with_its_channel_under_a_result_that_came_all_the_same(
    dc: FakeDiscord, taken: Taken, tmp_path: Path, right: str, name: str, where: str
) -> None:
    threaded = "1" if "threads" in right else "0"
    async with running(dc, connected(dc, tmp_path, DISCORD_THREADS=threaded), taken) as bot:
        hidden = right == "view_channel"  # what the bot cannot see it does not hear either
        if not hidden:
            dc.forbid(dc.general, right)
        request = await said(dc, taken)
        if hidden:
            dc.forbid(dc.general, right)
        status = answer(
            request,
            "Got it.",
            slot="job-1",
            silent=True,
            card=Card("Got it.", queue="One comes first."),
        )
        await bot.send(status, None, "n-0")
        await bot.send(answer(request, "Here is your video!", media=clip(tmp_path)), None, "n-1")
    result = dc.bot_says(dc.dm if where == "directly" else dc.general)[-1]
    assert "Here is your video!" in result.content
    assert f"<#{dc.general.id}>" in result.content
    assert name in result.content
    assert result.pings == {dc.asker.id}


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "For an admin"), ("zh-Hans", "给管理员")]
)
async def test_a_missing_embed_right_is_named_once_a_day_in_the_readers_language(
    dc: FakeDiscord, bot: Discord, taken: Taken, language: str, sentence: str
) -> None:
    dc.forbid(dc.general, "embed_links")
    request = await said(dc, taken, "make a clip")
    status = answer(request, "…", slot="job-1", silent=True, card=Card("…"), language=language)
    for number in range(2):
        await bot.send(status, None, f"s-{number}")
        await bot.send(answer(request, f"{number}", language=language), None, f"n-{number}")
    told = [sentence in message.content for message in dc.bot_says()]
    assert told == [False, True, False, False]


async def test_an_answer_for_one_persons_eyes_does_not_bother_with_rights(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.forbid(dc.general, "embed_links")
    request = await said(dc, taken)
    await bot.send(
        answer(request, "Got it.", slot="job-1", silent=True, card=Card("Got it.")), None, "n-0"
    )
    dc.slash("credits")
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    await bot.send(answer(taken.last, "100 credits"), None, "n-1")
    assert [message.content for message in dc.bot_says()] == ["Got it.", "100 credits"]
