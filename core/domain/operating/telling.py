"""What people are told while the bot is being looked after."""

from core.domain.operating.terms import Pause
from core.domain.requests import Job, Notice, cancel_buttons, to_outbound
from core.i18n import text
from core.messages import Outbound


def paused_words(pause: Pause, language: str) -> str:
    """Why nothing happens, and that it goes on by itself; the words of whoever paused it first."""
    ours = text("operating.held_back" if pause.words else "operating.looked_after", language)
    return "\n".join(filter(None, (pause.words, ours)))


def held_back(job: Job, pause: Pause) -> Outbound:
    """The status of a request that waits for the end of the pause."""
    return to_outbound(job, Notice(paused_words(pause, job.language), cancel_buttons(job.language)))
