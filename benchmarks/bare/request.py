"""A bare script that has videos made: the same calls, the same durable writes, and nothing else.
`python -m benchmarks.bare.request` with a Plan as JSON; says what it took."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from httpx_sse import aconnect_sse

from benchmarks.backend import photograph
from benchmarks.measuring import arguments, say, spent

WORDS = "Turn this photo into a 2-second video"
TOKEN = "nmv_usr_benchmark"


@dataclass(frozen=True, slots=True)
class Plan:
    """`calls` are the names of a request's calls, in order; `writes` its durable transactions."""

    url: str
    people: int
    together: int
    calls: tuple[str, ...]
    writes: int
    warm: int = 2


class Rows:
    """A table in a file as durable as the bot's."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, body TEXT)")

    def write(self, body: str) -> None:
        """One durable transaction."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("INSERT INTO said (body) VALUES (?)", (body,))
        self._db.execute("COMMIT")


class Script:
    """One client for all requests."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url, self._folder = url, folder
        self.http = httpx.AsyncClient(
            trust_env=False, timeout=600, limits=httpx.Limits(max_connections=None)
        )
        self.rows = Rows(folder / "rows.sqlite")

    async def request(self, name: str, calls: tuple[str, ...], writes: int) -> Path:
        """One video, with its writes spread over the calls; where the file lies."""
        known: dict[str, Any] = {"render": f"render_{name}", "file": self._folder / f"{name}.mp4"}
        for number, call in enumerate(calls):
            for _ in range(writes * number // len(calls), writes * (number + 1) // len(calls)):
                self.rows.write(json.dumps({"name": name, "call": call, "words": WORDS * 8}))
            await self._call(call, known)
        found: Path = known["file"]
        return found

    async def _call(self, name: str, known: dict[str, Any]) -> None:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        session, render = str(known.get("session")), known["render"]
        match name:
            case "session":
                body = {"task_name": "project", "language": "en"}
                path = "/api/tasks/me/with-session/nemo_agent"
                answer = await self.http.post(self._url + path, json=body, headers=headers)
                known["session"] = answer.json()["data"]["session_id"]
            case "upload":
                path = f"/api/upload-video/nemo_agent/me/{session}"
                file = {"files": ("1-1.jpg", photograph(), "image/jpeg")}
                await self.http.post(self._url + path, files=file, headers=headers)
            case "credits":
                path = "/api/credits/balance/simple"
                (await self.http.get(self._url + path, headers=headers)).json()
            case "state":
                path = f"/api/state/nemo_agent/me/{session}/latest"
                state = (await self.http.get(self._url + path, headers=headers)).json()
                known["draft"] = state["data"]["state"].get("draft")
            case "turn":
                await self._turn(session, headers)
            case "render":
                body = {"id": render, "sessionId": session, "draft": known["draft"]}
                path = "/api/render/proxy/lambda"
                (await self.http.post(self._url + path, json=body, headers=headers)).json()
            case "poll":
                path = f"/api/render/proxy/lambda/{render}"
                told = (await self.http.get(self._url + path, headers=headers)).json()
                known["url"] = told.get("output", {}).get("url", "")
            case "file":
                await self._download(known["url"], known["file"])

    async def _turn(self, session: str, headers: dict[str, str]) -> None:
        message = {"parts": [{"text": WORDS}]}
        body = {"app_name": "nemo_agent", "user_id": "me", "session_id": session}
        sent = body | {"new_message": message}
        async with aconnect_sse(
            self.http, "POST", f"{self._url}/run_sse", json=sent, headers=headers
        ) as source:
            async for event in source.aiter_sse():
                json.loads(event.data)

    async def _download(self, url: str, path: Path) -> None:
        async with self.http.stream("GET", url) as answer:
            with path.open("wb") as file:
                async for piece in answer.aiter_bytes():
                    file.write(piece)


async def in_groups(people: int, together: int, one: Callable[[int], Any]) -> None:
    """So many, so many at a time."""
    places = asyncio.Semaphore(together)

    async def placed(number: int) -> None:
        async with places:
            await one(number)

    await asyncio.gather(*(placed(number) for number in range(people)))


async def follow(plan: Plan) -> dict[str, float]:
    """Make the videos, and say what it took."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        script = Script(plan.url, Path(folder))
        for number in range(plan.warm):
            await script.request(f"warm{number}", plan.calls, plan.writes)
        cpu, begun = spent(), time.monotonic()
        await in_groups(
            plan.people,
            plan.together or plan.people,
            lambda number: script.request(f"u{number}", plan.calls, plan.writes),
        )
        took = {"cpu": spent() - cpu, "wall": time.monotonic() - begun}
        await script.http.aclose()
        return took


if __name__ == "__main__":
    say(asyncio.run(follow(Plan(**arguments()[0]))))
