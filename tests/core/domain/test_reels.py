"""Group reels as decisions: who may add what, whose words count, and what is said of it."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from core.domain.conversation import Chat, Context, Decision, decide
from core.domain.gathering import Bundle, Item
from core.domain.limits.admission import Spent
from core.domain.limits.capacity import NEARLY_DONE_FIRST
from core.domain.reels import Reel, Share, posted
from core.domain.requests import Job, Part, Plan, Progress, ReelLimits, State, Step, Wish
from core.domain.requests.job import next_to_bring, without_taken_out
from core.messages import (
    Address,
    Attachment,
    Called,
    Command,
    Happened,
    Heard,
    Pressed,
    Said,
    Status,
    Ticket,
    Toast,
)
from core.messages.payloads import Payload
from core.settings import Settings
from core.skills import load
from tests import messages

NOW, SKILLS, MB = 1_800_000_000.0, load(), 1024 * 1024
HERE = Address("fake", "group")
ANNA, BEN, CLEO = "anna", "ben", "cleo"
OPEN = "🎞 Group reel: "


def photo(number: int, **more: Any) -> Attachment:
    given = {"bytes": 1000 + number, "width": 480, "height": 320, **more}
    return Attachment(f"fake:{number}", f"{number}.jpg", "image/jpeg", **given)


@dataclass
class Group:
    """A group with one reel, as its decisions leave it."""

    settings: Settings = field(default_factory=Settings)
    reel: Reel | None = None
    making: Job | None = None
    seen: int = 0

    def happens(self, user: str, what: Happened, *, pressed: bool = False, **more: Any) -> Decision:
        """One thing that this person does; `pressed` things wait for an answer."""
        self.seen += 1
        ticket = Ticket("t", NOW + 15) if pressed else None
        place = {"private": False, "space": "group", "ticket": ticket, **more}
        inbound = messages.happened(f"m{self.seen}", user, HERE, what, **place)
        named = self.reel.job if self.reel and isinstance(what, Pressed) else None
        known = Context(Chat(user, HERE), SKILLS, self.settings, named=named, reel=self.reel)
        decision = decide(known, inbound, NOW)
        self._apply(decision)
        return decision

    def _apply(self, decision: Decision) -> None:
        for start in decision.start:
            if start.job.plan is Plan.REEL:
                self.reel = Reel(replace(start.job, id=7))
            elif self.reel:
                self.making, self.reel = start.job, replace(self.reel, making=True)
        if decision.reel and self.reel:
            self.reel = self.reel.having(decision.reel.shares)
            words = decision.reel.words
            self.reel = self.reel if words is None else self.reel.saying(words)
        if decision.cancel and self.reel:
            self.reel = replace(self.reel, job=replace(self.reel.job, state=State.CANCELLED))

    def opens(self, user: str = ANNA, words: str = "", *files: Attachment) -> Decision:
        return self.happens(user, Called(Command.REEL, words, files))

    def adds(self, user: str, *files: Attachment, words: str = "") -> Decision:
        return self.happens(user, Said(words, files, Heard.REPLY))

    def says(self, user: str, words: str) -> Decision:
        return self.happens(user, Said(words, heard=Heard.REPLY))

    def presses(self, user: str, payload: Payload, *files: Attachment) -> Decision:
        return self.happens(user, Pressed(Command.REEL, payload, 7, files), pressed=True)


def words(decision: Decision) -> list[str]:
    return [post.text for post in decision.posts]


def opened(*people: str, **settings: Any) -> Group:
    """A group with a reel of Anna's, to which each of these has added a photo."""
    group = Group(Settings(**settings))
    group.opens()
    for number, user in enumerate(people):
        group.adds(user, photo(number))
    return group


def test_a_reel_says_who_pays_and_counts_photos_and_people_in_place() -> None:
    group = Group()
    (start,) = group.opens().start
    notice = start.notice[0]
    assert notice.text.startswith(f"{OPEN}no photos yet\n")
    assert "up to 10 each, 20 in all" in notice.text
    assert "pays: about 100 credits" in notice.text
    assert [button.text for row in notice.buttons for button in row] == [
        Payload.REEL_ADD, Payload.REEL_MAKE, Payload.REEL_CLOSE,
    ]  # fmt: skip
    assert (start.job.due, start.job.ticket, start.job.lock) == (NOW + 86400, None, "")
    (post,) = group.adds(BEN, photo(1), photo(2)).posts
    assert post.text.startswith(f"{OPEN}2 photos from 1 person\n")
    assert (post.slot, post.silent) == ("job-7", True), "one message, edited without a ring"
    (post,) = group.adds(CLEO, photo(3)).posts
    assert post.text.startswith(f"{OPEN}3 photos from 2 people\n")


def test_photos_may_come_with_the_command_and_the_words_wait_for_the_rest() -> None:
    group = Group()
    (start,) = group.opens(ANNA, "a slow video", photo(1)).start
    assert start.notice[0].text.startswith(f"{OPEN}1 photo from 1 person\n")
    assert "✏️ “a slow video”" in start.notice[0].text
    group.presses(ANNA, Payload.REEL_MAKE)
    assert group.making
    assert group.making.progress.wish.words == "a slow video"


def test_the_same_photo_counts_once_whoever_sends_it() -> None:
    group = opened(BEN)
    twice = group.adds(CLEO, photo(0), photo(0), photo(5))
    assert words(twice)[1] == "🔁 Already in the reel, so counted once: 2."
    assert group.reel
    assert len(group.reel.shares) == 2
    unsized = Attachment("fake:x")
    group.adds(CLEO, unsized)
    assert group.adds(CLEO, unsized).reel is None, "without a size its reference tells"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"reel_photos_per_person": 2}, "📎 One person can add 2 photos to a reel;"),
        ({"reel_photos": 2}, "📎 The reel is full: it takes 2 photos."),
        ({"mb_per_request": 1}, "📎 The reel is full: it takes 20 photos."),
    ],
)
def test_a_reel_has_its_limits(settings: dict[str, int], said: str) -> None:
    group = opened(**settings)
    big = {"bytes": MB // 2 - 5000} if "mb_per_request" in settings else {}
    sized = [photo(number, width=480 + number, **big) for number in range(3)]
    turn = group.adds(BEN, *sized)
    assert group.reel
    assert len(group.reel.shares) == 2
    assert words(turn)[1].startswith(said)
    again = group.adds(BEN, photo(9, width=999, **big))
    assert again.reel is None
    assert isinstance(again.posts[0].manner, Status), "an album is answered in one place"


def test_without_limits_a_reel_takes_any_number() -> None:
    free = {"reel_photos": 0, "reel_photos_per_person": 0, "mb_per_request": 0}
    group = opened(*[BEN] * 30, **free)
    assert group.reel
    assert len(group.reel.shares) == 30
    assert "up to ∞ each, ∞ in all" in posted(group.reel).text


def test_sound_and_what_is_too_large_stay_outside() -> None:
    group = opened()
    song = Attachment("fake:song", "song.mp3", "audio/mpeg")
    turn = group.adds(BEN, song, photo(1, bytes=900 * MB), photo(2))
    assert group.reel
    assert [share.file for share in group.reel.shares] == [photo(2)]
    assert words(turn)[1].startswith("📎 A reel is made of photos and clips")


@pytest.mark.parametrize("said", ["make a slow video of them", "ok go", "10 seconds, vertical"])
def test_its_openers_words_make_it_once_and_they_pay(said: str) -> None:
    group = opened(BEN, CLEO)
    turn = group.says(ANNA, said)
    (start,) = turn.start
    assert (start.job.user, start.job.plan, start.job.step) == (ANNA, Plan.MAKE, Step.CONNECT)
    assert start.job.progress.wish.reel == 7
    assert start.job.bundle.items == (), "photos of others are not stored with it"
    assert start.notice[0].text == (
        "👍 One video of 2 photos from 2 people, from your account: about 100 credits."
    )
    assert words(turn) == ["🎬 Group reel: 2 photos from 2 people. The video is being made."]
    assert turn.posts[0].buttons == ()
    assert group.presses(ANNA, Payload.REEL_MAKE).start == ()
    for late in (group.adds(BEN, photo(8)), group.presses(ANNA, Payload.REEL_CLOSE)):
        assert "is being made already" in words(late)[0]
    assert "is being made already" in words(group.opens())[0]


def test_what_is_not_clear_is_kept_and_made_by_a_tap() -> None:
    group = opened(BEN)
    turn = group.says(ANNA, "hmm lalala dudu")
    assert turn.start == ()
    assert words(turn)[1].startswith("✏️ Noted: “hmm lalala dudu”. Tap “Make it”")
    assert "✏️ “hmm lalala dudu”" in words(turn)[0]
    captioned = group.adds(ANNA, photo(4), words="slow, with the title Sea")
    assert "✏️ “slow, with the title Sea”" in words(captioned)[0]
    assert group.reel
    assert len(group.reel.shares) == 2
    pressed = group.presses(ANNA, Payload.REEL_MAKE)
    assert group.making
    assert group.making.progress.wish.words == "slow, with the title Sea"
    assert isinstance(pressed.posts[-1].manner, Toast), "who pressed is told so"


def test_where_every_paid_turn_is_confirmed_words_alone_make_nothing() -> None:
    group = opened(BEN, nemo_confirm="always")
    assert group.says(ANNA, "make a slow video").start == ()
    assert words(group.says(ANNA, "ok go")) == ["🎬 Tap “Make it” under the reel, and it begins."]
    assert group.presses(ANNA, Payload.REEL_MAKE).start


def supposed(*people: str) -> Group:
    """A reel whose message is not known under the number that is answered."""
    group = opened(*people)
    assert group.reel
    group.reel = replace(group.reel, supposed=True)
    return group


@pytest.mark.parametrize(
    ("said", "answer", "kept"),
    [
        ("make a slow video", "✏️ Noted: “make a slow video”. Tap “Make it”", "make a slow video"),
        ("hmm lalala dudu", "✏️ Noted: “hmm lalala dudu”. Tap “Make it”", "hmm lalala dudu"),
        ("ok go", "🎬 Tap “Make it” under the reel, and it begins.", ""),
    ],
)
def test_words_to_a_message_that_is_not_known_are_kept_and_paid_for_by_a_tap(
    said: str, answer: str, kept: str
) -> None:
    group = supposed(BEN)
    turn = group.says(ANNA, said)
    assert (turn.start, turn.cancel) == ((), ())
    assert words(turn)[-1].startswith(answer)
    assert group.reel
    assert group.reel.words == kept
    assert group.presses(ANNA, Payload.REEL_MAKE).start


def test_what_can_be_about_something_else_is_not_supposed_to_be_about_the_reel() -> None:
    group = supposed(BEN)
    for turn in (
        group.says(ANNA, "what does it cost?"),
        group.says(ANNA, "cancel"),
        group.says(ANNA, "no"),
        group.adds(ANNA, photo(4), words="slow, with the title Sea"),
    ):
        assert (turn.cancel, turn.reel) == ((), None)
    group.presses(ANNA, Payload.REEL_MAKE)
    assert group.says(ANNA, "make a slow video").reel is None, "its video is being made"


@pytest.mark.parametrize("payload", [Payload.REEL_MAKE, Payload.REEL_CLOSE])
def test_nobody_else_makes_or_closes_it(payload: Payload) -> None:
    group = opened(BEN)
    turn = group.presses(BEN, payload)
    assert words(turn)[0].startswith("🎞 Only the person who opened this reel")
    assert (turn.start, turn.cancel, turn.reel) == ((), (), None)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("make a slow video", "🎞 Only the person who opened this reel"),
        ("cancel", "🎞 Only the person who opened this reel"),
        ("ok go", "🎞 Only the person who opened this reel"),
        ("so cute!! where is that", ""),
        ("no", ""),
    ],
)
def test_the_words_of_others_change_nothing(said: str, answer: str) -> None:
    group = opened(BEN)
    turn = group.says(CLEO, said)
    assert (turn.start, turn.cancel, turn.reel) == ((), (), None)
    assert "".join(words(turn)).startswith(answer)
    assert bool(turn.posts) is bool(answer)


def test_a_question_is_answered_as_anywhere_and_a_no_changes_nothing() -> None:
    group = opened(BEN)
    assert "100 credits" in words(group.says(ANNA, "what does it cost?"))[0]
    assert group.says(ANNA, "no") == Decision(Chat(ANNA, HERE))


@pytest.mark.parametrize("how", ["button", "words"])
def test_its_opener_closes_it_and_it_stays_closed(how: str) -> None:
    group = opened(BEN)
    turn = (
        group.presses(ANNA, Payload.REEL_CLOSE) if how == "button" else group.says(ANNA, "cancel")
    )
    assert turn.cancel == (7,)
    assert words(turn)[0].startswith("🎞 This group reel is closed. Its photos are deleted")
    assert turn.posts[0].buttons == ()
    for late in (
        group.presses(BEN, Payload.REEL_ADD),
        group.adds(BEN, photo(9)),
        group.says(ANNA, "make a slow video"),
    ):
        assert words(late) == ["🎞 That group reel is over. /reel opens a new one."]
    group.opens()
    assert group.reel
    assert group.reel.open


def test_add_mine_tells_how_and_takes_the_photos_of_a_form() -> None:
    group = opened()
    assert words(group.presses(BEN, Payload.REEL_ADD))[0].startswith("➕ Answer the reel's message")
    turn = group.presses(BEN, Payload.REEL_ADD, photo(1), photo(2))
    assert words(turn)[1] == "👍 Added. Now: 2 photos from 1 person."
    assert isinstance(turn.posts[1].manner, Toast)


def test_nothing_is_made_of_no_photos_and_nothing_beyond_the_limits_of_a_day() -> None:
    group = opened()
    assert words(group.says(ANNA, "make a video"))[0].startswith("🎞 There are no photos")
    full = opened(BEN, daily_per_user=0)
    full.settings = Settings(hourly_per_user=1)
    known = full.reel
    assert known
    what = Said("make a video")
    inbound = messages.happened("m9", ANNA, HERE, what, private=False, space="group")
    context = Context(
        Chat(ANNA, HERE), SKILLS, full.settings, reel=known, spent=Spent(tried_user=(NOW - 9,))
    )
    assert decide(context, inbound, NOW).start == ()


def test_reel_again_shows_the_one_that_is_open_and_with_words_makes_it() -> None:
    group = opened(BEN)
    shown = group.opens()
    assert shown.start == ()
    assert words(shown)[0].startswith(f"{OPEN}1 photo from 1 person\n")
    assert shown.posts[0].job == 7
    assert {button.job for row in shown.posts[0].buttons for button in row} == {7}
    assert group.opens(ANNA, "", photo(5)).reel
    assert group.opens(ANNA, "make it slow").start


@pytest.mark.parametrize("where", [{"private": True, "space": ""}, {"space": ""}])
def test_in_private_it_says_what_it_is_for(where: dict[str, Any]) -> None:
    turn = Group().happens(ANNA, Called(Command.REEL), **where)
    assert words(turn)[0].startswith("🎞 A group reel gathers photos from several people")
    assert turn.start == ()


def test_who_writes_in_a_channels_name_can_neither_open_nor_add() -> None:
    group = opened(BEN)
    for what in (Called(Command.REEL), Said("", (photo(5),), Heard.REPLY)):
        turn = group.happens("-100", what, masked=True)
        assert words(turn)[0].startswith("🎭")
        assert (turn.start, turn.reel) == ((), None)


def test_a_slash_command_is_answered_beside_the_message_of_the_reel() -> None:
    group = Group()
    turn = group.happens(ANNA, Called(Command.REEL), pressed=True)
    assert words(turn) == ["👍 The reel is open."]
    assert isinstance(turn.posts[0].manner, Toast)


def test_a_photo_that_is_taken_back_is_neither_fetched_nor_sent() -> None:
    items = tuple(Item(number, photo(number)) for number in (11, 12, 13))
    job = Job(1, "l", ANNA, HERE, Plan.MAKE, Step.BRING, Progress(Wish(reel=7)))
    job = replace(job, bundle=replace(job.bundle, items=items))
    assert next_to_bring(job) == (11, items[0].file)
    part = (Part("a", "", 1), Part("b", "", 1))
    upload = replace(job.progress.upload, parts=part, sources=(11, 12))
    job = replace(job, progress=replace(job.progress, upload=upload))
    assert next_to_bring(job) == (13, items[2].file)
    left = replace(job, bundle=replace(job.bundle, items=(items[1],)))
    assert next_to_bring(left) is None
    kept = without_taken_out(left).progress.upload
    assert (kept.parts, kept.sources) == (part[1:], (12,))
    plain = replace(job, progress=Progress(Wish(files=(photo(1), photo(2)))), bundle=Bundle())
    assert (next_to_bring(plain), without_taken_out(plain)) == ((1, photo(1)), plain)


def test_a_reel_of_earlier_words_has_no_limits_of_its_own() -> None:
    job = Job(7, "", ANNA, HERE, Plan.REEL, Step.COLLECT)
    assert Reel(job, (Share(BEN, photo(1)),)).limits == ReelLimits()
    over = Reel(replace(job, state=State.DONE), (Share(BEN, photo(1)),))
    assert posted(over).text.startswith("✅ Group reel: 1 photo from 1 person.")
    assert (posted(Reel(job)).asks, posted(over).asks) == (True, False), "nobody answers it then"


def test_every_step_is_taken_up_sooner_or_later() -> None:
    assert set(NEARLY_DONE_FIRST) == set(Step)
