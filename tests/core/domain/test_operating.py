"""What is only for those whom ADMINS names: to everybody else it is words like any others."""

from dataclasses import replace

import pytest

from core.domain.conversation import Context, decide, lookup
from core.domain.conversation.chat import Chat
from core.domain.conversation.commands import COMMAND_ROWS, obey, operators_menu
from core.domain.limits.admission import ids_named
from core.domain.operating import (
    Ban,
    Operation,
    Overview,
    Pause,
    Resume,
    Unban,
    called_off,
    estranged,
    person,
    unpaid,
)
from core.domain.operating.terms import held_back_status, paused_words
from core.domain.requests import Job, Plan, Step
from core.i18n import text
from core.messages import (
    OPERATING,
    Address,
    Attachment,
    Called,
    Command,
    Inbound,
    Place,
    Pressed,
    Said,
    Sender,
    Ticket,
)
from core.settings import Settings
from core.skills import load
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE, GROUP = Address("telegram", "7"), Address("telegram", "-7")
ALONE = Place(HERE)
AMONG = Place(GROUP, private=False, space="-7", aside=HERE)
ADMINS = Settings(admins=frozenset({"telegram:7", "8"}))


def asked(
    happened: Called | Pressed | Said,
    user: str = "7",
    place: Place = ALONE,
    *,
    masked: bool = False,
) -> Inbound:
    return Inbound("m", Sender(user, masked=masked), place, happened)


@pytest.mark.parametrize(
    ("user", "masked", "theirs"),
    [("7", False, True), ("8", False, True), ("9", False, False), ("7", True, False)],
)
def test_of_everybody_else_a_command_is_words(user: str, masked: bool, theirs: bool) -> None:
    call = asked(Called(Command.STATS, "now"), user, masked=masked)
    assert estranged(call, ADMINS) == (
        call if theirs else asked(Said("/stats now"), user, masked=masked)
    )


def test_a_button_that_nobody_was_shown_tells_what_there_is() -> None:
    press = asked(Pressed(Command.STATS, "x"), "9")
    assert estranged(press, ADMINS) == asked(Pressed(Command.HELP), "9")


def test_everything_else_is_left_as_it_is() -> None:
    for happened in (Said("/stats"), Called(Command.HELP, "x"), Pressed(Command.VIDEO)):
        assert estranged(asked(happened, "9"), ADMINS) == asked(happened, "9")


def test_the_menu_of_operators_ends_with_what_is_theirs() -> None:
    shown = operators_menu()
    assert set(shown[-len(OPERATING) :]) == OPERATING
    assert Command.VIDEO not in shown
    assert all(COMMAND_ROWS[command].always for command in OPERATING)


def test_a_list_of_ids_is_read_for_one_platform() -> None:
    names = frozenset({"telegram:1", "2", "discord:3"})
    assert ids_named(names, "telegram") == {"1", "2"}


def context(**more: object) -> Context:
    return Context(Chat("7", HERE), load(), ADMINS, **more)  # type: ignore[arg-type]


def test_how_it_stands_is_told_in_private_wherever_it_is_asked() -> None:
    call = asked(Called(Command.STATS), place=AMONG)
    seen = Overview(done=3, failed=1, stopped=2, credits=250, people=41)
    told, note = obey(context(overview=seen), call, Command.STATS, NOW).posts
    assert (told.address, told.discreet, note.address) == (HERE, True, GROUP)
    assert all(said in told.text for said in ("3 done", "1 failed", "2 stopped", "250", "41"))
    assert lookup(call).overview
    assert not lookup(asked(Called(Command.HELP))).overview


def test_also_who_is_banned_and_since_when_it_waits() -> None:
    call, seen = asked(Called(Command.STATS)), Overview(waiting=4, banned=2)
    (told,) = obey(context(overview=seen, pause=Pause(NOW - 600)), call, Command.STATS, NOW).posts
    assert told.text.splitlines()[-2:] == [
        "🚫 Banned: 2",
        "⏸ Paused for 10 min · requests waiting: 4. /resume goes on.",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("telegram:12", ("telegram", "12")),
        (" 12 he sends the same photo all day", ("here", "12")),
        ("<@12>", ("here", "12")),
        ("<@!12> bye", ("here", "12")),
        (f"web:{'0a' * 16} +500", ("web", "0a" * 16)),
        ("0a" * 17, None),
        ("abc", None),
        ("@somebody", None),
        ("", None),
        ("12a", None),
        ("1" * 21, None),
        ("-100123", None),
    ],
)
def test_a_person_is_named_by_an_id(words: str, found: tuple[str, str] | None) -> None:
    assert person(words, "here") == found


@pytest.mark.parametrize(
    ("command", "words", "operation", "key"),
    [
        (Command.BAN, "12", Ban("telegram", "12"), "banned"),
        (Command.BAN, "discord:12 spam", Ban("discord", "12"), "banned"),
        (Command.BAN, "@name", None, "ban_whom"),
        (Command.BAN, "7", None, "ban_admin"),
        (Command.BAN, "discord:8", None, "ban_admin"),
        (Command.UNBAN, "12", Unban("telegram", "12"), "unbanned"),
        (Command.UNBAN, "", None, "ban_whom"),
        (Command.PAUSE, " new  disk ", Pause(NOW, "new disk"), "paused"),
        (Command.RESUME, "", None, "not_paused"),
    ],
)
def test_what_is_done_to_the_whole_bot(
    command: Command, words: str, operation: Operation | None, key: str
) -> None:
    decision = obey(context(), asked(Called(command, words)), command, NOW)
    (told,) = decision.posts
    assert decision.operate == operation
    where = operation.platform if isinstance(operation, Ban | Unban) else ""
    assert told.text == text(f"operating.{key}", "en", id=f"{where}:12", count=0)


def test_a_pause_goes_on_under_new_words_until_it_is_over() -> None:
    since = context(pause=Pause(5.0, "old"))
    again = obey(since, asked(Called(Command.PAUSE, "new")), Command.PAUSE, NOW)
    assert again.operate == Pause(5.0, "new")
    assert obey(since, asked(Called(Command.RESUME)), Command.RESUME, NOW).operate == Resume()


def job(plan: Plan, step: Step, *, sent: bool = False, claims: int = 0) -> Job:
    progress = knowing(fingerprint="f") if sent else knowing()
    return Job(3, "", "9", HERE, plan, step, claims=claims, progress=progress)


@pytest.mark.parametrize(
    ("plan", "step", "sent", "claims", "waits", "ends"),
    [
        (Plan.MAKE, Step.GATHER, False, 0, False, True),
        (Plan.MAKE, Step.CONNECT, False, 0, True, True),
        (Plan.MAKE, Step.CONNECT, True, 0, False, False),
        (Plan.EDIT, Step.SNAPSHOT, False, 0, True, True),
        (Plan.MAKE, Step.GENERATE, True, 0, True, True),
        (Plan.MAKE, Step.GENERATE, True, 1, False, False),
        (Plan.MAKE, Step.CHECK, True, 0, False, False),
        (Plan.EXPORT, Step.CONNECT, False, 0, True, True),
        (Plan.EXPORT, Step.POLL, False, 0, False, False),
        (Plan.WATCH, Step.CONNECT, False, 0, False, False),
        (Plan.CREDITS, Step.CONNECT, False, 0, False, False),
        (Plan.REEL, Step.COLLECT, False, 0, False, True),
    ],
)
def test_what_a_pause_holds_and_a_ban_ends(
    plan: Plan, step: Step, sent: bool, claims: int, waits: bool, ends: bool
) -> None:
    request = job(plan, step, sent=sent, claims=claims)
    assert (unpaid(request), called_off(request)) == (waits, ends)


def test_words_of_whoever_paused_it_come_first() -> None:
    assert paused_words(Pause(0.0), "en") == text("operating.looked_after", "en")
    ours = text("operating.held_back", "en")
    assert paused_words(Pause(0.0, "New disk until noon."), "en") == f"New disk until noon.\n{ours}"
    status = held_back_status(job(Plan.MAKE, Step.CONNECT), Pause(0.0))
    assert (status.slot, status.silent, status.text) == (
        "job-3", True, text("operating.looked_after", "en"),
    )  # fmt: skip


PHOTO = (Attachment("fake:1", "a.jpg"),)


def test_while_it_is_paused_a_request_is_kept_and_its_person_told_once() -> None:
    wish = asked(Said("a 2-second video", PHOTO), "9")
    here = Context(Chat("9", HERE), load(), ADMINS, pause=Pause(5.0))
    first = decide(here, wish, NOW)
    assert [each.job.plan for each in first.start] == [Plan.MAKE]
    assert [post.text for post in first.posts] == [text("operating.looked_after", "en")]
    again = decide(replace(here, chat=first.chat), wish, NOW)
    assert (len(again.start), again.posts) == (1, ())
    anew = decide(replace(here, chat=first.chat, pause=Pause(6.0)), wish, NOW)
    assert len(anew.posts) == 1
    assert not decide(here, asked(Said("hello"), "9"), NOW).chat.told_pause


@pytest.mark.parametrize(
    ("happened", "place", "ticket", "answer"),
    [
        (Said("a 2-second video", PHOTO), ALONE, None, "talk.banned"),
        (Called(Command.SETTINGS, "on"), ALONE, None, "talk.banned"),
        (Pressed(Command.AGAIN, "", 3), ALONE, Ticket("t", NOW), "talk.banned"),
        (Said("hello"), AMONG, None, ""),
        (Called(Command.SETTINGS, "on"), AMONG, None, ""),
        (Pressed(Command.AGAIN, "", 3), AMONG, Ticket("t", NOW), "talk.not_here"),
        (Called(Command.PRIVACY), ALONE, None, "privacy.head"),
        (Called(Command.FORGET), ALONE, None, "talk.forget_ask"),
        (Called(Command.MYDATA), ALONE, None, "talk.mydata"),
    ],
)
def test_who_is_banned_is_told_so_and_may_still_be_forgotten(
    happened: Said | Called | Pressed, place: Place, ticket: Ticket | None, answer: str
) -> None:
    before = Chat("9", HERE)
    here = Context(before, load(), ADMINS, banned=True, named=job(Plan.MAKE, Step.CHECK))
    inbound = replace(asked(happened, "9", place), ticket=ticket)
    decision = decide(here, replace(inbound, sender=Sender("9", admin=True)), NOW)
    assert (decision.start, decision.space, decision.operate) == ((), None, None)
    told = [post.text.splitlines()[0] for post in decision.posts]
    assert told == ([text(answer, "en")] if answer else [])
    if answer == "talk.banned":
        assert (decision.chat, decision.refused) == (before, "talk.banned")
