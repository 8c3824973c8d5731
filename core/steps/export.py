"""From a draft to an MP4 link: a name of our own, the render under that name, its polls, and the project link."""

import json
from dataclasses import replace

from core.i18n import text
from core.jobs import SELF, Again, Back, Fail, Job, Next, Outcome, Payer, Project, Say, Step
from core.messages import Button, Command, Video
from core.nemo import wire
from core.nemo.errors import BadRequest, NemoError, SessionGone, Unknown
from core.remedies import still_rendering
from core.steps.before import files_of
from core.steps.kit import Kit
from core.steps.turn import edit_buttons

RENDERS = 2
"""The render and its one retry under a new id (D26)."""
UNKNOWN_PAUSE = 10.0
"""Seconds between the two looks at an id that the backend does not know (D25)."""
WITHOUT_URL = 3
"""Polls that say completed without a link, after which the file is fetched through the API (D29)."""


async def name(job: Job, kit: Kit) -> Outcome:
    """Take the draft as it is and give the render our own id; both are on disk before the request."""
    state = wire.read_state(await kit.nemo.send(wire.state(kit.token(job), kit.attribution, job.facts.session)))
    if not state.exportable:
        return Next(job.facts, Say(text("talk.nothing_to_export", job.language), final=True), last=True)
    facts = replace(
        job.facts,
        draft=json.dumps(state.draft, ensure_ascii=False),
        render=f"render_{kit.identifier()}",
        renders=job.facts.renders + 1,
        looks=0,
        waited=0.0,
        doubt=False,
    )
    return Next(facts, Say(text("status.rendering", job.language, percent=0)))


async def render(job: Job, kit: Kit) -> Outcome:
    """Start the render. If an earlier try may have arrived, ask for its id first and adopt it (D25)."""
    facts = job.facts
    if not facts.draft:  # a check on an export that was given up waiting for: its id is known
        return Next(facts)
    if facts.doubt or job.begun > 1:
        try:
            wire.read_render(await kit.nemo.send(wire.render_poll(kit.token(job), kit.attribution, facts.render)))
        except (SessionGone, BadRequest, Unknown):
            if facts.looks == 0:
                return Again(replace(facts, doubt=True, looks=1), UNKNOWN_PAUSE)
        else:
            return Next(replace(facts, doubt=False, looks=0))
    draft = json.loads(facts.draft)
    call = wire.render_start(kit.token(job), kit.attribution, facts.session, facts.render, draft, facts.resolution)
    await kit.nemo.send(call)
    return Next(replace(facts, doubt=False, looks=0))


async def poll(job: Job, kit: Kit) -> Outcome:
    """Look at the render under our id until there is a link, with its progress for the user."""
    facts, every = job.facts, kit.settings.nemo_render_poll_seconds
    seen = wire.read_render(await kit.nemo.send(wire.render_poll(kit.token(job), kit.attribution, facts.render)))
    match seen.status:
        case wire.RenderStatus.COMPLETED if seen.url:
            return Next(replace(facts, url=seen.url, looks=0))
        case wire.RenderStatus.COMPLETED if facts.looks + 1 >= WITHOUT_URL:
            return Next(replace(facts, looks=0))
        case wire.RenderStatus.COMPLETED:
            return Again(replace(facts, looks=facts.looks + 1), every)
        case wire.RenderStatus.FAILED if facts.renders < RENDERS:
            return Back(facts, Step.NAME)
        case wire.RenderStatus.FAILED:
            return Fail(Say(text("trouble.render_failed", job.language), edit_buttons(job, True), final=True))
    return still_rendering(job, kit.settings.nemo_render_limit_seconds, every, seen.progress)


async def link(job: Job, kit: Kit) -> Outcome:
    """The result. The project link goes to its owner alone, and failing to get it never fails a job (D9)."""
    facts = job.facts
    project_link = ""
    if job.private and facts.payer is not Payer.OPERATOR and facts.task:
        try:
            call = wire.claim_token(kit.token(job), kit.attribution, facts.task, facts.session)
            claim = wire.read_claim(await kit.nemo.send(call), kit.now)
            project_link = wire.claim_link(kit.settings.nemo_web_url, claim.token)
        except NemoError:
            project_link = ""
    assert facts.payer is not None, "connect has chosen a payer"
    project = Project(facts.session, facts.task, facts.bind, facts.payer, made=True)
    return Next(facts, _result(job, project_link), last=True, project=project)


def _result(job: Job, project_link: str) -> Say:
    facts, language = job.facts, job.language
    lines = [text("result.ready", language)]
    if facts.heard:
        lines.append(facts.heard)
    if facts.url:
        lines.append(text("result.link", language, url=facts.url))
    lines.append(text("result.try_next", language))
    row = (
        Button(text("button.edit", language), Command.EDIT, SELF),
        Button(text("button.again", language), Command.AGAIN, SELF),
        Button(text("button.new", language), Command.NEW, SELF),
    )
    rows: list[tuple[Button, ...]] = [row]
    if project_link:
        rows.append((Button(text("button.project", language), url=project_link),))
    return Say(
        "\n\n".join(lines),
        tuple(rows),
        Video(facts.url, name=f"video-{job.id}.mp4", cover=files[0].ref if (files := files_of(job)) else ""),
        final=True,
    )
