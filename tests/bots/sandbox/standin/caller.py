"""A bare HTTP caller for the stand-in's own tests: it knows the paths and headers, and no more."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from PIL import Image

from bots.sandbox.standin.app import StandIn

ATTRIBUTION = {"X-Skill-Source": "skill", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown"}


async def eventually(check: Callable[[], Awaitable[bool]], seconds: float = 300) -> None:
    """Ask again and again until it is true, with a deadline."""
    async with asyncio.timeout(seconds):
        while not await check():  # noqa: ASYNC110 (what is waited for lies behind HTTP)
            await asyncio.sleep(0.01)


def photo(width: int = 64, height: int = 48, colour: str = "teal") -> bytes:
    """A small JPEG."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def part(
    name: str = "a.jpg", data: bytes | None = None, kind: str = "image/jpeg"
) -> tuple[str, Any]:
    """A multipart part named `files`."""
    return ("files", (name, photo() if data is None else data, kind))


class Caller:
    """One user with a token and a session."""

    def __init__(self, standin: StandIn, http: httpx.AsyncClient) -> None:
        self.standin, self.http = standin, http
        self.headers: dict[str, str] = dict(ATTRIBUTION)
        self.session = self.task = ""

    async def join(self, client: str = "client-1", language: str = "en") -> "Caller":
        """Take a token and open a session."""
        granted = await self.http.post(
            "/api/auth/anonymous-token", headers={"X-Client-Id": client, **ATTRIBUTION}
        )
        self.headers["Authorization"] = f"Bearer {granted.json()['data']['token']}"
        await self.open(language)
        return self

    async def open(self, language: str = "en") -> None:
        """Open a session."""
        body = {"task_name": "project", "language": language}
        opened = (await self.post("/api/tasks/me/with-session/nemo_agent", body)).json()["data"]
        self.session, self.task = opened["session_id"], opened["task_id"]

    async def post(self, path: str, body: Any = None) -> httpx.Response:
        """A JSON post."""
        return await self.http.post(path, json=body, headers=self.headers)

    async def get(self, path: str) -> httpx.Response:
        """A plain get."""
        return await self.http.get(path, headers=self.headers)

    async def upload(self, *parts: tuple[str, Any]) -> httpx.Response:
        """Some files, one small photo unless told otherwise."""
        path = f"/api/upload-video/nemo_agent/me/{self.session}"
        return await self.http.post(path, files=list(parts or (part(),)), headers=self.headers)

    def message(self, words: str) -> dict[str, Any]:
        """The body of a turn."""
        said = {"parts": [{"text": words}]}
        return {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": self.session,
            "new_message": said,
        }

    async def turn(self, words: str) -> httpx.Response:
        """A whole turn, its stream as text."""
        return await self.post("/run_sse", self.message(words))

    async def state(self) -> dict[str, Any]:
        """`data.state`."""
        answer = await self.get(f"/api/state/nemo_agent/me/{self.session}/latest")
        return dict(answer.json()["data"]["state"])

    async def draft(self) -> Any:
        """The stored draft, None before the first turn."""
        return (await self.state()).get("draft")

    async def credits(self) -> dict[str, int]:
        """The balance."""
        return dict((await self.get("/api/credits/balance/simple")).json()["data"])

    async def export(
        self, ident: str = "render_1", draft: Any = None, **more: Any
    ) -> httpx.Response:
        """Start a render of the stored draft."""
        body = {
            "id": ident,
            "sessionId": self.session,
            "draft": draft or await self.draft(),
            **more,
        }
        return await self.post("/api/render/proxy/lambda", body)

    async def poll(self, ident: str = "render_1") -> dict[str, Any]:
        """One look at a render."""
        return dict((await self.get(f"/api/render/proxy/lambda/{ident}")).json())

    async def finished(self, ident: str = "render_1") -> dict[str, Any]:
        """The first answer that is neither pending nor processing."""
        answer: dict[str, Any] = {}

        async def over() -> bool:
            answer.update(await self.poll(ident))
            return answer.get("status") not in ("pending", "processing")

        await eventually(over)
        return answer


def frames(answer: httpx.Response) -> list[dict[str, Any]]:
    """The JSON events of a stream."""
    blocks = answer.content.decode().split("\n\n")
    return [json.loads(block[6:]) for block in blocks if block.startswith("data: {")]


def texts(answer: httpx.Response) -> list[str]:
    """What is said to the user, thoughts left out, one entry an event."""
    said = []
    for frame in frames(answer):
        parts = frame.get("content", {}).get("parts", [])
        words = "".join(part.get("text", "") for part in parts if not part.get("thought"))
        if words:
            said.append(words)
    return said
