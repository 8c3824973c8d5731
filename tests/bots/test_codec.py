"""The data of buttons and typed commands, the same on every platform."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.codec import LIMIT, called, from_data, to_data
from bots.discord.translate import FOREIGN, TEMPLATE
from core.messages import Button, Command

LONG = "a film of the lake in the evening, with slow music, and a title at its end"


@pytest.mark.parametrize(
    ("button", "data"),
    [
        (Button("Again", Command.AGAIN, 12), "v1:again:12:"),
        (Button("中文", Command.LANGUAGE, text="zh"), "v1:language::zh"),
        (Button("Slow zoom", text="a slow zoom: 5 s", job=3), "v1::3:a slow zoom: 5 s"),
        (Button(LONG, Command.EDIT, 7, LONG), "v1l:edit:7:454a623f"),
    ],
)
def test_data_names_command_and_job(button: Button, data: str) -> None:
    assert to_data(button) == data
    assert from_data(data, button.label) == button


@given(
    label=st.text(min_size=1),
    command=st.sampled_from([None, *Command]),
    job=st.one_of(st.none(), st.integers(0, 10**18 - 1)),
    text=st.text(),
)
def test_every_button_fits_and_comes_back(
    label: str, command: Command | None, job: int | None, text: str
) -> None:
    data = to_data(Button(label, command, job, text))
    assert 1 <= len(data.encode()) <= LIMIT
    words = text if data.startswith("v1:") else label
    assert from_data(data, label) == Button(label, command, job, words)


@pytest.mark.parametrize(
    ("data", "button"),
    [
        ("v1:export:7:", Button("Label", Command.EXPORT, 7)),
        ("v1:edit:12:strip:audio", Button("Label", Command.EDIT, 12, "strip:audio")),
        ("v1:video::s0", Button("Label", Command.VIDEO, None, "s0")),
        ("v1l:video::", Button("Label", Command.VIDEO, None, "Label")),
        ("v1:skill::" + "x" * 90, Button("Label", Command.SKILL, None, "x" * 90)),
    ],
)
def test_buttons_of_earlier_versions_are_read(data: str, button: Button) -> None:
    assert from_data(data, "Label") == button


def test_two_buttons_whose_words_are_too_long_are_still_two() -> None:
    first, second = (Button("Label", Command.EDIT, 7, f"{LONG} {place}") for place in range(2))
    assert to_data(first) != to_data(second)


@given(st.text())
def test_any_data_is_read_without_an_error(data: str) -> None:
    from_data(data, "label")


FORGED = [
    "", "v1", "v1:again", "again", "v0:again:1:", "v2:again:1:x", "v1:dance:1:",
    "v1:again:1234567890123456789:", "v1:again:-1:", "v1:again:１:", "v1:AGAIN:1:",
]  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
def test_what_no_version_has_made_is_no_button(data: str) -> None:
    assert from_data(data, "label") is None


@pytest.mark.parametrize("data", [*FORGED, "v1:again:1:", "v1l:edit:7:0", "v1:edit::a\nb"])
def test_every_id_at_discord_is_ours_or_foreign_and_never_both(data: str) -> None:
    assert bool(re.fullmatch(TEMPLATE, data)) is not bool(re.fullmatch(FOREIGN, data))


@pytest.mark.parametrize(
    ("words", "name", "bot", "rest", "command"),
    [
        ("/help", "help", "", "", Command.HELP),
        ("/Language  zh ", "language", "", "zh", Command.LANGUAGE),
        ("/video@ClipBot two\nlines", "video", "ClipBot", "two\nlines", Command.VIDEO),
        ("/dance", "dance", "", "", None),
        ("/loginnmv_usr_1", "loginnmv_usr_1", "", "", None),
    ],
)
def test_a_command_is_read_with_what_stands_behind_it(
    words: str, name: str, bot: str, rest: str, command: Command | None
) -> None:
    found = called(words)
    assert found is not None
    assert (found.name, found.bot, found.rest, found.command) == (name, bot, rest, command)


@pytest.mark.parametrize("words", ["", "help", "/", "/tmp/cat.jpg", "/help!", " /help", "/помощь"])
def test_other_words_are_no_command(words: str) -> None:
    assert called(words) is None
