"""A third platform: started by its name, and nothing in the product knows of it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.backend import quick_standin
from tests.servers.lines import LineServer
from tests.world import QUICK, photo

ROOT = Path(__file__).parents[1]


@asynccontextmanager
async def bot(folder: Path, **variables: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bots` with these variables."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    database = {"DATABASE_URL": f"sqlite:///{folder / 'bot.sqlite'}", "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bots", cwd=folder, env=plain | database | variables
    )
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()


async def test_a_platform_of_ones_own_makes_a_film(tmp_path: Path) -> None:
    standin = quick_standin()
    async with LineServer() as server, standin.serving() as url:
        own = {"BOTS": "tests.adapters.lines", "LINES_SERVER": server.address, "NEMO_API_URL": url}
        async with bot(tmp_path, **QUICK, **own) as process:
            await server.says("/help")
            await seen(process, lambda: bool(server.posts))
            await server.says("make a 1-second video of it", photo())
            await seen(process, lambda: any(post.files for post in server.posts))
    (film,) = [post for post in server.posts if post.files]
    assert film.files["video.mp4"][4:8] == b"ftyp"
    assert film.chat == "ann"


async def seen(process: asyncio.subprocess.Process, condition: Callable[[], bool]) -> None:
    """Until the person sees it. Fails where the bot has ended."""
    async with asyncio.timeout(300.0):
        while not condition():
            assert process.returncode is None, "the bot has ended"
            await asyncio.sleep(0.02)


def test_it_is_one_short_file_and_the_product_does_not_name_it() -> None:
    lines = (ROOT / "tests" / "adapters" / "lines.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 120
    sources = (file for folder in ("bots", "core") for file in (ROOT / folder).rglob("*.py"))
    named = "tests.adapters"
    assert [str(file) for file in sources if named in file.read_text(encoding="utf-8")] == []
