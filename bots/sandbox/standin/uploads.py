"""Uploads: multipart `files` or JSON `urls`, judged by extension, type, size and finally by opening
them (6)."""

import asyncio
import ipaddress
import posixpath
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiohttp
from aiohttp import web

from bots.sandbox.samples import VARIANTS, sample_photo
from bots.sandbox.standin.calls import Call
from bots.sandbox.standin.director import Medium
from bots.sandbox.standin.gate import Refused, bearer, body, field, owned, refusal, unprocessable
from bots.sandbox.standin.stage import Stage
from bots.sandbox.standin.world import Session, as_info

TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
}
"""Accepted extensions with the content type each must be declared as (6.2)."""


async def upload(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """All files of a request become media of the session, or, if one is refused, none of them."""
    session = owned(stage.world, request.match_info["session"], bearer(request, stage.world))
    call.facts["session"] = session.id
    if request.content_type == "multipart/form-data":
        found = await _parts(stage, request, call)
    else:
        call.facts["json"] = sent = await body(request)
        found = await _urls(stage, field(sent, "urls"), str(sent.get("source_type")))
    origin = str(request.url.origin())
    media = [await _medium(stage, path, name, origin) for path, name in found]
    for medium, (path, _) in zip(media, found, strict=True):
        stage.world.add_medium(session, medium, path)
    return _answer(stage, session, media)


def _answer(stage: Stage, session: Session, media: list[Medium]) -> web.Response:
    odd = {fault.kind for fault in stage.faults.take("upload", ["not-applied", "bare"])}
    infos = [as_info(medium) for medium in media]
    if "bare" in odd:
        urls = [{"url": medium.url} for medium in media]
        return web.json_response({"code": 0, "data": {"uploaded_files": urls}})
    return web.json_response(
        {"code": 0, "data": {"files": infos, "session_state_applied": "not-applied" not in odd}}
    )


Found = list[tuple[Path, str]]


async def _parts(stage: Stage, request: web.Request, call: Call) -> Found:
    found: Found = []
    parts = call.facts["parts"] = []
    async for part in await request.multipart():
        if not isinstance(part, aiohttp.BodyPartReader):
            raise unprocessable(["body", "files"])
        name, kind = (
            part.filename or "",
            part.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        )
        path = stage.folder / f"{stage.world.hexadecimal(16)}.{extension(name)}"
        refused = _unfit(part.name, name, kind)
        size = await _save(part.read_chunk, path, stage.options.largest)
        parts.append({"field": part.name, "filename": name, "content_type": kind, "bytes": size})
        if refused is not None or size > stage.options.largest:
            raise refused or refusal(4002)
        found.append((path, name))
    if not found:
        raise unprocessable(["body", "files"])
    return found


def _unfit(part: str | None, name: str, kind: str) -> Refused | None:
    if part != "files":
        return unprocessable(["body", "files"])
    return refusal(4001) if TYPES.get(extension(name)) != kind else None


async def _save(read: Callable[[], Awaitable[bytes]], path: Path, largest: int) -> int:
    """Write to disk and return the bytes that came; what is over the limit is counted but not
    kept."""
    size = 0
    with path.open("wb") as target:
        while chunk := await read():
            size += len(chunk)
            if size <= largest:
                target.write(chunk)
    return size


def extension(name: str) -> str:
    """Lower-case, without the dot; `bin` for a name without one."""
    ending = posixpath.splitext(name)[1][1:].lower()
    return ending if ending.isalnum() and ending.isascii() else "bin"


async def _urls(stage: Stage, urls: object, source: str) -> Found:
    if (
        source != "url"
        or not isinstance(urls, list)
        or not urls
        or not all(isinstance(url, str) for url in urls)
    ):
        raise unprocessable(["body", "urls"], "list_type", urls)
    return [await _from_url(stage, url) for url in urls]


async def _from_url(stage: Stage, url: str) -> tuple[Path, str]:
    address = urlsplit(url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise refusal(4001)
    name = posixpath.basename(unquote(address.path)) or "file.jpg"
    if stage.options.fetch_urls and loopback(address.hostname):
        if extension(name) not in TYPES:
            raise refusal(4001)
        path = stage.folder / f"{stage.world.hexadecimal(16)}.{extension(name)}"
        await _fetch(url, path, stage.options.largest)
        return path, name
    path = stage.folder / f"{stage.world.hexadecimal(16)}.jpg"
    path.write_bytes(
        await asyncio.to_thread(sample_photo, len(url) % VARIANTS, picture_size(stage))
    )
    return path, f"{posixpath.splitext(name)[0]}.jpg"


def picture_size(stage: Stage, upright: bool = False) -> tuple[int, int]:
    """Pixels of an invented picture: enough for the videos made here, and no more."""
    short = min(1280, max(180, round(stage.options.video_height * 1.185)))
    return (short, short * 3 // 2) if upright else (short * 3 // 2, short)


def loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _fetch(url: str, path: Path, largest: int) -> None:
    try:
        async with aiohttp.ClientSession(trust_env=False) as client, client.get(url) as answer:
            if answer.status != 200:
                raise refusal(4001)
            size = await _save(lambda: answer.content.read(65536), path, largest)
    except aiohttp.ClientError:
        raise refusal(4001) from None
    if size > largest:
        raise refusal(4002)


async def _medium(stage: Stage, path: Path, name: str, origin: str) -> Medium:
    """Open the file; what cannot be opened is refused with 4001."""
    from bots.sandbox.standin import video

    kind = TYPES[extension(name)].partition("/")[0]
    ident = stage.world.hexadecimal(12)
    url = f"{origin}/media/{ident}/{path.name}"
    try:
        if kind == "image":
            picture = await asyncio.to_thread(video.open_upright, path)
            return Medium(ident, name, kind, url, picture.width, picture.height)
        facts = await asyncio.to_thread(video.probe, path)
    except video.Undecodable:
        raise refusal(4001) from None
    if (kind == "video") != (facts.width > 0):
        raise refusal(4001)
    return Medium(
        ident, name, kind, url, facts.width, facts.height, facts.seconds, facts.fps, facts.sound
    )
