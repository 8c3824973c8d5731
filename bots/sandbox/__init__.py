"""The sandbox: the embedded look-alike of the video backend on a free loopback port, for trying
without any account."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
"""Where the sample photographs lie, as JPEGs."""


class SandboxMissing(Exception):
    """The sandbox needs the `media` extra (PyAV), which this installation left out."""


@asynccontextmanager
async def backend(credits: int) -> AsyncIterator[str]:
    """The stand-in's address while it runs; a new free account there holds so many credits."""
    if find_spec("av") is None:
        raise SandboxMissing
    from bots.sandbox.standin.app import StandIn

    async with StandIn(seed=None, quota=False, credits=credits).serving() as url:
        yield url


def sample(path: Path) -> Path:
    """Write a sample photograph, for a first try without a picture at hand."""
    from bots.sandbox.samples import sample_photo

    path.write_bytes(sample_photo())
    return path
