"""The paid turn: the state before it, the one request, and what the state says afterwards."""

import json
from dataclasses import replace
from typing import Any

from core.i18n import text
from core.jobs import SELF, Again, Fail, Job, Next, Outcome, Plan, Project, Say
from core.messages import Button, Command
from core.nemo import draft, gui, wire
from core.steps.kit import Kit

LOOKS = 5
"""Unchanged looks at the state after a lost connection until we say that it failed (nemo-api.md 7.8)."""
SILENT_LOOKS = (0.1, 1 / 3, 1.0)
"""A silent turn is looked at again after 3, 10 and 30 s: these parts of the recovery pause (7.6)."""


async def mark(job: Job, kit: Kit) -> Outcome:
    """Write down what the project looks like before it is changed; this line is on disk before the paid request."""
    state = await _state(job, kit)
    return Next(replace(job.facts, mark=state.fingerprint, before=json.dumps(state.draft, ensure_ascii=False)))


async def generate(job: Job, kit: Kit) -> Outcome:
    """The paid request, sent once. An earlier run that never reported may have sent it: then only look (D20)."""
    if job.begun > 1:
        return Next(replace(job.facts, cut=True))
    call = wire.run_sse(kit.token(job), kit.attribution, job.facts.session, words_of(job))
    end = await kit.nemo.turn(call, kit.heard)
    said = gui.translate(end.text)
    return Next(
        replace(
            job.facts,
            heard=said.text,
            failed=end.failed,
            export_asked=gui.GuiAction.EXPORT in said.actions,
        )
    )


def words_of(job: Job) -> str:
    """The wish as it was settled, and the captions of photos that came late."""
    if job.pile.amended:
        return job.pile.amended
    late = [line.text for line in job.pile.lines[job.facts.lines :] if line.text]
    return "\n".join((job.facts.words, *late))


async def check(job: Job, kit: Kit) -> Outcome:
    """Compare the state with the mark: what changed is said and exported; what did not is never called done."""
    facts = job.facts
    if facts.cut and facts.looks == 0:
        return Again(
            replace(facts, looks=1),
            kit.settings.nemo_recovery_first_seconds,
            Say(text("status.recovering", job.language)),
        )
    state = await _state(job, kit)
    if state.fingerprint != facts.mark:
        return _changed(job, kit, state)
    return _unchanged(job, kit, state)


def _changed(job: Job, kit: Kit, state: wire.State) -> Outcome:
    facts = job.facts
    changes = draft.changes(_loaded(facts.before), state.draft, job.language)
    facts = replace(facts, summary="\n".join(f"• {line}" for line in changes), looks=0, waited=0.0)
    project = _project(job, kit)
    if state.exportable and (job.plan is Plan.MAKE or facts.export_asked):
        return Next(facts, Say(text("status.rendering", job.language, percent=0)), project=project)
    timeline = draft.summary(state.draft, job.language)
    note = text("result.problem_noted", job.language) if facts.failed or facts.cut else ""
    words = [facts.heard or text("result.edited", job.language), facts.summary, timeline, note]
    return Next(
        facts,
        Say(_paragraphs(words), edit_buttons(job, state.exportable), final=True),
        last=True,
        project=project,
    )


def _unchanged(job: Job, kit: Kit, state: wire.State) -> Outcome:
    facts = job.facts
    if facts.cut:
        if facts.looks <= LOOKS - 1:
            return Again(replace(facts, looks=facts.looks + 1), kit.settings.nemo_recovery_seconds)
        return Fail(Say(text("trouble.turn_lost", job.language), again_buttons(job), final=True))
    if facts.failed:
        return Fail(Say(text("trouble.turn_failed", job.language), again_buttons(job), final=True))
    if not facts.heard and facts.looks < len(SILENT_LOOKS):
        pause = SILENT_LOOKS[facts.looks] * kit.settings.nemo_recovery_first_seconds
        return Again(replace(facts, looks=facts.looks + 1), pause)
    facts = replace(facts, looks=0)
    if facts.export_asked and state.exportable:
        say = Say(text("status.rendering", job.language, percent=0))
        return Next(facts, say, project=_project(job, kit))
    words = facts.heard or text("result.nothing_changed", job.language)
    say = Say(words, edit_buttons(job, state.exportable), final=True)
    return Next(facts, say, last=True, project=_project(job, kit))


def _project(job: Job, kit: Kit) -> Project:
    """The session that the chat's next words are about."""
    known = kit.chat.project
    facts = job.facts
    made = known.made if known is not None and known.session == facts.session else False
    assert facts.payer is not None, "connect has chosen a payer"
    return Project(facts.session, facts.task, facts.bind, facts.payer, made)


async def _state(job: Job, kit: Kit) -> wire.State:
    return wire.read_state(await kit.nemo.send(wire.state(kit.token(job), kit.attribution, job.facts.session)))


def _loaded(draft_text: str) -> Any:
    return json.loads(draft_text) if draft_text else None


def _paragraphs(words: list[str]) -> str:
    return "\n\n".join(part for part in words if part)


def edit_buttons(job: Job, exportable: bool) -> tuple[tuple[Button, ...], ...]:
    """Under words about a project: export it if there is something to export, or begin another."""
    language = job.language
    first = (Button(text("button.export", language), Command.EXPORT, SELF),) if exportable else ()
    return ((*first, Button(text("button.new", language), Command.NEW, SELF)),)


def again_buttons(job: Job) -> tuple[tuple[Button, ...], ...]:
    """Under a failure: the user, not we, decides to pay twice."""
    return ((Button(text("button.again", job.language), Command.AGAIN, SELF),),)
