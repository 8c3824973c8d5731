"""A result reaches its person whatever a platform dislikes about it, and a status never says done
above nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.adapter import (
    Blame,
    DeliveryError,
    FileGone,
    Moved,
    NoSuchMessage,
    Posted,
    Refused,
    TooLarge,
    Unavailable,
    Unclear,
    Unsent,
)
from core.messages import Address, Button, Card, Command, Document, Form, Outbound, Video
from core.runtime.engine.refusals import poorer, unposted
from tests.fakes import CHAT, FakeAdapter
from tests.outgoing import outgoing
from tests.test_walk import MAKE, said
from tests.world import photo, world

HERE = Address("telegram", "1")
URL = "https://cdn.example/a.mp4"
RESULT = outgoing(
    HERE,
    f"🎬 Your video is ready!\n\nSome words.\n\n🔗 {URL}",
    Video(URL, cover="telegram:photo:1", ref="telegram:2"),
    ((Button("Export", Command.EXPORT, 7),),),
    reply_to="5",
    job=7,
    last=True,
)


def ladder(message: Outbound, problem: DeliveryError) -> list[Outbound]:
    found = []
    while less := poorer(message, problem):
        found.append(message := less)
        assert len(found) < 20, "it has an end"
    return found


def test_a_refusal_without_a_reason_leaves_out_one_thing_after_the_other() -> None:
    tried = ladder(RESULT, Refused("a sentence that nobody knows"))
    assert [bool(each.buttons) for each in tried] == [True] + [False] * 8
    assert [each.video.form if each.video else None for each in tried] == [
        Form.CLIP, Form.CLIP, Form.CLIP, Form.BARE, Form.BARE, Form.DOCUMENT, Form.LINK, None, None,
    ]  # fmt: skip
    assert [bool(each.video and each.video.cover) for each in tried][:3] == [True, True, False]
    assert [each.reply_to for each in tried][3:5] == ["5", ""]
    assert all(URL in each.text for each in tried)
    assert tried[-1].text == f"🎬 Your video is ready!\n\n🔗 {URL}"


@given(
    st.sampled_from(
        [Refused("x", blame) for blame in (None, *Blame)] + [TooLarge(), TooLarge(5), FileGone("x")]
    ),
    st.booleans(),
    st.booleans(),
)
def test_nothing_is_tried_twice_and_all_of_it_ends_in_words(
    problem: DeliveryError, link: bool, answer: bool
) -> None:
    message = RESULT if link else outgoing(HERE, "words", Video(""), RESULT.buttons, job=7)
    tried = ladder(
        outgoing(HERE, "words", buttons=RESULT.buttons, media=Document("{}"))
        if answer
        else message,
        problem,
    )
    assert len({repr(each) for each in tried}) == len(tried)
    assert (tried[-1].video, tried[-1].buttons, tried[-1].document) == (None, (), "")


@pytest.mark.parametrize(
    ("problem", "what"),
    [
        (Refused("x", Blame.REPLY), lambda it: not it.reply_to and it.buttons and it.video.cover),
        (Refused("x", Blame.PICTURES), lambda it: not it.video.cover and it.buttons),
        (Refused("x", Blame.FILES), lambda it: it.video.form is Form.LINK and it.buttons),
        (
            Refused("x", suspects=(Blame.PICTURES, Blame.BUTTONS)),
            lambda it: not it.video.cover and it.buttons,
        ),
        (
            Refused("x", Blame.REPLY, (Blame.BUTTONS, Blame.REPLY)),
            lambda it: not it.reply_to and it.buttons,
        ),
        (TooLarge(50), lambda it: it.video.form is Form.LINK and it.buttons),
        (TooLarge(), lambda it: not it.video.cover and it.video.form is Form.CLIP and it.buttons),
        (Unavailable("x"), lambda it: not it.video.ref and it.buttons),
    ],
)
def test_what_the_platform_names_is_left_out_first(
    problem: DeliveryError, what: Callable[[Outbound], bool]
) -> None:
    less = poorer(RESULT, problem)
    assert less
    assert what(less)


STATUS = outgoing(HERE, "50 %", buttons=RESULT.buttons, slot="job-7", card=Card("Exporting"))


@pytest.mark.parametrize(
    ("message", "suspects", "steps"),
    [
        (STATUS, None, 2),
        (STATUS, (Blame.BUTTONS, Blame.PICTURES), 2),
        (STATUS, (Blame.BUTTONS,), 1),
        (STATUS, (), 0),
        (RESULT, (), 2),
        (RESULT, (Blame.BUTTONS, Blame.REPLY), 4),
        (outgoing(HERE, "words", reply_to="5"), (), 1),
    ],
)
def test_only_what_the_platform_saw_is_left_out(
    message: Outbound, suspects: tuple[Blame, ...] | None, steps: int
) -> None:
    assert len(ladder(message, Refused("x", suspects=suspects))) == steps


def test_a_video_without_a_link_says_how_to_get_it() -> None:
    tried = ladder(
        outgoing(HERE, "🎬 Your video is ready!", Video(""), job=7), Refused("x", Blame.FILES)
    )
    assert tried[0].video is None
    assert tried[0].text.startswith("🎬 Your video is made, but I can't send it here")
    assert tried[0].buttons[0][0].command is Command.EXPORT


def test_a_status_is_not_worth_many_tries_and_a_line_that_goes_none() -> None:
    assert (
        len(ladder(outgoing(HERE, "50 %", buttons=RESULT.buttons, slot="job-7"), Refused("x"))) == 1
    )
    assert poorer(outgoing(HERE, "Under way", toast=True), Refused("x")) is None
    assert unposted(outgoing(HERE, "50 %", slot="job-7", job=7)) is None


@pytest.mark.parametrize(
    "failure", [Refused("a sentence that nobody knows"), TooLarge(), FileGone("x")]
)
@pytest.mark.parametrize("taken", [Form.DOCUMENT, Form.LINK, None])
async def test_a_refused_result_arrives_all_the_same(
    tmp_path: Path, failure: DeliveryError, taken: Form | None
) -> None:
    async with world(tmp_path) as here:
        here.adapter.refuses = lambda it: (
            failure if it.video and it.video.form is not taken else None
        )
        await here.adapter.says(MAKE, photo())
        await here.adapter.until(
            lambda it: any("/render-result/" in shown.text or shown.video for shown in it.shown)
        )
        assert bool(here.adapter.videos) == (taken is not None)


@pytest.mark.parametrize("failure", [NoSuchMessage(), Moved(CHAT)])
async def test_a_refusal_that_makes_no_sense_for_a_new_message_is_one_like_any_other(
    tmp_path: Path, failure: DeliveryError
) -> None:
    async with world(tmp_path) as here:
        here.adapter.refuses = lambda it: (
            failure if it.video and it.video.form is not Form.LINK else None
        )
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()


async def test_long_words_arrive_whole_and_in_order_with_the_buttons_at_their_end(
    tmp_path: Path,
) -> None:
    class Narrow(FakeAdapter):
        text_limit, caption_limit = 420, 250

        async def send(
            self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
        ) -> str:
            return Posted(await super().send(message, edit, nonce, again=again), "telegram:2")

    async with world(tmp_path, adapter=Narrow()) as here:
        lost = [Unclear(), Unsent()]
        here.adapter.refuses = lambda it: (
            lost.pop() if lost and "Length" in it.text and not it.slot else None
        )
        await here.adapter.says(MAKE, photo())
        await here.adapter.until(
            lambda it: any(shown.outbound.last for shown in it.shown if not shown.outbound.slot)
        )
        parts = [shown for shown in here.adapter.shown if not shown.outbound.slot]
        assert [bool(shown.video) for shown in parts] == [True] + [False] * (len(parts) - 1)
        assert [bool(shown.outbound.buttons) for shown in parts] == [False] * (len(parts) - 1) + [
            True
        ]
        assert parts[0].text == "🎬 Your video is ready!"
        whole = "\n".join(shown.text for shown in parts)
        assert whole.count("In case you read this twice") == 1, (
            "the part that may be there already says so"
        )


async def test_where_even_words_are_refused_the_status_does_not_say_done(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.adapter.refuses = lambda it: None if it.slot else Refused("never")
        await here.adapter.says(MAKE, photo())
        await said(here, "⚠️ Your video is made, but Fake did not take my message with it")
        assert "Done" not in here.adapter.shown[0].text
