"""The film behind an export: really made, one at a time, and the same one once."""

import asyncio
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bots.sandbox.standin import draft as drafts
from bots.sandbox.standin.draft import Timeline
from bots.sandbox.standin.stage import Stage
from bots.sandbox.standin.world import Render

if TYPE_CHECKING:
    from bots.sandbox.standin.video import Film


async def made(stage: Stage, render: Render, timeline: Timeline, short: int, doomed: bool) -> None:
    """Make it and note how that went; `doomed` ones fail. `short` is the shorter side, px."""
    render.status = "processing"
    try:
        if doomed:
            await stage.pause(1.0)
            raise RuntimeError("render worker gone")
        path = await asyncio.get_running_loop().run_in_executor(
            stage.pool, _make, stage, render, timeline, short
        )
    except (OSError, ValueError, RuntimeError, ArithmeticError) as problem:
        render.status, render.error = "failed", str(problem) or type(problem).__name__
    else:
        render.path, render.seconds = path, timeline.ms / 1000
        render.status, render.progress, render.completed = "completed", 100, stage.world.clock()


class NoSuchMedium(ValueError):
    """The draft names a file that was never uploaded."""


def _make(stage: Stage, render: Render, timeline: Timeline, short: int) -> Path:
    """In the one worker thread. A film that was made before, of files with the same bytes, is
    handed out again."""
    from bots.sandbox.standin import video

    film = _film(stage, timeline, short)
    key = _content(film)
    if (known := _made_before(stage, key)) is not None:
        return known
    path = stage.folder / f"render-{stage.world.hexadecimal(16)}.mp4"

    def progress(share: float) -> None:
        render.progress = min(99, int(share * 100))

    try:
        video.make(film, path, progress, lambda: render.cancelled or stage.closing)
    except video.Cancelled:
        raise RuntimeError("cancelled") from None
    except video.Undecodable as problem:
        raise RuntimeError("a file could not be read") from problem
    stage.films[key] = path
    _keep(stage, key, path)
    return path


def _made_before(stage: Stage, key: str) -> Path | None:
    """The same film, made before by this stand-in or by an earlier one."""
    kept = _kept_at(stage, key)
    return stage.films.get(key) or (kept if kept and kept.exists() else None)


def _keep(stage: Stage, key: str, path: Path) -> None:
    """A copy for those to come, whole from the moment it is there."""
    if (kept := _kept_at(stage, key)) is not None:
        half = kept.with_name(path.name)
        half.write_bytes(path.read_bytes())
        half.replace(kept)


def _kept_at(stage: Stage, key: str) -> Path | None:
    folder = stage.options.films
    return folder / f"{hashlib.sha256(key.encode()).hexdigest()}.mp4" if folder else None


def _content(film: "Film") -> str:
    """What makes two films the same, whichever files their photos and sounds lie in."""

    def bytes_of(path: Path) -> Path:
        with path.open("rb") as file:
            return Path(hashlib.file_digest(file, "sha256").hexdigest())

    shots = tuple(replace(shot, path=bytes_of(shot.path)) for shot in film.shots)
    recordings = tuple(
        replace(recording, path=bytes_of(recording.path)) for recording in film.recordings
    )
    return repr(replace(film, shots=shots, recordings=recordings))


def _film(stage: Stage, timeline: Timeline, short: int) -> "Film":
    from bots.sandbox.standin import video

    def file(src: str) -> Path:
        path = stage.world.media.get(src.rpartition("/media/")[2].partition("/")[0])
        if path is None:
            raise NoSuchMedium(src)
        return path

    shots, sounds, begin = [], [], 0
    for piece in timeline.pieces:
        start, seconds, fade = begin / 1000, piece.ms / 1000, piece.fade_ms / 1000
        shots.append(video.Shot(file(piece.src), start, seconds, piece.motion, piece.film, fade))
        if piece.sound and timeline.voice is None:
            sounds.append(video.Recording(file(piece.src), start, seconds))
        begin += piece.ms
    if (voice := timeline.voice) is not None:
        sounds.append(
            video.Recording(file(voice.src), 0.0, min(voice.ms, timeline.ms) / 1000, voice.volume)
        )
    titles = []
    if (words := timeline.words) is not None:
        first = (timeline.ms - words.ms) / 1000 if words.at_end else 0.0
        titles.append(
            video.Title(
                words.text, first, first + words.ms / 1000, video.Place(words.place), words.scale
            )
        )
    music = video.Music(timeline.bed.style, timeline.bed.volume) if timeline.bed else None
    size = drafts.canvas(timeline.aspect, short)
    return video.Film(
        size,
        timeline.ms / 1000,
        tuple(shots),
        tuple(titles),
        music,
        tuple(sounds),
        look=video.Look(timeline.light, timeline.tone),
    )
