"""What only tells of something holds no words and no files, and keeps to its kind."""

from core.domain.conversation.arrival import counts_as_past, lookup
from core.domain.conversation.chat import Past
from core.domain.requests import Job, Plan, Step
from core.messages import (
    Address,
    Attachment,
    Called,
    Command,
    Inbound,
    Moved,
    Place,
    Presence,
    Said,
    Sender,
)
from tests.knowing import knowing

HERE = Address("fake", "c")


def test_a_block_takes_neither_words_nor_files() -> None:
    gone = Inbound("1", Sender("u"), Place(HERE), Presence(False))
    assert gone.worded("make a video") == gone
    assert gone.with_files((Attachment("fake:1"),)) == gone


def test_nobody_looks_up_the_past_for_a_block_or_a_move() -> None:
    for happened in (Presence(True), Moved(Address("fake", "d"))):
        assert lookup(Inbound("1", Sender("u"), Place(HERE), happened)).past is Past.NONE


def test_a_command_amounts_to_words_with_its_files() -> None:
    photo = Attachment("fake:1")
    called = Inbound("1", Sender("u"), Place(HERE), Called(Command.VIDEO, "go", (photo,)))
    said = called.saying("make it move")
    assert said.happened == Said("make it move", (photo,))


def test_a_request_of_another_session_is_none_that_is_looked_at() -> None:
    job = Job(1, "", "u", HERE, Plan.MAKE, Step.LINK, knowing(session="s-1", words="a video"))
    assert [counts_as_past(Past.MADE, job, session) for session in ("", "s-1", "s-2")] == [
        True,
        True,
        False,
    ]
