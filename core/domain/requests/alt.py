"""What a video shows, in words for who cannot see it."""

from core import sanitize
from core.domain.requests.job import Job
from core.domain.requests.sent import words_of
from core.i18n import text

LONGEST = 1000
"""Characters; Discord takes 1,024."""


def alt(job: Job) -> str:
    """The wish, and what is on the timeline, as one line."""
    shown = text("result.alt", job.language, words=words_of(job))
    said = " ".join(sanitize.words(f"{shown}\n{job.progress.export.timeline}").split())
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}…"
