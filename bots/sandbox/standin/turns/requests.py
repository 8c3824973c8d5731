"""The call that asks for a turn: checked, read, and paid for."""

import asyncio
from typing import Any

from aiohttp import web

from bots.sandbox.standin import events, faults
from bots.sandbox.standin.calls import Call
from bots.sandbox.standin.gate import (
    Refused,
    bearer,
    body,
    field,
    misbehave,
    refusal,
    string,
    unprocessable,
)
from bots.sandbox.standin.lettering import legible
from bots.sandbox.standin.recalling import recalled
from bots.sandbox.standin.stage import Stage
from bots.sandbox.standin.turns.stream import opened_for
from bots.sandbox.standin.turns.turn import Turn
from bots.sandbox.standin.wishes import Wishes, read
from bots.sandbox.standin.world import Session


async def run_sse(stage: Stage, request: web.Request, call: Call) -> web.StreamResponse:
    """One turn. Like ADK it has no lock: a second turn on the same session runs beside the first
    (and is noted)."""
    account = bearer(request, stage.world)
    call.facts["json"] = sent = await body(request)
    session, words = _addressed(stage, sent, account)
    if not words:
        return await opened_for(
            request, events.error("No message in parts", "ValueError", stage.world.clock())
        )
    words, wanted = faults.from_words(words)
    call.facts |= {"words": words, "session": session.id, "overlap": session.running > 0}
    drop = call.facts.get("drop", False)
    mine = list(stage.faults.take("turn", faults.TURN))
    for fault in wanted:
        if fault.endpoint != "turn":
            stage.faults.add(fault)
        elif fault.kind in faults.TURN:
            mine.append(fault)
        elif (answer := await misbehave(fault, request, stage.world)) is not None:
            return answer
        drop = drop or (fault.endpoint, fault.kind) == ("turn", "drop")
    call.facts["faults"] = [*call.facts["faults"], *(fault.kind for fault in mine)]
    session.account = account  # perhaps a renewed token of the same user
    wanted_now = recalled(words, session.draft, session.changes)
    wishes = await asyncio.to_thread(_understood, wanted_now.words, session.language)
    turn = Turn(stage, session, wanted_now, wishes, tuple(mine), str(request.url.origin()))
    if turn.cost > account.available:
        raise refusal(2001)
    return await turn.play(None if drop else request)


def _understood(words: str, language: str) -> Wishes:
    """What is wished for, as far as it can be drawn; beside the loop, for it reads tables and
    fonts."""
    _, *others = [line for line in words.split("\n") if line.strip()]
    wishes = read(words, language)
    for line in others:  # what is asked for later counts
        wishes = wishes.then(read(line, language))
    return legible(wishes)


def _addressed(stage: Stage, sent: dict[str, Any], account: Any) -> tuple[Session, str]:
    """The session and the words of a request. Refuses with 422 and 404 as ADK does."""
    app, user = string(sent, "app_name", "appName"), string(sent, "user_id", "userId")
    ident, message = (
        string(sent, "session_id", "sessionId"),
        field(sent, "new_message", "newMessage"),
    )
    parts = message.get("parts", []) if isinstance(message, dict) else None
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise unprocessable(["body", "newMessage"], "model_attributes_type", message)
    if app != "nemo_agent":
        raise Refused({"detail": f"App not found: {app}"}, 404)
    session = stage.world.session(ident, account) if user == "me" else None
    if session is None:
        raise Refused({"detail": f"Session not found: {ident}"}, 404)
    return session, "\n".join(str(part["text"]) for part in parts if part.get("text")).strip()
