"""The paid turn: the state before it, the one request, and what the state says afterwards."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import replace

from core.domain.recovery import heard
from core.domain.requests import (
    SELF,
    Facts,
    Fail,
    Job,
    Next,
    Notice,
    Outcome,
    Plan,
    Project,
    Rewind,
    Step,
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
    facts, state = job.facts, await context.project(job)
    if facts.fresh and facts.uploaded and not state.videos and facts.looks < len(SILENT_LOOKS):
        pause = SILENT_LOOKS[facts.looks] * context.settings.nemo_recovery_first_seconds
        return Wait(replace(facts, looks=facts.looks + 1), pause)
    if facts.fresh and facts.uploaded and job.backs < ANEW and _twice(job, state):
        return Rewind(replace(facts, session="", uploaded=False, doubt=False), Step.CONNECT)
    return Next(
        replace(
            facts,
            mark=state.fingerprint,
            before=state.text,
            exported_before=state.exportable,
            bind=facts.bind or state.bind,
            looks=0,
        )
    )


ANEW = 2
"""Fresh sessions that a picture counted twice is worth; after that the request goes on as it is."""


def _twice(job: Job, state: Digest) -> bool:
    """Whether a file of ours is in the project twice: an upload that was cut off came late, beside
    the second one."""
    return any(state.videos.count(part.name) > 1 for part in job.facts.parts)


async def generate(job: Job, context: StepContext) -> Outcome:
    """The paid request, sent once. An earlier run that never reported may have sent it: then only
    look (D20)."""
    if job.begun > 1:
        return Next(replace(job.facts, cut=True))
    call = wire.run_sse(context.token(job), context.attribution, job.facts.session, words_of(job))

    async def quiet() -> None:
        await context.tell(await _unusually_long(job, context))

    async def drafted() -> None:
        await context.tell(text("status.raw_clip", job.language))

    first = not had_timeline(job)
    end = await context.nemo.turn(
        call, context.heard, quiet=quiet, drafted=drafted if first else None
    )
    facts = await asyncio.to_thread(
        heard, job.facts, end.text, end.failed, end.question
    )  # of a long answer it takes a while
    return Next(replace(facts, out_of_credits=isinstance(end.refusal, NoCredits)))


async def _unusually_long(job: Job, context: StepContext) -> str:
    """Words for a turn that has said nothing for ten minutes: what the state shows, and that we go
    on waiting (D17)."""
    try:
        changed = (
            await context.patiently(lambda: context.project(job))
        ).fingerprint != job.facts.mark
    except NemoError:
        changed = False
    return text("status.long_changed" if changed else "status.long", job.language)


def words_of(job: Job) -> str:
    """The wish as it was settled, and the captions of photos that came late."""
    if job.bundle.amended:
        return job.bundle.amended
    late = [line.text for line in job.bundle.lines[job.facts.lines :] if line.text]
    return "\n".join((job.facts.words, *late))


async def check(job: Job, context: StepContext) -> Outcome:
    """Compare the state with the mark: what changed is said and exported; what did not is never
    called done."""
    facts = job.facts
    if facts.cut and facts.looks == 0:
        return Wait(
            replace(facts, looks=1),
            context.settings.nemo_recovery_first_seconds,
            Notice(text("status.recovering", job.language)),
        )
    state = await context.project(job)
    if state.fingerprint != facts.mark:
        found = replace(job, facts=await settled(job, context)) if facts.cut else job
        return _changed(found, context, state, await _differences(found, context, state))
    return _unchanged(job, context, state)


async def _differences(job: Job, context: StepContext, state: Digest) -> Differences:
    """What has changed. Where it cannot be told, that something has."""
    try:
        return await context.nemo.beside.differences(job.facts.before, state.text, job.language)
    except NemoError:
        return Differences((text("draft.updated", job.language),))


def _changed(job: Job, context: StepContext, state: Digest, found: Differences) -> Outcome:
    facts = job.facts
    facts = replace(
        facts,
        heard=draft.for_people(facts.heard, job.language),
        summary=draft.for_people("\n".join(f"• {line}" for line in found.changes), job.language),
        timeline=timeline_of(state, job.language),
        extras=_extras(job, found.added),
        looks=0,
        waited=0.0,
    )
    project = _project(job, context)
    project = replace(
        project, made=project.made or state.exportable, asks=facts.asking, options=facts.options
    )
    if state.exportable and (job.plan is Plan.MAKE or gui.GuiAction.EXPORT in facts.actions):
        return Next(
            facts,
            Notice(text("status.rendering", job.language, percent=0), percent=0),
            project=project,
        )
    note = text("result.problem_noted", job.language) if facts.failed or facts.cut else ""
    told = facts.heard or text("result.edited", job.language)
    words = [told, facts.summary, facts.timeline, note, spent(job)]
    rows = (
        *option_buttons(facts),
        *do_it_button(job),
        *edit_buttons(job, state.exportable),
        *undo_buttons(job),
    )
    return Next(facts, Notice(_paragraphs(words), rows, final=True), last=True, project=project)


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
    if any(part.mime.startswith("audio/") for part in job.facts.parts):
        has -= {"audio"}
    return tuple(
        kind for kind, asked in ASKED_FOR.items() if kind in has and not asked.search(words_of(job))
    )


def _unchanged(job: Job, context: StepContext, state: Digest) -> Outcome:
    facts = job.facts
    if facts.cut:
        if facts.looks <= LOOKS - 1:
            return Wait(
                replace(facts, looks=facts.looks + 1), context.settings.nemo_recovery_seconds
            )
        return _failed(job, context, "trouble.turn_lost")
    if facts.out_of_credits:
        raise NoCredits(endpoint="turn", code=2001)
    if facts.failed:
        return _failed(job, context, "trouble.turn_failed")
    if not facts.raw and facts.looks < len(SILENT_LOOKS):
        pause = SILENT_LOOKS[facts.looks] * context.settings.nemo_recovery_first_seconds
        return Wait(replace(facts, looks=facts.looks + 1), pause)
    facts = replace(facts, looks=0)
    if gui.GuiAction.EXPORT in facts.actions and state.exportable:
        notice = Notice(text("status.rendering", job.language, percent=0), percent=0)
        return Next(facts, notice, project=_project(job, context))
    asks = facts.asking or bool(facts.options) or facts.heard.rstrip().endswith(("?", "？"))
    claims = facts.heard and not asks  # perhaps that all is done: the state says that it is not
    note = text("result.not_changed", job.language) if claims else ""
    words = [
        facts.heard or text("result.nothing_changed", job.language),
        note,
        *_instead_of_clicking(job, state),
    ]
    rows = (*option_buttons(facts), *do_it_button(job), *edit_buttons(job, state.exportable))
    project = replace(_project(job, context), asks=asks, options=facts.options)
    return Next(
        facts,
        Notice(_paragraphs([*words, spent(job)]), rows, final=True),
        last=True,
        project=project,
    )


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
    if gui.GuiAction.EDIT not in job.facts.actions:
        return ()
    return ((Button(text("button.do_it", job.language), Command.EDIT, SELF, DO_IT),),)


OPTION = "a"
"""What the button of an answer carries, before its number from 0: `a0`, `a1` …"""


def option_buttons(facts: Facts, row: int = 0) -> tuple[tuple[Button, ...], ...]:
    """The answers that a question of the service names, in its own words; `row` buttons a row, 0 as
    it fits."""
    count = len(facts.options)
    width = row or (1 if count <= ROWS else -(-count // ROWS))
    buttons = [
        Button(label(each), Command.EDIT, SELF, f"{OPTION}{place}")
        for place, each in enumerate(facts.options)
    ]
    return tuple(tuple(buttons[at : at + width]) for at in range(0, count, width))


ROWS = 4
"""Rows of answers; Discord shows five rows in all."""


def _instead_of_clicking(job: Job, state: Digest) -> list[str]:
    """What the panels that the user was told to open would show; free, so it is simply shown
    (D36)."""
    actions, shown = job.facts.actions, []
    if {gui.GuiAction.STATE, gui.GuiAction.TIMELINE} & set(actions):
        shown.append(timeline_of(state, job.language))
    if gui.GuiAction.CREDITS in actions and job.facts.balance is not None and job.private:
        shown.append(text("talk.credits", job.language, available=job.facts.balance))
    return shown


def undo_buttons(job: Job) -> tuple[tuple[Button, ...], ...]:
    """Back to the version before, where there was one: its stored draft is exported once more, free
    of charge."""
    if not had_timeline(job):
        return ()
    return ((Button(text("button.undo", job.language), Command.UNDO, SELF),),)


def _project(job: Job, context: StepContext) -> Project:
    """The session that the chat's next words are about."""
    facts, known = job.facts, context.chat.project
    assert facts.payer is not None, "connect has chosen a payer"
    if known is not None and known.session == facts.session:
        return replace(known, asks=False, options=())
    maker = job.id if files_of(job) or facts.links else 0
    return Project(facts.session, facts.task, facts.bind, facts.payer, maker=maker)


def timeline_of(state: Digest, language: str) -> str:
    """The timeline in one line, empty where there is none."""
    return draft.for_people(state.timeline, language)


def changed_of(job: Job) -> str:
    """What has changed on a timeline that was there before; of a new one every part would be told
    twice."""
    return job.facts.summary if had_timeline(job) else ""


def had_timeline(job: Job) -> bool:
    """Whether there was something to export before the request. Those of an earlier version did not
    write it down."""
    known, before = job.facts.exported_before, job.facts.before
    return known if known is not None else bool(before) and draft.exportable(loads(before))


def _paragraphs(words: list[str]) -> str:
    return "\n\n".join(part for part in words if part)


def edit_buttons(job: Job, exportable: bool) -> tuple[tuple[Button, ...], ...]:
    """Under words about a project: export it if there is something to export, or begin another."""
    language = job.language
    first = (Button(text("button.export", language), Command.EXPORT, SELF),) if exportable else ()
    return ((*first, Button(text("button.new", language), Command.NEW, SELF)),)
