"""The page's server over a real socket: what is kept, who gets it, and what is refused."""

import asyncio
import gzip
import json
import os
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bots.web import connect, examine, rules
from bots.web.run import Web
from bots.web.server.gate import EACH, MOST
from bots.web.server.writing import MOST_VISITORS
from bots.web.shelf import USUAL, Space
from core.adapter import FileGone, NoSuchMessage
from core.connections import Asking
from core.messages import Address, Amended, Attachment, Document, Gallery, Inbound, Video
from core.settings import Environment, WrongSetting
from tests.bots.web.browser import Tab, adapter, tab
from tests.fakes import Clock
from tests.outgoing import outgoing
from tests.process import until
from tests.world import photo

FILM = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 8
DAY = 86_400.0
SAID: dict[str, Any] = {"text": "x", "files": [], "answers": None, "id": "some-key"}


@dataclass
class Served:
    """A page at work; `taken` is what the core got of it, unless it is `broken`."""

    web: Web
    address: str
    taken: list[Inbound] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)

    async def receive(self, inbound: Inbound) -> None:
        """As the core takes it in."""
        if self.broken:
            raise self.broken.pop()
        self.taken.append(inbound)

    def to(self, words: str, media: Any = None, **more: Any) -> Any:
        """What the core would answer to the last that was said."""
        return outgoing(Address("web", self.taken[-1].user), words, media, **more)


@asynccontextmanager
async def served(
    folder: Path,
    clock: Callable[[], float] | None = None,
    space: Space = USUAL,
    **variables: str,
) -> AsyncIterator[Served]:
    """A page that listens while the block lasts; its folder is kept."""
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    web = adapter(folder / "web", address.set_result, clock, space, **variables)
    here = Served(web, "")
    task = asyncio.create_task(web.run(here.receive))
    try:
        await until(lambda: address.done() or task.done())
        if task.done():
            await task
        here.address = address.result()
        yield here
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def cookie(of: Tab) -> str:
    """What tells this visitor."""
    return next(it.value for it in of.session.cookie_jar if it.key == "visitor")


async def test_a_reload_a_second_tab_and_a_new_start_show_the_whole_chat(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    (tmp_path / "sheet.jpg").write_bytes(photo())
    async with served(tmp_path) as page, tab(page.address) as one:
        ref = await one.brings(photo())
        async with one.listening(), tab(page.address, visitor=cookie(one)) as two, two.listening():
            await one.says("a film of the sea 🎬", ref)
            status = await page.web.send(
                page.to("Uploading", slot="job-1", working=True), None, "1"
            )
            await two.reads("Uploading")
            await until(lambda: one.working[-1:] == two.working[-1:] == [True])
            await page.web.send(page.to("Rendering", slot="job-1", working=True), status, "2")
            await two.reads("Rendering")
            video = Video("https://x.example", path=str(tmp_path / "film.mp4"))
            first = await page.web.send(page.to("Ready", video), None, "3")
            again = await page.web.send(page.to("Ready", video), None, "3", again=True)
            assert first == again
            sheet = Gallery(("a",), path=str(tmp_path / "sheet.jpg"))
            await page.web.send(page.to("Looks", sheet), None, "4")
            await page.web.send(page.to("All", Document("{}"), reply_to="m1"), None, "5")
            await page.web.send(page.to("Over", slot="job-1", over=True), status, "6")
            await until(lambda: one.shown == two.shown and len(one.shown) == 4)
            await until(lambda: one.working[-2:] == two.working[-2:] == [True, False])
        seen, visitor = one.shown, cookie(one)
        assert len(list((tmp_path / "web/files").iterdir())) == 4, "nothing is kept twice"
    async with served(tmp_path) as page, tab(page.address, visitor=visitor) as one:
        await one.load()
        assert one.shown == seen
        texts = [it["text"] for it in seen.values()]
        assert texts == ["a film of the sea 🎬", "Ready", "Looks", "All"]
        assert (await one.get(seen[str(first)]["video"]["src"]))[1] == FILM
        mine = seen["m1"]["files"][0]
        assert (await one.get(f"/files/{mine['ref']}"))[1] == photo()
        status_, small, headers = await one.get(mine["thumb"])
        assert (status_, small[:2], headers["Content-Type"]) == (200, b"\xff\xd8", "image/jpeg")
        picture, document = list(seen.values())[2:]
        assert (await one.get(picture["picture"]["src"]))[1] == photo()
        _, body, headers = await one.get(document["document"]["src"])
        assert body == b"{}"
        assert "attachment" in headers["Content-Disposition"]
        with pytest.raises(NoSuchMessage):
            await page.web.send(outgoing(Address("web", "nobody"), "x"), str(first), "7")
        own = Address("web", rules.user_of(visitor))
        with pytest.raises(NoSuchMessage):
            await page.web.send(outgoing(own, "not the bot's own"), "m1", "8")


async def test_a_tab_that_comes_back_gets_what_it_missed_and_nothing_twice(tmp_path: Path) -> None:
    async with served(tmp_path) as page, tab(page.address) as here:
        async with here.listening():
            await here.says("hello")
            status = await page.web.send(page.to("Uploading", slot="job-1"), None, "1")
            await here.reads("Uploading")
        here.events.clear()
        await page.web.send(page.to("Rendering", slot="job-1"), status, "2")
        await page.web.send(page.to("Ready"), None, "3")
        await page.web.send(page.to("x", slot="job-1", over=True), status, "4")
        async with here.listening():
            await here.reads("Ready")
            await until(lambda: ("gone", str(status)) in here.events)
        told = [event for event in here.events if event[0] != "here"]
        assert told == [("message", "m3"), ("gone", "m2")]


async def test_what_is_posted_twice_is_said_once_and_what_was_not_taken_in_is_said_again(
    tmp_path: Path,
) -> None:
    async with served(tmp_path) as page, tab(page.address) as here:
        assert await here.says("once", key="the-same-key") == "m1"
        assert await here.says("once", key="the-same-key") == "m1"
        assert [it.text for it in page.taken] == ["once"]
        page.broken.append(OSError(28, "no space"))
        what: dict[str, Any] = {"text": "twice", "files": [], "answers": None, "id": "another-key"}
        status, answer = await here.post("/api/messages", what)
        assert (status, answer["error"], answer["retry"]) == (503, "disk", 5)
        page.broken.append(KeyError("a defect of ours"))
        status, answer = await here.post("/api/messages", what)
        assert (status, "Nothing is lost" in answer["text"]) == (500, True)
        assert await here.says("twice", key="another-key") == "m2"
        assert [it.text for it in page.taken] == ["once", "twice"]
        page.broken.append(OSError(28, "no space"))
        ref = await here.brings(photo())
        lost = {"text": "and again", "files": [ref], "answers": "m1", "id": "a-third-key"}
        assert (await here.post("/api/messages", lost))[0] == 503
    async with served(tmp_path) as page:
        await until(lambda: page.taken)
        (again,) = page.taken
        assert (again.text, again.answers, again.message) == ("and again", "m1", "m3")
        assert [file.name for file in again.attachments] == ["cat.jpg"]
        folder = tmp_path / "fetched"
        folder.mkdir()
        fetched = await page.web.fetch(again.attachments[0], folder)
        assert fetched.read_bytes() == photo()
        for ref in ("web:../journal.sqlite", "url:x", f"web:{'0' * 32}"):
            with pytest.raises(FileGone):
                await page.web.fetch(Attachment(ref), folder)


async def test_own_words_are_corrected_and_no_token_is_kept(tmp_path: Path) -> None:
    token = "nmv_usr_0123456789abcdef"
    async with served(tmp_path) as page, tab(page.address) as here:
        number = await here.says(f"my token is {token}")
        assert token in page.taken[-1].text
        await here.load()
        assert here.shown[number]["text"] == "my token is ***"
        correction = {"message": number, "text": "none"}
        assert (await here.post("/api/edit", correction))[0] == 202
        assert page.taken[-1].happened == Amended("none")
        await here.load()
        assert (here.shown[number]["text"], here.shown[number]["edited"]) == ("none", True)
    kept = b"".join(it.read_bytes() for it in (tmp_path / "web").rglob("*") if it.is_file())
    assert token.encode() not in kept
    assert oct((tmp_path / "web").stat().st_mode)[-3:] == "700"
    assert oct((tmp_path / "web/journal.sqlite").stat().st_mode)[-3:] == "600"


async def test_what_comes_from_elsewhere_is_refused(tmp_path: Path) -> None:
    what: dict[str, Any] = {"text": "pay", "files": [], "answers": None, "id": "forged-key"}
    async with served(tmp_path) as page, tab(page.address) as here:
        port = page.address.rpartition(":")[2].strip("/")
        for more in (
            {"Origin": "https://evil.example"},
            {"Origin": f"http://localhost:{port}"},
            {"Origin": "null"},
            {"X-Requested-With": "XMLHttpRequest"},
            {"Host": f"evil.example:{port}", "Origin": f"http://evil.example:{port}"},
        ):
            for path in ("/api/messages", "/api/press", "/api/edit", "/api/language"):
                status, answer = await here.post(path, what, **more)
                assert (status, answer["error"]) == (403, "foreign"), (path, more)
            assert (await here.post("/api/files/f1", method="DELETE", **more))[0] == 403
            assert (await here.post("/api/files?name=x", photo(), **more))[0] == 403
        for path in ("/", "/api/log", "/static/app.js"):
            assert (await here.get(path, Host="evil.example"))[0] == 403
        assert page.taken == []
        async with tab(page.address) as stranger:
            stranger.session.cookie_jar.clear()
            assert (await stranger.get("/api/log"))[0] == 401
            _, body, headers = await stranger.get("/", **{"Sec-Fetch-Site": "cross-site"})
            assert b'http-equiv="refresh"' in body
            assert "Set-Cookie" not in headers, "whose cookie was held back keeps it"
            _, _, headers = await stranger.get("/")
            assert "HttpOnly" in headers["Set-Cookie"]
            assert "SameSite=Strict" in headers["Set-Cookie"]
            assert "default-src 'none'" in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"


async def test_nobody_gets_at_what_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    async with served(tmp_path) as page, tab(page.address) as mine, tab(page.address) as theirs:
        ref, other = await mine.brings(photo()), await mine.brings(photo(1))
        number = await mine.says("hello", ref)
        video = Video("", path=str(tmp_path / "film.mp4"))
        await page.web.send(page.to("Ready", video), None, "1")
        document = Document('{"mine": 1}')
        await page.web.send(page.to("All", document), None, "2")
        await mine.load()
        paths = [f"/files/{ref}", f"/files/{ref}/thumb", "/videos/m2.mp4", "/documents/m3"]
        assert [(await mine.get(path))[0] for path in paths] == [200] * 4
        assert [(await theirs.get(path))[0] for path in paths] == [404] * 4
        assert [(await mine.get(path))[0] for path in ("/videos/m2.gif", "/files/x")] == [404] * 2
        taken = len(page.taken)
        said = {"text": "x", "files": [ref], "answers": None, "id": "their-key"}
        press = {"message": "m2", "data": "v1l:edit:1:0", "id": "their-key"}
        assert (await theirs.post("/api/messages", said))[0] == 404
        assert (await theirs.post("/api/edit", {"message": number, "text": "x"}))[0] == 404
        assert (await theirs.post("/api/press", press))[0] == 409
        assert (await theirs.post(f"/api/files/{other}", method="DELETE"))[0] == 404
        assert len(page.taken) == taken
        await theirs.load()
        assert theirs.shown == {}
        assert (await mine.post(f"/api/files/{ref}", method="DELETE"))[0] == 404, "it was sent"
        assert (await mine.post(f"/api/files/{other}", method="DELETE"))[0] == 204
        assert (await mine.get(f"/files/{other}"))[0] == 404


async def test_what_is_too_large_or_of_no_use_is_told_in_the_visitors_language(
    tmp_path: Path,
) -> None:
    async with served(tmp_path) as page, tab(page.address) as here:
        german = {"Accept-Language": "de"}
        for body, code, status in (
            (b"#!/bin/sh", "kind", 415),
            (b"", "damaged", 415),
            (b"II*\0\x10\0\0\0CR\2\0", "raw", 415),
        ):
            answered, answer = await here.post("/api/files?name=x", body, **german)
            assert (answered, answer["error"]) == (status, code)
        assert "Kamera" in answer["text"]
        for more in ({"text": "x" * 300_000}, {"text": "x" * 20_001}, {"files": 7}, {}):
            status, answer = await here.post("/api/messages", more)
            assert status in (400, 413)
            assert answer["text"]
        assert (await here.post("/api/messages", b"\xff{"))[0] == 400
        packed = gzip.compress(photo())
        for path in ("/api/files?name=x", "/api/messages"):
            _, answer = await here.post(path, packed, **{"Content-Encoding": "gzip"})
            assert answer["error"] == "malformed", "a little could become any amount"
        # told before a byte of it is read: nothing of it is sent here
        reader, writer = await bringing(here, 201 * 2**20)
        assert b"413" in await reader.readline()
        assert b"too_large" in await reader.readuntil(b"}")
        writer.close()
        assert list((tmp_path / "web/files").iterdir()) == []
        assert page.taken == []


async def bringing(here: Tab, size: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A line on which a file is announced, and nothing of it sent yet."""
    port = int(here.address.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"POST /api/files?name=x HTTP/1.1\r\nHost: {here.address[7:]}\r\n"
        f"Origin: {here.address}\r\nX-Requested-With: page\r\nCookie: visitor={cookie(here)}"
        f"\r\nContent-Length: {size}\r\n\r\n".encode()
    )
    return reader, writer


async def test_a_file_that_is_cut_off_leaves_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with served(tmp_path) as page, tab(page.address) as here:
        _, writer = await bringing(here, len(photo()))
        writer.write(photo()[:-1])
        files = tmp_path / "web/files"
        await until(lambda: list(files.iterdir()))
        writer.close()
        await until(lambda: not list(files.iterdir()))
        assert kept(tmp_path)["files"] == 0
    assert caplog.text == "", "that is no defect of ours"


async def test_no_visitor_fills_the_disk_and_a_film_always_finds_room(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    space = Space(each=len(photo()) + 1, all=2 * len(photo()), free=0)
    async with served(tmp_path, space=space) as page, tab(page.address) as mine:
        await mine.says("hello", await mine.brings(photo()))
        status, answer = await mine.post("/api/files?name=x", photo())
        assert (status, answer["error"]) == (413, "room")
        for nonce in ("1", "2"):
            video = Video("https://x.example", path=str(tmp_path / "film.mp4"))
            await page.web.send(page.to("Ready", video), None, nonce)
        paths = ["/files/f1", "/videos/m2.mp4", "/videos/m3.mp4"]
        assert [(await mine.get(path))[0] for path in paths] == [200, 404, 200]
        async with tab(page.address) as theirs:
            status, answer = await theirs.post("/api/files?name=x", photo())
            assert (status, answer["error"]) == (413, "full")


async def test_a_film_can_be_played_from_any_place_and_be_saved(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    async with served(tmp_path) as page, tab(page.address) as here:
        await here.says("hello")
        video = Video("https://x.example", path=str(tmp_path / "film.mp4"))
        await page.web.send(page.to("Ready", video), None, "1")
        status, body, headers = await here.get("/videos/m2.mp4", Range="bytes=10-19")
        assert (status, body, headers["Content-Type"]) == (206, FILM[10:20], "video/mp4")
        assert headers["Content-Range"] == f"bytes 10-19/{len(FILM)}"
        assert (await here.get("/videos/m2.mp4", Range="bytes=99999-"))[0] == 416
        _, body, headers = await here.get("/videos/m2.mp4?download=1")
        assert body == FILM
        assert headers["Content-Disposition"].startswith("attachment")


def kept(folder: Path) -> dict[str, int]:
    """Rows of each table of the journal that is about somebody."""
    with closing(sqlite3.connect(folder / "web/journal.sqlite")) as db:
        names = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        about = set(names) - {"numbers", "sqlite_sequence"}
        return {name: db.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in about}


def traces(folder: Path, *of: str) -> list[str]:
    """Where one of these texts stands on disk."""
    files = [it for it in (folder / "web").rglob("*") if it.is_file()]
    return [
        f"{word} in {it.name}" for it in files for word in of if word.encode() in it.read_bytes()
    ]


async def test_who_is_forgotten_leaves_nothing_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(FILM)
    clock = Clock()
    async with (
        served(tmp_path, clock) as page,
        tab(page.address) as mine,
        tab(page.address) as theirs,
    ):
        ref = await theirs.brings(photo())
        await theirs.says("a film of the lake", ref)
        whole, other = kept(tmp_path), page.taken[-1].user
        ref = await mine.brings(photo(1), "wilhelmina.jpg")
        await mine.brings(photo(2), "unsent.jpg")
        async with mine.listening():
            await mine.says("a film of Wilhelmina", ref)
            user = page.taken[-1].user
            assert (await mine.get(f"/files/{ref}/thumb"))[0] == 200
            video = Video("", path=str(tmp_path / "film.mp4"))
            await page.web.send(page.to("Ready", video), None, "1")
            await mine.reads("Ready")
            assert all(count > whole[name] for name, count in kept(tmp_path).items())
            assert traces(tmp_path, user, "wilhelmina.jpg")
            for _ in range(2):
                await page.web.forget(user, clock.now)
            assert kept(tmp_path) == whole
            assert traces(tmp_path, user, "wilhelmina.jpg", "unsent.jpg") == []
            assert traces(tmp_path, other)
            assert len(list((tmp_path / "web/files").iterdir())) == 1, "that of the other"
            await until(lambda: mine.shown == {})
            clock.now += 1
            await page.web.send(page.to("🗑 Done."), None, "2")
            await page.web.forget(user, clock.now - 0.5)
            assert (await mine.reads("🗑 Done."))["id"] == "m4", (
                "it came later, and is no old number"
            )
        await theirs.load()
        assert len(theirs.shown) == 1
        mine.last = 4  # a tab that was away all the time
        async with mine.listening():
            await until(lambda: ("reset", "") in mine.events[-3:])


async def test_what_is_left_of_the_disk_is_not_for_words_either(tmp_path: Path) -> None:
    async with served(tmp_path, space=Space(free=2**62)) as page, tab(page.address) as here:
        for path, what in (("messages", SAID), ("edit", {"message": "m1", "text": "x"})):
            status, answer = await here.post(f"/api/{path}", what)
            assert (status, answer["error"]) == (503, "disk")
        assert page.taken == []
        assert kept(tmp_path)["messages"] == 0


async def test_a_forged_press_lets_nobody_in_where_there_is_no_room(tmp_path: Path) -> None:
    press = {"message": "m1", "data": "v1:help::", "id": "forged-key"}
    async with served(tmp_path) as page, tab(page.address) as here:
        await asyncio.to_thread(fill_with_visitors, tmp_path)
        assert (await here.post("/api/press", press))[1]["error"] == "full"
        assert page.taken == []


def fill_with_visitors(folder: Path) -> None:
    """As many as there may be."""
    with closing(sqlite3.connect(folder / "web/journal.sqlite", timeout=60)) as db, db:
        db.execute(f"INSERT INTO visitors {MANY} LIMIT {MOST_VISITORS}")


MANY = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    " SELECT 'v' || x, '', 1, 1e12 FROM n"  # none of them has been away for long
)


async def test_what_is_old_ends(tmp_path: Path) -> None:
    clock = Clock()
    async with served(tmp_path, clock) as page, tab(page.address) as here:
        await here.brings(photo(1), "unsent.jpg")
        await here.says("hello", await here.brings(photo()))
        left = tmp_path / "web/files" / ("0" * 32)
        left.write_bytes(b"left behind by a process that was killed")
        os.utime(left, (1.0, 1.0))
    clock.now += 2 * DAY
    async with served(tmp_path, clock) as page:
        await until(lambda: len(list((tmp_path / "web/files").iterdir())) == 1)
        assert kept(tmp_path) == {"files": 1, "messages": 1, "visitors": 1}
    clock.now += 31 * DAY
    async with served(tmp_path, clock):
        await until(lambda: kept(tmp_path) == {"files": 0, "messages": 0, "visitors": 0})
        await until(lambda: list((tmp_path / "web/files").iterdir()) == [])


async def test_with_a_token_only_who_has_it_comes_in(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token = "a-long-sentence-of-my-own"
    link = f"/?token={token}"
    async with (
        served(tmp_path, WEB_TOKEN=token) as page,
        tab(page.address, link, Host="videos.example") as here,
    ):
        where = {"Host": "videos.example", "Origin": "https://videos.example"}
        what = SAID
        assert (await here.post("/api/messages", what, **where))[0] == 202
        where = {"Host": "videos.example", "Origin": "https://evil.example"}
        assert (await here.post("/api/messages", what, **where))[0] == 403
        assert all(token not in it.value for it in here.session.cookie_jar)
        here.session.cookie_jar.clear()
        for path in ("/", "/?token=", "/?token=wrong", "/api/log", "/static/app.js"):
            status, body, headers = await here.get(path, Host="videos.example")
            assert (status, b"This page is private." in body) == (403, True)
            assert "Set-Cookie" not in headers
        answer = await here.session.get(f"{here.address}/?token={token}", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert token not in caplog.text


async def test_who_sends_without_end_waits(tmp_path: Path) -> None:
    async with served(tmp_path, Clock()) as page, tab(page.address) as here:
        for _ in range(int(MOST)):
            assert (await here.post("/api/language", {"language": "xx"}))[0] == 400
        status, answer = await here.post("/api/language", {"language": "de"})
        assert (status, answer["error"], answer["retry"]) == (429, "often", max(1, round(EACH)))
        async with tab(page.address) as other:
            assert (await other.post("/api/language", {"language": "de"}))[0] == 204
            assert b'<html lang="de"' in (await other.get("/"))[1]
            assert page.taken == [], "there is nobody yet to tell"
            await other.says("hallo")
            assert (await other.post("/api/language", {"language": "ar"}))[0] == 204
            assert page.taken[-1].text == "ar"
            assert json.loads((await other.get("/api/words"))[1])["direction"] == "rtl"


async def test_what_the_page_is_made_of_comes_packed_and_once(tmp_path: Path) -> None:
    async with served(tmp_path) as page, tab(page.address) as here:
        html = (await here.get("/"))[1].decode()
        named = [path for path in html.split('"') if path.startswith("/static/")]
        assert "/static/app.js" in named
        whole = 0
        for path in dict.fromkeys(["/", "/api/words", *named]):
            status, _, headers = await here.get(path)
            assert status == 200
            whole += int(headers["Content-Length"])
        assert whole < 150_000
        _, _, headers = await here.get("/static/app.js")
        status, body, _ = await here.get("/static/app.js", **{"If-None-Match": headers["ETag"]})
        assert (status, body) == (304, b"")
        assert [(await here.get(path))[0] for path in ("/static/x.js", "/static/..%2frun.py")] == [
            404,
            404,
        ]


def test_others_reach_the_page_only_with_a_token(tmp_path: Path) -> None:
    for variables in ({"WEB_HOST": "0.0.0.0"}, {"WEB_HOST": "0.0.0.0", "WEB_TOKEN": "short"}):
        with pytest.raises(WrongSetting, match=r"^WEB_\w+ cannot be used.* Example: WEB_TOKEN="):
            connect(variables, tmp_path)
    assert connect({"WEB_HOST": "0.0.0.0", "WEB_TOKEN": "x" * 16}, tmp_path) is not None


async def test_the_doctor_says_whether_the_page_can_be_served() -> None:
    async with Asking() as asking:

        async def said(variables: Environment, *, runs: bool = False) -> list[str]:
            return [it.code for it in await examine(variables, asking, runs)]

        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = {"BOTS": "web", "WEB_PORT": str(taken.getsockname()[1])}
            assert await said(port) == ["web-port"]
            assert await said(port, runs=True) == ["web"]
        assert await said({}) == []
        assert await said({"BOTS": "web,console", "WEB_PORT": "0"}) == ["web", "web-any-port"]
        token = {"WEB_HOST": "::", "WEB_TOKEN": "x" * 16}
        assert await said({"BOTS": "web", **token}, runs=True) == ["web", "web-open"]
        with pytest.raises(WrongSetting, match="WEB_HOST cannot be used"):
            await said({"BOTS": "web", "WEB_HOST": "example.org"})


async def test_a_port_that_is_taken_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with pytest.raises(WrongSetting, match=f"^WEB_PORT cannot be used: 127.0.0.1, port {port}"):
            async with served(tmp_path, WEB_PORT=port):
                pass


async def test_a_journal_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    async with served(tmp_path) as page:
        assert page.web.heard > 0
    assert page.web.heard == 0
    with closing(sqlite3.connect(tmp_path / "web/journal.sqlite")) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(WrongSetting, match=r"journal\.sqlite cannot be used"):
        async with served(tmp_path):
            pass


async def test_a_folder_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "web").write_text("a file")
    with pytest.raises(WrongSetting, match=r"web cannot be used: [^\n]+\.$"):
        async with served(tmp_path):
            pass
