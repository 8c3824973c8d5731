"""What lies before somebody's words: what gathers, what is being made, what waits for an answer."""

from dataclasses import replace

import pytest

from core.domain.conversation.chat import Chat, Context
from core.domain.conversation.scene import asked_for_price, gathering, running, scene_of, used
from core.domain.gathering import Bundle, Item, Line
from core.domain.policy import Scene, Situation
from core.domain.requests import Job, Kept, Plan, Project, Step
from core.domain.versions import Version, Versions
from core.messages import Address, Attachment, Heard
from core.settings import Settings
from core.skills import load
from tests import messages
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE = Address("fake", "c")
SKILLS = load()
PHOTO = Attachment("fake:1")
SAID = messages.said("m2", "u", HERE, "slower")


def open_job(
    step: Step = Step.GENERATE,
    plan: Plan = Plan.MAKE,
    photos: int = 0,
    words: str = "a film",
    **known: object,
) -> Job:
    items = tuple(Item(place, replace(PHOTO, ref=f"fake:{place}")) for place in range(photos))
    lines = (Line(9, words),) if words else ()
    bundle = Bundle(items, lines, opened=NOW, addressed=True)
    return Job(1, "lock", "u", HERE, plan, step, knowing(**known), bundle=bundle)


CHAT = Chat("u", HERE)


def context(*jobs: Job, chat: Chat = CHAT) -> Context:
    return Context(chat, SKILLS, Settings(), open=jobs)


@pytest.mark.parametrize(
    ("job", "runs", "gathers", "priced"),
    [
        (open_job(), True, False, False),
        (open_job(plan=Plan.EDIT), True, False, False),
        (open_job(plan=Plan.EXPORT), False, False, False),
        (open_job(words=""), True, False, False),
        (open_job(Step.GATHER), True, True, False),
        (open_job(Step.GATHER, words=""), False, True, False),
        (open_job(Step.PRICE, asked=True), False, False, True),
        (open_job(Step.PRICE, asked=True, confirmed=True), True, False, False),
    ],
)
def test_what_is_being_made_gathered_or_waits_for_a_yes(
    job: Job, runs: bool, gathers: bool, priced: bool
) -> None:
    known = context(job)
    assert running(known) == [job] * runs
    assert gathering(known) == [job] * gathers
    assert asked_for_price(known) == [job] * priced
    over = context(replace(job, cancelled=True))
    assert [*running(over), *gathering(over), *asked_for_price(over)] == []


PROJECT = Project("s-1", made=True, options=("Warm", "Cold"))
OPTIONS = 2


@pytest.mark.parametrize(
    ("known", "scene"),
    [
        (context(), Scene(Situation.NOTHING, photos=2)),
        (
            context(chat=replace(CHAT, project=PROJECT)),
            Scene(Situation.PROJECT, photos=2, options=2),
        ),
        (
            context(chat=replace(CHAT, project=replace(PROJECT, asks=True))),
            Scene(Situation.PROJECT, photos=2, options=2, pending=True),
        ),
        (context(open_job(files=(PHOTO,) * 5)), Scene(Situation.RUNNING, photos=5)),
        (
            context(open_job(Step.GATHER, photos=3, words="")),
            Scene(Situation.PHOTO, photos=3, options=OPTIONS),
        ),
        (
            context(chat=CHAT.keeping(Kept((PHOTO,)), NOW)),
            Scene(Situation.PHOTO, photos=1, options=OPTIONS),
        ),
        (
            context(chat=CHAT.keeping(Kept((PHOTO,), "a film"), NOW)),
            Scene(Situation.PHOTO, photos=1, options=OPTIONS, pending=True),
        ),
        (
            context(
                open_job(Step.GATHER, photos=3, words=""),
                chat=CHAT.keeping(Kept((PHOTO,)), NOW),
            ),
            Scene(Situation.PHOTO, photos=4, options=OPTIONS),
        ),
        (
            context(open_job(Step.PRICE, asked=True), chat=replace(CHAT, project=PROJECT)),
            Scene(Situation.PROJECT, photos=2, options=2, pending=True),
        ),
    ],
)
def test_a_scene_is_what_lies_before_the_words(known: Context, scene: Scene) -> None:
    assert scene_of(known, SAID, NOW) == scene
    replying = messages.changed(SAID, heard="reply")
    assert scene_of(known, replying, NOW) == replace(scene, heard=Heard.REPLY)


def way(*parents: int) -> Versions:
    """Versions, each with one file under its number."""
    return Versions(
        tuple(
            Version(number, parent, files=(Attachment(f"fake:{number}"),))
            for number, parent in enumerate(parents, 1)
        ),
        len(parents),
    )


@pytest.mark.parametrize(
    ("jobs", "known", "refs"),
    [
        ((), {}, []),
        ((open_job(photos=2),), {}, ["fake:0", "fake:1"]),
        ((open_job(photos=2),), {"answered": open_job(files=(PHOTO,))}, ["fake:1"]),
        ((), {"versions": way(0, 1, 1)}, ["fake:1", "fake:3"]),
        ((open_job(plan=Plan.EDIT),), {"versions": way(0, 1, 1)}, ["fake:1", "fake:3"]),
        ((), {"versions": way(0, 1, 1), "about": Project("s", version=2)}, ["fake:1", "fake:2"]),
    ],
)
def test_what_the_video_at_hand_is_made_of(
    jobs: tuple[Job, ...], known: dict[str, object], refs: list[str]
) -> None:
    here = replace(context(*jobs), **known)  # type: ignore[arg-type]
    assert [file.ref for file in used(here)] == refs
