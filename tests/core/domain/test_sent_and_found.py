"""What was sent for a request, what its turn cost and found, and the project that comes of it."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.gathering import Bundle, Item, Line
from core.domain.limits.admission import Begun
from core.domain.requests import Job, Kept, Payer, Plan, Project, State, Step
from core.domain.requests.job import files_of, has_material, words_of
from core.domain.requests.outcomes import keep_everything
from core.domain.requests.progress import Part, Price
from core.domain.requests.turn_reading import (
    had_timeline,
    project_made,
    project_of,
    unrequested,
    uploaded_twice,
)
from core.messages import Address, Attachment
from tests.knowing import knowing

HERE = Address("fake", "1")
ONE, TWO, LINKED = Attachment("f:1"), Attachment("f:2"), Attachment("url:https://a.example/x.jpg")


def job(bundle: Bundle = Bundle(), **known: Any) -> Job:
    learnt = knowing(session="s-1", task="t-1", bind="anon_1", payer=Payer.ANONYMOUS, **known)
    return Job(4, "", "u", HERE, Plan.MAKE, Step.GENERATE, learnt, bundle=bundle, created=7.0)


def bundle(*files: Attachment, lines: tuple[str, ...] = (), amended: str = "") -> Bundle:
    return Bundle(
        tuple(Item(place, file) for place, file in enumerate(files)),
        tuple(Line(place, line) for place, line in enumerate(lines)),
        amended=amended,
    )


@pytest.mark.parametrize(
    ("balance", "available", "spent", "left"),
    [
        (300, 200, 100, 200),
        (300, 300, 0, 300),
        (300, 350, 0, 350),
        (0, 0, 0, 0),
        (None, 200, None, None),
        (300, None, None, 300),
        (None, None, None, None),
    ],
)
def test_a_turn_cost_what_is_missing_after_it_where_both_are_known(
    balance: int | None, available: int | None, spent: int | None, left: int | None
) -> None:
    price = Price(asked=True, confirmed=True, balance=balance)
    assert price.after(available) == replace(price, spent=spent, balance=left)


@pytest.mark.parametrize(("available", "spent"), [(100, 100), (220, 80), (350, 0), (None, None)])
def test_what_others_paid_from_the_same_balance_is_not_of_a_turn(
    available: int | None, spent: int | None
) -> None:
    """Two turns of 100 at the same time, and each sees 200 go."""
    assert Price(balance=300).after(available, usual=100).spent == spent


@pytest.mark.parametrize(
    ("lines", "settled", "amended", "words"),
    [
        (("a film",), 1, "", "a film"),
        (("a film", "slower", "and red"), 1, "", "a film\nslower\nand red"),
        (("a film", "slower", ""), 2, "", "a film"),
        (("a film", "slower"), 1, "a clip", "a clip"),
        ((), 0, "", "a film"),
    ],
)
def test_words_that_came_late_are_part_of_the_wish(
    lines: tuple[str, ...], settled: int, amended: str, words: str
) -> None:
    asked = job(bundle(lines=lines, amended=amended), words="a film", lines=settled)
    assert words_of(asked) == words


def test_files_that_came_late_are_uploaded_and_links_are_not() -> None:
    asked = job(
        bundle(ONE, TWO, LINKED), words="a film", files=(ONE,), links=("https://a.example/x.jpg",)
    )
    assert files_of(asked) == [ONE, TWO]
    assert keep_everything(asked) == Kept((ONE, TWO, LINKED), "a film")


@pytest.mark.parametrize(
    ("asked", "with_something"),
    [
        (job(), False),
        (job(files=(ONE,)), True),
        (job(bundle(ONE)), True),
        (job(bundle(LINKED)), False),
        (job(links=("https://a.example/x.jpg",)), True),
    ],
)
def test_a_request_brings_something_or_words_alone(asked: Job, with_something: bool) -> None:
    assert has_material(asked) is with_something


@pytest.mark.parametrize(
    ("known", "had"),
    [
        ({}, False),
        ({"fingerprint": "f", "exportable": True}, True),
        ({"fingerprint": "f", "exportable": False, "before": '{"t": [{"sg": [{}]}]}'}, False),
        ({"fingerprint": "f", "before": '{"t": [{"sg": [{}]}]}'}, True),
        ({"fingerprint": "f", "before": '{"t": []}'}, False),
        ({"fingerprint": "f"}, False),
    ],
)
def test_whether_there_was_a_timeline_is_written_down_or_read_off(
    known: dict[str, Any], had: bool
) -> None:
    assert had_timeline(job(**known)) is had


SONG = Part("4-1.mp3", "audio/mpeg", 9)


@pytest.mark.parametrize(
    ("words", "parts", "added", "unasked"),
    [
        ("a film", (), ("video", "audio", "text"), ("audio", "text")),
        ("a film", (), ("video",), ()),
        ("a film with Music", (), ("audio", "text"), ("text",)),
        ("a film with a Title", (), ("audio", "text"), ("audio",)),
        ("配上音乐和字幕", (), ("audio", "text"), ()),
        ("a film", (SONG,), ("audio", "text"), ("text",)),
    ],
)
def test_sound_and_titles_that_nobody_asked_for_are_known(
    words: str, parts: tuple[Part, ...], added: tuple[str, ...], unasked: tuple[str, ...]
) -> None:
    assert unrequested(job(words=words, lines=1, parts=parts), added) == unasked


def test_a_file_that_came_twice_is_known_by_our_name() -> None:
    asked = job(parts=(SONG,))
    assert uploaded_twice(asked, ["4-1.mp3", "x", "4-1.mp3"])
    assert not uploaded_twice(asked, ["4-1.mp3", "x", "x"])
    assert not uploaded_twice(asked, [])


NEW = Project("s-1", "t-1", "anon_1", Payer.ANONYMOUS)
OLD = replace(NEW, asks=True, options=("Warm",), maker=2, claim="sealed", claimed=9.0)
OTHER = replace(OLD, session="s-2")


@pytest.mark.parametrize(
    ("known", "files", "project"),
    [
        (None, (), NEW),
        (None, (ONE,), replace(NEW, maker=4)),
        (OTHER, (ONE,), replace(NEW, maker=4)),
        (OLD, (ONE,), replace(OLD, asks=False, options=())),
    ],
)
def test_the_next_words_are_about_the_session_of_the_request(
    known: Project | None, files: tuple[Attachment, ...], project: Project
) -> None:
    assert project_of(job(files=files), known) == project


@pytest.mark.parametrize(
    ("known", "project"),
    [
        (None, replace(NEW, made=True)),
        (OTHER, replace(NEW, made=True)),
        (OLD, replace(OLD, made=True, asks=True, options=("Cold",))),
        (replace(OLD, asks=False), replace(OLD, made=True, asks=True, options=("Cold",))),
    ],
)
def test_a_project_with_a_video_keeps_what_the_service_asked(
    known: Project | None, project: Project
) -> None:
    assert project_made(job(asking=True, options=("Cold",)), known) == project


@pytest.mark.parametrize(("known", "sent"), [({}, False), ({"fingerprint": "f"}, True)])
def test_a_request_counts_by_its_beginning_its_end_and_whether_its_turn_was_sent(
    known: dict[str, Any], sent: bool
) -> None:
    done = replace(job(**known), state=State.DONE)
    assert Begun.of(done) == Begun(7.0, Plan.MAKE, State.DONE, sent)


def test_without_its_session_the_files_go_into_the_next_one() -> None:
    known = job(parts=(SONG,), uploaded=True, upload_unconfirmed=True, upload_tries=2).progress
    assert known.works_in("s-1")
    assert not known.works_in("s-2")
    left = known.without_session()
    assert left.connection.session is None
    assert not left.works_in("s-1")
    assert (left.upload.done, left.upload.unconfirmed) == (False, False)
    assert (left.upload.parts, left.upload.tries) == ((SONG,), 2)
    assert left.connection.payer is Payer.ANONYMOUS
