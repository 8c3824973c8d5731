"""Fetches the file behind a reference: streamed to disk, the address with the token in it kept to
itself."""

import asyncio
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import cast
from urllib.parse import quote

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from telegram import Bot, File
from telegram.error import TelegramError

from bots.telegram.delivery.errors import to_delivery_error
from bots.telegram.translate import DOWNLOAD_LIMIT, to_file_id
from core.adapter import DeliveryError, FileGone, Flooded, TooLarge, Unavailable, Unsent
from core.connections import Connector
from core.files import private_folder
from core.messages import Address, Attachment
from core.net import DIRECT, Proxies
from core.ops import machine

log = structlog.get_logger()

CHUNK = 1 << 18
DOWNLOAD_TIMEOUT = ClientTimeout(total=None, sock_connect=15, sock_read=60)
LOCAL_SECONDS = 900.0
"""Seconds: a Bot API server of one's own answers getFile only when it has the whole file."""
LINK_OVER = (401, 403, 404, 410)
"""What the server says to a link that has run out, or whose file is not at hand: the next try asks
for a new one."""
PAUSE = 5.0
"""Seconds to wait where a 429 names none."""


async def fetch(bot: Bot, attachment: Attachment, folder: Path, proxies: Proxies = DIRECT) -> Path:
    """Bring the file into `folder` under a new name; see core.adapter. Raises TooLarge before
    trying."""
    if not bot.local_mode and (attachment.bytes or 0) > DOWNLOAD_LIMIT:
        raise TooLarge(DOWNLOAD_LIMIT)
    file = await _ask(bot, attachment)
    if not file.file_path:
        raise Unavailable("Telegram names no path")
    target = await asyncio.to_thread(_new_file, folder, attachment.name)
    try:
        if bot.local_mode:
            await _copy(Path(file.file_path), target)
        else:
            await _stream(_encoded(file.file_path, bot.base_file_url), target, proxies)
    except BaseException:  # cancelled as well: nothing half-fetched stays behind
        target.unlink(missing_ok=True)
        raise
    return target


async def _ask(bot: Bot, attachment: Attachment) -> File:
    try:
        patience = LOCAL_SECONDS if bot.local_mode else 30.0
        return await bot.get_file(to_file_id(attachment.ref), read_timeout=patience)
    except TelegramError as error:
        problem = to_delivery_error(error, Address("telegram", ""), repeatable=True)
    raise _unfetched(problem)


def _unfetched(problem: DeliveryError) -> DeliveryError:
    """What a refused getFile means: whatever no sentence of ours explains may pass, and is asked
    again first."""
    if isinstance(problem, TooLarge):
        return TooLarge(DOWNLOAD_LIMIT)
    return (
        problem
        if isinstance(problem, FileGone | Unavailable | Flooded | Unsent)
        else Unavailable(str(problem))
    )


async def _stream(address: str, target: Path, proxies: Proxies = DIRECT) -> None:
    """In pieces, so that many large files at once do not fill the memory, which the library's own
    download would."""
    size = 0
    try:
        async with (
            ClientSession(timeout=DOWNLOAD_TIMEOUT, connector=Connector(proxies)) as session,
            session.get(address) as answer,
        ):
            if answer.status != 200:
                raise _unloaded(answer.status, answer.headers.get("Retry-After", ""))
            with target.open("wb") as out:  # a thread would leave it open
                async for chunk in answer.content.iter_chunked(CHUNK):
                    size += len(chunk)
                    if size > DOWNLOAD_LIMIT:
                        raise TooLarge(DOWNLOAD_LIMIT)
                    await asyncio.to_thread(out.write, chunk)
    except (
        ClientError,
        TimeoutError,
        OSError,
    ) as error:  # their texts and requests carry the address
        if machine.short(error):
            raise OSError(cast(OSError, error).errno, "while a file was fetched") from None
        raise Unsent(type(error).__name__) from None


def _unloaded(status: int, pause: str) -> DeliveryError:
    """What a refused download means; `pause` is the header Retry-After, in seconds."""
    if status == 429:
        return Flooded(float(pause) if re.fullmatch("[0-9]{1,6}", pause) else PAUSE)
    if status == 413:
        return TooLarge(DOWNLOAD_LIMIT)
    return Unavailable(f"HTTP {status}") if status in LINK_OVER else Unsent(f"HTTP {status}")


def _encoded(address: str, server: str) -> str:
    """The address with the file's path made fit for it. The server's own part stays as the operator
    wrote it."""
    own = server if address.startswith(server) else ""
    return own + quote(address.removeprefix(own), safe="/" if own else ":/@[]%?&=")


async def _copy(source: Path, target: Path) -> None:
    if not source.is_absolute() or not await asyncio.to_thread(os.access, source, os.R_OK):
        log.warning(
            "TELEGRAM_LOCAL_MODE is on, but the files of the Bot API server cannot be read on "
            "this machine"
        )
        raise FileGone("not on this machine's disk")
    await asyncio.to_thread(shutil.copyfile, source, target)


def _new_file(folder: Path, name: str) -> Path:
    """An empty file of a name that nobody else has; only a harmless ending of the sender's name is
    kept."""
    private_folder(folder)
    ending = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    handle, path = tempfile.mkstemp(dir=folder, suffix=ending[0] if ending else "")
    os.close(handle)
    return Path(path)
