"""The picture that shows several presets side by side, drawn when one is first asked for."""

import asyncio
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import structlog

from core import media
from core.files import private
from core.messages import Gallery, Outbound
from core.runtime.engine.runtime import Runtime

log = structlog.get_logger()


async def pictured(runtime: Runtime, message: Outbound, gallery: Gallery) -> Outbound:
    """The message with its picture; without one where none can be drawn, since its buttons say it
    all."""
    known = {preset.slug: preset.picture for preset in runtime.presets}
    pictures = [known.get(slug) for slug in gallery.of]
    name = sha256(f"{gallery.first} {pictures}".encode()).hexdigest()[:16]
    path = runtime.work / f"gallery-{name}.jpg"
    try:
        if not await asyncio.to_thread(path.exists):
            await asyncio.to_thread(private.folder, runtime.work)
            drawn = await runtime.workshop.sheet(pictures, gallery.first)
            await asyncio.to_thread(_write, path, drawn)
    except (media.MediaError, OSError) as problem:
        log.warning("the presets are shown without pictures", error=type(problem).__name__)
        return replace(message, media=None)
    return replace(message, media=replace(gallery, path=str(path)))


def _write(path: Path, drawn: bytes) -> None:
    half = path.with_name(f"{path.name}.part")
    with private.opened(half) as file:
        file.write(drawn)
    half.replace(path)
