"""Words that join the request which still gathers: what was agreed to stays so, and no more."""

from dataclasses import replace

import pytest

from core.domain.conversation.chat import Chat, Context
from core.domain.conversation.requests import agreed_to, begin
from core.domain.gathering import Bundle, Item
from core.domain.requests import Job, Plan, Step
from core.messages import Address, Attachment, Inbound
from core.skills import load

NOW = 1_800_000_000.0
HERE = Address("fake", "c")
SKILLS = load()
SAID = Inbound("m2", "u", HERE, "make it slow", order=2)


def gathering(agreed: bool) -> Context:
    bundle = Bundle((Item(1, Attachment("fake:1")),), opened=NOW, addressed=True, agreed=agreed)
    job = Job(1, "lock", "u", HERE, Plan.MAKE, Step.GATHER, bundle=bundle)
    return Context(Chat("u", HERE), SKILLS, "ai-video-generator-from-image", open=(job,))


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("now", [False, True])
def test_a_request_is_agreed_to_once_any_of_its_words_were(before: bool, now: bool) -> None:
    decide = agreed_to if now else begin
    (grown,) = decide(gathering(before), SAID, NOW).grow
    assert grown.bundle.words == "make it slow"
    assert grown.bundle.agreed is (before or now)


@pytest.mark.parametrize("agreed", [False, True])
def test_a_request_begins_as_it_was_agreed_to(agreed: bool) -> None:
    decide = agreed_to if agreed else begin
    (start,) = decide(replace(gathering(False), open=()), SAID, NOW).start
    assert (start.job.bundle.agreed, start.job.step, start.job.plan) == (
        agreed,
        Step.GATHER,
        Plan.MAKE,
    )
