"""Files come down through a few redirects, never from a private net, and no longer than allowed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from yarl import URL

from bots.discord.delivery.disk import Disk
from bots.discord.delivery.downloads import (
    BUSY_SECONDS,
    NAME_SECONDS,
    REDIRECTS,
    Lines,
    check_open,
    download,
    following,
    lines,
)
from bots.discord.delivery.files import Files
from bots.discord.run import Discord
from bots.discord.translate import Sent
from core.adapter import DeliveryError, FileGone, Flooded, TooLarge, Unavailable, Unsent
from core.net import DIRECT
from tests.bots.discord.conftest import Taken
from tests.servers.discord import FakeDiscord, Photo

READ = "GET /channels/{channel_id}/messages/{message_id}"


async def answer(request: web.Request) -> web.Response:
    """`/hops/2` redirects twice, `/status/429/7` is that status with a pause; `/file` holds eleven
    bytes."""
    match request.path.split("/")[1:]:
        case ["hops", left] if int(left):
            return web.Response(status=302, headers={"Location": f"/hops/{int(left) - 1}"})
        case ["nowhere", *_]:
            return web.Response(status=302, headers={"Location": "ftp://media.example.com/file"})
        case ["status", status, *pause]:
            return web.Response(
                status=int(status), headers={"Retry-After": pause[0]} if pause else {}
            )
    return web.Response(body=b"eleven byte")


@pytest.fixture
def came() -> list[object]:
    """The connections that requests came by."""
    return []


@pytest.fixture
async def there(came: list[object]) -> AsyncIterator[str]:
    @web.middleware
    async def noted(request: web.Request, handler: Any) -> web.StreamResponse:
        came.append(request.protocol)
        found: web.StreamResponse = await handler(request)
        return found

    app = web.Application(middlewares=[noted])
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def by() -> AsyncIterator[Lines]:
    """Connections, and a way to the disk."""
    made = lines(DIRECT, Disk())
    yield made
    await made.session.close()


@pytest.mark.parametrize("path", ["/file", f"/hops/{REDIRECTS}"])
async def test_a_file_comes_whole_also_through_redirects(
    there: str, tmp_path: Path, by: Lines, path: str
) -> None:
    await download(there + path, tmp_path / "a", by, inside=True)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"eleven byte"]


@pytest.mark.parametrize(
    ("path", "kind", "inside"),
    [
        (f"/hops/{REDIRECTS + 1}", Unsent, True),
        ("/nowhere", FileGone, True),
        ("/status/404", FileGone, True),
        ("/status/502", Unsent, True),
        ("/status/429/7", Flooded, True),
        ("/status/429", Flooded, True),
        ("/file", FileGone, False),
    ],
)
async def test_what_does_not_come_leaves_nothing_behind(
    there: str, tmp_path: Path, by: Lines, path: str, kind: type[DeliveryError], inside: bool
) -> None:
    with pytest.raises(kind) as problem:
        await download(there + path, tmp_path / "a", by, inside=inside)
    if isinstance(problem.value, Flooded):
        assert problem.value.seconds == (7 if path.endswith("/7") else BUSY_SECONDS)
    assert list(tmp_path.iterdir()) == []


async def test_a_file_longer_than_allowed_is_not_kept(
    there: str, tmp_path: Path, by: Lines
) -> None:
    with pytest.raises(TooLarge):
        await download(f"{there}/file", tmp_path / "a", by, inside=True, largest=10)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"],
        ["127.0.0.1"],
        ["169.254.169.254"],
        ["8.8.8.8", "::1"],
        ["fe80::1%eth0"],
        ["0.0.0.0"],
    ],
)
def test_nothing_is_read_from_a_private_net(addresses: list[str]) -> None:
    with pytest.raises(FileGone):
        check_open(addresses)


def test_the_open_internet_and_what_cannot_be_found_are_asked() -> None:
    check_open(["8.8.8.8", "2606:4700:4700::1111"])
    check_open([])


@pytest.mark.parametrize(
    ("base", "location", "leads"),
    [
        ("https://a.example/x", "/y", "https://a.example/y"),
        ("http://a.example/x", "https://b.example/y", "https://b.example/y"),
        ("https://a.example/x", "http://b.example/y", ""),
        ("https://a.example/x", "", ""),
        ("https://a.example/x", "file:///etc/passwd", ""),
        ("https://a.example/x", "https://[::1/y", ""),
    ],
)
def test_a_redirect_leads_to_an_address_or_nowhere(base: str, location: str, leads: str) -> None:
    if leads:
        assert str(following(URL(base), location)) == leads
        return
    with pytest.raises(FileGone):
        following(URL(base), location)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 99999, Unavailable),
        (401, 0, Unavailable),
        (404, 10008, FileGone),
        (403, 50001, FileGone),
    ],
)
async def test_a_message_that_cannot_be_read_is_gone_only_where_discord_says_so(
    dc: FakeDiscord,
    bot: Discord,
    taken: Taken,
    tmp_path: Path,
    status: int,
    code: int,
    kind: type[Exception],
) -> None:
    dc.says("make a clip", [Photo()], mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    dc.refuse(READ, status, code)
    with pytest.raises(kind):
        await bot.fetch(taken.last.attachments[0], tmp_path)


async def test_a_file_that_its_message_still_names_is_not_given_up_at_once(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    dc.says("make a clip", [Photo()], mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    (file,) = dc.world.files.values()
    file.gone = True
    with pytest.raises(Unavailable):
        await bot.fetch(taken.last.attachments[0], tmp_path)


async def test_one_connection_brings_one_file_after_the_other(
    there: str, tmp_path: Path, came: list[object]
) -> None:
    files = Files(tmp_path, 0.0, inside=True)
    photos = [Sent(1, "a.jpg", "image/jpeg", 11, f"{there}/file")]
    files.begin()
    for use in (1, 2):
        await files.keep(use, photos)
    assert len({*came}) == 1
    await files.keep(2, photos)  # it is there
    assert len(came) == 2
    await files.close()
    for use in (3, 4):  # whoever still waits for a file has it
        await files.keep(use, photos)
    assert len({*came}) == 3


async def test_nothing_is_asked_for_when_the_adapter_has_ended(
    there: str, tmp_path: Path, by: Lines
) -> None:
    await by.session.close()
    with pytest.raises(Unsent):
        await download(f"{there}/file", tmp_path / "a", by, inside=True)
    assert list(tmp_path.iterdir()) == []


async def test_where_a_name_leads_is_known_for_a_moment_and_judged_each_time(
    there: str, tmp_path: Path, by: Lines
) -> None:
    """As if it had led to a private net, and then into the open internet."""
    host, now = URL(there).origin(), asyncio.get_running_loop().time()
    by.names[host] = now, ["8.8.8.8"]
    await download(f"{there}/file", tmp_path / "a", by)
    by.names[host] = now, ["8.8.8.8", "10.0.0.1"]
    with pytest.raises(FileGone):
        await download(f"{there}/file", tmp_path / "b", by)
    by.names[host] = now - NAME_SECONDS, ["8.8.8.8"]
    with pytest.raises(FileGone):
        await download(f"{there}/file", tmp_path / "b", by)
    assert by.names[host][1] == ["127.0.0.1"]


@pytest.mark.parametrize("path", ["/status/429/0", "/status/429/3600"])
async def test_a_command_waits_only_so_long_for_its_files(
    there: str, tmp_path: Path, path: str
) -> None:
    files = Files(tmp_path, 0.0, inside=True)
    with pytest.raises(Unsent):
        await files.keep(1, [Sent(1, "a.jpg", "image/jpeg", 11, there + path)])
    assert await files.keep(2, [Sent(1, "a.jpg", "image/jpeg", 11, f"{there}/file")])
