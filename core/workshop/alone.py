"""A process for one file, started from nothing: for systems on which none can be forked."""

import asyncio
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress

from core.media import TooSlow
from core.workshop.python import command, environment


class Alone:
    """One start a file."""

    async def close(self) -> None:
        """Each is gone by itself."""

    async def run(self, seconds: float, *words: str) -> tuple[int, bytes]:
        """How it has ended, as `Popen.returncode`, and what it said. Raises TooSlow, or OSError
        where no process can be started."""
        process = await asyncio.create_subprocess_exec(
            *command("decoding", *words),
            env=environment(),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=DEVNULL,
        )
        try:
            async with asyncio.timeout(seconds):
                said, _ = await process.communicate()
        except TimeoutError:
            raise TooSlow("takes too long to convert") from None
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        assert process.returncode is not None
        return process.returncode, said
