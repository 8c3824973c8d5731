"""Versions on disk: written with the step that made them, byte for byte, moved exactly once, read
off older rows, and gone with their person."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.domain.conversation import Decision
from core.domain.conversation.chat import Lookup
from core.domain.privacy import lifetime
from core.domain.requests import Advanced, Next, Payer, Project, Step, advance
from core.domain.versions import Direction, History, Move, Version, Versions, mark
from core.messages import Command
from core.store import Claimed, LostLease, Remembered, Store
from core.store.sqlite import SqliteStore
from core.store.statements.versions import MOST
from tests import messages
from tests.knowing import knowing
from tests.stores import Place
from tests.test_store_contract import HERE, NOW, claimed, gathered, say
from tests.test_store_files import SCHEMAS, earlier

ODD = '{"t":[{"sg":[1.0,9007199254740995,null]}],"s":"a\u2028b","k":"é"}'
"""Whatever a draft holds comes back as it went."""


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    opened = await place.open()
    yield opened
    await opened.close()


async def at(store: Store, step: Step, first: Claimed | None = None, **more: Any) -> Claimed:
    """A request of session s-1 at that step."""
    found = first or await gathered(store)
    progress = knowing(found.job.progress, session="s-1", payer=Payer.ANONYMOUS)
    progress = replace(progress, export=replace(progress.export, **more))
    moved = replace(advance(found.job, Next(progress), NOW + 10).job, step=step)
    await store.commit(Advanced(moved), NOW + 10)
    return await claimed(store)


async def change(store: Store, work: Claimed, words: str, draft: str, now: float = NOW) -> Claimed:
    """A version that this step has made."""
    known = work.versions
    made = known.grown(
        Version(0, known.shown, words, work.job.bundle.files, at=now, mark=mark(draft))
    )
    made = replace(made, all=(*made.all[:-1], replace(made.all[-1], job=work.job.id)))
    moved = replace(work.job, step=Step.CHECK)
    history = History(made, ((made.newest, draft),))
    await store.commit(Advanced(moved, history=history), now)
    return await claimed(store)


async def three(store: Store) -> Claimed:
    """A project with three versions, of which the last is shown."""
    work = await at(store, Step.CHECK)
    for number, words in enumerate(("a film", "title One", "title Two"), 1):
        work = await change(store, work, words, ODD.replace("1.0", f"{number}.0"))
    return work


async def test_a_version_is_written_with_its_step_and_comes_back_byte_for_byte(
    store: Store,
) -> None:
    work = await three(store)
    assert [(it.number, it.parent, it.words) for it in work.versions.all] == [
        (1, 0, "a film"),
        (2, 1, "title One"),
        (3, 2, "title Two"),
    ]
    assert work.versions.shown == 3
    assert {it.files for it in work.versions.all} == {work.job.bundle.files}
    assert work.draft == "", "the service itself has it"
    shown = work.job.progress.export
    for number in (1, 2, 3):
        progress = replace(
            work.job.progress,
            export=replace(shown, pinned=True, move=None),
            turn=replace(work.job.progress.turn, base=number),
        )
        await store.commit(Advanced(replace(work.job, progress=progress, step=Step.NAME)), NOW)
        work = await claimed(store)
        assert work.draft == ODD.replace("1.0", f"{number}.0")


async def test_a_step_that_was_killed_or_came_too_late_moves_nothing(store: Store) -> None:
    work = await three(store)
    late = Advanced(work.job, history=History(replace(work.versions, shown=1)))
    moved = replace(advance(work.job, Next(work.job.progress), NOW).job, step=Step.RESTORE)
    await store.commit(Advanced(moved), NOW)
    again = await claimed(store)
    with pytest.raises(LostLease):
        await store.commit(late, NOW)
    assert again.versions.shown == 3
    for _ in range(2):  # the same once more changes no more than once
        await store.commit(
            Advanced(again.job, history=History(replace(again.versions, shown=2))), NOW
        )
        again = await claimed(store)
    assert (again.versions.shown, again.versions.newest) == (2, 3)


async def looked_up(store: Store, inbound: Any, lookup: Lookup) -> Remembered:
    seen: list[Remembered] = []

    def think(known: Remembered) -> Decision:
        seen.append(known)
        return Decision(known.chat)

    await store.take_in(inbound, think, NOW + 90, lookup)
    return seen[0]


async def test_who_speaks_is_known_with_the_versions_of_what_is_spoken_of(store: Store) -> None:
    work = await three(store)
    end = Next(work.job.progress, last=True, project=Project("s-1"))
    await store.commit(advance(work.job, end, NOW), NOW)
    words = messages.said("m7", "u", HERE, "undo", order=7)
    known = await looked_up(store, words, Lookup(versions=True))
    assert (known.versions.shown, list(known.histories)) == (3, ["s-1"])
    words = messages.said("m8", "u", HERE, "hello", order=8)
    assert (await looked_up(store, words, Lookup())).versions == Versions()
    press = messages.pressed("m9", "u", HERE, Command.EDIT, "", work.job.id)
    assert (await looked_up(store, press, Lookup())).versions.shown == 3
    other = messages.said("m10", "v", HERE, "undo", order=10)
    assert (await looked_up(store, other, Lookup(versions=True))).versions == Versions()


async def test_of_very_many_versions_the_oldest_keep_their_words_and_not_their_drafts(
    store: Store,
) -> None:
    work = await at(store, Step.CHECK)
    for number in range(1, MOST + 3):
        work = await change(store, work, f"change {number}", f'{{"d":{number}}}')
    kept = [it.number for it in work.versions.all if it.kept]
    assert kept == list(range(3, MOST + 3))
    assert work.versions.way(MOST + 2)[0].words == "change 1"
    assert Move(Direction.TO, to=2).end(work.versions) == 0


async def test_versions_go_with_their_person_and_a_month_after_their_last_use(
    store: Store, place: Place
) -> None:
    def left() -> int:
        return len(place.rows("SELECT 1 FROM versions UNION ALL SELECT 1 FROM projects"))

    work = await three(store)
    await store.commit(advance(work.job, Next(work.job.progress, last=True), NOW), NOW)
    await store.sweep(NOW + lifetime("requests") - 1)
    assert left() == 4
    await store.sweep(NOW + lifetime("requests") + 1)
    assert left() == 0
    work = await at(store, Step.CHECK, await started(store))
    await change(store, work, "a film", ODD)
    assert left() == 2
    await say(store, "m9", "yes", command=Command.FORGET)
    assert left() == 0


async def started(store: Store) -> Claimed:
    await say(store, "m8", "make a video", "fake:8")
    return await claimed(store)


# Older rows


def aged(path: Path, *turns: dict[str, Any]) -> None:
    """A database of schema 14 with these paid requests, which have ended, and no others."""
    earlier(SCHEMAS / "0014.sql", path)
    with closing(sqlite3.connect(path)) as db:
        (body,) = db.execute("SELECT body FROM jobs WHERE id = 1").fetchone()
        db.execute("DELETE FROM jobs")
        for number, turn in enumerate(turns, 1):
            known = json.loads(body)
            progress = known["progress"]
            progress["wish"]["words"] = turn["words"]
            progress["turn"]["snapshot"] = {"fingerprint": "f", "draft": turn["before"]} | (
                {} if turn.get("exportable") is None else {"exportable": turn["exportable"]}
            )
            progress["turn"]["changes"]["summary"] = turn.get("summary", "• changed")
            progress["export"]["draft"] = turn.get("after", "")
            db.execute(
                "INSERT INTO jobs (id, lock, user, platform, chat, thread, plan, space, step,"
                " state, due, notified_at, created, body, bundle)"
                " VALUES (?, '', 'user-1', 'fake', 'chat-1', '', ?, '', 'link', 'done', 0, 0, ?, ?,"
                " ?)",
                (number, turn.get("plan", "edit"), NOW + number, json.dumps(known),
                 json.dumps({"amended": turn.get("amended", "")})),
            )  # fmt: skip
        db.commit()


FULL = '{"t":[{"tt":0,"sg":[{"d":%d}]}]}'
D1, D2, D3 = (FULL % number for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("turns", "versions"),
    [
        ([{"words": "a film", "before": "null", "after": D1}], [("a film", D1)]),
        (
            [
                {"words": "a film", "before": "null", "exportable": False},
                {"words": "One", "before": D1, "exportable": True},
                {"words": "nothing", "before": D2, "exportable": True, "summary": ""},
                {"words": "Two", "before": D2, "amended": "Two!"},
            ],
            [("a film", D1), ("One", D2), ("Two!", "")],
        ),
        ([{"words": "One", "before": D1, "after": D2}], [("", D1), ("One", D2)]),
        ([{"words": "lost", "before": "null", "summary": ""}], []),
        ([{"words": "what is there", "before": D1, "summary": ""}], [("", D1)]),
        ([{"words": "export", "before": D1, "plan": "export"}], []),
    ],
)
async def test_requests_of_an_earlier_version_have_made_versions_too(
    tmp_path: Path, turns: list[dict[str, Any]], versions: list[tuple[str, str]]
) -> None:
    path = tmp_path / "bot.sqlite"
    aged(path, *turns)
    store = await SqliteStore.open(path, NOW + 99)
    await store.close()
    with closing(sqlite3.connect(path)) as db:
        found = list(db.execute("SELECT words, draft, parent, mark FROM versions ORDER BY number"))
        shown = [number for (number,) in db.execute("SELECT shown FROM projects")]
    assert [(words, draft) for words, draft, _, _ in found] == versions
    assert [parent for _, _, parent, _ in found] == list(range(len(versions)))
    assert [known for _, _, _, known in found] == [mark(draft) for _, draft in versions]
    assert shown == ([len(versions)] if versions else [])


async def test_what_was_made_before_can_be_undone_and_made_again(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite"
    aged(
        path,
        {"words": "a film", "before": "null", "plan": "make"},
        {"words": "One", "before": D1, "after": D2},
    )
    store = await SqliteStore.open(path, NOW + 99)
    press = messages.pressed("m9", "user-1", HERE, Command.UNDO, "", 2)
    known = await looked_up(store, press, Lookup(versions=True))
    assert known.named is not None
    assert known.versions.by(2) == 2
    assert known.versions.before(2) == 1
    assert [file.ref for file in known.versions.way(2)[0].files] == ["fake:1-0"]
    await store.close()


async def test_a_large_draft_of_an_earlier_version_is_found_where_it_was_kept(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bot.sqlite"
    large = D1.replace("}]}]", "}" + " " * 99_999 + "]}]")
    aged(path, {"words": "One", "before": "@", "exportable": True})
    with closing(sqlite3.connect(path)) as db:
        db.execute("INSERT INTO drafts VALUES (1, 'snapshot', 'h', ?)", (large,))
        db.commit()
    store = await SqliteStore.open(path, NOW + 99)
    await store.close()
    with closing(sqlite3.connect(path)) as db:
        drafts = [draft for (draft,) in db.execute("SELECT draft FROM versions ORDER BY number")]
    assert drafts == [large, ""]
