"""A copy of a finished video: its file brought here, and made smaller or a GIF by the workshop.
Nothing is paid for it."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from core.adapter import FileGone, TooLarge, Unavailable
from core.domain import replies
from core.domain.requests import Copy, CopyKind, Fail, Job, Next, Outcome, Wait, Why
from core.files import move_private, private_folder
from core.media import Condition, ConverterMissing, DoesNotFit, MediaError, Occupied, condition
from core.messages import Attachment
from core.nemo.errors import Busy, Cut, NemoError, NotSent, Trouble
from core.runtime.steps.context import StepContext
from core.vault import WrongKey

LARGEST = 256 * 2**20
"""Bytes of a film that is copied."""
MOST_GIF = 8_000_000
"""Bytes of a GIF: every platform takes so many, and phones load them."""
MOST_SMALLER = 10_000_000
"""Bytes of a smaller film: what Discord takes where nobody has paid for more."""
LESS = 0.6
"""Share of the bytes that a smaller film has at most."""
LONGEST_COPY_WAIT = 3600.0
"""Seconds for which a copy waits until others have theirs."""
PASSING = (NotSent, Cut, Trouble, Busy)


async def copy(job: Job, context: StepContext) -> Outcome:
    """The copy in its file, which the message names that brings it. A run that was cut off has
    perhaps left it there whole."""
    wanted = job.progress.copy
    assert wanted is not None, "the command has said what is copied"
    target = context.files.folder / f"{job.id}-copy.{wanted.kind}"
    try:
        size = await _made(job, context, wanted, target)
    except Occupied as busy:
        if context.now - job.created > LONGEST_COPY_WAIT:
            return Fail(replies.copy_failed("copy.failed", job, wanted), why=Why.COPY)
        return Wait(job.progress, busy.seconds)
    except _Gone:
        return Fail(replies.copy_failed("copy.gone", job, wanted), why=Why.COPY)
    except ConverterMissing:
        return Fail(replies.copy_failed("copy.no_converter", job, wanted), why=Why.CONVERTER)
    except DoesNotFit:
        return Fail(replies.copy_failed("copy.not_smaller", job, wanted), why=Why.COPY)
    except MediaError:
        return Fail(replies.copy_failed("copy.failed", job, wanted), why=Why.COPY)
    return Next(job.progress, replies.copy_ready(job, wanted, target.name, size), last=True)


class _Gone(Exception):
    """The film is nowhere any more."""


async def _made(job: Job, context: StepContext, wanted: Copy, target: Path) -> int:
    if await asyncio.to_thread(target.exists):
        return (await asyncio.to_thread(target.stat)).st_size
    film = context.files.folder / f"{job.id}-film.mp4"
    await asyncio.to_thread(private_folder, context.files.folder)
    if not await asyncio.to_thread(film.exists):
        await _bring(context, wanted, film)
    most = MOST_GIF
    if wanted.kind is CopyKind.SMALLER:
        most = min(MOST_SMALLER, int(LESS * (await asyncio.to_thread(film.stat)).st_size))
    return await context.files.copy(film, target, most)


async def _bring(context: StepContext, wanted: Copy, film: Path) -> None:
    """By its link, else through the backend, else what the platform has of it: the first that is a
    film. Raises _Gone, or what passes."""
    for way in (_by_link, _by_backend, _by_platform):
        try:
            part = await way(context, wanted, film.with_name(film.name + ".part"))
        except PASSING:
            raise
        except (NemoError, FileGone, TooLarge, Unavailable, WrongKey):
            continue
        if part and await asyncio.to_thread(condition, part) is Condition.WHOLE:
            await asyncio.to_thread(move_private, part, film)
            return
    raise _Gone


async def _by_link(context: StepContext, wanted: Copy, part: Path) -> Path | None:
    await context.anybody.client.download(wanted.url, part, LARGEST)
    return part


async def _by_backend(context: StepContext, wanted: Copy, part: Path) -> Path | None:
    if not wanted.render:
        return None
    await context.backend.download_render(wanted.render, part, LARGEST)
    return part


async def _by_platform(context: StepContext, wanted: Copy, part: Path) -> Path | None:
    if not wanted.clip:
        return None
    with TemporaryDirectory(dir=part.parent, prefix=part.name) as folder:
        came = await context.files.fetch(Attachment(wanted.clip, "video.mp4"), Path(folder))
        return await asyncio.to_thread(move_private, came, part)
