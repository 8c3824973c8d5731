"""Which earlier requests a message makes the store look up."""

import pytest

from core.domain.conversation import lookup
from core.domain.conversation.arrival import counts_as_past
from core.domain.conversation.chat import NO_LOOKUP, Lookup, Past
from core.domain.requests import Job, Plan, State, Step
from core.messages import Address, Amended, Command
from tests import messages
from tests.knowing import knowing


@pytest.mark.parametrize(
    ("more", "needed"),
    [
        ({"what": Amended("undo")}, Lookup(Past.ANY)),
        ({"command": Command.HISTORY}, Lookup(Past.VIDEOS, versions=True)),
        ({"command": Command.UNDO}, Lookup(versions=True)),
        ({"text": "oops, wrong photo"}, Lookup(versions=True)),
        ({"command": Command.REDO, "job": 4}, Lookup(versions=True)),
        ({"command": Command.VIDEO, "text": "o:1"}, Lookup(Past.MADE, versions=True)),
        ({"command": Command.CREDITS}, NO_LOOKUP),
        ({"text": "my videos"}, Lookup(Past.VIDEOS, versions=True)),
        ({"text": "undo"}, Lookup(versions=True)),
        ({"text": "back to the first version"}, Lookup(versions=True)),
        ({"text": "redo"}, Lookup(Past.MADE, versions=True)),
        ({"text": "again but slower"}, Lookup(Past.MADE, versions=True)),
        ({"text": "ok"}, Lookup(Past.MADE, versions=True)),
        ({"text": "i hate it"}, Lookup(versions=True)),
        ({"text": "use photo 5"}, Lookup(versions=True)),
        ({"text": "make it slower"}, NO_LOOKUP),
        ({"text": ""}, NO_LOOKUP),
        # written on an English phone; read as English it is taken for "my videos"
        ({"text": "новый проект", "language": "en"}, NO_LOOKUP),
    ],
)
def test_no_more_is_looked_up_than_the_words_need(more: dict[str, object], needed: Lookup) -> None:
    inbound = messages.asked(id="m1", user="7", address=Address("telegram", "7"), **more)  # type: ignore[arg-type]
    assert lookup(inbound) == needed


def ended(state: State = State.DONE, plan: Plan = Plan.MAKE, **facts: object) -> Job:
    found = knowing(**facts)
    return Job(1, "", "7", Address("telegram", "7"), plan, Step.LINK, progress=found, state=state)


VIDEO = ended(url="https://x.example/v.mp4", words="make a video")
BLOCKED = ended(registration="https://x.example/register")
FAILED = ended(State.FAILED, url="https://x.example/v.mp4", words="make a video")
CHANGE = ended(plan=Plan.EDIT, before='{"tracks": []}', words="slower")
FIRST = ended(before="null")
EXPORT = ended(plan=Plan.EXPORT, url="https://x.example/v.mp4")


@pytest.mark.parametrize(
    ("past", "those"),
    [
        (Past.NONE, []),
        (Past.ANY, [VIDEO, BLOCKED, FAILED, CHANGE, FIRST, EXPORT]),
        (Past.VIDEOS, [VIDEO, EXPORT]),
        (Past.MADE, [VIDEO, FAILED]),
    ],
)
def test_of_the_requests_that_ended_those_are_looked_at_that_fit(
    past: Past, those: list[Job]
) -> None:
    every = [VIDEO, BLOCKED, FAILED, CHANGE, FIRST, EXPORT]
    assert [job for job in every if counts_as_past(past, job)] == those
