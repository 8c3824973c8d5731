"""The gateway: drops, resumes, what was missed, wrong tokens, shards, and the links for the
operator."""

import asyncio
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from discord import client as library
from discord import shard
from structlog.testing import capture_logs

from bots.discord import connect
from bots.discord.run import Discord
from bots.discord.run.backoff import LONGEST, Prompt
from bots.discord.run.client import PERMISSIONS
from core.messages import Command
from core.settings import WrongSetting
from tests.bots.discord.conftest import Taken, address, answer, connected, running
from tests.servers.discord import FakeDiscord, Photo


async def test_a_dropped_gateway_is_resumed_and_nothing_is_lost_or_run_twice(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    asked = dc.slash("video", {"prompt": "go"}, [Photo()])
    await dc.wait_for(lambda: taken.inbounds)
    status = answer(taken.last, "Creating …", slot="job-1", silent=True, working=True)
    first = await bot.send(status, None, "n-1")
    await dc.drop_gateway()
    dc.says("said in between", mention=True)
    pressed = dc.slash("status")
    await bot.send(answer(taken.inbounds[0], "Rendering", slot="job-1", silent=True), first, "n-2")
    await dc.wait_for(lambda: len(taken.inbounds) == 3)
    assert dc.gateway.reconnected == 1
    assert dc.gateway.identified == 1
    assert [said.id for said in taken.inbounds].count(f"dc:i:{asked.id}") == 1
    assert {said.text for said in taken.inbounds} == {"go", "said in between", ""}
    assert pressed.answered


async def test_events_that_are_replayed_are_told_from_new_ones_by_their_ids(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    asked = dc.slash("help")
    await dc.wait_for(lambda: taken.inbounds)
    dc.gateway.replay()
    dc.slash("status")
    await dc.wait_for(lambda: [said for said in taken.inbounds if said.command is Command.STATUS])
    assert len(taken.inbounds) == 2, "an interaction that is acknowledged already is left alone"
    assert asked.original is not None


async def test_what_was_said_while_the_gateway_was_away_is_read_afterwards(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.says("the first", mention=True)
    dc.says("directly", channel=dc.dm)
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    await dc.drop_gateway(forget=True)
    dc.says("while away", [Photo()], mention=True, heard=False)
    dc.says("the talk of others", heard=False)
    dc.says("directly again", channel=dc.dm, heard=False)
    await dc.wait_for(lambda: len(taken.inbounds) == 4)
    missed = taken.inbounds[2:]
    assert {(said.text, said.address) for said in missed} == {
        ("while away", address(dc.general)),
        ("directly again", address(dc.dm)),
    }
    assert dc.gateway.identified == 2


async def test_a_wrong_token_is_named(dc: FakeDiscord, taken: Taken, tmp_path: Path) -> None:
    adapter = connected(dc, tmp_path, DISCORD_BOT_TOKEN="another")
    with pytest.raises(WrongSetting, match="DISCORD_BOT_TOKEN cannot be used") as wrong:
        await adapter.run(taken.receive)
    assert "another" not in str(wrong.value)


@pytest.mark.parametrize(
    ("code", "variable"), [(4004, "DISCORD_BOT_TOKEN"), (4011, "DISCORD_SHARDS")]
)
async def test_a_gateway_that_closes_for_good_names_the_setting(
    dc: FakeDiscord, taken: Taken, tmp_path: Path, code: int, variable: str
) -> None:
    adapter = connected(dc, tmp_path)
    task = asyncio.create_task(adapter.run(taken.receive))
    await dc.wait_for(lambda: dc.gateway.identified)
    await dc.drop_gateway(code)
    with pytest.raises(WrongSetting, match=f"{variable} cannot be used"):
        await task


async def test_no_privileged_intent_is_asked_for(dc: FakeDiscord, bot: Discord) -> None:
    (session,) = dc.gateway.sessions
    assert session.intents == 1 << 0 | 1 << 9 | 1 << 12


async def test_a_server_that_is_down_at_the_start_is_tried_again(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    dc.cut("GET /users/@me", times=2, done=False)
    async with running(dc, connected(dc, tmp_path), taken):
        dc.says("hello", mention=True)
        await dc.wait_for(lambda: taken.inbounds)
    assert len(dc.calls("GET /users/@me")) == 3


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_pause_that_is_asked_for_at_the_start_ends_no_process(
    dc: FakeDiscord, taken: Taken, tmp_path: Path, *, everywhere: bool
) -> None:
    dc.refuse("GET /users/@me", 429, seconds=3600.0, everywhere=everywhere)
    dc.refuse("PUT /applications/{application_id}/commands", 429, seconds=3600.0)
    async with running(dc, connected(dc, tmp_path), taken):
        dc.says("hello", mention=True)
        await dc.wait_for(lambda: taken.inbounds)
    assert len(dc.calls("GET /users/@me")) == 2


async def test_as_many_connections_as_the_operator_says(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path, DISCORD_SHARDS="2"), taken):
        await dc.wait_for(lambda: len(dc.gateway.sessions) == 2)
        dc.says("in the server", mention=True)
        dc.says("directly", channel=dc.dm)
        await dc.wait_for(
            lambda: len({said.id for said in taken.inbounds}) == 2
        )  # read and told of: the engine knows
    assert sorted(session.shard for session in dc.gateway.sessions) in ([], [(0, 2), (1, 2)])


async def test_the_invite_links_are_logged_with_exactly_what_is_needed(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    with capture_logs() as logs:
        async with running(dc, connected(dc, tmp_path), taken):
            pass
    links = [urlsplit(line["link"]) for line in logs if "link" in line]
    server, person = (parse_qs(link.query) for link in links)
    assert server["client_id"] == person["client_id"] == [str(dc.application_id)]
    assert (server["scope"], person["scope"]) == (
        ["bot applications.commands"],
        ["applications.commands"],
    )
    assert server["permissions"] == [str(PERMISSIONS.value)]
    assert {name for name, held in PERMISSIONS if held} == {
        "read_messages", "send_messages", "send_messages_in_threads", "attach_files", "embed_links",
        "read_message_history",
    }  # fmt: skip


async def test_no_log_line_holds_a_token(dc: FakeDiscord, taken: Taken, tmp_path: Path) -> None:
    with capture_logs() as logs:
        async with running(dc, connected(dc, tmp_path), taken) as bot:
            dc.slash("video", {}, [Photo()])
            await dc.wait_for(lambda: taken.inbounds)
            dc.refuse("POST /webhooks/{webhook_id}/{webhook_token}", 404, 10015)
            dc.forbid(dc.general, "view_channel")
            for number in range(2):
                await bot.send(answer(taken.last, f"words {number}"), None, f"n-{number}")
    (token,) = dc.world.interactions
    assert logs
    assert not any(token in str(line) or dc.token in str(line) for line in logs)


def test_without_a_token_there_is_no_adapter(tmp_path: Path) -> None:
    assert connect({}, tmp_path) is None
    assert connect({"DISCORD_BOT_TOKEN": " "}, tmp_path) is None


def test_connecting_touches_neither_network_nor_disk(tmp_path: Path) -> None:
    adapter = connect({"DISCORD_BOT_TOKEN": "a-token"}, tmp_path / "discord")
    assert adapter is not None
    assert adapter.platform == "discord"
    assert not (tmp_path / "discord").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISCORD_API_URL", "discord.com"),
        ("DISCORD_GATEWAY_URL", "https://discord.com"),
        ("DISCORD_SHARDS", "none"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=f"{name} cannot be used"):
        connect({"DISCORD_BOT_TOKEN": "a-token", name: value}, tmp_path)


async def test_the_gateway_that_is_set_counts_from_the_first_connection_on(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    dc.names_gateway, dc.shards = "ws://127.0.0.1:9/", 2
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: dc.gateway.identified == 2)
    assert len(dc.calls("GET /gateway/bot")) <= 1


async def test_a_gateway_that_is_gone_is_noticed(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path)
    assert adapter.heard == 0.0
    async with running(dc, adapter, taken):
        await dc.wait_for(lambda: adapter.heard > 0)
        dc.gateway.shut = True
        await dc.drop_gateway(forget=True)

        def silent() -> bool:
            dc.clock.advance(600)  # while it is open, it was heard just now all the same
            return dc.clock() - adapter.heard > 500

        await dc.wait_for(silent)


def test_however_often_the_line_has_broken_the_gateway_is_tried_soon_again(bot: Discord) -> None:
    pauses = [Prompt().delay() for _ in range(20)]
    often = Prompt()
    pauses += [often.delay() for _ in range(200)]
    assert 0 <= min(pauses) < max(pauses) == LONGEST
    assert [vars(it)["ExponentialBackoff"] for it in (library, shard)] == [Prompt, Prompt]
