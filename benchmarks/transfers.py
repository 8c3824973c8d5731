"""Large files: 200 MB to the service and 50 MB from it, against the bare library."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from aiohttp import web

from benchmarks.measuring import Scale, arguments, child, ratio, say, spent
from benchmarks.report import Figure, Table
from core.nemo import wire
from core.nemo.client import NemoClient, UploadPart
from core.nemo.wire import Attribution

TITLE = "Large files"
GOAL = 1.2
MEGABYTE = 2**20
UP, DOWN = 200, 50
CALL = wire.upload_files("nmv_usr_benchmark", Attribution("skill", "1", "unknown"), "s1")


async def run(scale: Scale) -> Table:
    """Each way, ours and the library in turn."""
    repeats = scale.of(5, 2)
    figures = []
    with TemporaryDirectory(prefix="benchmark-") as folder:
        source = Path(folder, "film.mp4")
        source.write_bytes(_film(scale.of(UP, UP // 4)))
        async with _serving(Path(folder), scale.of(DOWN, DOWN // 2)) as url:
            for way in ("up", "down"):
                ours: list[float] = []
                bare: list[float] = []
                for _ in range(repeats):
                    for kind, found in (("ours", ours), ("bare", bare)):
                        async with child("transfers", kind, way, url, str(source)) as other:
                            found.append(await other.told())
                against, apart = ratio(ours, bare)
                size = scale.of(UP, UP // 4) if way == "up" else scale.of(DOWN, DOWN // 2)
                beside = f"{median(ours):.2f} s CPU, the library {median(bare):.2f}"
                name = f"{size} MB {way}"
                figures.append(Figure(name, against, "×", GOAL, beside=beside, spread=apart))
    return Table(TITLE, tuple(figures))


def _film(megabytes: int) -> bytes:
    """Bytes that begin as a video does."""
    return b"\x00\x00\x00\x18ftypmp42".ljust(megabytes * MEGABYTE, b"\x55")


@asynccontextmanager
async def _serving(folder: Path, megabytes: int) -> AsyncIterator[str]:
    async def take(request: web.Request) -> web.Response:
        async for _ in request.content.iter_chunked(1 << 18):
            pass
        return web.json_response({"code": 0, "data": {"files": []}})

    clip = folder / "clip.mp4"
    clip.write_bytes(_film(megabytes))

    async def give(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(clip)

    app = web.Application(client_max_size=1 << 31)
    app.router.add_post("/{path:.*}", take)
    app.router.add_get("/clip.mp4", give)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def ours(way: str, url: str, source: Path, target: Path) -> None:
    """By the client of the bot."""
    client = NemoClient(url)
    if way == "up":
        await client.upload(CALL, [UploadPart(source, "1-1.mp4", "video/mp4")])
    else:
        await client.download(f"{url}/clip.mp4", target, 1 << 31)
    await client.close()


async def bare(way: str, url: str, source: Path, target: Path) -> None:
    """By the library alone."""
    async with httpx.AsyncClient(trust_env=False, timeout=600) as client:
        if way == "up":
            with source.open("rb") as file:
                files = {"files": ("1-1.mp4", file, "video/mp4")}
                await client.post(url + CALL.path, files=files)
            return
        async with client.stream("GET", f"{url}/clip.mp4") as answer:
            with target.open("wb") as written:
                async for piece in answer.aiter_bytes():
                    written.write(piece)


KINDS: dict[str, Callable[[str, str, Path, Path], Coroutine[Any, Any, None]]] = {
    "ours": ours,
    "bare": bare,
}


def main() -> None:
    """One transfer, and the processor seconds that it took."""
    kind, way, url, source = arguments()
    with TemporaryDirectory(prefix="benchmark-") as folder:
        before = spent()
        asyncio.run(KINDS[kind](way, url, Path(source), Path(folder, "taken.mp4")))
        say(spent() - before)


if __name__ == "__main__":
    main()
