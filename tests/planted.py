"""Whether the suite for all adapters notices what is broken: `python -m tests.planted [PLATFORM…]`.

Each fault is planted between the suite and an adapter, as if the adapter did not heed one field, or
one of its duties. The case that is to notice it must fail then. Exits 1 where one does not."""

import asyncio
import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol
from uuid import uuid4

import pytest

from core.adapter import (
    Adapter,
    DeliveryError,
    Flooded,
    Gone,
    NoSuchMessage,
    Refused,
    Unclear,
)
from core.messages import Address, Outbound
from tests.bots import test_adapters as suite
from tests.outgoing import altered


class Send(Protocol):
    """As an adapter sends; see core.adapter."""

    async def __call__(
        self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str: ...


PATIENCE = 1.0
"""Seconds for what does not come, since the adapter is broken."""


@dataclass(frozen=True)
class Fault:
    """What is broken, and the case that must notice it."""

    case: Any
    send: Callable[[Send], Send]
    at: str = "lines"
    """A platform with what it takes to see it."""


def ignoring(**values: object) -> Callable[[Send], Send]:
    """The adapter does not heed these fields."""

    def broken(send: Send) -> Send:
        return changing(send, lambda message, *rest: (altered(message, **values), *rest))

    return broken


def changing(send: Send, change: Callable[[Outbound, str | None, str], Any]) -> Send:
    """The adapter gets something else than it is told."""

    async def changed(
        message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        return await send(*change(message, edit, nonce), again=again)

    return changed


def trusting(send: Send) -> Send:
    """What may be there already is posted as if it were the first try."""

    async def blind(message: Outbound, edit: str | None, nonce: str, *, again: bool = False) -> str:
        return await send(message, edit, nonce)

    return blind


def forgetful(send: Send) -> Send:
    """Each try is another message, and what may be posted counts as posted."""
    quiet = swallowing(Unclear)(send)
    return changing(quiet, lambda message, edit, _: (message, edit, uuid4().hex[:25]))


def no_edit(send: Send) -> Send:
    """Each state of a status is another message."""
    return changing(send, lambda message, edit, nonce: (message, None, nonce))


def swallowing(*errors: type[Exception]) -> Callable[[Send], Send]:
    """The adapter keeps these to itself, as if all were well."""

    def broken(send: Send) -> Send:
        async def quiet(
            message: Outbound, edit: str | None, nonce: str, *, again: bool = False
        ) -> str:
            try:
                return await send(message, edit, nonce, again=again)
            except errors:
                return "posted"

        return quiet

    return broken


def refusing_long(send: Send) -> Send:
    """What is too long is lost."""

    async def strict(
        message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        if len(message.text) > 300:
            raise Refused("too long")
        return await send(message, edit, nonce, again=again)

    return strict


FIELDS = {
    "address": Fault(suite.test_words_arrive_where_they_belong, ignoring(address=Address("", "1"))),
    "text": Fault(suite.test_words_arrive_where_they_belong, ignoring(text="…")),
    "media": Fault(suite.test_a_video_arrives_as_a_film_with_its_words, ignoring(media=None)),
    "buttons": Fault(suite.test_a_button_comes_back_as_its_command, ignoring(buttons=())),
    "silent": Fault(suite.test_what_is_silent_does_not_ring, ignoring(silent=False)),
    "working": Fault(suite.test_who_waits_is_shown_that_the_bot_is_busy, ignoring(working=False)),
    "discreet": Fault(
        suite.test_what_is_discreet_is_read_by_nobody_else,
        ignoring(discreet=False),
    ),
    "user": Fault(suite.test_what_is_discreet_is_read_by_nobody_else, ignoring(user="")),
    "reply_to": Fault(suite.test_an_answer_refers_to_what_it_answers, ignoring(reply_to="")),
    "ticket": Fault(suite.test_a_toast_is_no_message, ignoring(ticket=None)),
    "toast": Fault(suite.test_a_toast_is_no_message, ignoring(toast=False)),
    "card": Fault(
        suite.test_a_platform_with_cards_shows_the_way_of_a_request, ignoring(card=None), "discord"
    ),
    "spans": Fault(
        suite.test_words_are_set_apart_and_never_by_signs_in_them, ignoring(spans=()), "telegram"
    ),
}
"""A fault for every field of an Outbound, and of its parts, that must be heeded."""

FREE = {
    "slot": "the engine hands in what is to be edited",
    "job": "tells an adapter that counts what is open of its requests",
    "last": "the same",
    "language": "only for an adapter that adds words of its own",
    "receipt": "the engine says it, once the result is posted",
    "over": "a status that stays says its last words as well",
    "prompt": "an edit that comes a little later is as good",
}
"""The fields that an adapter may leave alone, and why."""

DUTIES = {
    "a document": Fault(suite.test_a_document_arrives_with_its_words, ignoring(media=None)),
    "an edit": Fault(suite.test_a_status_is_edited_in_place, no_edit),
    "a lost answer": Fault(
        suite.test_a_message_whose_answer_was_lost_is_not_there_twice, forgetful
    ),
    "another try": Fault(
        suite.test_what_was_posted_is_known_when_its_key_is_forgotten, trusting, "discord"
    ),
    "a pause": Fault(
        suite.test_a_pause_that_is_asked_for_is_told,
        swallowing(Flooded),
    ),
    "a shut door": Fault(suite.test_who_has_shut_the_door_is_gone, swallowing(Gone)),
    "a deleted status": Fault(
        suite.test_a_status_that_was_deleted_is_told_as_such, swallowing(NoSuchMessage)
    ),
    "long words": Fault(suite.test_long_words_are_shortened_and_not_lost, refusing_long),
}
"""Faults in what no field says."""


class Broken:
    """An adapter with a fault."""

    def __init__(self, adapter: Adapter, fault: Fault) -> None:
        self._adapter, self.send = adapter, fault.send(adapter.send)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adapter, name)


async def noticed(platform: str, fault: Fault) -> bool | None:
    """Whether the case fails; None where the platform has nothing of the kind."""
    made = importlib.import_module(f"tests.bots.sets.{platform}").platform
    try:
        with TemporaryDirectory() as folder:
            async with made(Path(folder)) as here:
                here.patience, here.adapter = PATIENCE, Broken(here.adapter, fault)
                await fault.case(here)
    except pytest.skip.Exception:
        return None
    except (AssertionError, DeliveryError, TimeoutError, pytest.fail.Exception):
        return True
    return False


def main(names: list[str]) -> int:
    """Every fault at every platform, and what became of it."""
    missed = 0
    for platform in names or suite.ALL:
        for name, fault in {**FIELDS, **DUTIES}.items():
            found = asyncio.run(noticed(platform, fault))
            missed += found is False
            said = {True: "noticed", False: "NOT NOTICED", None: "nothing of the kind"}[found]
            print(f"{platform:10} {name:18} {said}", flush=True)  # noqa: T201
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
