"""The gateway side of the fake Discord: HELLO, IDENTIFY, READY, events with sequence numbers, and
RESUME."""

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.servers.discord import payloads
from tests.servers.discord.payloads import Json
from tests.servers.discord.world import Channel, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT, INVALID, HELLO, ACK = (
    0,
    1,
    2,
    3,
    6,
    7,
    9,
    10,
    11,
)
HEARTBEAT_MS = 41_250
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
"""Intents for members, presences and message content."""

GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 9, 1 << 12


@dataclass
class Session:
    """One identified connection; it outlives its socket, so that it can be resumed."""

    id: str
    shard: tuple[int, int]
    intents: int
    socket: web.WebSocketResponse | None = None
    sent: list[Json] = field(default_factory=list)
    resumed: int = 0


class Gateway:
    """All sessions of the bot. `allowed_intents` are the privileged ones switched on for the
    application."""

    def __init__(self, world: World, allowed_intents: int = 0) -> None:
        self.world = world
        self.url = ""
        self.allowed_intents = allowed_intents
        self.sessions: list[Session] = []
        self.identified = 0
        self.reconnected = 0
        self.forgets = False
        self.shut = False  # nobody gets in
        self._sending: set[asyncio.Task[None]] = set()

    # What happens in the world

    def tell(self, event: str, channel: Channel | None, data: Json) -> None:
        """Send an event to the session that it belongs to, or keep it for when that one resumes."""
        guild = channel.guild.id if channel and channel.guild else 0
        for session in self.sessions:
            index, count = session.shard
            if (guild >> 22) % count == index and self._wants(session, event, guild):
                self._push(session, event, data)

    def _wants(self, session: Session, event: str, guild: int) -> bool:
        if not event.startswith("MESSAGE_"):
            return True
        return bool(session.intents & (GUILD_MESSAGES if guild else DIRECT_MESSAGES))

    def _push(self, session: Session, event: str, data: Json) -> None:
        frame = {"op": DISPATCH, "t": event, "s": len(session.sent) + 1, "d": data}
        session.sent.append(json.loads(json.dumps(frame)))
        self._write(session, frame)

    def _write(self, session: Session, frame: Json) -> None:
        if session.socket is not None and not session.socket.closed:
            loop = asyncio.get_running_loop()
            task = loop.create_task(self._send(session.socket, frame))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    @staticmethod
    async def _send(socket: web.WebSocketResponse, frame: Json) -> None:
        with contextlib.suppress(
            ConnectionResetError
        ):  # the bot has gone: what is said now, nobody hears
            await socket.send_str(json.dumps(frame))

    async def drop(self, code: int = 4000, *, forget: bool = False) -> None:
        """Close every connection. `forget`: the sessions cannot be resumed either."""
        self.forgets = forget
        for session in self.sessions:
            socket, session.socket = session.socket, None
            if socket is not None:
                await socket.close(code=code)
        if forget:
            self.sessions.clear()

    # The conversation on one socket

    async def enter(self, request: web.Request) -> web.WebSocketResponse:
        if self.shut:
            raise web.HTTPServiceUnavailable
        return await self.connect(request)

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoclose=False)
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT_MS}}))
        session: Session | None = None
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            said = json.loads(frame.data)
            if said["op"] == HEARTBEAT:
                await socket.send_str(json.dumps({"op": ACK}))
            elif said["op"] == IDENTIFY:
                session = await self._identify(socket, said["d"])
            elif said["op"] == RESUME:
                session = await self._resume(socket, said["d"])
            elif said["op"] != PRESENCE:
                await socket.close(code=4001)
        if session is not None and session.socket is socket:
            session.socket = None
            if socket.close_code in (1000, 1001) and session in self.sessions:
                self.sessions.remove(session)  # a clean good-bye ends the session
        return socket

    async def _identify(self, socket: web.WebSocketResponse, said: Json) -> Session | None:
        refused = self._refused(said)
        if refused:
            await socket.close(code=refused)
            return None
        shard = tuple(said.get("shard", (0, 1)))
        self.identified += 1
        self.sessions = [old for old in self.sessions if old.shard != shard]
        session = Session(f"session-{self.world.new_id()}", shard, said["intents"], socket)
        self.sessions.append(session)
        mine = [
            g
            for g in self.world.guilds.values()
            if g.inside and (g.id >> 22) % shard[1] == shard[0]
        ]
        self._push(
            session,
            "READY",
            self._ready(session, [{"id": str(g.id), "unavailable": True} for g in mine]),
        )
        for guild in (guild for guild in mine if guild.available):
            self._push(session, "GUILD_CREATE", payloads.guild(self.world, guild))
        return session

    def _refused(self, said: Json) -> int:
        """The close code for a wrong IDENTIFY, or 0."""
        index, count = said.get("shard", (0, 1))
        if said["token"] != self.world.token:
            return 4004
        if not 0 <= index < count:
            return 4010
        if said["intents"] >> 26:
            return 4013
        return 4014 if said["intents"] & PRIVILEGED & ~self.allowed_intents else 0

    def _ready(self, session: Session, guilds: list[Json]) -> Json:
        return {
            "v": 10,
            "user": payloads.user(self.world.bot),
            "guilds": guilds,
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": str(self.world.bot.id), "flags": 0},
        }

    async def _resume(self, socket: web.WebSocketResponse, said: Json) -> Session | None:
        known = next(
            (session for session in self.sessions if session.id == said["session_id"]), None
        )
        if said["token"] != self.world.token:
            await socket.close(code=4004)
            return None
        if known is None or self.forgets or said["seq"] is None:
            self.forgets = False
            await socket.send_str(json.dumps({"op": INVALID, "d": False}))
            return None
        self.reconnected += 1
        known.resumed += 1
        known.socket = socket
        for frame in known.sent[said["seq"] :]:
            await socket.send_str(json.dumps(frame))
        self._push(known, "RESUMED", {})
        return known

    def replay(self, count: int = 1) -> None:
        """Send the last events once more, as happens when a line breaks before their arrival was
        noted."""
        for session in self.sessions:
            last: list[Any] = session.sent[-count:]
            for frame in last:
                self._push(session, frame["t"], frame["d"])
