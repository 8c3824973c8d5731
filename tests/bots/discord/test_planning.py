"""The plan of a delivery, without Discord: which ways there are, and what comes after each
refusal."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.discord.delivery.planning import (
    Blocked,
    Course,
    Disliked,
    Done,
    Failed,
    Kind,
    Place,
    Post,
    Refusal,
    Scene,
    State,
    TooBig,
    asked,
    begin,
    is_filled_with,
    is_there,
    plan,
    post,
    posted,
    reads,
    refused,
    taken,
    unknown_answer,
)
from bots.discord.translate import Grant, Handle
from core.adapter import Blame, DeliveryError, Gone, NoSuchMessage, Refused, Unclear
from core.messages import Address, Button, Card, Command, Document, Form, Outbound, Video
from core.runtime.engine.refusals import poorer
from tests.outgoing import altered, outgoing

NOW = 1_800_000_000.0
FRESH = str(round((NOW - 60) * 1000 - 1_420_070_400_000) << 22)
"""The id of a message that is a minute old."""
OLD = str(round((NOW - 7200) * 1000 - 1_420_070_400_000) << 22)
LINK = "https://media.example.com/clip.mp4"
THERE = Handle("5", FRESH)
ROWS = ((Button("Again", Command.AGAIN, 1),),)
HERE = Place(5, due="DUE", shut="SHUT", no_files="NO FILES")
ABOVE = Place(4, due="DUE ABOVE", shut="SHUT ABOVE", no_files="NO FILES ABOVE")
SERVER, DM, THREAD = (
    Address("discord", "5", "9"),
    Address("discord", "5"),
    Address("discord", "5", "9/4"),
)
CLIP = Video(LINK, path="/clip.mp4", bytes=100)


def grant(**more: Any) -> Grant:
    base = Grant("77", "8", "token", True, False, True, 20_000_000, "en", "66")
    return replace(base, **more)


def scene(
    message: Outbound | None = None, by: Grant | None = None, old: bool = False, **more: Any
) -> Scene:
    """A result in a server for the user 3, quiet about rights; `by` says which interaction asked
    for it."""
    message = message or outgoing(SERVER, "Here", user="3")
    if by:
        message = altered(message, ticket=by.ticket(NOW - 10_000 if old else NOW - 10))
    size = message.video.bytes if message.video else None
    given = {"here": replace(HERE, due=""), "grant": by, "size": size, "filled": True} | more
    return Scene(message, "n-1", NOW, **given)


def said(text: str = "Here", **more: Any) -> Outbound:
    return outgoing(SERVER, text, **{"user": "3", **more})


def kinds(found: Scene) -> list[Kind]:
    return [way.kind for way in plan(found)]


A, F, T, C, D, W = (
    Kind.ORIGINAL,
    Kind.FOLLOW_UP,
    Kind.THREAD,
    Kind.CHANNEL,
    Kind.DIRECT,
    Kind.WITHDRAW,
)
TOKEN, RIGHT = Kind.BY_TOKEN, Kind.BY_RIGHT


@pytest.mark.parametrize(
    ("where", "ways"),
    [
        (scene(), [C, D]),
        (scene(said(user="")), [C]),
        (scene(outgoing(DM, "Here", user="3")), [C]),
        (scene(said(discreet=True)), [D]),
        (scene(outgoing(DM, "Here", user="3", discreet=True)), [C]),
        (scene(by=grant()), [C, F, D]),
        (scene(by=grant(), filled=False), [A, C, F, D]),
        (scene(by=grant(), filled=None), [A, C, F, D]),
        (scene(by=grant(original=False), filled=None), [C, F, D]),
        (scene(by=grant(), old=True), [C, D]),
        (scene(by=grant(token="")), [C, D]),
        (scene(by=grant(hidden=True), filled=False), [A, F, D]),
        (scene(by=grant(hidden=True), old=True), [D]),
        (scene(said(discreet=True), by=grant(), filled=False), [W, F, D]),
        (scene(said(discreet=True), by=grant()), [F, D]),
        (scene(by=grant(member=False)), [F, D]),
        (scene(by=grant(member=False), filled=False), [A, F, D]),
        (scene(outgoing(DM, "Here", user="3"), by=grant(member=False), old=True), [D]),
        (scene(outgoing(THREAD, "Here", user="3"), above=ABOVE), [T, C, D]),
        (scene(said(media=replace(CLIP, bytes=15_000_000)), by=grant()), [F, C, D]),
        (scene(said(media=replace(CLIP, bytes=25_000_000)), by=grant()), [C, F, D]),
        (scene(said(media=CLIP), by=grant()), [C, F, D]),
        (scene(said(media=CLIP), by=grant(member=False)), [F, D]),
        (scene(said(toast=True)), []),
        (scene(said(toast=True), by=grant(original=False)), [F]),
        (scene(said(toast=True), by=grant(), filled=False), [W, F]),
        (scene(said(toast=True), by=grant(hidden=True), filled=False), [F]),
        (scene(handle=THERE), [RIGHT]),
        (scene(handle=replace(THERE, hidden=True)), []),
        (scene(handle=replace(THERE, message=OLD)), []),
        (scene(by=grant(), handle=replace(THERE, interaction="77")), [TOKEN, RIGHT]),
        (scene(by=grant(), handle=replace(THERE, interaction="76")), [RIGHT]),
    ],
)  # fmt: skip
def test_each_message_has_its_ways(where: Scene, ways: list[Kind]) -> None:
    assert kinds(where) == ways


def test_what_only_one_may_read_is_hidden_on_its_way() -> None:
    for where in (
        scene(by=grant(hidden=True)),
        scene(said(discreet=True), by=grant()),
        scene(said(toast=True), by=grant(original=False)),
    ):
        assert next(way for way in plan(where) if way.kind is F).hidden


# One message, all the way


def goes(start: Scene, *refusals: Refusal | None) -> tuple[list[Post], State]:
    """What is asked of Discord while it answers this, and with a message after that (None: it takes
    this one)."""
    state, asks, answers = begin(start), list[Post](), list(refusals)
    while isinstance(state, Course):
        asks.append(post(state))
        answer = answers.pop(0) if answers else None
        if answer is not None:
            state = refused(state, answer)
        else:
            withdrawn = asks[-1].way.kind is W
            state = posted(state, None if withdrawn else THERE)
    return asks, state


BLOCKED, MISSING, BIG, RUDE = Blocked(50001), Blocked(50013), TooBig(), Disliked()
INVALID = Refused("status 400")


def told(*refusals: Refusal | None, **more: Any) -> list[tuple[Kind, str, bool]]:
    """Way, words and whether the file goes along; of a result with its clip."""
    by, changes = (
        more.pop("by", None),
        {key: more.pop(key) for key in ("old", "here") if key in more},
    )
    message = said(**{"media": CLIP, "silent": True, **more})
    asks, _ = goes(scene(message, by=by, **changes), *refusals)
    return [(ask.way.kind, ask.piece.content, bool(ask.piece.file)) for ask in asks]


WHOLE, LINKED = "Here", f"Here\n{LINK}"


def test_text_refused_with_its_file_goes_again_without_it() -> None:
    assert told(BIG) == [(C, WHOLE, True), (C, LINKED, False)]
    assert told(BIG, BLOCKED) == [
        (C, WHOLE, True),
        (C, LINKED, False),
        (D, f"Here\n\nSHUT\n{LINK}", False),
    ]


def test_what_is_too_large_even_so_goes_another_way_and_not_whole_again() -> None:
    assert told(BIG, BIG, by=grant()) == [(C, WHOLE, True), (C, LINKED, False), (F, LINKED, False)]


def test_without_the_right_to_attach_the_link_comes_with_a_sentence() -> None:
    assert told(MISSING) == [(C, WHOLE, True), (C, f"{LINKED}\nNO FILES", False)]
    assert [kind for kind, *_ in told(MISSING, by=grant())] == [C, F]


def test_what_the_moderation_dislikes_is_one_neutral_sentence_but_not_in_a_direct_message() -> None:
    channel, neutral, follow_up, direct = told(RUDE, RUDE, RUDE, by=grant())
    assert (channel, direct) == ((C, WHOLE, True), (D, WHOLE, True))
    assert neutral[1] == follow_up[1]
    assert "moderation" in neutral[1]
    _, plain = goes(scene(said(media=Video(""), silent=True)), RUDE)[0]
    assert plain.piece.content == neutral[1].removesuffix(f"\n{LINK}")
    assert (neutral[1].endswith(f"\n{LINK}"), neutral[2]) == (True, False)


def test_where_the_bot_may_not_write_it_says_so_where_it_may() -> None:
    asks, end = goes(scene(), BLOCKED)
    assert [ask.piece.content for ask in asks] == ["<@3> Here", "Here\n\nSHUT"]
    assert end == Done(THERE)
    asks, end = goes(scene(by=grant()), BLOCKED)
    assert [ask.piece.content for ask in asks] == ["<@3> Here", "<@3> Here"], "it is said there"


def test_a_closed_thread_leads_to_the_channel_above_it() -> None:
    start = scene(outgoing(THREAD, "Here", user="3", reply_to="2"), here=HERE, above=ABOVE)
    asks, end = goes(start, Blocked(10003))
    assert [(ask.way.kind, ask.piece.reply_to) for ask in asks] == [(T, ""), (C, "2")]
    assert end == Done(THERE, told=4)


def test_the_sentence_about_rights_goes_with_a_new_message_once() -> None:
    asks, end = goes(scene(here=HERE))
    assert (asks[0].piece.content, end) == ("<@3> Here\n\nDUE", Done(THERE, told=5))
    toast = said(toast=True)
    for quiet in (
        scene(said(slot="s"), here=HERE),
        scene(said(discreet=True), here=HERE),
        scene(by=grant(hidden=True), here=HERE),
        scene(toast, by=grant(original=False), here=HERE),
    ):
        asks, end = goes(quiet)
        assert ("DUE" not in asks[0].piece.content, end) == (True, Done(THERE))
    asks, end = goes(scene(said(user="3"), here=replace(HERE, shut="")), BLOCKED)
    assert ([ask.piece.content for ask in asks][1], end) == ("Here", Done(THERE))


def test_a_reply_that_is_not_taken_is_left_out() -> None:
    asks, _ = goes(scene(said(reply_to="2", buttons=ROWS)), Refused("", Blame.REPLY))
    assert [(ask.piece.reply_to, ask.piece.content, ask.piece.rows) for ask in asks] == [
        ("2", "Here", ROWS), ("", "<@3> Here", ROWS),
    ]  # fmt: skip
    asks, _ = goes(scene(by=grant()), INVALID)
    assert [ask.piece.refers_to for ask in asks] == ["66", ""]


@pytest.mark.parametrize(
    ("message", "suspects"),
    [
        (said(buttons=ROWS, media=CLIP, reply_to="2"), (Blame.BUTTONS, Blame.REPLY, Blame.FILES)),
        (said(media=CLIP), (Blame.FILES,)),
        (said(media=Document("{}")), (Blame.FILES,)),
        (said(slot="job-1", card=Card("Here", stages=("a",))), (Blame.PICTURES,)),
    ],
)
def test_a_refusal_without_a_reason_names_what_was_in_the_message(
    message: Outbound, suspects: tuple[Blame, ...]
) -> None:
    asks, end = goes(scene(message), INVALID)
    assert len(asks) == 1
    assert isinstance(end, Failed)
    assert isinstance(end.error, Refused)
    assert end.error.suspects == suspects


def test_words_that_a_place_does_not_take_go_elsewhere() -> None:
    assert [ask.way.kind for ask in goes(scene(by=grant()), INVALID, INVALID, INVALID)[0]] == [
        C, C, F, D,
    ]  # fmt: skip
    video = replace(CLIP, form=Form.LINK)
    assert [ask.way.kind for ask in goes(scene(said(media=video)), INVALID)[0]] == [C, D]


@pytest.mark.parametrize(
    ("start", "refusals", "error", "blame"),
    [
        (scene(said(media=CLIP)), (BLOCKED, BLOCKED, BLOCKED), Gone, None),
        (scene(said()), (MISSING, MISSING), Gone, None),
        (scene(said(user="")), (RUDE, RUDE), Gone, None),
        (scene(said(buttons=ROWS)), (Refused("", Blame.BUTTONS),), Refused, Blame.BUTTONS),
        (scene(said(buttons=ROWS)), (Refused("", Blame.FILES),), Refused, None),
        (scene(said(media=CLIP), by=grant()), (Blocked(20009),) * 3, Refused, Blame.FILES),
        (scene(said(user=""), by=grant(token="", hidden=True)), (), Gone, None),
        (scene(said(slot="s"), again=True, by=grant(member=False)), (), Unclear, None),
        (scene(handle=THERE), (BLOCKED,), NoSuchMessage, None),
        (scene(handle=THERE), (INVALID,), Refused, None),
        (scene(handle=THERE), (RUDE, RUDE), Refused, None),
        (scene(handle=THERE), (BIG,), Refused, None),
        (scene(said(media=Document("{}")), by=grant()), (BIG,), Refused, Blame.FILES),
    ],
)
def test_each_end_is_one_that_the_core_knows(
    start: Scene, refusals: tuple[Refusal, ...], error: type[DeliveryError], blame: Blame | None
) -> None:
    _, end = goes(start, *refusals)
    assert isinstance(end, Failed)
    assert type(end.error) is error
    assert getattr(end.error, "blame", None) is blame


def test_only_a_status_that_may_be_followed_up_twice_is_left() -> None:
    for sure in (scene(said(slot="s"), again=True), scene(said(slot="s"), by=grant(member=False))):
        assert goes(sure)[1] == Done(THERE)


def test_a_toast_that_comes_too_late_is_none() -> None:
    toast = said(toast=True)
    assert goes(scene(toast)) == ([], Done(None))
    assert goes(scene(toast, by=grant(original=False)), BLOCKED)[1] == Done(None)
    assert goes(scene(toast, by=grant(), filled=False))[1] == Done(THERE)


def test_a_private_answer_waits_for_the_open_one_to_be_away() -> None:
    start = scene(said(discreet=True), by=grant(), filled=False)
    for outcome in (None, BLOCKED):
        asks, end = goes(start, outcome)
        assert [(ask.way.kind, ask.way.hidden) for ask in asks] == [(W, False), (F, True)]
        assert end == Done(THERE)


def test_where_the_open_answer_stays_a_private_one_does_not_take_its_place() -> None:
    start = scene(said(discreet=True), by=grant(), filled=False)
    for outcome in (INVALID, RUDE, BIG):
        asks, end = goes(start, outcome)
        assert [ask.way.kind for ask in asks] == [W, D]
        assert end == Done(THERE)
    asks, end = goes(scene(said(toast=True), by=grant(), filled=False), INVALID)
    assert ([ask.way.kind for ask in asks], end) == ([W], Done(None))


def test_an_open_answer_is_taken_by_one_message_alone() -> None:
    def by(start: Scene) -> Grant | None:
        state = begin(start)
        assert isinstance(state, Course)
        return taken(state)

    asker = grant()
    assert by(scene(by=asker, filled=False)) == asker
    assert by(scene(said(discreet=True), by=asker, filled=False)) == asker
    assert by(scene(said(toast=True), by=asker, filled=False)) == asker
    hidden = replace(asker, hidden=True)
    assert by(scene(said(toast=True), by=hidden, filled=False)) == hidden
    assert by(scene(by=asker)) is None
    assert by(scene(by=asker, filled=False, handle=THERE)) is None


# A clip that has no link


def test_a_clip_without_a_link_goes_only_where_it_fits() -> None:
    unlinked = replace(CLIP, url="", bytes=15_000_000)
    asks, _ = goes(scene(said(media=unlinked), by=grant()))
    assert [(ask.way.kind, bool(ask.piece.file)) for ask in asks] == [(F, True)]
    asks, _ = goes(scene(said(media=replace(unlinked, bytes=100)), by=grant()), BLOCKED)
    assert [(ask.way.kind, bool(ask.piece.file)) for ask in asks] == [(C, True), (F, True)]
    for refusals in ((), (BIG,)):
        video = unlinked if not refusals else replace(unlinked, bytes=100)
        asks, end = goes(scene(said(media=video)), *refusals)
        assert len(asks) == len(refusals)
        assert isinstance(end, Failed)
        assert isinstance(end.error, Refused)
        less = poorer(said(media=video), end.error)
        assert less
        assert "I can't send it here" in less.text


# Long words


LONG = "\n\n".join(f"{number} " + "word " * 180 for number in range(4))


def test_long_words_fill_the_answer_and_follow_it_another_way() -> None:
    asks, _ = goes(scene(said(LONG), by=grant(), filled=False))
    assert [(ask.way.kind, ask.piece.silent, ask.piece.ping) for ask in asks] == [
        (A, True, ""), (C, False, "3"),
    ]  # fmt: skip
    assert [ask.piece.nonce for ask in asks] == ["n-1-0", "n-1"]
    asks, _ = goes(scene(said(LONG), by=grant(), filled=False), None, BLOCKED)
    assert [ask.way.kind for ask in asks] == [A, C, F, F]


def test_a_follow_up_that_may_come_twice_says_so() -> None:
    asks, _ = goes(scene(said(), again=True, by=grant(member=False)))
    assert asks[0].piece.content.startswith("<@3> Here\n\n(In case")
    asks, _ = goes(scene(said(), again=True, by=grant()))
    assert asks[0].piece.content == "<@3> Here", "a nonce sees to that"


def test_a_hidden_follow_up_rings_nobody_by_name() -> None:
    for silent in (False, True):
        asks, _ = goes(scene(said(silent=silent), by=grant(hidden=True)))
        assert (asks[0].piece.content, asks[0].piece.silent) == ("Here", False)
        asks, _ = goes(scene(said(silent=silent), by=grant(member=False)))
        named = "Here" if silent else "<@3> Here"
        assert (asks[0].piece.content, asks[0].piece.silent) == (named, silent)


def test_the_deferred_answer_names_and_answers_nobody() -> None:
    ((ask,), _) = goes(scene(by=grant(), filled=False))
    assert (ask.piece.content, ask.piece.ping, ask.piece.refers_to) == ("Here", "", "")


# Cards and edits

STATUS = said("Rendering. One comes first.", slot="s", silent=True, card=Card("Rendering", ("a",)))


def test_a_card_goes_with_its_headline_and_without_it_the_words_say_it_all() -> None:
    for where in (scene(STATUS), scene(STATUS, handle=THERE)):
        for refusals, content in (((), "Rendering"), ((MISSING,), STATUS.text)):
            asks, end = goes(where, *refusals)
            assert (asks[-1].piece.content, bool(asks[-1].piece.card)) == (content, not refusals)
            assert end == Done(THERE)


def test_a_card_that_one_way_does_not_allow_goes_the_next_one() -> None:
    asks, _ = goes(scene(STATUS, by=grant()), MISSING, BLOCKED)
    assert [(ask.way.kind, bool(ask.piece.card)) for ask in asks] == [
        (C, True),
        (C, False),
        (F, True),
    ]


def test_a_picture_that_is_too_large_takes_the_card_with_it() -> None:
    for where in (scene(STATUS, picture=b"1"), scene(STATUS, picture=b"1", handle=THERE)):
        (first, second), end = goes(where, BIG)
        assert (first.piece.picture, second.piece.picture, second.piece.card) == (b"1", b"", None)
        assert end == Done(THERE)


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("picture", [b"", b"1"])
def test_a_message_remembers_its_picture(kept: bool, picture: bytes) -> None:
    handle = replace(THERE, pictured=kept)
    ((ask,), end) = goes(scene(STATUS, picture=picture, handle=handle))
    assert ask.piece.card is not None
    assert bool(ask.piece.card.thumbnail.url) == (kept or bool(picture))
    assert end == Done(replace(THERE, pictured=kept or bool(picture)))
    _, end = goes(scene(altered(STATUS, card=None), handle=handle))
    assert end == Done(THERE)


def test_a_status_too_long_for_one_message_shows_no_card() -> None:
    asks, _ = goes(scene(altered(STATUS, card=Card(LONG, ("a",)))))
    assert [bool(ask.piece.card) for ask in asks] == [False, False]


def test_an_edit_is_one_message_however_long_its_words_are() -> None:
    for words in (altered(STATUS, text=LONG, card=None), altered(STATUS, card=Card(LONG))):
        ((ask,), end) = goes(scene(words, handle=THERE))
        assert (ask.piece.content[-2:], ask.piece.ping, end) == ("\n…", "", Done(THERE))
    _, second = goes(scene(STATUS, handle=THERE), RUDE)[0]
    assert "moderation" in second.piece.content


def test_an_edit_falls_back_from_the_token_to_the_bots_own_right() -> None:
    start = scene(STATUS, by=grant(), handle=replace(THERE, interaction="77"))
    asks, end = goes(start, BLOCKED)
    assert [ask.way.kind for ask in asks] == [TOKEN, RIGHT]
    assert isinstance(end, Done)


# What may be there already


def test_an_answer_that_nobody_remembers_is_looked_at() -> None:
    asker = grant()
    assert unknown_answer(scene(by=asker, filled=None)) == asker
    for known in (
        scene(by=asker, filled=False),
        scene(by=asker, filled=None, handle=THERE),
        scene(by=grant(original=False), filled=None),
        scene(),
    ):
        assert unknown_answer(known) is None
    assert is_filled_with(scene(STATUS), "Rendering", attached=False)
    assert is_filled_with(scene(said(media=CLIP)), WHOLE, attached=True)
    assert not is_filled_with(scene(said(toast=True)), "Here", attached=False)
    assert not is_filled_with(scene(said(LONG)), LONG, attached=False)
    assert not is_filled_with(scene(), "There", attached=False)


@pytest.mark.parametrize(
    ("start", "wanted", "after"),
    [
        (scene(said(reply_to="2"), again=True), True, 2),
        (scene(said(), again=True, by=grant()), True, 77),
        (scene(said(media=CLIP), again=True), True, 0),
        (scene(said(), again=True), False, 0),
        (scene(said(reply_to="2")), False, 2),
        (scene(said(reply_to="2", slot="s"), again=True), False, 2),
        (scene(said(reply_to="2", toast=True), again=True), False, 2),
        (scene(said(reply_to="2", discreet=True), again=True), False, 2),
        (scene(said(reply_to="2"), again=True, by=grant(member=False)), False, 2),
        (scene(said(reply_to="2"), again=True, handle=THERE), False, 2),
    ],
)
def test_after_a_cut_the_channel_is_read(start: Scene, wanted: bool, after: int) -> None:
    assert (reads(start), asked(start)) == (wanted, after)


def test_an_answer_is_known_again_by_its_words_and_whom_it_was_meant_for() -> None:
    replied = scene(said(media=CLIP, reply_to="2"))
    assert is_there(replied, WHOLE, "2", (CLIP.name,))
    assert not is_there(replied, WHOLE, "2", ("video-8.mp4",)), "another clip with the same words"
    assert is_there(replied, LINKED, "2")
    assert not is_there(replied, WHOLE, "1", (CLIP.name,))
    assert is_there(scene(), "<@3> Here", "")
    assert not is_there(scene(), "<@4> Here", "")
    assert is_there(scene(outgoing(DM, "Here", user="3")), "Here", "")
    in_thread = scene(outgoing(THREAD, "Here", user="3", reply_to="2"), above=ABOVE)
    assert is_there(in_thread, "<@3> Here", "")


# Whatever Discord answers

REFUSALS = st.sampled_from(
    [BLOCKED, MISSING, Blocked(20009), BIG, RUDE, INVALID]
    + [Refused("named", blame) for blame in Blame]
)
MESSAGES = st.builds(
    lambda video, rows, reply, discreet, where, card: outgoing(
        where, "Here", video, rows, reply_to=reply, discreet=discreet, user="3", job=1, last=True,
        slot="s" if card and video is None else "", card=card if video is None else None,
    ),
    st.sampled_from([None, CLIP, replace(CLIP, cover="discord:1/2/3")]),
    st.sampled_from([(), ROWS]),
    st.sampled_from(["", "2"]),
    st.booleans(),
    st.sampled_from([SERVER, DM, THREAD]),
    st.sampled_from([None, Card("Here", ("a",))]),
)  # fmt: skip
GRANTS = st.sampled_from(
    [None, grant(), grant(original=False), grant(hidden=True), grant(member=False)]
)


def requests(message: Outbound, by: Grant | None, filled: bool, *refusals: Refusal) -> int:
    """What the core's ladder on top of the plan asks of Discord, which answers this to one after
    the other."""
    count = 0
    less: Outbound | None = message
    while less is not None:
        above = ABOVE if message.address == THREAD else None
        start = scene(less, by=by, filled=filled, above=above)
        asks, end = goes(start, *refusals[count:])
        count += len(asks)
        error = end.error if isinstance(end, Failed) else None
        less = poorer(less, error) if isinstance(error, Refused) else None
    return count


MOST = 8


@given(MESSAGES, GRANTS, st.booleans(), REFUSALS)
def test_a_message_takes_few_requests_until_it_is_there_or_owed(
    message: Outbound, by: Grant | None, filled: bool, refusal: Refusal
) -> None:
    if message.reply_to or message.address == THREAD:
        by = None  # a command has no message that is replied to, and its thread no token
    assert requests(message, by, filled, *[refusal] * 99) <= MOST


@given(MESSAGES, GRANTS, st.booleans(), st.lists(REFUSALS, min_size=99, max_size=99))
def test_whatever_discord_refuses_there_is_an_end(
    message: Outbound, by: Grant | None, filled: bool, refusals: list[Refusal]
) -> None:
    assert requests(message, by, filled, *refusals) < 40


@given(MESSAGES, GRANTS, st.booleans(), st.lists(REFUSALS, max_size=9))
def test_what_is_private_is_never_said_aloud_and_a_link_is_never_lost(
    message: Outbound, by: Grant | None, filled: bool, refusals: list[Refusal]
) -> None:
    above = ABOVE if message.address == THREAD else None
    start = scene(message, by=by, filled=filled, above=above)
    asks, _ = goes(start, *refusals)
    for ask in asks:
        if start.discreet:
            assert ask.way.kind in (D, W) or ask.way.hidden or (by and by.hidden)
        if message.video and ask.way.kind is not W:
            assert ask.piece.file or LINK in ask.piece.content
