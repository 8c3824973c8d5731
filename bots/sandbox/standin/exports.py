"""Exports (10): start, poll, cancel, download; the videos are really made, one at a time, and the
same one once."""

import asyncio
import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bots.sandbox.standin import draft as drafts
from bots.sandbox.standin.calls import Call
from bots.sandbox.standin.draft import NotExportable, Timeline
from bots.sandbox.standin.faults import Fault
from bots.sandbox.standin.files import File, spoilt
from bots.sandbox.standin.gate import (
    Refused,
    attributed,
    bearer,
    body,
    field,
    owned,
    string,
    unprocessable,
)
from bots.sandbox.standin.stage import Stage
from bots.sandbox.standin.world import Render

if TYPE_CHECKING:
    from bots.sandbox.standin.video import Film

_ID = re.compile(r"[\w-]{1,100}")
_RESOLUTION = re.compile(r"(\d{3,4})p")
KINDS = ("failed", "slow", "no-url", "wrapped", "flat", "joins")


async def start(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """Begin to make the MP4 of the posted draft, which should be the stored one to the last key (D:
    verbatim)."""
    account = bearer(request, stage.world)
    attributed(request)
    call.facts["json"] = sent = await body(request)
    ident, session = string(sent, "id"), owned(stage.world, string(sent, "sessionId"), account)
    posted = field(sent, "draft")
    call.facts["verbatim"] = drafts.same(posted, session.draft)
    odd = {fault.kind: fault for fault in stage.faults.take("render", KINDS)}
    if not _ID.fullmatch(ident):
        raise unprocessable(["body", "id"], "string_pattern_mismatch", ident)
    if ident in stage.world.renders:
        known = stage.world.render(ident, account)
        if known is None or "joins" not in odd:
            raise Refused({"success": False, "error": "Duplicate render id"}, 409)
        return _shown(stage, request, known, odd)
    try:
        timeline = drafts.read(posted)
    except (NotExportable, ValueError, TypeError):
        raise Refused({"success": False, "error": "Draft has no segments"}, 400) from None
    render = stage.world.open_render(ident, account)
    _mark(render, odd)
    stage.start(
        _made(stage, render, timeline, _short_side(stage, sent.get("output")), "failed" in odd)
    )
    return _shown(stage, request, render, odd)


def _short_side(stage: Stage, output: Any) -> int:
    wanted = (
        _RESOLUTION.fullmatch(str(output.get("resolution"))) if isinstance(output, dict) else None
    )
    return min(int(wanted[1]), stage.options.video_height) if wanted else stage.options.video_height


def _mark(render: Render, odd: dict[str, Fault]) -> None:
    if slow := odd.get("slow"):
        render.slow = int(slow.amount or 3)
    if hidden := odd.get("no-url"):
        render.hidden = None if hidden.amount is None else int(hidden.amount)


async def _made(stage: Stage, render: Render, timeline: Timeline, short: int, doomed: bool) -> None:
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
            video.Title(words.text, first, first + words.ms / 1000, video.Place(words.place))
        )
    music = video.Music(timeline.bed.style, timeline.bed.volume) if timeline.bed else None
    size = drafts.canvas(timeline.aspect, short)
    return video.Film(size, timeline.ms / 1000, tuple(shots), tuple(titles), music, tuple(sounds))


def _known(stage: Stage, request: web.Request, call: Call) -> Render:
    account = bearer(request, stage.world)
    attributed(request)
    render = stage.world.render(request.match_info["render"], account)
    call.facts["render"] = request.match_info["render"]
    if render is None:
        raise Refused({"success": False, "error": "Render not found"}, 404)
    return render


async def poll(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """How far it is."""
    render = _known(stage, request, call)
    odd = {fault.kind: fault for fault in stage.faults.take("poll", KINDS)}
    _mark(render, odd)
    if "failed" in odd:
        render.cancelled, render.status, render.error = True, "failed", "render worker gone"
    if render.status == "completed":
        render.polls += 1
    return _shown(stage, request, render, odd)


async def cancel(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """Stop it; a finished one stays finished."""
    render = _known(stage, request, call)
    if render.status != "completed":
        render.cancelled, render.status, render.error = True, "failed", "cancelled"
    return web.json_response({"success": True, "data": {"id": render.id, "status": render.status}})


async def download(stage: Stage, request: web.Request, call: Call) -> web.StreamResponse:
    """The file itself, for the owner of the token."""
    render = _known(stage, request, call)
    if render.path is None:
        raise Refused({"success": False, "error": "Render not finished"}, 404)
    return spoilt(stage.faults, "download", render.path) or File(render.path, "video/mp4")


def _shown(
    stage: Stage, request: web.Request, render: Render, odd: dict[str, Fault]
) -> web.Response:
    """Both documented shapes; slow renders stay at work, hidden ones keep their address to
    themselves for a while."""
    status, progress = render.status, render.progress
    if status == "completed" and render.polls <= render.slow:
        status, progress = "processing", 95
    url = f"{request.url.origin()}/render-result/{render.id}.mp4"
    if (
        status != "completed"
        or render.hidden is None
        or render.polls <= render.slow + render.hidden
    ):
        url = ""
    wrapped = "wrapped" in odd or (stage.options.shape == "wrapped" and "flat" not in odd)
    answer = (
        _wrapped(render, status, progress, url) if wrapped else _flat(render, status, progress, url)
    )
    return web.json_response(answer)


def _flat(render: Render, status: str, progress: int, url: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"taskId": render.id, "status": status, "progress": progress}
    if url and render.path is not None:
        answer["output"] = {
            "url": url,
            "duration": render.seconds,
            "size": render.path.stat().st_size,
        }
    return answer | ({"error": render.error} if status == "failed" else {})


def _wrapped(render: Render, status: str, progress: int, url: str) -> dict[str, Any]:
    if status == "failed":
        return {
            "success": False,
            "error": render.error,
            "data": {"id": render.id, "status": status},
        }
    data: dict[str, Any] = {"id": render.id, "status": status, "progress": progress}
    data["createdAt"] = round(render.created * 1000)
    if url:
        data |= {"outputUrl": url, "completedAt": round(render.completed * 1000)}
    return {"success": True, "data": data}
