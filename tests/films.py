"""Films to be copied: two seconds that move, as large on disk as a test wants, and a server that
hands them out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from fractions import Fraction
from pathlib import Path

import av
from aiohttp import web
from PIL import Image

SIZE, FPS, SECONDS = (320, 180), 20, 2


def film(path: Path, *, sound: bool = True, size: int = 0) -> Path:
    """A teal box that crosses an orange sky, with a tone if wanted; filled up to `size` bytes."""
    with av.open(str(path), "w", format="mp4") as written:
        pictures = written.add_stream("libx264", rate=FPS)
        pictures.width, pictures.height = SIZE
        pictures.bit_rate = 800_000
        tone = written.add_stream("aac", rate=48_000, layout="stereo") if sound else None
        for number in range(FPS * SECONDS):
            frame = av.VideoFrame.from_image(_picture(number))
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            written.mux(pictures.encode(frame))
        written.mux(pictures.encode(None))
        if tone is not None:
            for number in range(SECONDS * 48_000 // 1024):
                written.mux(tone.encode(_silence(number)))
            written.mux(tone.encode(None))
    rest = size - path.stat().st_size - 8
    if rest > 0:
        with path.open("ab") as file:
            file.write((8 + rest).to_bytes(4, "big") + b"free" + bytes(rest))
    return path


def _picture(number: int) -> Image.Image:
    noise = Image.effect_noise(SIZE, 60).convert("RGB")
    picture = Image.blend(noise, Image.new("RGB", SIZE, "orange"), 0.8)
    picture.paste((0, 128, 128), (number * 6, 60, number * 6 + 60, 120))
    return picture


def _silence(number: int) -> av.AudioFrame:
    silence = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
    for plane in silence.planes:
        plane.update(bytes(plane.buffer_size))
    silence.sample_rate, silence.pts = 48_000, number * 1024
    silence.time_base = Fraction(1, 48_000)
    return silence


@asynccontextmanager
async def handed_out(path: Path) -> AsyncIterator[str]:
    """The address at which that file can be had."""

    async def answer(request: web.Request) -> web.FileResponse:
        return web.FileResponse(path)

    app = web.Application()
    app.router.add_get("/v.mp4", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v.mp4"
    finally:
        await runner.cleanup()
