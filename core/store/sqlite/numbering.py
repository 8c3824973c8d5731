"""The versions of projects from before they were written down: read off the requests that made
them, whose snapshots hold the draft before each change."""

import json
import sqlite3
from collections import defaultdict
from typing import Any

from core.domain.versions import mark
from core.nemo.draft import exportable

Body = dict[str, Any]
APART = "@"
"""In the place of a draft that is kept apart."""


def number(db: sqlite3.Connection) -> None:
    """Fill the tables `versions` and `projects`. A draft that nobody has kept is that of the
    service itself, or lost."""
    turns: dict[str, list[Body]] = defaultdict(list)
    large = {(row[0], row[1]): row[2] for row in db.execute(DRAFTS)}
    for row in db.execute(TURNS):
        turn = _turn(dict(zip(COLUMNS, row, strict=True)), large)
        turns[turn["session"]].append(turn)
    for session, made in turns.items():
        found = versions_of(made)
        if not found:
            continue
        for place, version in enumerate(found, 1):
            stored = (version[name] for name in STORED)
            db.execute(VERSION, (session, place, place - 1, *stored))
        last = found[-1]
        at = (session, last["platform"], last["user"], len(found), last["at"])
        db.execute("INSERT INTO projects VALUES (?, ?, ?, ?, ?)", at)


COLUMNS = ("job", "platform", "user", "at", "body", "bundle")
STORED = ("platform", "user", "job", "at", "mark", "words", "files", "draft")
TURNS = """
    SELECT id, platform, user, created, body, bundle FROM jobs WHERE plan IN ('make', 'edit')
    AND json_extract(body, '$.progress.turn.snapshot') IS NOT NULL
    AND json_extract(body, '$.progress.connection.session') IS NOT NULL ORDER BY id
"""
VERSION = "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
DRAFTS = "SELECT job, name, text FROM drafts"


def _turn(row: Body, large: dict[tuple[int, str], str]) -> Body:
    """One paid request: its draft before, and after as far as it has been exported."""
    progress, bundle = json.loads(row["body"])["progress"], json.loads(row["bundle"])
    turn, export, wish = progress["turn"], progress["export"], progress["wish"]
    texts = {"snapshot": turn["snapshot"].get("draft", ""), "export": export.get("draft", "")}
    for name, text in texts.items():
        texts[name] = large.get((row["job"], name), "") if text == APART else text
    links = [{"ref": f"url:{link}"} for link in wish.get("links", ())]
    return row | {
        "session": progress["connection"]["session"]["id"],
        "before": texts["snapshot"],
        "after": texts["export"],
        "exportable": turn["snapshot"].get("exportable"),
        "changed": bool(turn.get("changes", {}).get("summary")),
        "words": bundle.get("amended") or wish.get("words", ""),
        "files": json.dumps([*wish.get("files", ()), *links]),
    }


def versions_of(turns: list[Body]) -> list[Body]:
    """The versions that the turns of one project have made, each built on the one before."""
    found: list[Body] = []
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        if not found and _exports(turn):  # what has made it is kept no more
            first = {"job": 0, "words": "", "files": "[]", "draft": turn["before"]}
            found.append(turn | first)
        if turn["changed"]:
            found.append(turn | {"draft": following["before"] if following else turn["after"]})
    return [version | {"mark": mark(version["draft"])} for version in found]


def _exports(turn: Body) -> bool:
    known, before = turn["exportable"], turn["before"]
    return bool(before) and (exportable(json.loads(before)) if known is None else known)
