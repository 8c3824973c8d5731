"""What a chat remembers, and what a decision leaves to be written."""

import pytest

from core.domain.conversation import Chat, Context, Decision, Grown
from core.domain.conversation.arrival import moves_cursor
from core.domain.conversation.chat import reply, to_job, toast
from core.domain.gathering import Bundle, Line
from core.domain.requests import Job, Kept, Notice, Plan, Progress, Step
from core.messages import Address, Amended, Attachment, Button, Ticket
from core.settings import Settings
from core.skills import load
from tests import messages
from tests.outgoing import outgoing

HERE, NOW = Address("fake", "1"), 1_800_000_000.0


def test_after_the_clock_was_set_back_nothing_is_of_later_than_now() -> None:
    photos = (Attachment("f:1"), Attachment("f:2"))
    chat = Chat("u", HERE, kept=photos, kept_since=(NOW - 9, NOW + 9), kept_at=NOW + 9)
    chat = chat.wishing("slower", "", NOW + 7).set_back(NOW)
    assert (chat.kept_since, chat.kept_at, chat.wish_at) == ((NOW - 9, NOW), NOW, NOW)
    assert chat.holds(NOW) == Kept(photos, "slower")
    assert Chat("u", HERE, renewed=NOW + 1).set_back(NOW).renewed == NOW
    assert Chat("u", HERE, renewed=NOW - 1).set_back(NOW).renewed == NOW - 1


def test_a_copy_goes_with_discreet_words_alone() -> None:
    told, aside = outgoing(HERE, "in private"), outgoing(HERE, "all of it", discreet=True)
    decision = Decision(Chat("u", HERE), posts=(told, aside))
    assert [post.document for post in decision.owed("{}")] == ["", "{}"]
    assert decision.owed("") == (told, aside)


@pytest.mark.parametrize(
    ("step", "notice", "told", "due"),
    [
        (Step.GATHER, None, 3.0, 20.0),
        (Step.GATHER, Notice("got it"), NOW, 20.0),
        (Step.UPLOAD, None, 3.0, 4.0),
    ],
)
def test_what_joins_a_request_puts_off_its_closing_and_nothing_later(
    step: Step, notice: Notice | None, told: float, due: float
) -> None:
    job = Job(1, "", "u", HERE, Plan.MAKE, step, notified_at=3.0, due=4.0)
    bundle = Bundle(lines=(Line(1, "slow"),))
    stored = Grown(job, bundle, 20.0, notice).stored(NOW)
    assert (stored.bundle, stored.notified_at, stored.due) == (bundle, told, due)


@pytest.mark.parametrize(
    ("more", "moves"),
    [({"message": "7"}, True), ({"message": "7", "what": Amended("x")}, False), ({}, False)],
)
def test_only_a_new_message_says_how_far_a_chat_was_taken_in(
    more: dict[str, object], moves: bool
) -> None:
    assert moves_cursor(messages.asked("m", "u", HERE, **more)) is moves  # type: ignore[arg-type]


GROUP, ASIDE = Address("fake", "-1"), Address("fake", "7")
TICKET = Ticket("t", NOW + 900)


@pytest.mark.parametrize(
    ("discreet", "private", "aside", "address", "reply_to"),
    [
        (False, False, None, GROUP, "m7"),
        (False, False, ASIDE, GROUP, "m7"),
        (False, True, None, GROUP, ""),
        (True, False, None, GROUP, "m7"),
        (True, False, ASIDE, ASIDE, ""),
    ],
)
def test_an_answer_goes_where_its_reader_sees_it_with_all_that_it_needs(
    discreet: bool, private: bool, aside: Address | None, address: Address, reply_to: str
) -> None:
    context = Context(Chat("u", GROUP, language="de"), {}, Settings())
    inbound = messages.said(
        "m", "u", GROUP, message="m7", private=private, aside=aside, ticket=TICKET
    )
    row = (Button("Yes"),)
    assert reply(context, inbound, "Ja?", row, discreet=discreet) == outgoing(
        address,
        "Ja?",
        buttons=(row,),
        discreet=discreet,
        reply_to=reply_to,
        ticket=TICKET,
        user="u",
        language="de",
    )
    assert toast(context, inbound, "Ja?") == outgoing(
        GROUP,
        "Ja?",
        discreet=True,
        toast=True,
        reply_to="" if private else "m7",
        ticket=TICKET,
        user="u",
        language="de",
    )


@pytest.mark.parametrize(
    ("plan", "lock"),
    [
        (Plan.MAKE, "fake/-1/5/u"),
        (Plan.EDIT, "fake/-1/5/u"),
        (Plan.EXPORT, "fake/-1/5/u"),
        (Plan.STATUS, ""),
    ],
)
@pytest.mark.parametrize(("private", "reply_to"), [(True, ""), (False, "m7")])
def test_a_job_knows_all_that_its_answers_need(
    plan: Plan, lock: str, private: bool, reply_to: str
) -> None:
    here = Address("fake", "-1", "5")
    context = Context(
        Chat("u", here, language="de"), load(), Settings(nemo_skill="image-to-video-open-source")
    )
    inbound = messages.said(
        "m",
        "u",
        here,
        message="m7",
        private=private,
        aside=ASIDE,
        ticket=TICKET,
        space="-1",
    )
    made = to_job(context, inbound, plan, Progress(), NOW)
    assert (made.lock, made.plan, made.created, made.due) == (lock, plan, NOW, NOW)
    assert (made.user, made.address, made.private, made.reply_to) == ("u", here, private, reply_to)
    assert (made.ticket, made.space, made.aside) == (TICKET, "-1", ASIDE)
    assert (made.language, made.skill) == ("de", "image-to-video-open-source")
