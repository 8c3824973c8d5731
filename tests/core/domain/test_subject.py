"""Which video a message is about: that of its button, of what it answers, or the newest one."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, close, decide
from core.domain.conversation.arrival import session_of_past
from core.domain.conversation.chat import Past
from core.domain.conversation.chat.memory import chat_after_step, chat_for_step
from core.domain.gathering import Bundle, Line
from core.domain.requests import (
    Advanced,
    Connection,
    Job,
    Payer,
    Plan,
    Progress,
    Project,
    Session,
    State,
    Step,
)
from core.domain.requests.turn_reading import project_from
from core.messages import Address, Attachment, Command, Inbound
from core.settings import Settings
from core.skills import load
from tests import messages
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE = Address("telegram", "7")
NEWEST = Project("s-2", "t-2", "anon_1", Payer.ANONYMOUS, made=True, maker=9)
SKILLS = load()
SLUG = "ai-video-generator-from-image"


def made(step: Step = Step.LINK, plan: Plan = Plan.MAKE, user: str = "7") -> Job:
    """A request that worked in the older project."""
    learnt = knowing(
        words="a film", session="s-1", payer=Payer.ANONYMOUS, task="t-1", url="https://x/v.mp4"
    )
    return Job(4, "lock", user, HERE, plan, step, learnt, state=State.DONE, created=NOW - 90)


def here(**more: object) -> Context:
    chat = Chat("7", HERE, project=NEWEST)
    return replace(Context(chat, SKILLS, Settings()), **more)  # type: ignore[arg-type]


def says(words: str, answers: str = "") -> Inbound:
    inbound = messages.asked(id="m1", user="7", address=HERE, text=words)
    return replace(inbound, answers=answers)


def presses(command: Command, words: str = "") -> Inbound:
    return messages.asked(id="m1", user="7", address=HERE, text=words, command=command, job=4)


@pytest.mark.parametrize(
    ("context", "inbound", "session"),
    [
        (here(answered=made()), says("add the title Hi", "55"), "s-1"),
        (here(named=made()), presses(Command.EDIT, "strip:audio"), "s-1"),
        (here(named=made()), presses(Command.EDIT, "add the title Hi"), "s-1"),
        (here(named=made()), presses(Command.EXPORT), "s-1"),
        (here(), says("add the title Hi"), ""),
        (here(answered=made(Step.UPLOAD)), says("add the title Hi", "55"), ""),
    ],
)
def test_a_request_is_about_the_video_that_its_message_belongs_to(
    context: Context, inbound: Inbound, session: str
) -> None:
    turn = decide(context, inbound, NOW)
    (start,) = turn.start
    assert (start.job.about.session if start.job.about else "") == session
    assert turn.chat.project == NEWEST, "until something was done with the other one"


def test_words_under_somebody_elses_video_are_not_about_ones_own() -> None:
    turn = decide(here(answered=made(user="8")), says("add the title Hi", "55"), NOW)
    assert not turn.start
    assert turn.chat.project == NEWEST


def test_who_is_asked_what_to_change_means_that_video_by_the_next_words() -> None:
    turn = decide(here(named=made()), presses(Command.EDIT), NOW)
    assert turn.chat.project is not None
    assert turn.chat.project.session == "s-1"


def test_what_is_asked_back_remembers_its_video() -> None:
    turn = decide(here(answered=made()), says("qwertz uiop asdf", "55"), NOW)
    (offer,) = turn.chat.offers
    assert offer.about is not None
    assert offer.about.session == "s-1"
    yes = decide(here(chat=turn.chat), says("yes"), NOW + 5)
    assert [start.job.about for start in yes.start] == [offer.about]


@pytest.mark.parametrize(
    ("words", "files"), [("make it slower", 0), ("add this photo at the end", 1)]
)
def test_photos_that_wait_join_an_answer_only_where_it_says_so(words: str, files: int) -> None:
    waits = Attachment("telegram:1")
    chat = Chat("7", HERE, project=NEWEST, kept=(waits,), kept_at=NOW)
    about = replace(NEWEST, session="s-1")
    bundle = Bundle(lines=(Line(1, words),), opened=NOW, addressed=True)
    job = Job(5, "lock", "7", HERE, Plan.MAKE, Step.GATHER, bundle=bundle, about=about)
    closed = close(job, chat_for_step(chat, job), SKILLS[SLUG], NOW, Settings())
    assert len(closed.progress.wish.files) == files
    assert closed.keep is not None
    assert len(closed.keep.files) == 1 - files
    assert not closed.progress.connection.fresh


ABOUT = Project("s-1", "t-1", "anon_1", Payer.ANONYMOUS, made=True)


@pytest.mark.parametrize(
    ("about", "fresh", "seen"),
    [(None, False, "s-2"), (ABOUT, False, "s-1"), (ABOUT, True, "s-2")],
)
def test_the_steps_of_a_request_see_its_own_project(
    about: Project | None, fresh: bool, seen: str
) -> None:
    job = replace(made(), about=about, progress=Progress(connection=Connection(fresh=fresh)))
    found = chat_for_step(Chat("7", HERE, project=NEWEST), job).project
    assert found is not None
    assert found.session == seen


@pytest.mark.parametrize(("session", "left"), [("s-1", NEWEST), ("s-2", None)])
def test_a_project_that_is_gone_takes_no_other_one_with_it(
    session: str, left: Project | None
) -> None:
    learnt = Progress(connection=Connection(Payer.ANONYMOUS, Session(session)))
    lost = Advanced(replace(made(), progress=learnt, state=State.FAILED), drop_project=True)
    assert chat_after_step(Chat("7", HERE, project=NEWEST), lost, NOW).project == left


def test_the_chat_knows_more_of_a_project_than_one_of_its_requests() -> None:
    known = replace(NEWEST, session="s-1")
    assert project_from(made(), known) is known
    assert project_from(made(), NEWEST) == replace(ABOUT, bind="")


@pytest.mark.parametrize(
    ("past", "subject", "session"),
    [
        (Past.MADE, None, ""),
        (Past.MADE, made(), "s-1"),
        (Past.VIDEOS, made(), ""),
    ],
)
def test_what_was_done_to_one_video_is_looked_up_by_its_project(
    past: Past, subject: Job | None, session: str
) -> None:
    assert session_of_past(past, subject, Chat("7", HERE, project=NEWEST)) == session


def test_again_under_an_export_makes_the_wish_of_its_project() -> None:
    export = replace(made(plan=Plan.EXPORT), progress=knowing(session="s-1"))
    turn = decide(here(named=export, past=(made(),)), presses(Command.AGAIN), NOW)
    assert [start.job.bundle.words for start in turn.start] == ["a film"]
