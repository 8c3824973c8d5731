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
    files = pile.files or (waiting.files if _uses_kept(words, chat) else ())
    if pile.items:
        files = waiting.files + pile.files
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


def _uses_kept(words: str, chat: Chat) -> bool:
    """Words alone take the waiting photos, which is what they were asked for."""
    return bool(words and chat.kept)


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
