"""The last videos, one a project, with the picture of the newest, their words and versions; each
comes again by a button, free and without an upload where possible. And all that is known of one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from core.domain import replies
from core.domain.conversation.chat import Context, Decision, reply
from core.domain.conversation.chat.context import MOST
from core.domain.conversation.commands.projects import in_the_making, underway
from core.domain.conversation.commands.replies import briefly, phrase
from core.domain.requests import Job, alt_text, first_photo, is_picture, version_shown
from core.domain.versions import Versions
from core.i18n import text
from core.messages import (
    Attachment,
    Button,
    Command,
    Gallery,
    Inbound,
    Outbound,
    Single,
    Subject,
    Video,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One project: its newest video, or that of the version at which it stands."""

    job: Job
    versions: Versions


def list_videos(context: Context, inbound: Inbound, now: float) -> Decision:
    """The list; or, by its buttons, one video once more."""
    if context.named is not None and context.named.video:
        return Decision(context.chat, posts=(_once_more(context, inbound, context.named),))
    if inbound.job:
        return Decision(context.chat, posts=(briefly(context, inbound, "talk.history_gone"),))
    entries = tuple(_entries(context))[:MOST]
    if entries:
        return Decision(context.chat, posts=(_listed(context, inbound, entries),))
    waits = in_the_making(context) or context.chat.holds(now).files
    if context.chat.project is None and waits:
        said = underway(context, inbound, "talk.history_empty", now)
    else:
        said = phrase(context, inbound, "talk.history_empty")
    return Decision(context.chat, posts=(said,))


def _entries(context: Context) -> Iterator[Entry]:
    """Finished videos only, the newest project first."""
    projects: dict[str, list[Job]] = {}
    for job in context.past:
        if job.video:
            projects.setdefault(job.progress.worked_in or f"job {job.id}", []).append(job)
    for session, jobs in projects.items():
        versions = context.histories.get(session, Versions())
        shown = (job for job in jobs if versions.shown == version_shown(job, versions) != 0)
        yield Entry(next(shown, jobs[0]), versions)


def _listed(context: Context, inbound: Inbound, entries: tuple[Entry, ...]) -> Outbound:
    lines = [text("talk.history", context.chat.speaks)]
    lines += [_line(context, number, entry) for number, entry in enumerate(entries, 1)]
    row = tuple(
        Button(f"▶️ {number}", Command.HISTORY, entry.job.id)
        for number, entry in enumerate(entries, 1)
    )
    newest = entries[0].job
    message = reply(context, inbound, "\n".join(lines), row, discreet=True)
    if newest.clip:
        return replace(message, media=_film(newest), about=Subject(newest.id))
    return replace(message, media=_covers(entries, lines[0]))


def _covers(entries: tuple[Entry, ...], alt: str) -> Gallery | None:
    """The first photo of each, under its number; None where there is none. A film that the platform
    has no name for would have to be fetched and sent once more."""
    photos = tuple(_cover(entry) for entry in entries)
    return Gallery(alt=alt, photos=photos) if any(photos) else None


def _cover(entry: Entry) -> Attachment | None:
    versions = entry.versions
    files = (file for version in versions.way(versions.shown) for file in version.files)
    return first_photo(entry.job) or next(filter(is_picture, files), None)


def _line(context: Context, number: int, entry: Entry) -> str:
    """`1. 2026-11-26 · a dreamy video · v1 ▸v2 v3`."""
    day = datetime.fromtimestamp(entry.job.created, UTC).strftime("%Y-%m-%d")
    first = next((version.words for version in entry.versions.way(entry.versions.shown)), "")
    said = first or entry.job.progress.wish.words
    said = said or text("talk.history_export", context.chat.speaks)
    said = ", ".join(" ".join(line.split()) for line in said.splitlines() if line.strip())
    words = said if len(said) <= WORDS else f"{said[:WORDS].rstrip()}…"
    return " · ".join(filter(None, (f"{number}. {day}", words, _versions(entry.versions))))


WORDS = 40
"""Characters of a wish that are repeated."""
VERSIONS = 5
"""Versions that are named, the newest ones."""


def _versions(versions: Versions) -> str:
    """All of them in a row, with a sign at the one that is shown; nothing where there is one."""
    if len(versions.all) < 2:
        return ""
    named = [_name(versions, version.number) for version in versions.all[-VERSIONS:]]
    return " ".join(["…"] * (len(versions.all) > VERSIONS) + named)


def _name(versions: Versions, number: int) -> str:
    return f"{'▸' if number == versions.shown else ''}v{number}"


def _once_more(context: Context, inbound: Inbound, job: Job) -> Outbound:
    """The video, with a button for each version of its project that can be shown."""
    versions = context.histories.get(job.progress.worked_in, Versions())
    there = [version.number for version in versions.all if versions.aim(version.number)]
    row = tuple(
        Button(_name(versions, number), Command.UNDO, job.id, f"v{number}")
        for number in there[-VERSIONS:]
    )
    words = text("talk.history_again", context.chat.speaks, url=job.video)
    rows = (row,) if len(there) > 1 else ()
    discreet = job.private and not inbound.place.private
    message = reply(context, inbound, words, *rows, discreet=discreet)
    return replace(message, media=_film(job), about=Subject(job.id))


def _film(job: Job) -> Video:
    return Video(job.video, f"video-{job.id}.mp4", ref=job.clip, alt=alt_text(job))


def details(context: Context, inbound: Inbound, now: float) -> Decision:
    """The *Details* button: the timeline, what the service said, the file and the project."""
    job, private = context.named, inbound.place.private
    if job is None:
        return Decision(context.chat, posts=(briefly(context, inbound, "talk.again_gone"),))
    said = replies.video_details(job, private=private)
    opening = replies.project_button(context.chat.project, job.language, now) if private else ()
    pages = tuple(button for row in (*replies.file_button(job), *opening) for button in row)
    other = replies.details_buttons(job) if job.video else ()
    rows = (*((pages,) if pages else ()), *other)
    post = reply(context, inbound, "", *rows).saying(said.text, said.spans)
    return Decision(context.chat, posts=(replace(post, manner=Single(silent=True)),))
