"""Every command has one row, and everything that people see of it follows from there."""

import re

import pytest

from core.domain.conversation import Chat, Context, Decision
from core.domain.conversation.commands import (
    COMMAND_ROWS,
    SPECS,
    Menu,
    Readers,
    Spec,
    command_menu,
    obey,
)
from core.domain.requests import Job, Plan, Project, State, Step
from core.domain.understanding import CommandKind
from core.i18n import LANGUAGES, catalogue, text
from core.messages import OPERATING, Address, Command
from core.settings import Settings
from core.skills import load
from tests import messages
from tests.knowing import knowing

NOW = 1_800_000_000.0
GROUP, ASIDE = Address("fake", "group"), Address("fake", "alone")
WRITTEN = (Menu.PRIVATE, Menu.GROUP, Menu.ADMINS)


def test_every_command_has_one_row() -> None:
    assert sorted(spec.command for spec in SPECS) == sorted(Command)
    assert all(COMMAND_ROWS[spec.command] is spec for spec in SPECS)


@pytest.mark.parametrize("kind", Menu)
def test_a_command_is_in_every_menu_or_its_row_says_why_not(kind: Menu) -> None:
    shown = command_menu(kind)
    without = [spec for spec in SPECS if spec.command not in shown]
    assert all(len(spec.left_out[kind]) > 10 for spec in without)
    assert list(shown) == [spec.command for spec in SPECS if spec not in without]


def keys(spec: Spec) -> set[str]:
    """The phrases that the menus of a row need."""
    found = set()
    if any(kind not in spec.left_out for kind in WRITTEN):
        found |= {f"telegram.command_{spec.command}"}
    if spec.command in OPERATING:
        found |= {f"telegram.command_{spec.command}"}
    if Menu.SLASH not in spec.left_out:
        found |= {f"discord.name_{spec.command}", f"discord.about_{spec.command}"}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_texts_of_the_menus_and_no_others(language: str) -> None:
    phrases = catalogue(language).phrases
    ours = re.compile(r"telegram\.command_|discord\.(?:name|about)_")
    assert {key for key in phrases if ours.match(key)} == set().union(*map(keys, SPECS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command_that_its_row_does_not_leave_out(language: str) -> None:
    said = str(catalogue(language).phrases["talk.help"])
    named = {spec.command for spec in SPECS if not (spec.unhelped or _only_a_button(spec))}
    assert set(re.findall(r"/([a-z]+)", said)) == named


def _only_a_button(spec: Spec) -> bool:
    return set(spec.left_out) == set(Menu)


def test_what_is_said_in_words_belongs_to_one_row() -> None:
    told = [spec.words for spec in SPECS if spec.words]
    assert sorted(told) == sorted(set(CommandKind))


def answered(spec: Spec, **more: object) -> Decision:
    """What comes back in a group, of somebody who has made and changed a video there."""
    done = Job(
        3, "", "u", GROUP, Plan.EDIT, Step.LINK, state=State.DONE, private=False,
        progress=knowing(words="slow", session="s", before="{}", url="https://x.example/v.mp4"),
    )  # fmt: skip
    chat = Chat("u", GROUP, project=Project("s"), private=False)
    context = Context(chat, load(), Settings(), past=(done,))
    inbound = messages.asked(
        "m", "u", GROUP, command=spec.command, private=False, aside=ASIDE, space="g", admin=True,
        message="7", **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return obey(context, inbound, spec.command, NOW)


@pytest.mark.parametrize(
    "spec", [spec for spec in SPECS if spec.readers is Readers.ALONE], ids=lambda spec: spec.command
)
def test_what_one_alone_may_read_goes_aside_and_the_group_is_told_that_it_does(spec: Spec) -> None:
    *posts, note = answered(spec).posts
    assert (note.address, note.text) == (GROUP, text("talk.in_private", "en"))
    assert posts or spec.command is Command.CREDITS
    assert all((post.address, post.discreet, post.reply_to) == (ASIDE, True, "") for post in posts)


@pytest.mark.parametrize(
    "spec",
    [spec for spec in SPECS if spec.readers is not Readers.ALONE],
    ids=lambda spec: spec.command,
)
def test_everything_else_is_answered_where_it_was_asked(spec: Spec) -> None:
    posts = [post for post in answered(spec).posts if not post.discreet]
    assert {post.address for post in posts} <= {GROUP}
