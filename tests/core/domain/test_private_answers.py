"""What is for one person's eyes goes to the account that asked, as a message, a toast or a late
answer."""

import asyncio
from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Decision, decide, redelivered
from core.domain.limits.admission import Spent
from core.domain.recovery import recover
from core.domain.requests import Fail, Notice, Payer, Plan, State, Step, advance, to_outbound
from core.i18n import text
from core.messages import Address, Attachment, Command, Ticket
from core.nemo import errors
from core.runtime.steps import STEPS
from core.settings import Settings, read
from tests import messages
from tests.core.domain.test_commands import ASIDE, GROUP, HERE, NOW, asks, in_group, job, known
from tests.core.domain.test_recovery import failure, words_of
from tests.core.runtime import test_turn
from tests.outgoing import outgoing

PRESSED = Ticket("query-1", NOW + 15)
OWED = outgoing(HERE, "💳 You have 5 credits left.", user="7", discreet=True)
TOPIC = Address("telegram", "7", "1")
OTHER_GROUP = Address("telegram", "-200")


def posts_of(turn: Decision) -> list[tuple[str, bool]]:
    """Where each message goes, and whether it is a toast."""
    return [(post.address.chat, post.toast) for post in turn.posts]


@pytest.mark.parametrize("command", [Command.PRIVACY, Command.CREDITS])
@pytest.mark.parametrize("ticket", [None, PRESSED])
def test_where_the_platform_finds_the_reader_the_others_are_told_unless_it_is_shown_in_its_place(
    command: Command, ticket: Ticket | None
) -> None:
    here = Address("discord", "8", "1")
    typed = messages.called("m1", "7", here, command, private=False, message="5", ticket=ticket)
    turn = decide(known(chat=Chat("7", here, private=False)), typed, NOW)
    told = [post.text for post in turn.posts if not post.discreet]
    assert told == ([] if ticket else [text("talk.in_message", "en")])
    assert {post.address for post in turn.posts} <= {here}


@pytest.mark.parametrize(
    "command",
    [
        Command.MYDATA,
        Command.PRIVACY,
        Command.HISTORY,
        Command.FORGET,
        Command.LOGOUT,
    ],
)
def test_a_button_pressed_in_a_group_is_answered_in_private_too(command: Command) -> None:
    turn = decide(known(chat=Chat("7", GROUP)), in_group(command, ticket=PRESSED), NOW)
    assert posts_of(turn) == [(ASIDE.chat, False), (GROUP.chat, True)]


@pytest.mark.parametrize("ticket", [None, PRESSED])
def test_the_balance_goes_aside_however_it_was_asked_for(ticket: Ticket | None) -> None:
    turn = decide(known(chat=Chat("7", GROUP)), in_group(Command.CREDITS, ticket=ticket), NOW)
    answer = to_outbound(
        turn.start[0].job, Notice("💳 You have 5 credits left.", final=True, discreet=True)
    )
    assert answer.address == ASIDE
    assert [post.toast for post in turn.posts] == [ticket is not None], (
        "and the group is told where to look"
    )


def test_only_the_answer_itself_is_to_carry_the_copy_of_ones_data() -> None:
    turn = decide(known(chat=Chat("7", GROUP)), in_group(Command.MYDATA), NOW)
    assert turn.copy
    assert [(post.address, post.discreet) for post in turn.posts] == [(ASIDE, True), (GROUP, False)]


def test_where_there_is_no_other_chat_the_answer_is_hidden_in_this_one() -> None:
    turn = decide(
        known(chat=Chat("7", GROUP)), in_group(Command.MYDATA, ticket=PRESSED, aside=None), NOW
    )
    assert [(post.address, post.discreet) for post in turn.posts] == [(GROUP, True)]


def test_a_limit_is_told_aside_and_the_group_hears_where() -> None:
    asked = in_group(
        None, "make a video of a lake with music", attachments=(Attachment("telegram:1"),)
    )
    room = {
        "chat": Chat("7", GROUP),
        "settings": Settings(daily_per_user=1),
        "spent": Spent(user=(NOW - 60,)),
    }
    assert posts_of(decide(known(**room), asked, NOW)) == [(ASIDE.chat, False), (GROUP.chat, False)]


def test_a_short_word_about_a_button_is_a_toast_in_a_group_and_a_message_in_private() -> None:
    over = decide(
        known(chat=Chat("7", GROUP)), in_group(Command.CANCEL, ticket=PRESSED, job=4), NOW
    )
    assert [(post.text, post.toast) for post in over.posts] == [
        (text("talk.already_over", "en"), True)
    ]
    over = decide(known(), asks(Command.CANCEL, ticket=PRESSED, job=4), NOW)
    assert posts_of(over) == [(HERE.chat, False)]


def test_a_private_video_is_not_posted_again_where_others_read() -> None:
    private = replace(job(url="https://x/v.mp4", state=State.DONE), private=True)
    turn = decide(
        known(chat=Chat("7", GROUP), named=private),
        in_group(Command.HISTORY, ticket=PRESSED, job=4),
        NOW,
    )
    assert turn.posts[0].address == ASIDE
    assert turn.posts[0].discreet
    public = decide(
        known(named=replace(private, private=False)), in_group(Command.HISTORY, job=4), NOW
    )
    assert public.posts[0].address == GROUP


@pytest.mark.parametrize(
    ("inbound", "place"),
    [
        (in_group(Command.HELP, ticket=PRESSED, address=OTHER_GROUP), ASIDE),
        (in_group(Command.HELP, ticket=PRESSED, address=OTHER_GROUP, aside=None), OTHER_GROUP),
        (messages.changed(asks(Command.HELP), address=TOPIC), TOPIC),
    ],
)
def test_what_was_owed_reaches_its_owner_unseen_by_a_group(inbound: object, place: Address) -> None:
    owed = redelivered(OWED, inbound)  # type: ignore[arg-type]
    assert (owed.address, owed.discreet) == (place, True)


@pytest.mark.parametrize(
    ("error", "payer"),
    [
        (errors.NoCredits(code=2001), Payer.ANONYMOUS),
        (errors.NoCredits(code=2001), Payer.OWN),
        (errors.ExportBlocked(status=402, bind="anon_2"), Payer.ANONYMOUS),
        (errors.TokenRejected(code=1001), Payer.OWN),
    ],
)
def test_the_link_to_an_account_and_its_state_are_for_its_owner_alone(
    error: Exception, payer: Payer
) -> None:
    failed = failure(error, Step.LINK, payer=payer)
    assert not recover(failed).notice.discreet  # type: ignore[union-attr]
    group = replace(
        failed, job=replace(failed.job, private=False, aside=ASIDE, notified_at=NOW - 5)
    )
    outcome = recover(group)
    assert isinstance(outcome, Fail)
    status, answer = advance(group.job, outcome, NOW).posts
    assert (answer.address, answer.discreet) == (ASIDE, True)
    assert "bind" not in status.text
    assert status.text == text("status.in_private", "en")


@pytest.mark.parametrize("available", [5, 900])
def test_the_question_about_the_price_tells_a_group_no_balance(available: int) -> None:
    backend, work = test_turn.Backend(available=available), test_turn.job(Step.PRICE)
    asking = replace(
        test_turn.context(backend), settings=read(Settings, {"NEMO_CONFIRM_CREDITS": "50"})
    )
    private, public = (
        words_of(asyncio.run(STEPS[Step.PRICE](replace(work, private=alone), asking)))
        for alone in (True, False)
    )
    assert str(available) in private
    assert public == text("talk.confirm_group", "en", needed=100)


def test_a_balance_that_the_service_points_to_is_not_shown_to_a_group() -> None:
    facts = {
        "actions": ("credits",),
        "balance": 5,
        "raw": "Click on your balance",
        "reply": "It is there.",
    }
    unchanged = test_turn.marked(Plan.EDIT, test_turn.BEFORE, **facts)
    backend = test_turn.Backend(test_turn.BEFORE, available=5)
    private, public = (
        words_of(test_turn.run(replace(unchanged, private=alone), backend))
        for alone in (True, False)
    )
    assert "5 credits left" in private
    assert "5" not in public
