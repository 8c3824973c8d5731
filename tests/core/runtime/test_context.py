"""What is merely nice to know is asked for again on the spot; a refusal is an answer and is not."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from core.nemo import wire
from core.nemo.errors import Busy, Cut, NemoError, NotSent, TokenRejected, Trouble
from core.runtime.steps import StepContext
from core.settings import Settings, read
from tests.core.runtime import test_turn

CALL = wire.credits("nmv_usr_t", wire.Attribution("s", "1.0.0", "unknown"))


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


def context(backend: Failing) -> StepContext:
    return replace(test_turn.context(backend), settings=read(Settings, {"NEMO_RETRY_SECONDS": "0"}))


@pytest.mark.parametrize("failure", [NotSent(), Cut(), Trouble(status=503)])
def test_passing_trouble_is_asked_through(failure: NemoError) -> None:
    backend = Failing(failure, failure)
    assert asyncio.run(context(backend).ask(CALL))["code"] == 0
    assert len(backend.asked) == 3


def test_after_three_tries_it_is_done_without() -> None:
    backend = Failing(*[Trouble(status=502)] * 9)
    with pytest.raises(Trouble):
        asyncio.run(context(backend).ask(CALL))
    assert len(backend.asked) == 3


@pytest.mark.parametrize("refusal", [Busy(status=429), TokenRejected(code=1001)])
def test_a_refusal_is_not_asked_through(refusal: NemoError) -> None:
    backend = Failing(refusal)
    with pytest.raises(type(refusal)):
        asyncio.run(context(backend).ask(CALL))
    assert len(backend.asked) == 1
