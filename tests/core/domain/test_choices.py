"""Choices by button: every press shows what is chosen, and one wish is made of it."""

from dataclasses import replace

import pytest

from bots import codec
from core.domain.conversation import Chat, Context, Decision, decide
from core.domain.conversation.choices import (
    Choice,
    for_photos,
    for_video,
    read,
    sentences,
    with_chosen,
)
from core.domain.gathering import Bundle, Item, Line
from core.domain.requests import Job, Plan, Project, State, Step
from core.i18n import LANGUAGES, text
from core.messages import Address, Attachment, Button, Command, Outbound
from core.settings import Settings
from core.skills import available_presets, load
from tests import messages
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE = Address("telegram", "5")
PHOTO = Attachment("telegram:photo:1", "cat.jpg")
SKILLS = load()
GATHERED = Job(7, "", "u", HERE, Plan.MAKE, Step.GATHER, state=State.DONE, created=NOW)
MADE = replace(
    GATHERED,
    step=Step.LINK,
    progress=knowing(words="waves", session="s-1", url="https://x.example/a.mp4", files=(PHOTO,)),
    bundle=Bundle((Item(0, PHOTO),), (Line(0, "waves"),)),
)
PROJECT = Project("s-1", made=True, maker=7)


def pressed(button: Button, chat: Chat, named: Job, user: str = "u") -> Decision:
    inbound = messages.asked(
        "m", user, HERE, button.text, command=button.command, job=button.job, private=user == "u"
    )
    context = Context(chat, SKILLS, Settings(), named=named, past=(MADE,))
    return decide(context, inbound, NOW)


def labelled(post: Outbound, part: str) -> Button:
    return next(button for row in post.buttons for button in row if part in button.label)


def words_of(decision: Decision) -> str:
    (start,) = decision.start
    return "\n".join(line.text for line in start.job.bundle.lines)


@pytest.mark.parametrize(
    "choice",
    [Choice(), Choice("p"), Choice("w", 30, "d"), Choice("s", 5), Choice(mood="c"),
     Choice("p", 10, "e", "1800000000")],
)  # fmt: skip
def test_a_button_carries_the_whole_choice_and_fits_every_platform(choice: Choice) -> None:
    assert read(choice.code) == choice
    for row in (*for_photos(choice, "en", 10**12), *for_video(choice, "ru", 10**12)):
        for button in row:
            assert len(codec.to_data(button).encode()) <= 64
            assert codec.from_data(codec.to_data(button), button.label) == button


@pytest.mark.parametrize("code", ["p7", "x", "10p", "p10c.abc", "p100"])
def test_what_is_not_offered_is_no_choice(code: str) -> None:
    assert read(code) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_chosen_is_one_wish_in_the_persons_language(language: str) -> None:
    said = sentences(Choice("p", 15, "c"), language)
    assert "9:16" in said
    assert "15" in said
    assert text("button.mood_calm", language) in said
    assert sentences(Choice(), language) == ""
    assert len(for_photos(Choice(), language, 7)) <= 4, "beside suggestions, as Discord shows it"


def test_after_photos_choices_change_in_place_until_one_press_makes_it_of_all_of_them() -> None:
    chat = Chat("u", HERE, kept=(PHOTO,), kept_at=NOW)
    first = pressed(labelled(_panel(chat), "9:16"), chat, GATHERED)
    (post,) = first.posts
    assert (post.slot, post.prompt, first.start) == ("job-7", True, ())
    assert labelled(post, "9:16").label == "✓ 9:16"
    (post,) = pressed(labelled(post, "15 s"), chat, GATHERED).posts
    (post,) = pressed(labelled(post, "1:1"), chat, GATHERED).posts
    (post,) = pressed(labelled(post, "dreamy"), chat, GATHERED).posts
    (post,) = pressed(labelled(post, "dreamy"), chat, GATHERED).posts
    assert [b.label for row in post.buttons for b in row if "✓" in b.label] == ["✓ 1:1", "✓ 15 s"]
    begun = pressed(labelled(post, "Make it (≈100 💳)"), chat, GATHERED)
    assert words_of(begun) == " ".join(
        (text("wish.default", "en"), "Make it 15 seconds long.", "Aspect ratio 1:1.")
    )


def test_surprise_me_is_the_usual_video() -> None:
    chat = Chat("u", HERE, kept=(PHOTO,), kept_at=NOW)
    begun = pressed(labelled(_panel(chat), "Surprise me"), chat, GATHERED)
    assert words_of(begun) == text("wish.default", "en")


def test_under_photos_a_button_leads_to_the_looks_for_them() -> None:
    chat = Chat("u", HERE, kept=(PHOTO,), kept_at=NOW)
    button = labelled(_panel(chat), "Ideas")
    inbound = messages.asked("m", "u", HERE, button.text, command=button.command, job=button.job)
    context = Context(chat, SKILLS, Settings(), named=GATHERED, presets=available_presets(None))
    decision = decide(context, inbound, NOW)
    (post,) = decision.posts
    assert (post.gallery is not None, decision.start, decision.chat.kept) == (True, (), (PHOTO,))


def _panel(chat: Chat) -> Outbound:
    """The question as it stands before anything is chosen: a choice taken back."""
    taken = Button("", Command.VIDEO, 7, f"c:{Choice().code}")
    (post,) = pressed(taken, chat, GATHERED).posts
    return post


def test_choices_of_photos_that_are_gone_or_of_nothing_that_is_offered_are_over() -> None:
    for chat, code in ((Chat("u", HERE), "p"), (Chat("u", HERE, kept=(PHOTO,), kept_at=NOW), "7")):
        (post,) = pressed(Button("", Command.VIDEO, 7, f"c:{code}"), chat, GATHERED).posts
        assert (post.toast, post.text) == (True, text("ask.stale", "en"))


def test_under_edit_length_and_mood_are_a_change_and_another_shape_names_its_price() -> None:
    chat = Chat("u", HERE, project=PROJECT)
    (asked,) = pressed(Button("", Command.EDIT, 7), chat, MADE).posts
    assert asked.text.startswith("✏️ What shall I change?")
    assert asked.slot == f"job-7-{int(NOW)}"
    (post,) = pressed(labelled(asked, "30 s"), chat, MADE).posts
    assert post.slot == asked.slot
    begun = pressed(labelled(post, "Change it"), chat, MADE)
    assert words_of(begun) == "Make it 30 seconds long."
    (post,) = pressed(labelled(post, "16:9"), chat, MADE).posts
    assert post.text.endswith("Another shape means making it anew, for about 100 credits.")
    again = pressed(labelled(post, "Make it anew (≈100 💳)"), chat, MADE)
    assert words_of(again) == "waves Make it 30 seconds long. Aspect ratio 16:9."
    assert again.start[0].job.bundle.files == (PHOTO,)


def test_edit_without_a_video_asks_for_one_and_by_command_it_only_asks() -> None:
    (post,) = pressed(Button("", Command.EDIT), Chat("u", HERE, project=PROJECT), MADE).posts
    assert (post.buttons, post.slot) == ((), "")
    (post,) = pressed(Button("", Command.EDIT), Chat("u", HERE), MADE).posts
    assert post.text == text("talk.nothing_to_edit", "en")


def test_among_others_only_who_may_press_it_does() -> None:
    chat = Chat("v", HERE, kept=(PHOTO,), kept_at=NOW)
    (post,) = pressed(Button("", Command.VIDEO, 7, "c:p"), chat, GATHERED, user="v").posts
    assert post.text == text("talk.not_yours", "en")


@pytest.mark.parametrize(
    ("said", "code", "whole"),
    [
        ("slow zoom", "p10", "slow zoom. Make it 10 seconds long. Aspect ratio 9:16."),
        ("Make it move!", "p", "Make it move! Aspect ratio 9:16."),
        ("make it 16:9", "p10", "make it 16:9. Make it 10 seconds long."),
        ("a vertical one of 5 s", "s10", "a vertical one of 5 s"),
        ("half a minute, slowly", "s10", "half a minute, slowly. Aspect ratio 1:1."),
        ("slow zoom on photo 2", "10", "slow zoom on photo 2. Make it 10 seconds long."),
        (
            'the title "10 seconds to love"',
            "5",
            'the title "10 seconds to love". Make it 5 seconds long.',
        ),
        ("slow zoom", "", "slow zoom"),
        ("slow zoom", "?", "slow zoom"),
        ("so. Aspect ratio 9:16.", "p", "so. Aspect ratio 9:16."),
    ],
)
def test_what_was_tapped_goes_with_words_as_far_as_they_leave_it_open(
    said: str, code: str, whole: str
) -> None:
    assert with_chosen(said, code, "en") == whole
