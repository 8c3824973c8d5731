"""What a step leaves in the chat: the project that words are about from now on, and what waits
again."""

from dataclasses import replace

from core.domain.conversation.chat import Chat
from core.domain.requests import Advanced, Job, Kept, Project, State


def chat_after(chat: Chat, advanced: Advanced, now: float) -> Chat:
    """The chat once a step is over. A fresh start that was asked for meanwhile is not undone by
    what was begun before it."""
    job = advanced.job
    if advanced.drop_project and _was_in(chat.project, job):
        chat = replace(chat, project=None)
    if advanced.project is not None and job.created >= chat.renewed:
        chat = replace(chat, project=advanced.project)
    if advanced.keep is None or job.progress.wish.reel:  # photos of others are not theirs to keep
        return chat
    failed = job.state is State.FAILED
    kept = _together(chat.holds(now), advanced.keep) if failed else advanced.keep
    return chat.keeping(kept, now)


def chat_for(chat: Chat, job: Job) -> Chat:
    """The chat as the steps of a request see it: in the project that it is about."""
    about, known = job.about, chat.project
    if about is None or job.progress.connection.fresh:
        return chat
    return chat if known and known.session == about.session else replace(chat, project=about)


def _was_in(project: Project | None, job: Job) -> bool:
    """Whether the project at hand is the one that the request lost; where it names none, it is."""
    session = job.progress.connection.session
    named = {job.about.session} if job.about else set()
    named |= {session.id} if session else set()
    return project is None or not named or project.session in named


def _together(waiting: Kept, handed_back: Kept) -> Kept:
    """What a failed job hands back, with what has come to wait meanwhile."""
    newer = tuple(file for file in waiting.files if file not in handed_back.files)
    return Kept(
        handed_back.files + newer,
        handed_back.wish or waiting.wish,
        handed_back.skill or waiting.skill,
    )
