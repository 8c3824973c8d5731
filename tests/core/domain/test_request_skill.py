"""A profile that was chosen for one request: it is that request's, however it comes."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, Decision, close, decide
from core.domain.requests import Job, Next
from core.messages import Address, Attachment, Command
from core.settings import Settings
from core.skills import MB, load
from tests import messages

NOW = 1_800_000_000.0
HERE = Address("fake", "c")
SKILLS = load()
USUAL, CHOSEN = "ai-video-generator-from-image", "image-to-video-open-source"
PHOTO, MORE = (
    Attachment("fake:1", "a.jpg", "image/jpeg", 1000),
    Attachment("fake:2", "b.jpg", "image/jpeg", 1000),
)
CHAT = Chat("u", HERE, introduced=True)


def said(
    chat: Chat, words: str, *files: Attachment, skill: str = "", job: Job | None = None
) -> Decision:
    command = Command.VIDEO if skill else None
    inbound = messages.asked("m", "u", HERE, words, files, command=command, skill=skill, order=2)
    return decide(Context(chat, SKILLS, Settings(), open=(job,) if job else ()), inbound, NOW)


def closed(job: Job, chat: Chat) -> Next:
    return close(job, chat, SKILLS[job.skill], NOW + 2, Settings())


def test_photo_words_and_profile_at_once() -> None:
    turn = said(CHAT, "make a video", PHOTO, skill=CHOSEN)
    (start,) = turn.start
    assert (start.job.skill, turn.chat.skill) == (CHOSEN, "")
    assert closed(start.job, turn.chat).skill == CHOSEN


def test_the_photo_waits_for_its_words_with_the_profile() -> None:
    first = said(CHAT, "", PHOTO, skill=CHOSEN)
    asked = closed(first.start[0].job, first.chat)
    assert asked.keep is not None
    assert asked.notice is not None
    assert tuple(it.label for it in asked.notice.buttons[0]) == SKILLS[CHOSEN].suggestions["en"]
    chat = first.chat.keeping(asked.keep, NOW)
    begun = said(chat, "make a video of it")
    assert closed(begun.start[0].job, begun.chat).skill == CHOSEN
    assert begun.chat.skill == ""


def test_the_words_wait_for_their_photo_with_the_profile() -> None:
    first = said(CHAT, "animate this", skill=CHOSEN)
    assert (first.chat.wish, first.start) == ("animate this", ())
    begun = said(first.chat, "", PHOTO)
    assert closed(begun.start[0].job, begun.chat).skill == CHOSEN


def test_what_the_next_request_takes_is_the_chats_own_again() -> None:
    used = said(CHAT, "make a video", PHOTO, skill=CHOSEN)
    outcome = closed(used.start[0].job, used.chat)
    assert outcome.keep is not None
    later = said(used.chat.keeping(outcome.keep, NOW), "make another", MORE)
    assert later.start[0].job.skill == USUAL
    assert closed(later.start[0].job, later.chat).skill == ""


def test_a_request_that_gathers_takes_the_profile_that_comes_with_its_words() -> None:
    first = said(CHAT, "", PHOTO).start[0].job
    (grown,) = said(CHAT, "make a video", skill=CHOSEN, job=replace(first, id=1)).grow
    assert closed(replace(first, bundle=grown.bundle), CHAT).skill == CHOSEN


@pytest.mark.parametrize("each", [True, False])
def test_every_video_of_a_batch_has_it(each: bool) -> None:
    turn = said(
        CHAT, "make one video of each" if each else "make a video", PHOTO, MORE, skill=CHOSEN
    )
    outcome = closed(turn.start[0].job, turn.chat)
    assert [job.skill for job in outcome.spawn] == ([CHOSEN, CHOSEN] if each else [])


def test_it_is_kept_with_what_a_limit_keeps() -> None:
    job = said(CHAT, "make one video of each", PHOTO, MORE, skill=CHOSEN).start[0].job
    outcome = close(job, CHAT, SKILLS[CHOSEN], NOW + 2, Settings(), room=1)
    assert outcome.keep is not None
    assert (outcome.keep.files, outcome.keep.skill) == ((MORE,), CHOSEN)


def test_its_size_limit_counts() -> None:
    small, large = sorted(SKILLS.values(), key=lambda skill: skill.max_mb)[:: len(SKILLS) - 1]
    assert small.max_mb < large.max_mb
    file = Attachment("fake:9", "long.mp4", "video/mp4", small.max_mb * MB + 1)
    refused = said(CHAT, "make a video", file, skill=small.slug)
    assert str(small.max_mb) in refused.posts[0].text
    assert (refused.chat.wish, refused.chat.kept_skill) == ("make a video", small.slug)
    assert said(CHAT, "make a video", file, skill=large.slug).start


def test_a_profile_that_there_is_not_is_no_choice() -> None:
    assert said(CHAT, "make a video", PHOTO, skill="another").start[0].job.skill == USUAL
