"""What a request says of itself, of money and of its end: the words as they are read, and the
buttons that go with them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core.domain.limits.admission import Spending
from core.domain.replies import prices, results, statuses
from core.domain.requests import Job, Notice, Payer, Plan, Step
from core.messages import Address, Attachment, Command
from core.nemo.draft import Digest
from core.nemo.wire import Credits
from tests.knowing import knowing

NOW = 1_800_000_000.0
PHOTO = Attachment("fake:1", "cat.jpg")


def job(plan: Plan = Plan.MAKE, **known: Any) -> Job:
    return Job(7, "", "u", Address("fake", "c"), plan, Step.LINK, knowing(**known), created=NOW)


def commands(notice: Notice) -> list[Command | None]:
    return [button.command for row in notice.buttons for button in row]


@pytest.mark.parametrize(
    ("credits", "spending", "group", "lines"),
    [
        (Credits(150, 0, 150), Spending(), False, ["💳 You have 150 credits left."]),
        (
            Credits(150, 20, 170),
            Spending(1200, 3400),
            False,
            [
                "💳 You have 150 credits left.",
                "20 more are reserved for what is running.",
                "In the last 30 days you have spent 1,200 here.",
            ],
        ),
        (
            Credits(0, 0, 0),
            Spending(0, 3400),
            True,
            ["💳 You have 0 credits left.", "👥 This group has spent 3,400 in the last 30 days."],
        ),
    ],
)
def test_the_balance_tells_what_there_is_and_nothing_that_is_none(
    credits: Credits, spending: Spending, group: bool, lines: list[str]
) -> None:
    said = prices.balance(job(Plan.CREDITS, for_group=group), credits, spending)
    told = said.text.splitlines()
    assert [told[0].split(". ")[0] + ".", *told[1:]] == lines
    assert (said.final, said.discreet) == (True, True)


def test_about_a_token_only_its_user_reads() -> None:
    kept, refused = prices.logged_in(job(Plan.LOGIN), 4200), prices.login_wrong("en")
    assert kept.text.startswith("🔑 You're logged in with your own account: 4,200 credits.")
    assert refused.text.startswith("🔑 That token was not accepted.")
    assert [(said.final, said.discreet) for said in (kept, refused)] == [(True, True)] * 2


@pytest.mark.parametrize(
    ("usual", "since", "time", "expected"),
    [
        (0.0, 0.0, "This may take a few minutes.", 0.0),
        (90.0, 31.0, "It is usually ready in under a minute.", NOW + 90),
        (90.0, 300.0, "It is usually ready in under a minute.", NOW + 300),
        (120.0, 60.0, "It is usually ready in about 1 min.", NOW + 120),
        (121.0, 60.0, "It is usually ready in about 2 min.", NOW + 121),
    ],
)
def test_how_long_it_takes_is_told_from_what_it_has_taken(
    usual: float, since: float, time: str, expected: float
) -> None:
    said = statuses.creating(job(), usual, NOW + since)
    assert (said.text, said.time, said.expected) == ("✨ Creating your video…", time, expected)


def test_the_first_words_name_what_goes_up() -> None:
    some, none = (
        statuses.first_status(job(files=(PHOTO, PHOTO)), 0.0, NOW),
        statuses.first_status(job(links=("https://a.example/b.jpg",)), 0.0, NOW),
    )
    words = statuses.first_status(job(Plan.EDIT), 0.0, NOW)
    assert some is not None
    assert some.text == "⬆️ Uploading 1 of 2…"
    assert none is None, "links are sent on as they are"
    assert words is not None
    assert words.text == "✏️ Changing your video…"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (lambda: statuses.raw_clip("en"), "🎬 The raw clip is there. Finishing touches…"),
        (lambda: statuses.recovering("en").text, "The connection dropped"),
        (lambda: statuses.unusually_long(True, "en"), "⏳ This takes unusually long"),
        (lambda: statuses.unusually_long(False, "en"), "⏳ This takes unusually long"),
        (lambda: statuses.rendering("en", 40).text, "🎞 Rendering 40 %…"),
        (lambda: statuses.export_waits("en").text, "export"),
    ],
)
def test_a_running_request_says_where_it_stands(said: Callable[[], str], words: str) -> None:
    assert words in said()


def test_a_change_that_is_seen_is_told_apart_from_silence() -> None:
    assert statuses.unusually_long(True, "en") != statuses.unusually_long(False, "en")


@pytest.mark.parametrize(
    ("said", "words", "buttons"),
    [
        (
            lambda: results.export_blocked(job(), "https://x.example/r", ()),
            "https://x.example/r",
            ["export"],
        ),
        (lambda: results.render_failed("en"), "export", ["export", "new"]),
        (
            lambda: results.turn_failed("trouble.turn_lost", "en"),
            "The connection dropped",
            ["again"],
        ),
        (lambda: results.upload_failed("en"), "upload", ["again"]),
        (lambda: results.nothing_to_edit("en"), "video", []),
        (lambda: results.nothing_to_export(job()), "export", []),
        (lambda: results.no_free_tokens("en", NOW), "2027-01-15", []),
    ],
)
def test_an_end_without_a_video_says_what_goes_on(
    said: Callable[[], Notice], words: str, buttons: list[str]
) -> None:
    notice = said()
    assert words in notice.text
    assert (notice.final, [str(each) for each in commands(notice)]) == (True, buttons)


EMPTY = Digest("{}", "f")


@pytest.mark.parametrize(
    ("state", "words", "buttons"),
    [
        (replace(EMPTY, timeline="1. Video: photo 1", exportable=True), "1. Video", 2),
        (replace(EMPTY, timeline="1. Video: photo 1"), "1. Video", 1),
        (replace(EMPTY, videos=("7-1.jpg", "7-2.jpg")), "2", 0),
        (EMPTY, "", 0),
    ],
)
def test_a_report_tells_the_timeline_or_what_waits_for_one(
    state: Digest, words: str, buttons: int
) -> None:
    said = results.project_report(job(Plan.STATUS, payer=Payer.ANONYMOUS, session="s-1"), state)
    assert words in said.text
    assert (said.final, len(commands(said))) == (True, buttons)


def test_a_report_of_files_is_another_than_one_of_nothing() -> None:
    there, none = replace(EMPTY, videos=("7-1.jpg",)), EMPTY
    told = {results.project_report(job(Plan.STATUS), state).text for state in (there, none)}
    assert len(told) == 2
