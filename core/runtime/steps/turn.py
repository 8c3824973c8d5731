"""The paid turn: the state before it, the one request, and what the state says afterwards."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import replace

from core.domain.recovery import read_reply
from core.domain.requests import (
    SELF,
    Changes,
    Fail,
    Job,
    Next,
    Notice,
    Outcome,
    Plan,
    Progress,
    Project,
    Reply,
    Rewind,
    Snapshot,
    Step,
    TurnProgress,
    Wait,
)
from core.i18n import text
from core.messages import Button, Command
from core.nemo import draft, gui, wire
from core.nemo.digest import Differences, Digest
from core.nemo.errors import NemoError, NoCredits
from core.nemo.questions import label
from core.nemo.wire.values import loads
from core.runtime.steps.before import again_buttons, files_of
from core.runtime.steps.context import StepContext
from core.runtime.steps.money import settled, spent

LOOKS = 5
"""Unchanged looks at the state after a lost connection until we say that it failed (docs/backend.md
7.8)."""
SILENT_LOOKS = (0.1, 1 / 3, 1.0)
"""A silent turn is looked at again after 3, 10 and 30 s: these parts of the recovery pause
(7.6)."""


async def mark(job: Job, context: StepContext) -> Outcome:
    """Write down what the project looks like before it is changed; this line is on disk before the
    paid request.

    Uploaded files that the state does not show yet are waited for a little: the words are about
    them (D14)."""
    known, connection, state = (
        job.progress.turn,
        job.progress.connection,
        await context.project(job),
    )
    brought = connection.fresh and job.progress.upload.done
    if brought and not state.videos and known.polls < len(SILENT_LOOKS):
        pause = SILENT_LOOKS[known.polls] * context.settings.nemo_recovery_first_seconds
        return Wait(_with_turn(job, replace(known, polls=known.polls + 1)), pause)
    if brought and job.rewinds < ANEW and _twice(job, state):
        return Rewind(job.progress.without_session(), Step.CONNECT)
    taken = Snapshot(state.fingerprint, state.text, state.exportable)
    progress = _with_turn(job, replace(known, snapshot=taken, polls=0))
    session = job.progress.session
    bound = replace(connection, session=replace(session, bind=session.bind or state.bind))
    return Next(replace(progress, connection=bound))


def _with_turn(job: Job, turn: TurnProgress) -> Progress:
    return replace(job.progress, turn=turn)


ANEW = 2
"""Fresh sessions that a picture counted twice is worth; after that the request goes on as it is."""


def _twice(job: Job, state: Digest) -> bool:
    """Whether a file of ours is in the project twice: an upload that was cut off came late, beside
    the second one."""
    return any(state.videos.count(part.name) > 1 for part in job.progress.upload.parts)


async def generate(job: Job, context: StepContext) -> Outcome:
    """The paid request, sent once. An earlier run that never reported may have sent it: then only
    look (D20)."""
    if job.claims > 1:
        return Next(_with_turn(job, replace(job.progress.turn, cut=True)))
    call = wire.run_sse(
        context.token(job), context.attribution, job.progress.session.id, words_of(job)
    )

    async def quiet() -> None:
        await context.tell(await _unusually_long(job, context))

    async def drafted() -> None:
        await context.tell(text("status.raw_clip", job.language))

    first = not had_timeline(job)
    end = await context.nemo.turn(
        call, context.heard, quiet=quiet, drafted=drafted if first else None
    )
    reply = await asyncio.to_thread(
        read_reply, end.text, end.question
    )  # of a long answer it takes a while
    empty = isinstance(end.refusal, NoCredits)
    turn = replace(job.progress.turn, reply=reply, failed=end.failed, out_of_credits=empty)
    return Next(_with_turn(job, turn))


async def _unusually_long(job: Job, context: StepContext) -> str:
    """Words for a turn that has said nothing for ten minutes: what the state shows, and that we go
    on waiting (D17)."""
    try:
        state = await context.patiently(lambda: context.project(job))
        changed = state.fingerprint != job.progress.snapshot.fingerprint
    except NemoError:
        changed = False
    return text("status.long_changed" if changed else "status.long", job.language)


def words_of(job: Job) -> str:
    """The wish as it was settled, and the captions of photos that came late."""
    if job.bundle.amended:
        return job.bundle.amended
    late = [line.text for line in job.bundle.lines[job.progress.wish.lines :] if line.text]
    return "\n".join((job.progress.wish.words, *late))


async def check(job: Job, context: StepContext) -> Outcome:
    """Compare the state with the snapshot: what changed is said and exported; what did not is never
    called done."""
    known = job.progress.turn
    if known.cut and known.polls == 0:
        return Wait(
            _with_turn(job, replace(known, polls=1)),
            context.settings.nemo_recovery_first_seconds,
            Notice(text("status.recovering", job.language)),
        )
    state = await context.project(job)
    if state.fingerprint != job.progress.snapshot.fingerprint:
        found = replace(job, progress=await settled(job, context)) if known.cut else job
        return _changed(found, context, state, await _differences(found, context, state))
    return _unchanged(job, context, state)


async def _differences(job: Job, context: StepContext, state: Digest) -> Differences:
    """What has changed. Where it cannot be told, that something has."""
    try:
        before = job.progress.snapshot.draft
        return await context.nemo.beside.differences(before, state.text, job.language)
    except NemoError:
        return Differences((text("draft.updated", job.language),))


def _changed(job: Job, context: StepContext, state: Digest, found: Differences) -> Outcome:
    known, language = job.progress.turn, job.language
    reply = replace(known.reply, words=draft.for_people(known.reply.words, language))
    changes = Changes(
        draft.for_people("\n".join(f"• {line}" for line in found.changes), language),
        timeline_of(state, language),
        _extras(job, found.added),
    )
    progress = _with_turn(job, replace(known, reply=reply, changes=changes, polls=0))
    project = _project(job, context)
    made = project.made or state.exportable
    project = replace(project, made=made, asks=reply.asking, options=reply.options)
    if state.exportable and (job.plan is Plan.MAKE or gui.GuiAction.EXPORT in reply.actions):
        notice = Notice(text("status.rendering", language, percent=0), percent=0)
        return Next(progress, notice, project=project)
    note = text("result.problem_noted", language) if known.failed or known.cut else ""
    told = reply.words or text("result.edited", language)
    words = [told, changes.summary, changes.timeline, note, spent(job)]
    rows = (
        *option_buttons(reply),
        *do_it_button(job),
        *edit_buttons(job, state.exportable),
        *undo_buttons(job),
    )
    return Next(progress, Notice(_paragraphs(words), rows, final=True), last=True, project=project)


ASKED_FOR = {
    "audio": re.compile(
        r"music|song|sound|audio|bgm|voice|narrat|音乐|配乐|声音|音效|歌|旁白|配音|口播",
        re.IGNORECASE,
    ),
    "text": re.compile(r"title|text|caption|subtitle|words|标题|字幕|文字|写上", re.IGNORECASE),
}


def _extras(job: Job, added: Iterable[str]) -> tuple[str, ...]:
    """Kinds of tracks that the backend added by itself: there now, not before, and never asked for
    (7.9)."""
    has = set(added)
    if any(part.mime.startswith("audio/") for part in job.progress.upload.parts):
        has -= {"audio"}
    return tuple(
        kind for kind, asked in ASKED_FOR.items() if kind in has and not asked.search(words_of(job))
    )


def _unchanged(job: Job, context: StepContext, state: Digest) -> Outcome:
    known, reply, settings = job.progress.turn, job.progress.turn.reply, context.settings
    if known.cut:
        if known.polls <= LOOKS - 1:
            looked = _with_turn(job, replace(known, polls=known.polls + 1))
            return Wait(looked, settings.nemo_recovery_seconds)
        return _failed(job, context, "trouble.turn_lost")
    if known.out_of_credits:
        raise NoCredits(endpoint="turn", code=2001)
    if known.failed:
        return _failed(job, context, "trouble.turn_failed")
    if not reply.raw and known.polls < len(SILENT_LOOKS):
        pause = SILENT_LOOKS[known.polls] * settings.nemo_recovery_first_seconds
        return Wait(_with_turn(job, replace(known, polls=known.polls + 1)), pause)
    progress = _with_turn(job, replace(known, polls=0))
    if gui.GuiAction.EXPORT in reply.actions and state.exportable:
        notice = Notice(text("status.rendering", job.language, percent=0), percent=0)
        return Next(progress, notice, project=_project(job, context))
    asks = reply.asking or bool(reply.options) or reply.words.rstrip().endswith(("?", "？"))
    claims = reply.words and not asks  # perhaps that all is done: the state says that it is not
    note = text("result.not_changed", job.language) if claims else ""
    words = [
        reply.words or text("result.nothing_changed", job.language),
        note,
        *_instead_of_clicking(job, state),
    ]
    rows = (*option_buttons(reply), *do_it_button(job), *edit_buttons(job, state.exportable))
    project = replace(_project(job, context), asks=asks, options=reply.options)
    notice = Notice(_paragraphs([*words, spent(job)]), rows, final=True)
    return Next(progress, notice, last=True, project=project)


def _failed(job: Job, context: StepContext, key: str) -> Fail:
    """Nothing came of the turn. Its files are in the project, so other words about it need no
    second upload."""
    return Fail(
        Notice(text(key, job.language), again_buttons(job), final=True),
        project=_project(job, context),
    )


DO_IT = "do-it"
"""What the button under "drag the clip …" carries: the backend is asked to do itself what it told
the user to do."""


def do_it_button(job: Job) -> tuple[tuple[Button, ...], ...]:
    """Where the backend told the user to drag or adjust something: it may cost credits, so the user
    decides (D36)."""
    if gui.GuiAction.EDIT not in job.progress.turn.reply.actions:
        return ()
    return ((Button(text("button.do_it", job.language), Command.EDIT, SELF, DO_IT),),)


OPTION = "a"
"""What the button of an answer carries, before its number from 0: `a0`, `a1` …"""


def option_buttons(reply: Reply, row: int = 0) -> tuple[tuple[Button, ...], ...]:
    """The answers that a question of the service names, in its own words; `row` buttons a row, 0 as
    it fits."""
    count = len(reply.options)
    width = row or (1 if count <= ROWS else -(-count // ROWS))
    buttons = [
        Button(label(each), Command.EDIT, SELF, f"{OPTION}{place}")
        for place, each in enumerate(reply.options)
    ]
    return tuple(tuple(buttons[at : at + width]) for at in range(0, count, width))


ROWS = 4
"""Rows of answers; Discord shows five rows in all."""


def _instead_of_clicking(job: Job, state: Digest) -> list[str]:
    """What the panels that the user was told to open would show; free, so it is simply shown
    (D36)."""
    actions, shown = job.progress.turn.reply.actions, []
    if {gui.GuiAction.STATE, gui.GuiAction.TIMELINE} & set(actions):
        shown.append(timeline_of(state, job.language))
    if gui.GuiAction.CREDITS in actions and job.progress.price.balance is not None and job.private:
        shown.append(text("talk.credits", job.language, available=job.progress.price.balance))
    return shown


def undo_buttons(job: Job) -> tuple[tuple[Button, ...], ...]:
    """Back to the version before, where there was one: its stored draft is exported once more, free
    of charge."""
    if not had_timeline(job):
        return ()
    return ((Button(text("button.undo", job.language), Command.UNDO, SELF),),)


def _project(job: Job, context: StepContext) -> Project:
    """The session that the chat's next words are about."""
    payer, session, known = job.progress.payer, job.progress.session, context.chat.project
    if known is not None and known.session == session.id:
        return replace(known, asks=False, options=())
    maker = job.id if files_of(job) or job.progress.wish.links else 0
    return Project(session.id, session.task, session.bind, payer, maker=maker)


def timeline_of(state: Digest, language: str) -> str:
    """The timeline in one line, empty where there is none."""
    return draft.for_people(state.timeline, language)


def changed_of(job: Job) -> str:
    """What has changed on a timeline that was there before; of a new one every part would be told
    twice."""
    return job.progress.turn.changes.summary if had_timeline(job) else ""


def had_timeline(job: Job) -> bool:
    """Whether there was something to export before the request. Those of an earlier version did not
    write it down."""
    before = job.progress.turn.snapshot
    if before is None or before.exportable is not None:
        return before is not None and bool(before.exportable)
    return bool(before.draft) and draft.exportable(loads(before.draft))


def _paragraphs(words: list[str]) -> str:
    return "\n\n".join(part for part in words if part)


def edit_buttons(job: Job, exportable: bool) -> tuple[tuple[Button, ...], ...]:
    """Under words about a project: export it if there is something to export, or begin another."""
    language = job.language
    first = (Button(text("button.export", language), Command.EXPORT, SELF),) if exportable else ()
    return ((*first, Button(text("button.new", language), Command.NEW, SELF)),)
