"""Whether the database is sound, of a version that this one can read, and opened by the keys that
are at hand."""

from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from bots.compose import Condition, StoreBroken, examined
from core import vault
from core.ops.findings import Finding, note, well, wrong
from core.settings import Settings, WrongSetting
from core.vault import WrongKey

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
    yield _of_file(condition, running(path))
    if condition.log > LARGE_LOG:
        said = f"its log of changes has grown to {condition.log / 2**20:.0f} MB."
        yield note(ABOUT, said, "Restart the bot; no other program may keep the file open.", "wal")
    if condition.paused:
        remedy = "Let it go on: python -m bots resume, or /resume in the chat."
        yield note("Pause", "the bot is paused: requests are kept and wait.", remedy, "paused")
    yield _of_keys(settings, condition)


def running(path: Path) -> bool:
    """Whether a bot runs on this database just now."""
    file = Path(f"{path}.lock")
    if not file.exists():
        return False
    lock = FileLock(file, timeout=0)
    try:
        lock.acquire()
    except (Timeout, OSError):
        return True
    lock.release()
    return False


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


def _of_keys(settings: Settings, condition: Condition) -> Finding:
    about = "Keys"
    sentence = settings.secrets_key.get_secret_value() if settings.secrets_key else None
    file = settings.database.parent / "secrets.key"
    if not sentence and not file.exists():
        if not condition.sealed:
            return well(about, "a key file is made at the first start.", "keys")
        remedy = f"Put {file} back, or set the SECRETS_KEY of before."
        return wrong(
            about, f"{file} is missing, and tokens in the database need it.", remedy, "keys"
        )
    try:
        keys = vault.load(sentence, file)
        for sealed in condition.sealed:
            keys.open(sealed)
    except WrongKey:
        remedy = (
            "Name the earlier sentence behind the new one in SECRETS_KEY, or put the file "
            "secrets.key back."
        )
        return wrong(about, "the tokens in the database cannot be opened.", remedy, "keys")
    return well(about, f"they open all {len(condition.sealed)} tokens at rest.", "keys")
