"""What a step leaves in the chat: the project that words are about from now on, and what waits
again."""

from dataclasses import replace

from core.domain.conversation.chat import Chat
from core.domain.requests import Advanced, Kept, State


def chat_after(chat: Chat, advanced: Advanced, now: float) -> Chat:
    """The chat once a step is over. A fresh start that was asked for meanwhile is not undone by
    what was begun before it."""
    job = advanced.job
    if advanced.drop_project:
        chat = replace(chat, project=None)
    if advanced.project is not None and job.created >= chat.renewed:
        chat = replace(chat, project=advanced.project)
    if advanced.keep is None:
        return chat
    failed = job.state is State.FAILED
    kept = _together(chat.holds(now), advanced.keep) if failed else advanced.keep
    return chat.keeping(kept, now)


def _together(waiting: Kept, handed_back: Kept) -> Kept:
    """What a failed job hands back, with what has come to wait meanwhile."""
    newer = tuple(file for file in waiting.files if file not in handed_back.files)
    return Kept(
        handed_back.files + newer,
        handed_back.wish or waiting.wish,
        handed_back.skill or waiting.skill,
    )
