"""Words that came alone, and captions: what each kind of decision does in the scene it is made
in."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, Decision, close, decide
from core.domain.conversation.responding import obey
from core.domain.gathering import Bundle, Item, Line
from core.domain.limits.admission import MOST_OPEN
from core.domain.requests import (
    Does,
    Job,
    Kept,
    Next,
    Offer,
    Payer,
    Plan,
    Project,
    State,
    Step,
)
from core.domain.understanding import CommandKind
from core.i18n import text
from core.messages import Address, Attachment, Command
from core.settings import Settings
from core.skills import load
from tests import messages
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE = Address("telegram", "7")
SKILLS = load()
SKILL = SKILLS["ai-video-generator-from-image"]
PHOTO = Attachment("telegram:1")
PROJECT = Project("s-1", "t-1", "anon_1", Payer.ANONYMOUS, made=True)
CHAT = Chat("7", HERE)
WAITS = CHAT.keeping(Kept((PHOTO,)), NOW - 60)
MADE = replace(CHAT, project=PROJECT)
STANDARD = text("wish.default", "en")


def job(step: Step, **facts: object) -> Job:
    learnt = knowing(words="a dreamy video", session="s-1", payer=Payer.ANONYMOUS, **facts)
    bundle = Bundle((Item(0, PHOTO),), opened=NOW, addressed=True)
    return Job(4, "lock", "7", HERE, Plan.MAKE, step, learnt, bundle, created=NOW)


def says(words: str, chat: Chat = CHAT, **more: object) -> Decision:
    inbound = messages.said("m1", "7", HERE, words)
    return decide(Context(chat, SKILLS, Settings(), **more), inbound, NOW)  # type: ignore[arg-type]


def begun(turn: Decision) -> list[tuple[str, bool]]:
    """The words of what was begun, and whether they are judged once more."""
    return [(start.job.bundle.words, start.job.bundle.agreed) for start in turn.start]


def told(turn: Decision) -> str:
    return "".join(post.text for post in turn.posts)


@pytest.mark.parametrize(
    ("words", "chat", "made"),
    [
        ("2", WAITS, [(SKILL.suggestions["en"][1], True)]),
        ("surprise me", WAITS, [(STANDARD, True)]),
        ("make it dreamy with slow zoom", WAITS, [("make it dreamy with slow zoom", False)]),
        ("remove the title", MADE, [("remove the title", False)]),
        ("how much is it", WAITS, []),
        ("export", WAITS, []),
        ("redo", MADE, []),
        ("👍", CHAT, []),
        ("7", WAITS, []),
    ],
)
def test_only_a_wish_a_choice_or_a_free_hand_begins_something(
    words: str, chat: Chat, made: list[object]
) -> None:
    turn = says(words, chat)
    assert begun(turn) == made
    assert turn.start or turn.posts


def test_a_yes_takes_what_was_offered_last_and_a_no_leaves_it() -> None:
    chat = WAITS.offering(Offer("1", Does.MAKE, "my cat", NOW - 5))
    yes, no = says("yes", chat), says("no", chat)
    assert begun(yes) == [("my cat", True)]
    assert (yes.chat.offers, no.chat.offers, begun(no)) == ((), (), [])
    assert told(no) == text("talk.what_now_one", "en"), "the photo is still there"


def test_an_offer_without_words_is_the_standard_video() -> None:
    assert begun(says("yes", WAITS.offering(Offer("1", Does.MAKE, "", NOW)))) == [(STANDARD, True)]


def test_a_yes_to_once_more_makes_the_last_video_again_with_its_change() -> None:
    done = replace(job(Step.LINK), state=State.DONE)
    chat = MADE.offering(Offer("1", Does.AGAIN, "slower", NOW))
    assert begun(says("yes", chat, past=(done,))) == [("a dreamy video\nslower", True)]
    assert told(says("yes", chat)) == text("ask.nothing_made", "en"), (
        "nothing is known of it any more"
    )


def test_an_offer_of_hours_ago_is_no_longer_what_a_yes_is_about() -> None:
    assert not says("yes", MADE.offering(Offer("1", Does.EDIT, "my cat", NOW - 4000))).start


def test_a_no_to_an_offer_about_a_video_leaves_it_as_it_is() -> None:
    turn = says("no", MADE.offering(Offer("1", Does.EDIT, "my cat", NOW)))
    assert told(turn) == text("ask.dropped_offer", "en")


def test_a_price_is_answered_by_yes_and_no() -> None:
    asked = job(Step.PRICE, asked=True)
    assert says("yes", MADE, open=(asked,)).confirm == (4,)
    assert says("no", MADE, open=(asked,)).cancel == (4,)


def test_yes_and_no_answer_what_was_asked_last() -> None:
    asked = replace(job(Step.PRICE, asked=True), notified_at=NOW - 60)
    later = MADE.offering(Offer("1", Does.EDIT, "my cat", NOW - 30))
    yes, no = says("yes", later, open=(asked,)), says("no", later, open=(asked,))
    assert not yes.confirm
    assert begun(yes) == [("my cat", True)]
    assert not no.cancel
    earlier = MADE.offering(Offer("1", Does.EDIT, "my cat", NOW - 90))
    assert says("yes", earlier, open=(asked,)).confirm == (4,)


@pytest.mark.parametrize("words", ["export", "status"])
def test_an_open_price_is_asked_once_more_and_nothing_is_said_to_be_made(words: str) -> None:
    turn = says(words, open=(job(Step.PRICE, asked=True, balance=120),))
    assert told(turn) == text("talk.confirm", "en", needed=100, available=120)
    assert [button.job for row in turn.posts[0].buttons for button in row] == [4, 4]


def test_an_open_price_blocks_no_export_of_the_video_before() -> None:
    turn = says("export", MADE, open=(job(Step.PRICE, asked=True),))
    assert [start.job.plan for start in turn.start] == [Plan.EXPORT]
    assert not turn.cancel


def test_a_question_of_the_service_is_answered_by_yes_and_left_by_no() -> None:
    chat = replace(MADE, project=replace(PROJECT, asks=True))
    assert begun(says("yes", chat)) == [("yes", True)]
    no = says("no", chat)
    assert not no.start
    assert no.chat.project is not None
    assert not no.chat.project.asks


def test_words_join_photos_that_still_come_in_and_questions_do_not() -> None:
    gathering = job(Step.GATHER)
    joined, asked = (
        says("make it dreamy", open=(gathering,)),
        says("how much is it", open=(gathering,)),
    )
    assert [grown.bundle.words for grown in joined.grow] == ["make it dreamy"]
    assert (asked.grow, asked.cancel) == ((), ())


def test_a_wait_keeps_the_photos_that_were_coming_in() -> None:
    turn = says("wait", open=(job(Step.GATHER),))
    assert (turn.cancel, turn.chat.kept) == ((4,), (PHOTO,))
    assert told(turn).endswith(text("answer.next_photo", "en", count=1))


def test_unclear_words_are_asked_back_with_one_tap() -> None:
    photo, made, nothing = says("asdf", WAITS), says("asdf", MADE), says("asdf")
    assert [turn.chat.offers[-1].does for turn in (photo, made)] == [Does.MAKE, Does.EDIT]
    assert (nothing.chat.offers, told(nothing)) == ((), text("ask.what_nothing", "en"))
    assert not [*photo.start, *made.start, *nothing.start]


def test_a_kept_wish_grows_older_with_every_remark() -> None:
    chat = CHAT.wishing("a dreamy video", "", NOW - 9)
    assert (says("thanks", chat).chat.since_wish, says("thanks").chat.since_wish) == (1, 0)


def test_a_language_is_changed_in_plain_words() -> None:
    assert says("speak german please").chat.language == "de"


def test_what_is_said_among_friends_under_a_video_is_left_alone() -> None:
    for words in ("so cute!! where is that?", "haha amazing, grandma will love it"):
        said = messages.said(
            "m1",
            "8",
            Address("telegram", "-100"),
            words,
            private=False,
            heard="reply",
            space="-100",
        )
        chat = Chat("8", said.address, spoken="fr")
        assert decide(Context(chat, SKILLS, Settings()), said, NOW) == Decision(chat), (
            "not even the language is kept"
        )


def test_a_yes_makes_kept_photos_with_their_kept_wish() -> None:
    assert begun(says("yes", WAITS.wishing("snow and music", "", NOW - 9))) == [
        ("snow and music", True)
    ]


@pytest.mark.parametrize(
    ("words", "key"), [("again", "ask.nothing_made"), ("swap photos 2 and 3", "ask.several")]
)
def test_what_cannot_be_done_with_one_photo_is_said_and_the_photo_is_not_forgotten(
    words: str, key: str
) -> None:
    turn = says(words, WAITS)
    assert told(turn) == f"{text(key, 'en')}\n\n{text('answer.next_photo', 'en', count=1)}"
    assert turn.posts[0].buttons


def test_a_no_to_nothing_leaves_all_as_it_is() -> None:
    assert told(says("no", MADE)) == text("ask.dropped_offer", "en")
    assert told(says("no")) == text("ask.what_nothing", "en")


def closed(words: str, chat: Chat = CHAT, **more: object) -> Next:
    bundle = Bundle(
        (Item(0, PHOTO),), (Line(0, words),) if words else (), opened=NOW, addressed=True
    )
    begun = replace(job(Step.GATHER), bundle=replace(bundle, **more), progress=knowing())  # type: ignore[arg-type]
    return close(begun, chat, SKILL, NOW, Settings())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("how much is it", "A video takes about 100 credits"),
        ("swap photos 2 and 3", "For that I need several photos"),
        ("asdf", "Shall I make a video with “asdf”?"),
        ("", "What shall I make of it?"),
        ("no", "What shall I make of it?"),
    ],
)
def test_a_caption_that_is_no_wish_keeps_its_photo(words: str, said: str) -> None:
    outcome = closed(words)
    assert outcome.last
    assert outcome.keep is not None
    assert outcome.keep.files == (PHOTO,)
    assert outcome.notice is not None
    assert said in outcome.notice.text


def test_a_free_hand_as_the_caption_makes_the_standard_video() -> None:
    assert closed("surprise me").progress.wish.words == STANDARD


def test_a_wish_of_long_ago_is_confirmed_before_it_is_paid_for() -> None:
    fresh = CHAT.wishing("a dreamy video", "", NOW - 60)
    assert closed("", fresh).progress.wish.words == "a dreamy video"
    for old in (replace(fresh, since_wish=4), replace(fresh, wish_at=NOW - 3601)):
        outcome = closed("", old)
        assert outcome.notice is not None
        assert "Earlier you wished for “a dreamy video”" in outcome.notice.text
        assert outcome.keep is not None
        assert outcome.keep.offers


def test_a_photo_joins_the_video_at_hand_only_by_an_order() -> None:
    assert not closed("add this one at the end", MADE).progress.connection.fresh
    question = closed("how do i add this photo to the video?", MADE)
    assert question.keep is not None
    assert question.keep.files == (PHOTO,)


def test_a_caption_that_cancels_drops_what_waits_and_keeps_its_own_photo() -> None:
    inbound = messages.said("m1", "7", HERE, "cancel", (PHOTO,))
    turn = decide(Context(WAITS, SKILLS, Settings()), inbound, NOW)
    assert turn.chat.kept == ()
    assert [start.job.bundle.files for start in turn.start] == [(PHOTO,)]
    assert begun(turn) == [("", False)]


def test_a_command_as_the_caption_is_obeyed_and_the_photo_waits() -> None:
    inbound = messages.said("m1", "7", HERE, "credits", (PHOTO,))
    turn = decide(Context(CHAT, SKILLS, Settings()), inbound, NOW)
    assert [start.job.plan for start in turn.start] == [Plan.CREDITS, Plan.MAKE]
    assert [start.job.bundle.words for start in turn.start] == ["", ""]


def test_what_is_written_by_button_or_command_needs_no_second_look() -> None:
    inbound = messages.asked("m1", "7", HERE, "asdf", (PHOTO,), command=Command.VIDEO)
    assert begun(decide(Context(CHAT, SKILLS, Settings()), inbound, NOW)) == [("asdf", True)]


def test_a_history_without_videos_speaks_of_the_photo_that_waits() -> None:
    inbound = messages.asked("m1", "7", HERE, command=Command.HISTORY)
    turn = decide(Context(WAITS, SKILLS, Settings()), inbound, NOW)
    assert told(turn).endswith(text("answer.next_photo", "en", count=1))


def test_an_export_proposed_by_an_old_button_is_free() -> None:
    inbound = messages.asked("m1", "7", HERE, "s2", command=Command.VIDEO)
    turn = decide(Context(WAITS, SKILLS, Settings()), inbound, NOW)
    assert not turn.start
    assert turn.posts


def test_what_nobody_addressed_to_the_bot_is_dropped_in_a_flood_without_a_word() -> None:
    inbound = messages.said(
        "m1", "7", HERE, "", (PHOTO,), album="a", heard="overheard", private=False
    )
    assert decide(Context(CHAT, SKILLS, Settings(), waiting=MOST_OPEN), inbound, NOW) == Decision(
        CHAT_IN_GROUP
    )


CHAT_IN_GROUP = replace(CHAT, private=False)


def test_redo_says_that_there_is_no_later_version() -> None:
    turn = obey(
        Context(MADE, SKILLS, Settings()),
        messages.said("m1", "7", HERE, "redo"),
        CommandKind.REDO,
        NOW,
    )
    assert told(turn) == text("talk.nothing_to_redo", "en")


def test_a_no_beside_a_photo_leaves_it_and_says_so() -> None:
    turn = says("no", WAITS)
    assert not turn.start
    assert turn.chat.kept == (PHOTO,)


def test_a_yes_to_the_service_while_a_video_is_made_is_its_answer() -> None:
    chat = replace(MADE, project=replace(PROJECT, asks=True))
    assert begun(says("yes", chat, open=(job(Step.GENERATE),))) in ([("yes", True)], [])


def test_no_words_leave_a_kept_wish_as_it_is_but_for_the_profile() -> None:
    chat = CHAT.wishing("snow", "", NOW - 60).wishing(" ", "best-image-to-video-ai", NOW)
    assert (chat.wish, chat.wish_at, chat.kept_skill) == (
        "snow",
        NOW - 60,
        "best-image-to-video-ai",
    )
