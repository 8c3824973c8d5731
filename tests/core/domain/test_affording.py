"""Before anything is begun: the budgets where the operator pays, and nobody else can."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, decide
from core.domain.conversation.chat import afforded
from core.domain.limits.budgets import Charged, Used
from core.domain.requests import Kept, Payer, Plan, Project
from core.domain.versions import Version, Versions
from core.messages import Address, Attachment, Command, Inbound
from core.settings import Settings
from core.skills import load
from core.variables import SecretStr
from tests import messages

SKILLS, NOW, HERE = load(), 1_800_000_000.0, Address("telegram", "7")
SHARED = Settings(nemo_token=SecretStr("nmv_usr_x"), budget_user_day=500)
FULL = Charged(Used(450, 450))


def context(settings: Settings = SHARED, project: Project | None = None, **more: object) -> Context:
    chat = Chat("7", HERE, project=project)
    return Context(chat, SKILLS, settings, **{"charged": FULL, **more})  # type: ignore[arg-type]


def asks(words: str = "make a dreamy video", **more: object) -> Inbound:
    return messages.asked("m1", "7", HERE, words, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("context", "plan", "reason"),
    [
        (context(), Plan.MAKE, "talk.budget_user_day"),
        (context(), Plan.EDIT, ""),
        (context(charged=replace(FULL, edit=51)), Plan.EDIT, "talk.budget_user_day"),
        (context(charged=replace(FULL, make=50)), Plan.MAKE, ""),
        (context(charged=replace(FULL, own=True)), Plan.MAKE, ""),
        (context(Settings(budget_user_day=500)), Plan.MAKE, ""),
        (context(replace(SHARED, nemo_token_mode="fallback")), Plan.MAKE, ""),
        (context(project=Project("s", payer=Payer.OPERATOR)), Plan.MAKE, "talk.budget_user_day"),
        (context(project=Project("s", payer=Payer.ANONYMOUS)), Plan.MAKE, ""),
        (context(replace(SHARED, hourly_per_user=1),
                 spent=replace(Context(Chat("7", HERE), SKILLS, SHARED).spent,
                               tried_user=(NOW,))), Plan.MAKE, "talk.hourly_user"),
    ],
)  # fmt: skip
def test_a_budget_holds_where_nobody_but_the_operator_can_pay(
    context: Context, plan: Plan, reason: str
) -> None:
    assert afforded(context, asks(), NOW, plan).reason == reason


def test_beyond_a_budget_nothing_begins_and_what_was_sent_is_kept() -> None:
    photo = Attachment("telegram:1")
    full = context(charged=Charged(Used(500, 500)))
    turn = decide(full, asks(attachments=(photo,)), NOW)
    assert not turn.start
    assert turn.chat.holds(NOW) == Kept((photo,), "make a dreamy video")
    (post,) = turn.posts
    assert post.text.startswith("💳 You have used 500 of your 500 credits for today.")


def test_a_budget_of_the_group_is_one_of_the_group() -> None:
    full = context(SHARED, charged=Charged(group=Used(1000, 1000)))
    here = asks(space="-1", private=False)
    assert afforded(full, here, NOW).reason == "talk.budget_group_day"
    assert afforded(full, asks(), NOW).allowed


@pytest.mark.parametrize(
    ("command", "plan"),
    [
        (Command.STATUS, Plan.STATUS),
        (Command.EXPORT, Plan.EXPORT),
        (Command.UNDO, Plan.RESTORE),
        (Command.CREDITS, Plan.CREDITS),
    ],
)
def test_what_is_free_is_never_held_up(command: Command, plan: Plan) -> None:
    project = Project("s", "t", payer=Payer.OPERATOR, made=True)
    two = Versions((Version(1, 0, "a"), Version(2, 1, "b")), shown=2)
    full = context(project=project, charged=Charged(Used(500, 500)), versions=two)
    turn = decide(full, asks("", command=command), NOW)
    assert [begun.job.plan for begun in turn.start] == [plan]
    assert not turn.refused
