"""A token that somebody pastes: tried once, and then in no file of the bot but sealed in the
account it belongs to."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core import vault
from core.domain.conversation import Context, Decision, decide
from core.domain.requests import Next, advance
from core.domain.tokens.pasted import token_sealed
from core.messages import Address
from core.settings import Settings
from core.skills import load
from core.store.sqlite import SqliteStore
from core.vault import Vault, WrongKey
from tests import messages
from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.process import until
from tests.servers.discord import FakeDiscord, Photo
from tests.test_walk_telegram import There, telegram_bot
from tests.world import bot, photo

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

SEALED = re.compile(rb"gAAAA[\w=-]{60,}")
HERE, NOW, SKILLS = Address("telegram", "7"), 1_800_000_000.0, load()
GOOD, WRONG = "nmv_usr_Good-0123456789abcdef", "nmv_usr_Wrong-0123456789abcdef"


def on_disk(folder: Path, keys: Vault) -> bytes:
    """All bytes of the folder, and behind them what every sealed text in them says."""
    held = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    return held + b"".join(_opened(keys, found) for found in SEALED.findall(held))


def _opened(keys: Vault, sealed: bytes) -> bytes:
    try:
        return keys.open(sealed.decode()).encode()
    except WrongKey:
        return b""


def accounts(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "bot.sqlite")) as db:
        return [own for (own,) in db.execute("SELECT own FROM accounts WHERE own != ''")]


async def answered(there: There, words: str) -> None:
    await there.reads(words)


Paste = Callable[[There, str], object]


def in_a_caption(there: There, token: str) -> None:
    there.telegram.user_sends(f"my token {token} and make it move", photo=photo())


def in_an_edit(there: There, token: str) -> None:
    there.telegram.user_sends("hello")
    mine = next(seen.id for seen in there.telegram.chat() if not seen.by_bot)
    there.telegram.user_edits(mine, f"/login {token}")


PASTES: dict[str, Paste] = {
    "alone": lambda there, token: there.telegram.user_sends(token),
    "login": lambda there, token: there.telegram.user_sends(f"/Login {token}"),
    "caption": in_a_caption,
    "edit": in_an_edit,
}


@pytest.mark.parametrize("way", PASTES)
async def test_a_wrong_token_leaves_no_trace_however_it_was_pasted(
    tmp_path: Path, way: str
) -> None:
    async with telegram_bot(tmp_path) as there:
        PASTES[way](there, WRONG)
        await answered(
            there,
            "🔑 That token was not accepted. I have forgotten it, so please delete your "
            "message too.",
        )
        keys = vault.load(None, tmp_path / "secrets.key")
        await until(lambda: WRONG.encode() not in on_disk(tmp_path, keys))
        there.telegram.user_sends("/mydata")
        said = there.telegram.said
        copy = await there.telegram.wait_for(
            lambda: next((it.document for it in said() if it.document), None)
        )
        assert WRONG.encode() not in copy
        assert b"gAAAA" not in copy
        assert there.standin.asked("turn") == []


async def test_a_good_token_is_in_its_account_alone_and_goes_with_logout(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path) as there:
        there.standin.add_token(GOOD, 500)
        there.telegram.user_sends("a 2-second video", photo=photo())
        await there.video()
        paid = len(there.standin.asked("turn"))
        there.telegram.user_sends(GOOD)
        await answered(
            there,
            "🔑 You're logged in with your own account: 500 credits. Please delete your message",
        )
        keys = vault.load(None, tmp_path / "secrets.key")
        (own,) = accounts(tmp_path)
        assert keys.open(own) == GOOD
        await until(lambda: on_disk(tmp_path, keys).count(GOOD.encode()) == 1)
        assert len(there.standin.asked("turn")) == paid, "it is no wish for the video that is there"
        there.telegram.user_sends("/logout")
        await answered(there, "👋 Logged out.")
        await until(lambda: GOOD.encode() not in on_disk(tmp_path, keys))


async def test_a_token_in_a_group_is_not_even_tried(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path) as there:
        group = -1_000_000_000_700
        there.telegram.add_group(group)
        me = there.telegram.world.bot["username"]
        for words in (f"/login@{me} {GOOD}", f"@{me} {GOOD}"):
            there.telegram.user_sends(words, chat=group)
        await there.telegram.wait_for(
            lambda: (
                sum("can read it: please delete" in it.text for it in there.telegram.said(group))
                == 2
            )
        )
        keys = vault.load(None, tmp_path / "secrets.key")
        assert there.standin.asked("credits") == []
        assert GOOD.encode() not in on_disk(tmp_path, keys)


async def test_on_discord_a_token_is_kept_out_of_files_threads_and_requests(tmp_path: Path) -> None:
    backend = quick_standin()
    async with FakeDiscord() as discord, backend.serving() as url:
        adapter = connected(discord, tmp_path)
        async with bot(tmp_path, url, adapter):
            await discord.wait_for(lambda: discord.gateway.identified)
            discord.says(f"{WRONG} a 2-second video", [Photo("a.jpg", photo())], mention=True)
            discord.slash(
                "video", {"prompt": f"{WRONG} a 2-second video"}, [Photo("b.jpg", photo())]
            )
            await discord.wait_for(
                lambda: (
                    sum("everybody here can read it" in it.content for it in discord.bot_says())
                    == 2
                ),
                20,
            )
            keys = vault.load(None, tmp_path / "secrets.key")
            assert WRONG.encode() not in on_disk(tmp_path, keys)
            assert backend.asked("turn") == backend.asked("credits") == []


async def test_what_ends_a_login_after_a_kill_takes_the_token_along(tmp_path: Path) -> None:
    """Taken in by one process, ended by another: neither the row nor the log of changes holds it
    afterwards."""
    keys = Vault([b"k" * 32])
    said = token_sealed(messages.said("m1", "7", HERE, GOOD), keys.seal)
    store = await SqliteStore.open(tmp_path / "bot.sqlite", NOW)
    await store.take_in(
        said,
        lambda known: decide(Context(known.chat, SKILLS, Settings()), said, NOW),
        NOW,
    )
    await store.close()
    assert GOOD.encode() in on_disk(tmp_path, keys), "sealed, until it is tried"
    store = await SqliteStore.open(tmp_path / "bot.sqlite", NOW)
    claimed = await store.claim(NOW)
    assert claimed is not None
    assert claimed.job.secret is not None
    assert keys.open(claimed.job.secret.sealed) == GOOD
    await store.commit(advance(claimed.job, Next(claimed.job.progress, last=True), NOW), NOW)
    await store.settle()
    assert GOOD.encode() not in on_disk(tmp_path, keys)
    await store.close()


async def test_a_login_that_is_cancelled_before_its_turn_takes_the_token_along(
    tmp_path: Path,
) -> None:
    keys = Vault([b"k" * 32])
    said = token_sealed(messages.said("m1", "7", HERE, GOOD), keys.seal)
    stop = messages.said("m2", "7", HERE, "stop")
    store = await SqliteStore.open(tmp_path / "bot.sqlite", NOW)
    await store.take_in(
        said,
        lambda known: decide(Context(known.chat, SKILLS, Settings()), said, NOW),
        NOW,
    )
    await store.take_in(stop, lambda known: Decision(known.chat, cancel=(1,)), NOW)
    await store.settle()
    await store.close()
    assert GOOD.encode() not in on_disk(tmp_path, keys)
