"""What is merely nice to know is asked for again on the spot; a refusal is an answer and is not. Of
what the backend says while it works only the end is read, however much it is."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from core.nemo.errors import Busy, Cut, NemoError, NotSent, TokenRejected, Trouble
from core.nemo.wire import Credits
from core.runtime.steps.context import READ, ending
from core.settings import Settings, read
from tests.core.runtime import test_turn


class Failing(test_turn.Backend):
    """Fails as often as it is told before it answers."""

    def __init__(self, *failures: NemoError) -> None:
        super().__init__()
        self.failures = list(failures)

    async def send(self, call: Any) -> Mapping[str, Any]:
        answer = await super().send(call)
        if self.failures:
            raise self.failures.pop(0)
        return answer


async def asked(backend: Failing) -> Credits:
    settings = read(Settings, {"NEMO_RETRY_SECONDS": "0"})
    context = replace(test_turn.context(backend), settings=settings)
    return await context.patiently(context.backend.credits)


@pytest.mark.parametrize("failure", [NotSent(), Cut(), Trouble(status=503)])
def test_passing_trouble_is_asked_through(failure: NemoError) -> None:
    backend = Failing(failure, failure)
    assert asyncio.run(asked(backend)).available == 1000
    assert len(backend.asked) == 3


def test_after_three_tries_it_is_done_without() -> None:
    backend = Failing(*[Trouble(status=502)] * 9)
    with pytest.raises(Trouble):
        asyncio.run(asked(backend))
    assert len(backend.asked) == 3


@pytest.mark.parametrize("refusal", [Busy(status=429), TokenRejected(code=1001)])
def test_a_refusal_is_not_asked_through(refusal: NemoError) -> None:
    backend = Failing(refusal)
    with pytest.raises(type(refusal)):
        asyncio.run(asked(backend))
    assert len(backend.asked) == 1


@pytest.mark.parametrize("fails", [False, True])
def test_what_is_nice_to_know_is_asked_at_the_same_time_and_dropped_with_what_is_needed(
    fails: bool,
) -> None:
    ended: list[str] = []
    context = test_turn.context(test_turn.Backend())

    async def nice(began: asyncio.Event) -> str:
        try:
            began.set()
            await asyncio.Event().wait() if fails else None
            return "nice"
        finally:
            ended.append("nice")

    async def needed(began: asyncio.Event) -> str:
        await began.wait()  # at the same time, or never
        if fails:
            raise Trouble(status=500)
        return "needed"

    async def both() -> tuple[str, str]:
        began = asyncio.Event()
        return await context.alongside(needed(began), nice(began))

    if fails:
        with pytest.raises(Trouble):
            asyncio.run(both())
    else:
        assert asyncio.run(both()) == ("needed", "nice")
    assert ended == ["nice"]


def test_of_a_long_answer_the_last_whole_lines_are_read() -> None:
    assert ending("short\nwords") == "short\nwords"
    lines = "\n".join(f"line {number}" for number in range(READ))
    found = ending(lines)
    assert len(found) < READ
    assert found.startswith("line ")
    assert lines.endswith(f"\n{found}")


def test_of_a_long_line_the_last_words_are_read() -> None:
    assert ending("x" * 3 * READ) == "x" * READ
    assert ending("x" * 3 * READ + "\n") == "x" * (READ - 1) + "\n"
