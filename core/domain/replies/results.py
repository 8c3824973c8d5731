"""What comes of a request, in its last words."""

from collections.abc import Sequence
from datetime import UTC, datetime

from core.domain.formatting import Rich, caveats, first_lines, gist, joined, read_markdown
from core.domain.replies import buttons, prices
from core.domain.replies.asking import with_hint
from core.domain.replies.buttons import Rows
from core.domain.requests import (
    Job,
    Notice,
    alt_text,
    files_of,
    had_timeline,
    restored_line,
    was_refused,
)
from core.domain.versions import Direction
from core.i18n import text
from core.messages import Video
from core.nemo import draft, gui
from core.nemo.draft import Digest


def timeline_of(state: Digest, language: str) -> str:
    """The timeline in one line, empty where there is none."""
    return draft.for_people(state.timeline, language)


def project_changed(job: Job, cost: float = 0.0) -> Notice:
    """A change after which there is nothing to export: what was answered, and what has changed.
    `cost` is what one more change usually costs (credits, 0 unknown)."""
    known, language = job.progress.turn, job.language
    said = _told(job)
    rows = (
        *buttons.options(known.reply),
        *buttons.strip(known.changes.unrequested, language, cost),
        *buttons.do_it(known.reply, language),
        *buttons.about_project(language, False),
        *buttons.undo(job),
    )
    told = said if said.text else text("result.edited", language)
    lines = [
        told,
        known.changes.summary,
        known.changes.timeline,
        _noted(job),
        *(_unrequested(job, kind) for kind in known.changes.unrequested),
    ]
    return _last(job, lines, rows)


def project_unchanged(job: Job, state: Digest) -> Notice:
    """A turn after which all is as it was: a question, an answer, or nothing."""
    reply, language = job.progress.turn.reply, job.language
    claims = reply.words and not reply.asks  # perhaps that all is done: the state says it is not
    said = _told(job)
    lines = [
        said if said.text else text("result.nothing_changed", language),
        text("result.not_changed", language) if claims else "",
        *_instead_of_clicking(job, state),
    ]
    rows = (
        *buttons.options(reply),
        *buttons.do_it(reply, language),
        *buttons.about_project(language, state.exportable),
    )
    return _last(job, lines, rows)


def _instead_of_clicking(job: Job, state: Digest) -> list[str]:
    """What the panels that the user was told to open would show; free, so it is simply shown
    (D36)."""
    actions, balance, shown = job.progress.turn.reply.actions, job.progress.price.balance, []
    if {gui.GuiAction.STATE, gui.GuiAction.TIMELINE} & set(actions):
        shown.append(timeline_of(state, job.language))
    if gui.GuiAction.CREDITS in actions and balance is not None and job.private:
        shown.append(text("talk.credits", job.language, available=balance))
    return shown


def video_ready(job: Job, cost: float = 0.0) -> Notice:
    """The video: one line, what is new in a line or two, and what is asked. It may be forwarded as
    it is, so what it cost is told beside it (the receipt), and all the rest under *Details*.
    `cost` is what one more change usually costs (credits, 0 unknown)."""
    language, export = job.language, job.progress.export
    reply, changes = job.progress.turn.reply, job.progress.turn.changes
    new, said = first_lines(changes.summary) or export.outline, _told(job)
    first = "result.changed" if had_timeline(job) and new else "result.ready"
    if said.text and changes.summary == f"• {text('draft.updated', language)}":
        new = ""  # the service says better what has changed than we can
    lines: list[Rich | str] = [
        restored_line(job) or text(first, language),
        new,
        said if reply.asks else caveats(said) if new else gist(said),
        _noted(job),
        *(_unrequested(job, kind) for kind in changes.unrequested),
    ]
    cover = files[0].ref if (files := files_of(job)) else ""
    video = Video(export.url, name=f"video-{job.id}.mp4", cover=cover, alt=alt_text(job))
    return _last(job, lines, buttons.under_video(job, cost), video)


def video_details(job: Job, *, private: bool) -> Rich:
    """All that a result leaves out; what was paid only where its owner reads alone."""
    turn, export = job.progress.turn, job.progress.export
    told = (
        export.timeline or turn.changes.timeline,
        turn.changes.summary if had_timeline(job) else "",
        _told(job),
        prices.spent(job) if private else "",
    )
    said = joined(told, "\n\n")
    return said if said.text else Rich(text("result.no_details", job.language))


def _told(job: Job) -> Rich:
    """What the service answered, with our own names of files as people call them."""
    return read_markdown(draft.for_people(job.progress.turn.reply.words, job.language))


def _noted(job: Job) -> str:
    """A word where the turn broke off or says that it went wrong, although something came of it."""
    known = job.progress.turn
    return text("result.problem_noted", job.language) if known.failed or known.cut else ""


def _unrequested(job: Job, kind: str) -> str:
    """What was added by itself, and whether the wish was to have none."""
    return text(f"result.{'unwanted' if was_refused(job, kind) else 'extra'}_{kind}", job.language)


def export_blocked(job: Job, page: str, opening: Rows) -> Notice:
    """The service exports nothing for this user until they have registered on that page."""
    words = text("trouble.export_blocked", job.language, link=page)
    return Notice(words, (*buttons.export(job.language), *opening), final=True)


def render_failed(language: str) -> Notice:
    """No film came of it, but the timeline is still there."""
    words = text("trouble.render_failed", language)
    return Notice(words, buttons.about_project(language, True), final=True)


def turn_failed(key: str, language: str) -> Notice:
    """Nothing came of the turn, as `trouble.turn_lost` or `trouble.turn_failed` says."""
    return Notice(text(key, language), buttons.again(language), final=True)


def upload_failed(language: str) -> Notice:
    """It has failed as often as it may."""
    return Notice(text("trouble.upload", language), buttons.again(language), final=True)


def nobody_left(language: str) -> Notice:
    """Everybody has taken their photos out of a group reel."""
    return Notice(text("reel.nobody_left", language), final=True)


def nothing_to_edit(language: str) -> Notice:
    """The video that was to be changed never came."""
    return Notice(text("talk.nothing_to_edit", language), final=True)


def no_such_version(direction: Direction, language: str) -> Notice:
    """There is no earlier, no later, or no such version."""
    return Notice(text(NOTHING_THERE[direction], language), final=True)


NOTHING_THERE = {
    Direction.BACK: "talk.nothing_to_undo",
    Direction.FORWARD: "talk.nothing_to_redo",
    Direction.TO: "talk.no_such_version",
}


def nothing_to_export(job: Job) -> Notice:
    """There is no timeline yet."""
    return _asking(job, text("talk.nothing_to_export", job.language))


def no_free_tokens(language: str, until: float) -> Notice:
    """Nobody can pay before that day (seconds since the epoch)."""
    day = datetime.fromtimestamp(until, UTC).strftime("%Y-%m-%d")
    return Notice(text("trouble.no_free_tokens", language, day=day), final=True)


def project_report(job: Job, state: Digest) -> Notice:
    """What is on the timeline, or how many files wait for one."""
    timeline = timeline_of(state, job.language)
    if timeline:
        rows = buttons.about_project(job.language, state.exportable)
        return Notice(timeline, rows, final=True)
    key = "talk.status_media" if state.videos else "talk.status_nothing"
    return _asking(job, text(key, job.language, count=len(state.videos)))


def _asking(job: Job, words: str) -> Notice:
    return Notice(with_hint(words, job.language, job.address, private=job.private), final=True)


def _last(job: Job, words: Sequence[Rich | str], rows: Rows, video: Video | None = None) -> Notice:
    """The last words, in paragraphs: those of the service as they were set apart, ours plain."""
    lost = text("result.timeline_gone", job.language) if job.progress.connection.lost else ""
    said, receipt = joined((*words, lost), "\n\n"), prices.spent(job)
    return Notice(said.text, rows, video, spans=said.spans, final=True, receipt=receipt)
