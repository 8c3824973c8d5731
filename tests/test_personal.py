"""What is kept of a person, table by table: named as a whole in the copy, gone as a whole after
/forget."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from core.domain.conversation import Context, Decision, decide
from core.domain.requests import Kept, Next, Project, advance
from core.domain.versions import History, Version, Versions
from core.messages import Address, Attachment, Command, Inbound, Ticket
from core.settings import Settings
from core.skills import load
from core.store import Remembered
from core.store.sqlite import SqliteStore
from core.store.statements.personal import TABLES, Shown
from core.store.statements.versions import LARGE
from core.vault import Vault
from tests import messages
from tests.knowing import knowing
from tests.outgoing import outgoing
from tests.process import until
from tests.test_forget import rows, spooled
from tests.test_walk import said
from tests.world import world

SKILLS, NOW, KEYS = load(), 1_800_000_000.0, Vault([b"k" * 32])
MINE, THEIRS = "4242424242", "5151515151"
GROUP = Address("fake", "group-1")
SECRET = KEYS.seal("nmv_usr_of-an-account-0123456789")
STAYS = "sqlite_sequence"
"""A table of SQLite's own, which counts numbers and holds none of anybody."""


@pytest.fixture
async def filled(tmp_path: Path) -> Path:
    """A database with rows of two people in every table."""
    store = await SqliteStore.open(tmp_path / "bot.sqlite", NOW)
    for user in (MINE, THEIRS):
        await fill(store, tmp_path / "bot.sqlite", user)
    for user in (MINE, THEIRS):
        ticket = Ticket(f"value-{user}", NOW + 900, SECRET)
        await store.post(outgoing(GROUP, f"owed to {user}", user=user, ticket=ticket), NOW)
    await store.close()
    return tmp_path / "bot.sqlite"


def thinking(inbound: Inbound) -> Callable[[Remembered], Decision]:
    def think(known: Remembered) -> Decision:
        return decide(
            Context(known.chat, SKILLS, Settings(), known.open, known.named),
            inbound,
            NOW,
        )

    return think


async def says(
    store: SqliteStore, user: str, words: str, place: Address | None = None, **more: object
) -> None:
    place = place or Address("fake", user)
    given = {"aside": Address("fake", user), "private": place != GROUP, "order": 5, "message": "5"}
    inbound = messages.asked(uuid4().hex, user, place, words, **given, **more)  # type: ignore[arg-type]
    await store.take_in(inbound, thinking(inbound), NOW)


async def fill(store: SqliteStore, path: Path, user: str) -> None:
    """As a few weeks leave it: requests here and in a group, words posted and owed, a pause, an
    account."""
    waits = (Attachment(f"spool:{user}-waits.jpg", f"{user}.jpg"),)
    ticket = Ticket(f"value-{user}", NOW + 900, SECRET)
    for place in (Address("fake", user), GROUP):
        files = (Attachment(f"spool:{user}-1.jpg", f"{user}.jpg"),)
        await says(store, user, f"a video of {user}", place, attachments=files, ticket=ticket)
        claimed = await store.claim(NOW + 60)
        assert claimed is not None
        project = Project(f"session of {user}", claim=SECRET)
        own = f"session of {user} in {place.chat}"
        end = Next(
            knowing(
                words=f"a video of {user}",
                before=f"{user} " * LARGE,
                fingerprint="m",
                session=own,
            ),
            last=True,
            project=project,
            keep=Kept(waits),
            history=History(
                Versions((Version(1, words=f"a video of {user}", files=files),), 1),
                ((1, f"{user} " * LARGE),),
            ),
        )
        end = replace(
            end,
            account=replace(
                claimed.account, token=SECRET, own=SECRET, granted=NOW, expires=NOW + 9
            ),
        )
        await store.commit(advance(claimed.job, end, NOW + 60), NOW + 60)
    shared = (Attachment(f"spool:{user}-reel.jpg", f"{user}.jpg"),)
    opened = {"command": Command.REEL, "space": "group-1", "attachments": shared}
    await says(store, user, f"reel of {user}", GROUP, **opened)
    while post := await store.claim_post(NOW + 99):
        await store.posted(post, f"posted to {user}", NOW + 60)
    await store.post(
        outgoing(Address("fake", user), f"owed to {user}", user=user, slot="other"), NOW
    )
    post = await store.claim_post(NOW + 99)
    assert post is not None
    await store.posted(post, f"posted beside any request to {user}", NOW)
    await store.hold(Address("fake", user), NOW + 900)
    with closing(sqlite3.connect(path)) as db:
        db.execute("INSERT INTO spaces VALUES ('fake', ?, '{}')", (f"a server, not {user[::-1]}",))
        db.execute(
            "INSERT INTO news (key, platform, user, chat, thread, language, words, state, at)"
            " VALUES (?1, 'fake', ?1, ?1, '', 'en', 'hello', 'done', 0)",
            (user,),
        )
        db.execute("INSERT INTO news_to VALUES ('fake', ?1, ?1, '')", (user,))
        db.commit()


def tables(path: Path) -> Iterator[tuple[str, list[dict[str, object]]]]:
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        names = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for name in names:
            yield name, [dict(row) for row in db.execute(f"SELECT * FROM {name}")]


async def asked(path: Path, command: Command, words: str = "") -> str:
    """A command in private; the copy that goes with its answer."""
    store = await SqliteStore.open(path, NOW + 99)
    await says(store, MINE, words, command=command)
    await store.close()
    owed = [json.loads(str(row["body"])) for row in dict(tables(path))["outbox"]]
    return next((message["media"]["text"] for message in owed if message["media"]), "")


def test_every_table_and_column_is_named_with_what_is_done_with_it(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as db:
        names = {
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        } - {STAYS}
        columns = {
            name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")} for name in names
        }
    assert columns == {name: set(table.columns) for name, table in TABLES.items()}
    assert all(table.theirs or table.why for table in TABLES.values()), "what stays has a reason"


async def test_the_copy_names_every_row_of_the_person_and_none_of_another(filled: Path) -> None:
    before = dict(tables(filled))
    copy = json.loads(await asked(filled, Command.MYDATA))
    for name, table in TABLES.items():
        mine = [row for row in before[name] if MINE in json.dumps(row)]
        assert len(copy.get(name, ())) >= len(mine), f"{name}: rows are missing"
        assert not table.theirs or table.why or mine, f"{name}: the test puts nothing there"
        assert all(
            set(entry) == {it for it, how in table.columns.items() if how is not Shown.CODE}
            for entry in copy.get(name, ())
        )
    assert THEIRS not in json.dumps(copy)


async def test_no_secret_is_in_the_copy_but_that_it_is_there(filled: Path) -> None:
    text = await asked(filled, Command.MYDATA)
    copy = json.loads(text)
    assert "gAAAA" not in text
    assert (copy["accounts"][0]["token"], copy["accounts"][0]["own"]) == ("(sealed)", "(sealed)")
    assert {chat["body"]["project"]["claim"] for chat in copy["chats"]} == {"(sealed)"}
    tickets = [job["body"]["ticket"] for job in copy["jobs"] if job["plan"] != "reel"]
    assert {ticket["secret"] for ticket in tickets} == {"(sealed)"}
    assert copy["outbox"][0]["body"]["to"]["ticket"]["secret"] == "(sealed)"


def whole(row: dict[str, object]) -> dict[str, object]:
    """All that is kept in a row: whose turn it is changes with who else is there."""
    return {name: value for name, value in row.items() if name not in ("first", "ready_at")}


async def test_after_forget_no_row_of_any_table_holds_the_person_and_the_other_is_whole(
    filled: Path,
) -> None:
    before = {
        name: [whole(row) for row in found if THEIRS in json.dumps(row)]
        for name, found in tables(filled)
    }
    await asked(filled, Command.FORGET, "yes")
    answer, notes = "Everything I had stored about you", "litter:"
    for name, found in tables(filled):
        left = [text for row in found if MINE in (text := json.dumps(row))]
        assert [text for text in left if answer not in text and notes not in text] == [], name
        assert [whole(row) for row in found if THEIRS in json.dumps(row)] == before[name], name
    stay = {name for name, table in TABLES.items() if table.theirs and table.why}
    assert {name for name, found in tables(filled) if name in stay and found} == {
        "forgotten",
        "granted",
    }


async def test_saved_photos_of_which_nothing_came_go_at_once(tmp_path: Path) -> None:
    async with world(tmp_path, FILES_PER_REQUEST="1") as here:
        files = tuple(spooled(tmp_path, f"7-{number}-photo.jpg") for number in (1, 2))
        first, second = (
            tmp_path / "fake/spool" / file.ref.removeprefix("spool:") for file in files
        )
        await here.adapter.tells(files)
        await said(here, "📎 A video is made of one file here")
        await until(lambda: not second.exists())
        assert first.exists()
        await here.adapter.says("yes", command=Command.FORGET)
        await said(here, "🗑 Done.")
        await until(lambda: not first.exists())
        assert rows(tmp_path)["chats"] == 0
