"""What is only for those whom ADMINS names: to everybody else it is words like any others."""

import pytest

from core.domain.admission import ids
from core.domain.conversation import Context, lookup
from core.domain.conversation.chat import Chat
from core.domain.conversation.commands import ROWS, menu_of_operators, obey
from core.domain.operating import Overview, estranged
from core.messages import OPERATING, Address, Called, Command, Inbound, Place, Pressed, Said, Sender
from core.settings import Settings
from core.skills import load

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
    shown = menu_of_operators()
    assert set(shown[-len(OPERATING) :]) == OPERATING
    assert Command.VIDEO not in shown
    assert all(ROWS[command].always for command in OPERATING)


def test_a_list_of_ids_is_read_for_one_platform() -> None:
    names = frozenset({"telegram:1", "2", "discord:3"})
    assert ids(names, "telegram") == {"1", "2"}


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
