"""Words that join the request which still gathers: what was agreed to stays so, and no more."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.conversation.chat import Chat, Context
from core.domain.conversation.new_requests import agreed_to, begin
from core.domain.conversation.photos import take
from core.domain.gathering import Bundle, Item
from core.domain.gathering.bundle import CAP
from core.domain.requests import Job, Kept, Plan, Step
from core.messages import Address, Attachment, Command, Inbound
from core.settings import Settings
from core.skills import load
from tests import messages

NOW = 1_800_000_000.0
HERE = Address("fake", "c")
SKILLS = load()
SAID = messages.said("m2", "u", HERE, "make it slow", order=2)


def gathering(agreed: bool) -> Context:
    bundle = Bundle((Item(1, Attachment("fake:1")),), opened=NOW, addressed=True, agreed=agreed)
    job = Job(1, "lock", "u", HERE, Plan.MAKE, Step.GATHER, bundle=bundle)
    return Context(Chat("u", HERE), SKILLS, Settings(), open=(job,))


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("now", [False, True])
def test_a_request_is_agreed_to_once_any_of_its_words_were(before: bool, now: bool) -> None:
    decide = agreed_to if now else begin
    (grown,) = decide(gathering(before), SAID, NOW).grow
    assert grown.bundle.words == "make it slow"
    assert grown.bundle.agreed is (before or now)


@pytest.mark.parametrize("agreed", [False, True])
def test_a_request_begins_as_it_was_agreed_to(agreed: bool) -> None:
    decide = agreed_to if agreed else begin
    (start,) = decide(replace(gathering(False), open=()), SAID, NOW).start
    assert (start.job.bundle.agreed, start.job.step, start.job.plan) == (
        agreed,
        Step.GATHER,
        Plan.MAKE,
    )


PHOTOS = tuple(Attachment(f"fake:{place}", bytes=size) for place, size in ((2, 1), (3, 1), (4, 99)))
WITH_PHOTOS = messages.changed(SAID, attachments=PHOTOS)


@pytest.mark.parametrize("agreed", [False, True])
@pytest.mark.parametrize(
    ("limits", "alone", "with_one"),
    [
        ({}, 3, 4),
        ({"settings": Settings(files_per_request=2)}, 2, 2),
        ({"settings": Settings(files_per_request=3)}, 3, 3),
        ({"largest_download": 50}, 2, 3),
    ],
)
def test_photos_come_with_words_that_stay_as_they_were_agreed_to(
    limits: dict[str, Any], alone: int, with_one: int, agreed: bool
) -> None:
    known = replace(gathering(False), **limits)
    (start,) = take(replace(known, open=()), WITH_PHOTOS, NOW, agreed=agreed).start
    (grown,) = take(known, WITH_PHOTOS, NOW, agreed=agreed).grow
    assert [len(bundle.files) for bundle in (start.job.bundle, grown.bundle)] == [alone, with_one]
    assert (start.job.bundle.agreed, grown.bundle.agreed) == (agreed, agreed)


@pytest.mark.parametrize(
    ("step", "due"), [(Step.GATHER, NOW + 2 + 2.5), (Step.CONNECT, 7.0), (Step.BRING, 7.0)]
)
def test_a_late_photo_puts_off_only_a_request_that_still_gathers(step: Step, due: float) -> None:
    (job,) = gathering(False).open
    context = replace(gathering(False), open=(replace(job, step=step, due=7.0),))
    context = replace(context, settings=Settings(gather_seconds=2.5))
    assert CAP * context.settle > 2 + context.settle
    (grown,) = take(context, messages.changed(WITH_PHOTOS, text="", order=3), NOW + 2).grow
    assert (grown.due, len(grown.bundle.files)) == (due, 4)


@pytest.mark.parametrize(
    ("album", "step", "starts", "grows"),
    [
        ("a", Step.GATHER, 0, 1),
        ("a", Step.BRING, 0, 1),
        ("a", Step.GENERATE, 0, 0),
        ("b", Step.GATHER, 1, 0),
        ("b", Step.GENERATE, 1, 0),
    ],
)
def test_a_photo_joins_its_own_album_alone_and_waits_where_that_was_sent(
    album: str, step: Step, starts: int, grows: int
) -> None:
    (job,) = gathering(False).open
    job = replace(job, step=step, bundle=replace(job.bundle, album=album))
    late = messages.changed(WITH_PHOTOS, text="", album="a")
    decision = take(replace(gathering(False), open=(job,)), late, NOW)
    assert (len(decision.start), len(decision.grow)) == (starts, grows)
    assert decision.chat.kept == (() if starts or grows else PHOTOS)


CAPTIONED = messages.changed(SAID, attachments=PHOTOS[:1])


@pytest.mark.parametrize(
    ("said", "kept", "due"),
    [
        (CAPTIONED, (), NOW),
        (messages.changed(CAPTIONED, album="a"), (), NOW + 2.5),
        (SAID, PHOTOS, NOW + 2.5),
        (messages.called("m2", "u", HERE, Command.VIDEO, "slow"), (), NOW + 2.5),
        (messages.called("m2", "u", HERE, Command.VIDEO, "slow"), PHOTOS, NOW),
    ],
)
def test_what_is_complete_closes_at_once(
    said: Inbound, kept: tuple[Attachment, ...], due: float
) -> None:
    chat = Chat("u", HERE).keeping(Kept(kept), NOW)
    context = replace(gathering(False), chat=chat, open=(), settings=Settings(gather_seconds=2.5))
    decide = take if said.attachments else begin
    (start,) = decide(context, said, NOW).start
    assert start.job.due == due


def test_words_that_complete_a_pile_close_it() -> None:
    (grown,) = agreed_to(
        gathering(False), messages.pressed("m2", "u", HERE, Command.VIDEO), NOW
    ).grow
    assert grown.due == NOW


@pytest.mark.parametrize(
    ("step", "items", "later", "joins"),
    [
        (Step.CONNECT, 1, 1.0, True),
        (Step.BRING, 1, 1.0, True),
        (Step.BRING, 1, 2.5, False),  # another wish, with words of its own
        (Step.UPLOAD, 1, 1.0, False),
        (Step.CONNECT, 0, 1.0, False),
    ],
)
def test_photos_of_one_breath_are_one_request_though_the_first_was_complete(
    step: Step, items: int, later: float, joins: bool
) -> None:
    (job,) = gathering(False).open
    bundle = replace(job.bundle, items=job.bundle.items[:items])
    context = replace(gathering(False), open=(replace(job, step=step, bundle=bundle),))
    context = replace(context, settings=Settings(gather_seconds=2.5))
    decision = take(context, messages.changed(CAPTIONED, order=3), NOW + later)
    assert (bool(decision.grow), bool(decision.start)) == (joins, not joins)
