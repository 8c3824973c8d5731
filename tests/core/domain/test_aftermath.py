"""What a step leaves in the chat."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat
from core.domain.conversation.chat.memory import chat_after_step
from core.domain.gathering import Bundle, Item
from core.domain.requests import Advanced, Job, Kept, Plan, Project, State, Step
from core.domain.requests.outcomes import keep_everything
from core.messages import Address, Attachment
from tests.knowing import knowing

HERE, NOW = Address("fake", "1"), 1_800_000_000.0
JOB = Job(4, "", "u", HERE, Plan.MAKE, Step.UPLOAD, created=NOW - 60)
OLD, NEW = Project("old"), Project("new")
FIRST, SECOND = Attachment("f:1"), Attachment("f:2")


def test_words_are_about_the_newest_project() -> None:
    chat = Chat("u", HERE, project=OLD)
    assert chat_after_step(chat, Advanced(JOB), NOW).project is OLD
    assert chat_after_step(chat, Advanced(JOB, project=NEW), NOW).project is NEW
    assert chat_after_step(chat, Advanced(JOB, drop_project=True), NOW).project is None
    assert chat_after_step(chat, Advanced(JOB, drop_project=True, project=NEW), NOW).project is NEW


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("I can do that.\n\n**Shall I add music?** 🎵", "Shall I add music? 🎵"),
        ("Nice photo!\n**Shall I add music?**\nOr not.", "Shall I add music?"),
        ("要加音乐吗？", "要加音乐吗？"),
        ("Tell me the colour.", "Tell me the colour."),
        ("a" * 300 + "?", "a" * 200),
        ("", ""),
    ],
)
def test_what_the_service_asks_is_remembered_with_its_time(said: str, question: str) -> None:
    job = replace(JOB, progress=knowing(reply=said))
    asks = replace(NEW, asks=True)
    known = chat_after_step(Chat("u", HERE), Advanced(job, project=asks), NOW).project
    assert known == replace(asks, question=question, asked=NOW)


@pytest.mark.parametrize(("renewed", "project"), [(NOW - 60, NEW), (NOW - 59, None)])
def test_a_fresh_start_leaves_what_was_begun_before_it_behind(
    renewed: float, project: Project | None
) -> None:
    chat = Chat("u", HERE, renewed=renewed)
    assert chat_after_step(chat, Advanced(JOB, project=NEW), NOW).project is project


@pytest.mark.parametrize(
    ("state", "keep", "left"),
    [
        (State.OPEN, None, Kept((SECOND,), "slower", "")),
        (State.OPEN, Kept(), Kept()),
        (State.FAILED, Kept((FIRST,)), Kept((FIRST, SECOND), "slower")),
        (State.FAILED, Kept((FIRST, SECOND), "a film", "x"), Kept((FIRST, SECOND), "a film", "x")),
    ],
)
def test_a_failed_request_hands_back_what_it_had_beside_what_has_come_meanwhile(
    state: State, keep: Kept | None, left: Kept
) -> None:
    chat = Chat("u", HERE).keeping(Kept((SECOND,), "slower"), NOW - 5)
    after = chat_after_step(chat, Advanced(replace(JOB, state=state), keep=keep), NOW)
    assert after.holds(NOW) == left


def test_what_is_made_once_more_hands_back_nothing_as_its_photos_are_those_of_a_video() -> None:
    bundle = Bundle((Item(0, FIRST), Item(1, SECOND)), anew=True)
    again = replace(JOB, state=State.FAILED, bundle=bundle)
    chat = Chat("u", HERE).keeping(Kept(wish="slower"), NOW - 5)
    for keep, files in ((keep_everything(again), ()), (Kept((FIRST,)), (FIRST,))):
        assert chat_after_step(chat, Advanced(again, keep=keep), NOW).holds(NOW).files == files
