"""Links of finished files are followed into the open internet only, unless the backend itself is in
our own net."""

from pathlib import Path

import httpx
import pytest
from aiohttp import web

from core.nemo.client.files import all_open, check_open, peer, resolved
from core.nemo.errors import BadRequest
from tests.core.nemo.conftest import Connect, Serve

OUTSIDE = "https://8.8.8.8"
"""A backend of the open internet; nothing is ever sent to it here."""


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]"]
)
async def test_a_file_in_our_own_net_is_not_even_asked_for(
    serve: Serve, connect: Connect, tmp_path: Path, host: str
) -> None:
    asked: list[str] = []

    async def secret(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=b"what only this machine may read", content_type="video/mp4")

    url = (await serve(secret)).replace("127.0.0.1", host) + "/inside.mp4"
    client = connect(OUTSIDE)
    with pytest.raises(BadRequest, match="private net"):
        await client.download(url, tmp_path / "file", 1000)
    assert asked == []
    assert not (tmp_path / "file").exists()


async def test_a_backend_in_our_own_net_may_have_its_files_there(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    async def file(request: web.Request) -> web.Response:
        return web.Response(body=b"a clip", content_type="video/mp4")

    url = await serve(file)
    assert await connect(url).download(f"{url}/clip.mp4", tmp_path / "file", 1000) == 6


async def test_the_address_that_was_connected_to_is_judged_and_not_only_the_one_looked_up(
    serve: Serve,
) -> None:
    async def file(request: web.Request) -> web.Response:
        return web.Response()

    async with httpx.AsyncClient() as plain, plain.stream("GET", await serve(file)) as response:
        assert peer(response) == ["127.0.0.1"]
        with pytest.raises(BadRequest):
            check_open("file", peer(response))


async def test_a_name_that_leads_nowhere_is_told_by_connecting_to_it() -> None:
    assert await resolved(httpx.URL("http://nowhere.invalid/")) == []
    assert all_open([])
