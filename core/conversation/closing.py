"""What a complete pile amounts to: a video to make, an edit, a question about the photos, or nothing at all."""

from dataclasses import replace

from core.conversation.chat import Chat, suggestion_buttons
from core.i18n import text
from core.intents import Intent, asks_for_video, classify, extends_project
from core.jobs import Facts, Job, Keep, Next, Plan, Say
from core.messages import Attachment
from core.skills import Skill

URL = "url:"


def close(job: Job, chat: Chat, skill: Skill, now: float) -> Next:
    """End GATHER: the plan and the facts of the request, or its photos back to the chat with a question.

    Decided here and not when the first message came, because photos and words come in either order.
    """
    pile, waiting, language = job.pile, chat.holds(now), job.language
    if not pile.addressed:
        return Next(Facts(), last=True)
    words = pile.words or waiting.wish
    files = (waiting.files if _belong(job, chat, waiting, now) else ()) + pile.files
    if not words:
        return Next(
            Facts(), Say(_what_now(len(files), language), suggestion_buttons(skill, language)), True, keep=Keep(files)
        )
    if files and classify(words, False) is not Intent.GENERATE and _is_free(words):
        words = text("wish.default", language)  # "export 1080p MP4" under a photo asks for the video of it
    return _request(replace(Facts(), words=words, lines=len(pile.lines)), files, chat, skill, language)


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


def _what_now(count: int, language: str) -> str:
    return text("talk.what_now_one" if count == 1 else "talk.what_now_many", language, count=count)


def _request(facts: Facts, files: tuple[Attachment, ...], chat: Chat, skill: Skill, language: str) -> Next:
    """New photos start a fresh project, unless the words add them to the one there is; words alone edit it."""
    project = chat.project
    extends = project is not None and (not files or not project.made or extends_project(facts.words))
    makes = bool(files) or project is None or asks_for_video(facts.words)
    facts = replace(
        facts,
        files=tuple(file for file in files if not file.ref.startswith(URL)),
        links=tuple(file.ref.removeprefix(URL) for file in files if file.ref.startswith(URL)),
        fresh=not extends,
    )
    say = Say(skill.connecting[language])
    return Next(facts, say, keep=Keep(), plan=Plan.MAKE if makes else Plan.EDIT)
