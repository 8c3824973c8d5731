"""Pictures that show several side by side: presets, drawn when they are first asked for, and photos
of people, drawn for one message and kept nowhere."""

import asyncio
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from core import media
from core.adapter import Adapter, DeliveryError
from core.files import open_private, private_folder
from core.messages import Attachment, Gallery, Outbound
from core.runtime.engine.runtime import Runtime

log = structlog.get_logger()


async def pictured(
    runtime: Runtime, adapter: Adapter, message: Outbound, gallery: Gallery, target: Path
) -> tuple[Outbound, Path | None]:
    """The message with its picture, or without where none can be drawn, since its words and buttons
    say it all; and the file to delete afterwards, `target`, where that was written."""
    if gallery.photos:
        return await _of_people(runtime, adapter, message, gallery, target)
    return await _of_presets(runtime, message, gallery), None


async def _of_presets(runtime: Runtime, message: Outbound, gallery: Gallery) -> Outbound:
    known = {preset.slug: preset.picture for preset in runtime.presets}
    pictures = [known.get(slug) for slug in gallery.of]
    name = sha256(f"{gallery.first} {pictures}".encode()).hexdigest()[:16]
    path = runtime.work / f"gallery-{name}.jpg"
    try:
        if not await asyncio.to_thread(path.exists):
            await asyncio.to_thread(private_folder, runtime.work)
            drawn = await runtime.workshop.sheet(pictures, gallery.first)
            await asyncio.to_thread(_write, path, drawn)
    except (media.MediaError, OSError) as problem:
        log.warning("the presets are shown without pictures", error=type(problem).__name__)
        return replace(message, media=None)
    return replace(message, media=replace(gallery, path=str(path)))


async def _of_people(
    runtime: Runtime, adapter: Adapter, message: Outbound, gallery: Gallery, target: Path
) -> tuple[Outbound, Path | None]:
    try:
        drawn = await _drawn(runtime, adapter, gallery)
        if drawn:
            await asyncio.to_thread(_write, target, drawn)
    except (media.MediaError, OSError) as problem:
        log.warning("no picture of the photos", error=type(problem).__name__)
        drawn = b""
    if not drawn:
        return replace(message, media=None), None
    return replace(message, media=replace(gallery, path=str(target))), target


async def _drawn(runtime: Runtime, adapter: Adapter, gallery: Gallery) -> bytes:
    """The picture; nothing where nothing could be fetched. Without numbers what is missing is left
    out. Raises MediaError, or OSError."""
    home = await asyncio.to_thread(private_folder, runtime.work)
    with TemporaryDirectory(dir=home, prefix="photos-") as folder:
        fetching = (
            _fetched(adapter, photo, Path(folder) / str(place))
            for place, photo in enumerate(gallery.photos)
        )
        found = await asyncio.gather(*fetching)
        shown = found if gallery.first else [path for path in found if path]
        return await runtime.workshop.sheet(shown, gallery.first) if any(shown) else b""


async def _fetched(adapter: Adapter, photo: Attachment | None, folder: Path) -> Path | None:
    """One photo; None where there is none."""
    if photo is None:
        return None
    try:
        await asyncio.to_thread(folder.mkdir)
        return await adapter.fetch(photo, folder)
    except (DeliveryError, OSError) as problem:
        log.info("a photo cannot be shown", error=type(problem).__name__)
        return None


def _write(path: Path, drawn: bytes) -> None:
    half = path.with_name(f"{path.name}.part")
    with open_private(half) as file:
        file.write(drawn)
    half.replace(path)
