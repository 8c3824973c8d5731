"""One person cannot reach what belongs to another: buttons, forged data, replies, deep links, ids
in commands."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

import pytest

from bots.discord.commands.forms import edit_form
from bots.sandbox.standin.app import StandIn
from core.domain.limits.admission import TOLD_AT_MOST, TOLD_AT_MOST_WHO_WAITS
from core.i18n import text
from core.messages import Button, Command
from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.process import until
from tests.servers.discord import FakeDiscord, Photo
from tests.servers.discord.world import Interaction
from tests.test_walk import MAKE, said
from tests.test_walk_telegram import There, telegram_bot
from tests.world import bot as whole
from tests.world import photo, world

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

GROUP = -1_001_234_567_890
OWNER, ATTACKER = 1001, 1002
TEXTS = ("", "yes", "check", "strip:audio", "do-it", "a0", "go", "edited", "s0", "1")
COMMANDS = sorted(Command)


def paid(standin: StandIn) -> dict[str, int]:
    """What was asked of the backend in the owner's session, or by anybody at all."""
    return {
        name: len(standin.asked(name))
        for name in ("session", "upload", "turn", "render", "state", "cancel")
    }


def text_of(there: There, chat: int) -> str:
    return there.telegram.transcript(chat)


async def made(there: There) -> int:
    """The owner's video in the group; returns the message with the buttons."""
    there.telegram.add_group(GROUP)
    for user in (OWNER, ATTACKER):
        there.telegram.user_sends("/privacy", user=user)
    me = there.telegram.world.bot["username"]
    there.telegram.user_sends(
        f"@{me} a 2-second video of my secret garden", photo=photo(), chat=GROUP
    )
    await there.video(chat_id=GROUP)
    return next(seen.id for seen in there.telegram.chat(GROUP) if seen.by_bot and seen.video)


def _answered(use: Interaction) -> bool:
    return use.answered_at is not None


async def quiet(there: There) -> None:
    """Wait until all that was sent has been taken in and answered."""
    updates = there.telegram.world.updates
    await there.telegram.wait_for(lambda: all(update.confirmed for update in updates))
    there.telegram.user_sends("/privacy", user=ATTACKER + 7)
    await there.reads("🔒 What I keep", chat_id=ATTACKER + 7)


async def test_forged_data_with_anothers_job_does_nothing_whatever_the_command(
    tmp_path: Path,
) -> None:
    async with telegram_bot(tmp_path) as there:
        message = await made(there)
        before, telegram = paid(there.standin), there.telegram
        post = telegram.world.post(GROUP, message)
        assert post is not None
        genuine = post.body["reply_markup"]
        forged = list(product(COMMANDS, TEXTS))
        for command, words in forged:
            data = f"v1:{command}:1:{words}"
            post.body["reply_markup"] = {
                "inline_keyboard": [[{"text": "x", "callback_data": data}]]
            }
            telegram.presses(message, "x", chat=GROUP, user=ATTACKER)
        await telegram.wait_for(lambda: len(telegram.calls("answerCallbackQuery")) >= len(forged))
        post.body["reply_markup"] = genuine
        await quiet(there)
        answers = {call.values.get("text", "") for call in telegram.calls("answerCallbackQuery")}
        refusal = (
            "That button belongs to somebody else's video. Send me your own photos and you'll "
            "get one too. 🙂"
        )
        in_private = text("talk.in_private", "en")  # where the slow platform let it be told again
        # told so often, a press is only acknowledged
        assert {refusal} <= answers <= {"", refusal, in_private}
        assert paid(there.standin) == before
        assert "secret garden" not in text_of(there, ATTACKER)
        telegram.user_sends("/history", chat=GROUP)
        await there.reads("Your last videos", chat_id=OWNER)


async def test_a_crowd_of_forged_presses_is_told_no_oftener_than_one_after_the_other(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        press = partial(here.adapter.says, user="user-2", command=Command.EXPORT, job=1)
        await asyncio.gather(*(press() for _ in range(10 * TOLD_AT_MOST)))
        await here.adapter.says(user="user-2", command=Command.PRIVACY)
        await said(here, "🔒 What I keep")
        told = [it for it in here.adapter.shown if "belongs to somebody" in it.text]
        assert len(told) == TOLD_AT_MOST


async def test_words_of_another_never_reach_the_owners_project(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path) as there:
        message = await made(there)
        telegram, me = there.telegram, there.telegram.world.bot["username"]
        before = paid(there.standin)
        for words in (
            "/history 1",
            "/export 1",
            "/status 1",
            "/cancel 1",
            "/start 1",
            "/start job-1",
            "/edit",
        ):
            telegram.user_sends(words.replace(" ", f"@{me} ",
            1) if " " in words else f"{words}@{me}",
                                chat=GROUP, user=ATTACKER)  # fmt: skip
            telegram.user_sends(words, user=ATTACKER)
        telegram.user_sends("make it 9 seconds", chat=GROUP, user=ATTACKER, reply_to=message)
        telegram.user_sends(f"@{me} export", chat=GROUP, user=ATTACKER, reply_to=message)
        await quiet(there)
        await asyncio.sleep(0.3)
        assert paid(there.standin) == before, "no session of anybody was touched"
        assert "secret garden" not in text_of(there, ATTACKER)
        assert "render-result" not in text_of(there, ATTACKER)


async def test_a_request_of_another_runs_in_a_session_and_under_a_token_of_its_own(
    tmp_path: Path,
) -> None:
    async with telegram_bot(tmp_path) as there:
        await made(there)
        me = there.telegram.world.bot["username"]
        there.telegram.user_sends(
            f"@{me} a 2-second video", photo=photo(1), chat=GROUP, user=ATTACKER
        )
        await there.video(2, chat_id=GROUP)
        first, second = there.standin.asked("turn")
        assert first.token != second.token
        assert first.facts["json"]["session_id"] != second.facts["json"]["session_id"]
        assert len({call.token for call in there.standin.asked("render")}) == 2


async def test_the_copy_of_one_holds_nothing_of_another(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path) as there:
        await made(there)
        there.telegram.user_sends("/mydata", user=ATTACKER)
        copy = await there.telegram.wait_for(
            lambda: next(
                (seen.document for seen in there.telegram.chat(ATTACKER) if seen.document), None
            ),
            20,
        )
        assert b"secret garden" not in copy
        assert str(OWNER).encode() not in copy
        there.telegram.user_sends("/mydata", user=OWNER)
        own = await there.telegram.wait_for(
            lambda: next(
                (seen.document for seen in there.telegram.chat(OWNER) if seen.document), None
            ),
            20,
        )
        assert b"secret garden" in own


async def test_the_settings_of_a_group_are_for_its_admins(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path, ADMINS=f"telegram:{ATTACKER + 1}") as there:
        telegram, me = there.telegram, there.telegram.world.bot["username"]
        telegram.add_group(GROUP)
        for user in (ATTACKER, ATTACKER + 1):
            telegram.user_sends("/privacy", user=user)
        telegram.user_sends(f"/settings@{me} off", chat=GROUP, user=ATTACKER)
        await there.reads("Only the admins", chat_id=GROUP)
        telegram.user_sends(f"/settings@{me} daily=3", chat=GROUP, user=ATTACKER + 1)
        await there.reads("videos a day for each user: 3", chat_id=GROUP)


async def test_strangers_and_foreign_groups_get_nothing_but_their_id(tmp_path: Path) -> None:
    async with telegram_bot(
        tmp_path, ALLOWED_USERS=f"telegram:{OWNER}", ALLOWED_GROUPS="telegram:-1"
    ) as there:
        telegram, me = there.telegram, there.telegram.world.bot["username"]
        telegram.add_group(GROUP)
        for command in COMMANDS:
            telegram.user_sends(f"/{command}", user=ATTACKER)
        telegram.user_sends(f"@{me} a video", photo=photo(), chat=GROUP, user=ATTACKER)
        telegram.user_sends("a 2-second video", photo=photo())
        await there.video()
        said = {seen.text for seen in telegram.said(ATTACKER)}
        assert {
            words
            for words in said
            if not words.startswith(("👋 This bot is private", "Only the admins"))
        } == set()
        assert telegram.said(GROUP) == []
        assert {call.token for call in there.standin.asked("turn")} == {
            there.standin.asked("turn")[0].token
        }


@dataclass
class Server:
    """A Discord server with our bot in it, and the owner's video there."""

    discord: FakeDiscord
    standin: StandIn


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    standin = quick_standin()
    async with FakeDiscord() as discord, standin.serving() as url:
        adapter = connected(discord, tmp_path)
        adapter.edit_seconds = 0.0
        async with whole(tmp_path, url, adapter):
            await discord.wait_for(lambda: discord.gateway.identified)
            discord.says(
                "a 2-second video of my secret garden", [Photo("a.jpg", photo())], mention=True
            )
            await discord.wait_for(lambda: any(message.files for message in discord.bot_says()))
            await discord.wait_for(  # the status has gone, if it ever came
                lambda: all(message.files for message in discord.bot_says())
            )
            yield Server(discord, standin)


async def test_forged_custom_ids_with_anothers_job_do_nothing(server: Server) -> None:
    discord, before = server.discord, paid(server.standin)
    clip = next(message for message in discord.bot_says() if message.files)
    rows, asked = clip.components, 0
    forms = (Command.EDIT, Command.LOGIN)
    for command, words in product((c for c in COMMANDS if c not in forms), TEXTS):
        custom = f"v1:{command}:1:{words}"
        clip.components = [
            {"type": 1, "components": [{"type": 2, "style": 2, "label": "x", "custom_id": custom}]}
        ]
        use = discord.presses(clip, "x", user=discord.onlooker)
        asked += 1
        await discord.wait_for(partial(_answered, use))
    clip.components = rows
    form = discord.presses(
        clip, next(label for label in clip.labels if "Edit" in label), user=discord.onlooker
    )
    await discord.wait_for(lambda: form.modal)
    discord.submits(form, {"words": "make it 9 seconds"})
    refusals = [
        m for m in discord.bot_says(user=discord.onlooker) if m.only_for is discord.onlooker
    ]

    def told() -> int:
        return len([m for m in discord.bot_says() if "belongs to somebody" in m.content])

    # who presses faster than can be answered is told to wait a little instead
    slow = text("talk.slowly", "en")
    await until(
        lambda: told() and (told() >= TOLD_AT_MOST_WHO_WAITS or slow in discord.transcript())
    )
    discord.slash("privacy", user=discord.asker)
    await until(lambda: any("What I keep" in m.content for m in discord.bot_says()))
    assert told() <= TOLD_AT_MOST_WHO_WAITS < asked / 2, (
        "who goes on pressing is not told each time"
    )
    assert paid(server.standin) == before
    assert all("secret garden" not in message.content for message in refusals)
    assert str(edit_form("en", 1).custom_id) == f"v1:{Command.EDIT}:1:"
    assert Button("x", Command.EDIT, 1).job == 1


async def test_commands_of_another_show_nothing_of_the_owner(server: Server) -> None:
    discord, before = server.discord, paid(server.standin)
    for name in ("history", "status", "export", "cancel", "mydata"):
        discord.slash(name, user=discord.onlooker)
    mine = await discord.wait_for(
        lambda: (
            found
            if len(found := [m for m in discord.bot_says() if m.only_for is discord.onlooker]) >= 4
            else None
        ),
        20,
    )
    assert paid(server.standin) == before
    assert all("secret garden" not in message.content for message in mine)
    assert all(
        b"secret garden" not in file.photo.data for message in mine for file in message.files
    )
