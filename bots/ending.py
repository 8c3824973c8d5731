"""How a run ends: by its exit code, or by one sentence about what only the operator can mend."""

from collections.abc import Callable

import structlog

from bots.databases import Buried, CopyFailed, NotMoved, StoreAway, StoreBroken, StoreBusy
from bots.environment import say
from bots.sandbox import SandboxMissing
from core.settings import WrongSetting
from core.skills import BadPreset, BadSkill
from core.vault import WrongKey

WRONG = 2
"""Exit code for a start that only the operator can mend."""
AGAIN = 3
"""Exit code of a process that is to be started again: others have taken over its work, or its
database was away when it began."""

log = structlog.get_logger()


def code(run: Callable[[], int]) -> int:
    """Run, and turn what only the operator can mend into one sentence instead of a traceback."""
    ends = WRONG
    try:
        return run()
    except* Buried:
        refusal, ends = "", AGAIN
    except* (WrongSetting, BadSkill, BadPreset, WrongKey, CopyFailed, NotMoved) as wrong:
        refusal = str(_first(wrong))
    except* StoreBusy:
        refusal = (
            "Another bot is already running on this database. Stop it first, or set DATABASE_URL "
            "to another file."
        )
    except* StoreAway as away:
        refusal, ends = f"The database cannot be reached: {_first(away)}", AGAIN
    except* StoreBroken as broken:
        refusal = f"The database cannot be used and was left as it is: {_first(broken)}"
    except* SandboxMissing:
        refusal = (
            "The sandbox needs PyAV, which this installation left out. "
            "Install requirements.txt, or set TELEGRAM_BOT_TOKEN and/or DISCORD_BOT_TOKEN in "
            ".env to run the bots."
        )
    if not refusal:
        log.error("taken for dead: others have what this process had, and it ends")
    else:
        say(refusal, error=True)
    return ends


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
