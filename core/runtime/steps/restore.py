"""Undo, redo, "back to the first": which version is shown from now on."""

from dataclasses import replace

from core.domain import replies
from core.domain.requests import Job, Next, Outcome, project_made, showing_version
from core.domain.versions import History
from core.runtime.steps.context import StepContext


async def restore(job: Job, context: StepContext) -> Outcome:
    """The project stands at that version from here on; its video follows.

    Found now, and not when it was asked for: what was begun before has come to its end since."""
    move, versions = job.progress.export.move, context.claimed.versions
    if move is None:  # it came here once more, with a new token
        return Next(job.progress)
    number = move.end(versions)
    if not number:
        return Next(job.progress, replies.no_such_version(move.direction, job.language), last=True)
    moved = replace(versions, shown=number)
    progress = showing_version(job, moved, number, restored=True).progress
    progress = replace(progress, export=replace(progress.export, move=None))
    project = project_made(replace(job, progress=progress), context.chat.project)
    return Next(progress, project=project, history=History(moved))
