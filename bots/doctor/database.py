"""Whether the database is sound, of a version that this one can read, and opened by the keys that
are at hand."""

from collections.abc import Iterator

from bots.databases import Condition, StoreBroken, examined, outside
from bots.doctor import keys
from core.ops.findings import Finding, note, well, wrong
from core.settings import Settings, WrongSetting

ABOUT = "Database"
LARGE_LOG = 256 * 2**20
"""Bytes of a write-ahead log that somebody keeps from being written back."""


def findings(settings: Settings) -> Iterator[Finding]:
    """What is found in the file and about its keys."""
    try:
        path = settings.database
    except WrongSetting:
        return  # told of its folder
    try:
        condition = examined(path)
    except FileNotFoundError:
        yield well(ABOUT, f"{path} is made at the first start.", "no-database")
        return
    except StoreBroken as problem:
        remedy = "Put a copy back: python -m bots restore FILE"
        yield wrong(ABOUT, f"{path} cannot be used: {problem}.", remedy, "broken")
        return
    yield _of_file(condition, outside(settings).is_in_use())
    if condition.moved_to:
        yield elsewhere(condition.moved_to)
    if condition.log > LARGE_LOG:
        said = f"its log of changes has grown to {condition.log / 2**20:.0f} MB."
        yield note(ABOUT, said, "Restart the bot; no other program may keep the file open.", "wal")
    if condition.paused:
        yield paused()
    file = settings.folder / "secrets.key"
    yield keys.finding(settings, file, condition.sealed)


def paused() -> Finding:
    """Nothing begins."""
    remedy = "Let it go on: python -m bots resume, or /resume in the chat."
    return note("Pause", "the bot is paused: requests are kept and wait.", remedy, "paused")


def elsewhere(place: str) -> Finding:
    """It is out of use."""
    return wrong(ABOUT, f"all of it was moved to {place}.", "Set DATABASE_URL to that.", "moved")


def _of_file(condition: Condition, runs: bool) -> Finding:
    if condition.schema > condition.newest:
        said = f"it was made by a newer version (schema {condition.schema})."
        return wrong(ABOUT, said, "Install that version, or restore an older copy.", "schema")
    if condition.schema < condition.newest:
        said = f"schema {condition.schema} is brought up to {condition.newest} at the next start."
        return note(ABOUT, said, "Copy it first: python -m bots backup FILE", "schema")
    now = "a bot runs on it" if runs else "no bot runs on it just now"
    return well(
        ABOUT,
        f"sound, {condition.size / 2**20:.1f} MB, {condition.open_jobs} requests under way; {now}.",
        "database",
    )
