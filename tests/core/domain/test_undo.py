"""Undo, redo and back to a version that is named: by commands, buttons and words; and what again
makes."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, Decision, decide
from core.domain.conversation.chat.context import MOST, Past, past_at_most
from core.domain.conversation.scene import scene_of
from core.domain.gathering import Bundle, Line
from core.domain.policy import Situation
from core.domain.requests import Job, Payer, Plan, Project, State, Step
from core.domain.requests.turn_reading import showing_version
from core.domain.versions import NEWEST, Direction, Move, Version, Versions
from core.i18n import text
from core.messages import Address, Attachment, Command, Gallery, Inbound, Pressed
from core.settings import Settings
from core.skills import load
from tests import messages
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE = Address("telegram", "7")
PROJECT = Project("s-1", "t-1", "anon_1", Payer.ANONYMOUS, made=True)
SKILLS = load()
PHOTO, LATE = Attachment("telegram:1"), Attachment("telegram:2")
VERSIONS = Versions(
    (
        Version(1, 0, "a film of this", (PHOTO,), job=4),
        Version(2, 1, "title One", job=5),
        Version(3, 2, "add this too", (LATE,), job=6),
    ),
    3,
)


def known(versions: Versions = VERSIONS, **more: object) -> Context:
    chat = Chat("7", HERE, project=PROJECT)
    histories = {"s-1": versions}
    context = Context(chat, SKILLS, Settings(), versions=versions, histories=histories)
    return replace(context, **more)  # type: ignore[arg-type]


def says(words: str, answers: str = "") -> Inbound:
    return replace(messages.asked("m1", "7", HERE, words), answers=answers)


def called(command: Command, words: str = "") -> Inbound:
    return messages.called("m1", "7", HERE, command, words)


def presses(command: Command, job: int, words: str = "") -> Inbound:
    return messages.happened("m1", "7", HERE, Pressed(command, words, job))


def result(id: int, plan: Plan = Plan.EDIT, number: int = 0, session: str = "s-1") -> Job:
    """A request whose result stands in the chat, and shows that version."""
    learnt = knowing(
        words=f"wish {id}", session=session, payer=Payer.ANONYMOUS, url="https://x/v.mp4"
    )
    job = Job(id, "lock", "7", HERE, plan, Step.LINK, learnt, state=State.DONE, created=NOW - 90)
    return showing_version(job, VERSIONS, number)


def move_of(turn: Decision) -> Move | None:
    """Where it goes; nothing is paid for that."""
    assert all(start.job.plan is Plan.RESTORE for start in turn.start)
    return turn.start[0].job.progress.export.move if turn.start else None


BACK, FORWARD = Move(Direction.BACK), Move(Direction.FORWARD)
AT_TWO = replace(VERSIONS, shown=2)


@pytest.mark.parametrize(
    ("context", "inbound", "move"),
    [
        (known(), says("undo"), BACK),
        (known(), says("撤销"), BACK),
        (known(), called(Command.UNDO), BACK),
        (known(AT_TWO), says("redo"), FORWARD),
        (known(AT_TWO), called(Command.REDO), FORWARD),
        (known(), called(Command.UNDO, "2"), Move(Direction.TO, to=2)),
        (known(), called(Command.UNDO, "v1"), Move(Direction.TO, to=1)),
        (known(), called(Command.REDO, "back to the first version"), Move(Direction.TO, to=1)),
        (known(), says("go back to version 2"), Move(Direction.TO, to=2)),
        (known(), says("回到第一版"), Move(Direction.TO, to=1)),
        (known(AT_TWO), says("the latest version"), Move(Direction.TO, to=NEWEST)),
        (known(named=result(5, number=2)), presses(Command.UNDO, 5), Move(Direction.BACK, 2)),
        (known(named=result(5)), presses(Command.UNDO, 5), Move(Direction.BACK, 2)),
        (known(AT_TWO, named=result(9, Plan.RESTORE, 2)), presses(Command.REDO, 9),
         Move(Direction.FORWARD, 2)),
        (known(answered=result(5, number=2)), says("undo", "55"), Move(Direction.BACK, 2)),
        (known(named=result(4, number=1)), presses(Command.EXPORT, 4), Move(Direction.TO, to=1)),
    ],
)  # fmt: skip
def test_the_project_goes_to_the_version_that_is_meant(
    context: Context, inbound: Inbound, move: Move
) -> None:
    turn = decide(context, inbound, NOW)
    assert move_of(turn) == move
    assert turn.start[0].job.progress.connection.session is not None
    assert turn.start[0].job.progress.export.pinned
    assert turn.start[0].notice, "it is said at once"


@pytest.mark.parametrize(
    ("context", "inbound", "key"),
    [
        (known(replace(VERSIONS, shown=1)), says("undo"), "talk.nothing_to_undo"),
        (known(Versions()), says("undo"), "talk.nothing_to_undo"),
        (known(chat=Chat("7", HERE)), says("undo"), "talk.nothing_to_undo"),
        (known(), called(Command.REDO), "talk.nothing_to_redo"),
        (known(), says("back to version 9"), "talk.no_such_version"),
        (known(named=result(4, number=1)), presses(Command.UNDO, 4), "talk.nothing_to_undo"),
        (known(), presses(Command.UNDO, 77), "talk.history_gone"),
    ],
)
def test_where_there_is_nothing_to_go_to_a_kind_sentence_and_nothing_else(
    context: Context, inbound: Inbound, key: str
) -> None:
    turn = decide(context, inbound, NOW)
    assert [post.text for post in turn.posts] == [text(key, "en")]
    assert not turn.start


@pytest.mark.parametrize("plan", [Plan.MAKE, Plan.EDIT, Plan.RESTORE])
def test_what_is_under_way_is_waited_for_before_it_is_said_that_there_is_nothing(
    plan: Plan,
) -> None:
    running = replace(result(8, plan), state=State.OPEN, step=Step.CHECK)
    first = replace(VERSIONS, shown=1)
    assert move_of(decide(known(first, open=(running,)), says("undo"), NOW)) == BACK
    over = replace(running, cancelled=True)
    assert move_of(decide(known(first, open=(over,)), says("undo"), NOW)) is None


def test_redo_means_once_more_only_where_nothing_was_undone() -> None:
    (made,) = decide(known(), says("redo"), NOW).start
    assert made.job.plan is Plan.MAKE
    undoing = replace(result(8, Plan.RESTORE), state=State.OPEN, step=Step.CONNECT)
    assert move_of(decide(known(open=(undoing,)), says("redo"), NOW)) == FORWARD
    answered = known(answered=result(5, number=2))
    assert move_of(decide(answered, says("redo", "55"), NOW)) == Move(Direction.FORWARD, 2)


@pytest.mark.parametrize(
    ("job", "version"),
    [
        (result(5, number=2), 2),
        (result(5), 2),
        (result(6, number=3), 0),
        (result(4, number=1), 1),
    ],
)
def test_words_under_an_older_version_build_on_it_and_under_the_shown_one_on_what_is_by_then(
    job: Job, version: int
) -> None:
    turn = decide(known(answered=job), says("make it slower", "55"), NOW)
    (start,) = turn.start
    assert start.job.about is not None
    assert (start.job.about.session, start.job.about.version) == ("s-1", version)
    assert turn.chat.project == PROJECT, "words without a reply are about what is shown"


def test_the_edit_button_asks_for_words_about_the_version_above_it() -> None:
    here = known(named=result(4, number=1))
    turn = decide(here, presses(Command.EDIT, 4), NOW)
    assert turn.chat.project == replace(PROJECT, version=1)
    assert scene_of(here, says("slower"), NOW).situation is Situation.PROJECT


def recipe(turn: Decision) -> tuple[str, tuple[str, ...]]:
    """What is made, paid for and in a project of its own."""
    (start,) = turn.start
    job = start.job
    assert (job.plan, job.about, job.bundle.anew, job.bundle.agreed) == (
        Plan.MAKE,
        None,
        True,
        True,
    )
    return job.bundle.words, tuple(file.ref for file in job.bundle.files)


FIRST = ("a film of this", ("telegram:1",))
SECOND = ("a film of this\ntitle One", ("telegram:1",))
THIRD = ("a film of this\ntitle One\nadd this too", ("telegram:1", "telegram:2"))


def changed(made: tuple[str, tuple[str, ...]], change: str) -> tuple[str, tuple[str, ...]]:
    return f"{made[0]}\n{change}", made[1]


@pytest.mark.parametrize(
    ("context", "inbound", "made"),
    [
        (known(named=result(4, Plan.MAKE)), presses(Command.AGAIN, 4), FIRST),
        (known(named=result(5)), presses(Command.AGAIN, 5), SECOND),
        (known(named=result(9, Plan.RESTORE, 2)), presses(Command.AGAIN, 9), SECOND),
        (known(named=result(9, Plan.EXPORT, 3)), presses(Command.AGAIN, 9), THIRD),
        (known(), says("again"), THIRD),
        (known(), called(Command.AGAIN), THIRD),
        (known(AT_TWO), says("again"), SECOND),
        (known(AT_TWO), says("again but vertical"), changed(SECOND, "vertical")),
        (known(), says("再来一个，短一点的"), changed(THIRD, "短一点")),
        (known(), says("再来一个，竖屏的"), changed(THIRD, "竖屏")),
        (known(answered=result(4, Plan.MAKE)), says("again but vertical", "55"),
         changed(FIRST, "vertical")),
        (known(answered=result(9, Plan.EXPORT, 2)), says("again", "55"), SECOND),
        (known(chat=Chat("7", HERE), past=(result(4, Plan.MAKE),)), called(Command.AGAIN), THIRD),
    ],
)  # fmt: skip
def test_again_makes_the_version_that_it_stands_under_by_button_and_by_word_alike(
    context: Context, inbound: Inbound, made: tuple[str, tuple[str, ...]]
) -> None:
    assert recipe(decide(context, inbound, NOW)) == made


def test_of_a_project_whose_beginning_nobody_knows_the_request_itself_is_made_again() -> None:
    versions = Versions((Version(1), Version(2, 1, "wish 5", job=5)), 2)
    here = known(versions, named=result(5, Plan.MAKE))
    (start,) = decide(here, presses(Command.AGAIN, 5), NOW).start
    assert start.job.bundle.words == "wish 5"
    made = replace(result(4, Plan.MAKE), progress=knowing(words="a film", session="s-1"))
    here = known(versions, past=(made,))
    (start,) = decide(here, says("again"), NOW).start
    assert start.job.bundle.words == "a film"
    assert not decide(known(versions), says("again"), NOW).start


REELED = Versions((Version(1, 0, "a slow film", job=4), Version(2, 1, "title One", job=5)), 2)


@pytest.mark.parametrize(
    ("inbound", "more"),
    [
        (presses(Command.AGAIN, 4), {"named": 4}),
        (presses(Command.AGAIN, 5), {"named": 5}),
        (says("again"), {}),
        (says("again but vertical", answers="m"), {"answered": 5}),
    ],
)
def test_what_was_made_of_a_group_reel_is_not_made_again_without_its_photos(
    inbound: Inbound, more: dict[str, int]
) -> None:
    wish = replace(result(4, Plan.MAKE).progress.wish, reel=3)
    made = replace(result(4, Plan.MAKE), progress=replace(result(4).progress, wish=wish))
    jobs = {4: made, 5: result(5, number=2)}
    known_of = {name: jobs[number] for name, number in more.items()}
    here = known(REELED, past=(made,), **known_of)
    turn = decide(here, inbound, NOW)
    assert [post.text for post in turn.posts] == [text("reel.again", "en")]
    assert turn.start == (), "nothing is paid"
    other = replace(here, past=(result(4, Plan.MAKE),), named=None, answered=None)
    assert decide(other, says("again"), NOW).start
    gone = replace(here, chat=replace(here.chat, project=None), named=None, answered=None)
    assert not decide(gone, says("again"), NOW).start
    failed = replace(made, state=State.FAILED)
    retried = replace(here, named=failed, past=())
    assert decide(retried, presses(Command.AGAIN, 4), NOW).start, "its project has the photos"


def test_a_changed_message_is_run_with_its_new_words_alone() -> None:
    made = replace(result(4, Plan.MAKE), bundle=Bundle(lines=(Line(1, "a reel"),)))
    here = known(named=made)
    here = replace(here, chat=replace(here.chat, wish="another", wish_at=NOW))
    (start,) = decide(here, presses(Command.AGAIN, 4, "edited"), NOW).start
    assert start.job.bundle.words == "a reel"
    bare = replace(here, named=result(4, Plan.MAKE))
    assert not decide(bare, presses(Command.AGAIN, 4, "edited"), NOW).start, "nothing to run"


def test_the_history_has_one_entry_a_project_with_its_first_words_and_its_versions() -> None:
    made = [result(4, Plan.MAKE, 1), result(9, Plan.EXPORT, 2), result(6, number=3)]
    other = result(7, Plan.MAKE, session="s-0")
    here = known(AT_TWO, past=(made[2], made[1], other, made[0]))
    (post,) = decide(here, called(Command.HISTORY), NOW).posts
    assert [line.partition(" · ")[2] for line in post.text.splitlines()[1:]] == [
        "a film of this · v1 ▸v2 v3",
        "wish 7",
    ]
    assert [button.job for row in post.buttons for button in row] == [9, 7]


def test_where_the_platform_keeps_no_films_the_history_shows_the_first_photo_of_each() -> None:
    clip, cat = Attachment("fake:c", "a.mp4", "video/mp4"), Attachment("fake:p", "a.jpg")
    filmed = Versions((Version(1, 0, "a film", (clip, cat), job=4), Version(2, 1, "slower")), 2)
    dog = Attachment("fake:d", "d.jpg", "image/jpeg")
    other = result(7, Plan.MAKE, session="s-0")
    other = replace(other, progress=knowing(other.progress, files=(dog,)))
    bare = result(8, Plan.MAKE, session="s-9")
    here = known(filmed, past=(result(9, number=2), other, bare))
    (post,) = decide(here, called(Command.HISTORY), NOW).posts
    assert post.gallery == Gallery(alt=text("talk.history", "en"), photos=(cat, dog, None))
    here = known(VERSIONS, past=(bare,))
    assert decide(here, called(Command.HISTORY), NOW).posts[0].media is None


def test_a_video_comes_again_with_a_button_for_each_version_there_is() -> None:
    here = known(AT_TWO, named=result(9, Plan.EXPORT, 2))
    (post,) = decide(here, presses(Command.HISTORY, 9), NOW).posts
    assert [(button.label, button.text) for row in post.buttons for button in row] == [
        ("v1", "v1"),
        ("▸v2", "v2"),
        ("v3", "v3"),
    ]
    assert all(button.command is Command.UNDO for row in post.buttons for button in row)
    first = presses(Command.UNDO, 9, "v1")
    assert move_of(decide(here, first, NOW)) == Move(Direction.TO, to=1)
    alone = Versions((Version(1, 0, "a film", job=4),), 1)
    (post,) = decide(known(alone, named=result(4)), presses(Command.HISTORY, 4), NOW).posts
    assert post.buttons == ()


def test_of_many_versions_the_newest_are_named() -> None:
    many = Versions(tuple(Version(n, n - 1, f"change {n}", job=n) for n in range(1, 9)), 8)
    here = known(many, past=(result(8),))
    (post,) = decide(here, called(Command.HISTORY), NOW).posts
    assert post.text.endswith("change 1 · … v4 v5 v6 v7 ▸v8")


def test_who_does_not_like_a_change_is_offered_the_version_before() -> None:
    def offered(versions: Versions) -> list[Command | None]:
        (post,) = decide(known(versions), says("i hate it"), NOW).posts
        return [button.command for row in post.buttons for button in row]

    assert offered(VERSIONS) == [Command.UNDO]
    assert offered(replace(VERSIONS, shown=1)) == []


def test_of_what_nobody_remembers_nothing_can_be_made_again() -> None:
    bare = result(9, Plan.EXPORT)
    bare = replace(bare, progress=knowing(session="s-9", payer=Payer.ANONYMOUS))
    turn = decide(known(named=bare), presses(Command.AGAIN, 9), NOW)
    assert [post.text for post in turn.posts] == [text("talk.again_gone", "en")]


def test_of_videos_more_are_looked_at_for_some_are_of_one_project() -> None:
    assert past_at_most(Past.VIDEOS) > past_at_most(Past.MADE) == MOST
