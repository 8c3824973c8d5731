"""The table of decisions: every kind of meaning beside everything that can lie before it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.policy import (
    About,
    Accept,
    Answer,
    Ask,
    Choose,
    Confirm,
    Dismiss,
    Edit,
    Free,
    Keep,
    Make,
    React,
    Repeat,
    Response,
    Scene,
    Silent,
    Situation,
    decide,
)
from core.domain.understanding import (
    Again,
    Choice,
    Command,
    CommandKind,
    Decline,
    GoAhead,
    Meaning,
    Question,
    Topic,
    Unclear,
    Wish,
    WishKind,
)
from core.messages import Heard

WORDS: dict[str, Response] = {
    "keep": Keep(),
    "make": Make(),
    "make standard": Make(standard=True),
    "edit": Edit(),
    "queue edit": Edit(queued=True),
    "queue make": Make(queued=True),
    "repeat": Repeat(),
    "repeat slower": Repeat("slower"),
    "choose": Choose(2),
    "export": Free(CommandKind.EXPORT),
    "cancel": Free(CommandKind.CANCEL),
    "status": Free(CommandKind.STATUS),
    "price": Answer(Topic.PRICE),
    "time": Answer(Topic.TIME),
    "thanks": Answer(Topic.THANKS),
    "greet": Answer(Topic.GREETING),
    "leave": Dismiss(),
    "smile": Answer(Topic.SMALLTALK),
    "ask": Ask(About.WHAT),
    "ask several": Ask(About.SEVERAL),
    "ask again": Ask(About.NOTHING_MADE),
    "make?": Ask(About.CONFIRM, Make()),
    "make standard?": Ask(About.CONFIRM, Make(standard=True)),
    "queue standard?": Ask(About.CONFIRM, Make(standard=True, queued=True)),
    "edit?": Ask(About.CONFIRM, Edit()),
    "queue edit?": Ask(About.CONFIRM, Edit(queued=True)),
    "repeat?": Ask(About.CONFIRM, Repeat()),
    "repeat slower?": Ask(About.CONFIRM, Repeat("slower")),
}
MEANINGS: dict[str, Meaning] = {
    "wish": Wish(WishKind.MAKE),
    "wish for another": Wish(WishKind.MAKE, anew=True),
    "bare wish": Wish(WishKind.BARE),
    "likely wish": Wish(WishKind.MAKE, clear=False),
    "change": Wish(WishKind.EDIT),
    "short order": Wish(WishKind.SHORT),
    "needs several": Wish(WishKind.SEVERAL),
    "remedy": Wish(WishKind.REMEDY),
    "title": Wish(WishKind.TITLE),
    "again": Again(),
    "again but slower": Again("slower"),
    "export": Command(CommandKind.EXPORT),
    "cancel": Command(CommandKind.CANCEL),
    "price": Question(Topic.PRICE),
    "how long": Question(Topic.TIME),
    "thanks": Question(Topic.THANKS),
    "the second": Choice(2),
    "yes": GoAhead(),
    "surprise me": GoAhead(free_hand=True),
    "no": Decline(),
    "unclear": Unclear(),
}
TABLE = """
                 | nothing     | photo          | caption        | project        | running
wish             | keep        | make           | make           | edit           | queue edit
wish for another | keep        | make           | make           | make           | queue make
bare wish        | keep        | make           | make           | make standard? | queue standard?
likely wish      | ask         | make?          | make?          | edit?          | queue edit?
change           | keep        | make           | make           | edit           | queue edit
short order      | keep        | make           | make           | edit           | queue edit
needs several    | keep        | ask several    | ask several    | ask several    | ask several
remedy           | ask         | make?          | make?          | edit           | queue edit
title            | ask         | make?          | make?          | edit?          | queue edit?
again            | ask again   | ask again      | ask again      | repeat         | repeat?
again but slower | ask again   | ask again      | ask again      | repeat slower  | repeat slower?
export           | export      | export         | export         | export         | export
cancel           | cancel      | cancel         | cancel         | cancel         | cancel
price            | price       | price          | price          | price          | price
how long         | time        | time           | time           | time           | status
thanks           | thanks      | thanks         | thanks         | thanks         | thanks
the second       | ask         | choose         | make?          | edit?          | queue edit?
yes              | greet       | make standard? | make standard? | smile          | smile
surprise me      | greet       | make standard  | make standard  | ask            | smile
no               | ask         | leave          | leave          | leave          | smile
unclear          | ask         | make?          | make?          | edit?          | queue edit?
"""


def _cells() -> list[tuple[str, Situation, str]]:
    head, *rows = (
        [cell.strip() for cell in line.split("|")] for line in TABLE.strip("\n").splitlines()
    )
    return [
        (row[0], Situation(column), cell)
        for row in rows
        for column, cell in zip(head[1:], row[1:], strict=True)
    ]


@pytest.mark.parametrize("situation", Situation)
def test_every_meaning_has_its_place_in_the_table(situation: Situation) -> None:
    scene = Scene(situation, options=3 if situation is Situation.PHOTO else 0)
    expected = {meaning: WORDS[cell] for meaning, column, cell in _cells() if column is situation}
    assert {name: decide(meaning, scene) for name, meaning in MEANINGS.items()} == expected


@pytest.mark.parametrize("situation", Situation)
def test_with_always_nothing_is_paid_without_a_tap(situation: Situation) -> None:
    scene = Scene(situation, photos=3, options=3, confirm=Confirm.ALWAYS)
    done = {name: decide(meaning, scene) for name, meaning in MEANINGS.items()}
    paid = Make | Edit | Repeat | Choose
    assert {name: action for name, action in done.items() if isinstance(action, paid)} == {}


@pytest.mark.parametrize("situation", Situation)
def test_with_never_a_likely_wish_is_made_but_not_what_is_unclear(situation: Situation) -> None:
    scene = Scene(situation, confirm=Confirm.NEVER)
    likely, clear = Wish(WishKind.MAKE, clear=False), Wish(WishKind.MAKE)
    assert decide(likely, scene) == decide(clear, scene)
    assert isinstance(decide(Unclear(), scene), Ask)


@pytest.mark.parametrize("situation", Situation)
def test_yes_and_no_answer_the_open_question(situation: Situation) -> None:
    scene = Scene(situation, pending=True)
    assert decide(GoAhead(), scene) == decide(GoAhead(free_hand=True), scene) == Accept()
    assert decide(Decline(), scene) == Dismiss()


def test_a_number_beyond_the_options_chooses_nothing() -> None:
    scene = Scene(Situation.PHOTO, options=3)
    assert decide(Choice(3), scene) == Choose(3)
    assert decide(Choice(4), scene) == decide(Choice(0), scene) == Ask(About.CONFIRM, Make())


@pytest.mark.parametrize("kind", [WishKind.MAKE, WishKind.BARE])
@pytest.mark.parametrize("situation", [Situation.PHOTO, Situation.CAPTION])
def test_one_of_each_is_made_from_two_photos_on(kind: WishKind, situation: Situation) -> None:
    wish = Wish(kind, each=True)
    assert decide(wish, Scene(situation, photos=2)) == Make(each=True)
    assert decide(wish, Scene(situation, photos=1)) == Make()
    assert decide(replace(wish, each=False), Scene(situation, photos=2)) == Make()


def test_a_repetition_that_is_only_likely_is_asked_about_with_its_change() -> None:
    likely = Again("slower", clear=False)
    asked = Ask(About.CONFIRM, Repeat("slower"))
    assert decide(likely, Scene(Situation.PROJECT)) == asked


def test_what_needs_several_photos_is_done_with_several() -> None:
    several = Wish(WishKind.SEVERAL, each=True)
    assert decide(several, Scene(Situation.PHOTO, photos=3)) == Make(each=True)
    assert decide(several, Scene(Situation.PROJECT, photos=3)) == Edit()


@pytest.mark.parametrize("situation", Situation)
def test_what_is_said_to_others_in_a_group_is_not_answered(situation: Situation) -> None:
    scene = Scene(situation, options=3, pending=True, heard=Heard.OVERHEARD)
    done = {name: decide(meaning, scene) for name, meaning in MEANINGS.items()}
    assert {name: action for name, action in done.items() if action != Silent()} == {}


@pytest.mark.parametrize(
    ("meaning", "expected"),
    [
        (Wish(WishKind.EDIT), Edit()),
        (Wish(WishKind.REMEDY), Edit()),
        (Wish(WishKind.MAKE, clear=False), Silent()),
        (Wish(WishKind.TITLE), React()),
        (Again("slower"), Repeat("slower")),
        (Again("slower", clear=False), Silent()),
        (Command(CommandKind.EXPORT), Free(CommandKind.EXPORT)),
        (Question(Topic.PRICE), Answer(Topic.PRICE)),
        (Question(Topic.HOWTO_MUSIC), Answer(Topic.HOWTO_MUSIC)),
        (Question(Topic.PRAISE), React()),
        (Question(Topic.THANKS), React()),
        (Question(Topic.SMALLTALK), Silent()),
        (Question(Topic.GREETING), Silent()),
        (Question(Topic.COMPLAINT), Silent()),
        (GoAhead(), Silent()),
        (Decline(), Silent()),
        (Unclear(), Silent()),
    ],
)
def test_a_reply_in_a_group_is_a_request_only_where_it_clearly_is_one(
    meaning: Meaning, expected: Response
) -> None:
    assert decide(meaning, Scene(Situation.PROJECT, heard=Heard.REPLY)) == expected


@pytest.mark.parametrize(
    ("meaning", "expected"),
    [
        (Wish(WishKind.EDIT), Silent()),
        (Wish(WishKind.SHORT), Silent()),
        (Command(CommandKind.UNDO), Silent()),
        (Again("slower"), Silent()),
        (Choice(2), Silent()),
        (Wish(WishKind.MAKE), Keep()),
        (Command(CommandKind.HELP), Free(CommandKind.HELP)),
        (Question(Topic.PRICE), Answer(Topic.PRICE)),
    ],
)
def test_who_has_nothing_here_speaks_to_others_about_their_video(
    meaning: Meaning, expected: Response
) -> None:
    assert decide(meaning, Scene(Situation.NOTHING, heard=Heard.REPLY)) == expected


@pytest.mark.parametrize(
    ("meaning", "situation", "expected"),
    [
        (Again(), Situation.PHOTO, Silent()),
        (Choice(9), Situation.NOTHING, Silent()),
        (Again(), Situation.RUNNING, Ask(About.CONFIRM, Repeat())),
        (Choice(9), Situation.PROJECT, Ask(About.CONFIRM, Edit())),
    ],
)
def test_a_reply_in_a_group_is_asked_back_only_where_one_tap_would_do_it(
    meaning: Meaning, situation: Situation, expected: Response
) -> None:
    assert decide(meaning, Scene(situation, heard=Heard.REPLY)) == expected


def test_a_reply_in_a_group_answers_the_open_question() -> None:
    scene = Scene(Situation.PROJECT, pending=True, heard=Heard.REPLY)
    assert decide(GoAhead(), scene) == Accept()
    assert decide(Decline(), scene) == Dismiss()


@given(
    st.sampled_from([*MEANINGS.values()]),
    st.sampled_from(Situation),
    st.sampled_from(Confirm),
    st.sampled_from(Heard),
    st.integers(0, 5),
    st.booleans(),
)
def test_only_wishes_repeats_choices_and_a_free_hand_are_ever_paid(
    meaning: Meaning,
    situation: Situation,
    confirm: Confirm,
    heard: Heard,
    count: int,
    pending: bool,
) -> None:
    scene = Scene(situation, photos=count, options=count, pending=pending, heard=heard)
    decision = decide(meaning, replace(scene, confirm=confirm))
    if isinstance(decision, Make | Edit | Repeat | Choose):
        assert isinstance(meaning, Wish | Again | Choice) or meaning == GoAhead(free_hand=True)


@pytest.mark.parametrize("situation", Situation)
def test_a_new_video_under_a_photo_is_a_wish_or_a_title(situation: Situation) -> None:
    response = decide(Command(CommandKind.NEW, of_video=True), Scene(situation))
    asked = Ask(About.CONFIRM, Make())
    assert response == (asked if situation is Situation.CAPTION else Free(CommandKind.NEW))
    assert decide(Command(CommandKind.NEW), Scene(situation)) == Free(CommandKind.NEW)
