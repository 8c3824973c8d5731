"""What is said of a version that was gone back to."""

from core.domain.requests.job import Job
from core.i18n import text

QUOTED = 60
"""Characters of an undone change that are repeated."""


def restored(job: Job) -> str:
    """Which version it is, and what the next change builds on; nothing where it is the newest."""
    known, language = job.progress.export.shown, job.language
    if known is None or not known.restored:
        return ""
    if not known.without:
        return text("result.restored", language, number=known.number)
    if len(known.without) > 1:
        return text("result.restored_without_all", language, number=known.number)
    words = " ".join(known.without[-1].split())
    words = words if len(words) <= QUOTED else f"{words[:QUOTED]}…"
    return text("result.restored_without", language, number=known.number, words=words)
