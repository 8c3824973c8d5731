"""The end of a request whose record cannot be read: closed as one that failed by a defect of ours,
in words that promise nothing of what it held."""

from dataclasses import replace

from core.domain.requests.advancing import advance
from core.domain.requests.job import Job
from core.domain.requests.outcomes import Advanced, Fail, Notice
from core.domain.requests.plans import READ_ONLY, Step
from core.domain.requests.why import Why
from core.i18n import text


def closed_unread(known: Job, now: float) -> Advanced:
    """`known` is what stands beside the record. Whose turn was sent, or is about to be, is not
    asked to begin anew: it may be paid for. Of photos in a group that were no request yet, nobody
    hears."""
    notice = Notice(text(_key(known), known.language), final=True)
    over = advance(known, Fail(notice, why=Why.DEFECT), now)
    overheard = known.step is Step.GATHER and known.space and not known.notified_at
    return replace(over, posts=()) if overheard else over


def _key(known: Job) -> str:
    if known.plan in READ_ONLY:
        return "trouble.try_later"
    return "trouble.ours_later" if known.progress.turn.snapshot else "trouble.ours_unread"
