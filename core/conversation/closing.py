"""What a complete pile amounts to: a video to make, an edit, a question about the photos, or nothing at all."""

from dataclasses import replace

from core.conversation.chat import Chat, suggestion_buttons, what_now
from core.gathering import Item, Line, Pile, without
from core.i18n import text
from core.intents import Intent, asks_for_video, classify, each, extends_project, one_of, resolution, voiced
from core.jobs import Facts, Job, Keep, Next, Plan, Say, Step
from core.messages import Attachment
from core.skills import Skill

URL = "url:"


def close(job: Job, chat: Chat, skill: Skill, now: float, room: int | None = None) -> Next:
    """End GATHER: the plan and the facts of the request, or its photos back to the chat with a question.

    `room` is how many videos the daily limits leave, None for any number.

    Decided here and not when the first message came, because photos and words come in either order.
    """
    pile, waiting, language = job.pile, chat.holds(now), chat.speaks
    job = replace(job, language=language)  # that of the words, which may have come after the photos
    if not pile.addressed:
        return Next(Facts(), last=True)
    words = pile.words or waiting.wish
    others = without(waiting.files, pile.files) if pile.words else waiting.files
    files = (others if _belong(job, chat, waiting, now) else ()) + pile.files
    wanted = pile.skill or waiting.skill
    if not words:
        question = Say(
            what_now(len(files), language, job.address, private=job.private), suggestion_buttons(skill, language)
        )
        return Next(Facts(), question, last=True, keep=Keep(files, skill=wanted), language=language)
    job = replace(job, skill=wanted or job.skill)
    facts = Facts(words=words, lines=len(pile.lines), resolution=resolution(words))
    if files and classify(words, False) is not Intent.GENERATE and _is_free(words):
        # "export 1080p MP4" under a photo asks for the video of it
        facts = replace(facts, words=text("wish.default", language))
    if len(files) > 1 and each(words):
        return _batch(job, facts, files, now, room)
    return _request(facts, files, job, chat, wanted)


FREE = frozenset({Intent.EXPORT, Intent.CREDITS, Intent.STATUS, Intent.UPLOAD, Intent.GREETING, Intent.HELP})


def _is_free(words: str) -> bool:
    return classify(words, False) in FREE


SOON = 600.0
"""Seconds within which another photo, words and all, still belongs to the photos that wait for words."""


def _belong(job: Job, chat: Chat, waiting: Keep, now: float) -> bool:
    """Whether the waiting photos are meant as well.

    Words alone are what they were waiting for, and a photo alone joins them. A photo with words of its own is a request
    of its own, unless the others came just before it and were never part of one.
    """
    if not job.pile.items or not job.pile.words:
        return True
    return not waiting.wish and now - chat.kept_at < SOON


def _batch(job: Job, facts: Facts, files: tuple[Attachment, ...], now: float, room: int | None) -> Next:
    """ "Make one video of each": a request of its own for every file, with its own line of words if there are as many.

    They run one after the other in the chat's lane; each gets its own render (the batch style of the skills), and a
    project of its own, so that no clip ends up on another's timeline. What the daily limits do not allow is kept.
    """
    lines = [line.strip() for line in facts.words.splitlines() if line.strip()]
    own = lines if len(lines) == len(files) else [facts.words] * len(files)
    jobs = tuple(_one(job, facts, file, one_of(words), now) for file, words in zip(files, own, strict=True))
    possible = len(files) if room is None else min(room, len(files))
    if possible < len(files):
        say = Say(text("talk.batch_some", job.language, count=possible, left=len(files) - possible))
        return Next(
            facts, say, last=True, keep=Keep(files[possible:], facts.words, job.pile.skill), spawn=jobs[:possible]
        )
    say = Say(text("talk.batch", job.language, count=len(files)))
    return Next(facts, say, last=True, keep=Keep(), spawn=jobs)


def _one(job: Job, facts: Facts, file: Attachment, words: str, now: float) -> Job:
    """One request of a batch, ready for its turn in the lane."""
    pile = Pile((Item(0, file),), (Line(0, words),), opened=now, addressed=True)
    own = replace(with_files(facts, (file,)), words=words, lines=1, fresh=True)
    return replace(
        job, id=0, plan=Plan.MAKE, step=Step.CONNECT, begun=0, version=0, pile=pile, facts=own, told=0.0, due=now
    )


def with_files(facts: Facts, files: tuple[Attachment, ...]) -> Facts:
    """The facts with these files, typed links apart from what the platform holds."""
    return replace(
        facts,
        files=tuple(file for file in files if not file.ref.startswith(URL)),
        links=tuple(file.ref.removeprefix(URL) for file in files if file.ref.startswith(URL)),
    )


def _request(facts: Facts, files: tuple[Attachment, ...], job: Job, chat: Chat, wanted: str) -> Next:
    """New photos start a fresh project, unless the words add them to the one there is; words alone edit it.

    A project without a video was asked for one, so whatever is said about it ends with the video (D38).
    """
    project, pile = chat.project, job.pile
    adds = project is not None and not pile.anew and (not project.made or extends_project(facts.words))
    extends = project is not None and (not files or adds)
    makes = bool(files) or project is None or not project.made or pile.deliver or asks_for_video(facts.words)
    facts = replace(with_files(facts, files), fresh=not extends)
    with_voice = any(map(_is_sound, files)) or voiced(facts.words)
    suited = VOICE_OVER if with_voice and not all(map(_is_sound, files)) and not chat.skill else ""
    plan = Plan.MAKE if makes else Plan.EDIT
    return Next(facts, keep=Keep(), plan=plan, skill=wanted or suited, language=job.language)


def _is_sound(file: Attachment) -> bool:
    """As the sender claims: it chooses no more than the profile."""
    return file.mime.startswith("audio/") or file.name.lower().endswith(SOUNDS)


SOUNDS = (".mp3", ".wav", ".m4a", ".aac", ".ogg", ".oga", ".opus")
VOICE_OVER = "how-to-create-ai-video"
"""The profile made for photos with a voice-over; it is taken where the user has chosen none."""
