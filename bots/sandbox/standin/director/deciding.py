"""Which kind of turn words ask for, and what it does."""

from dataclasses import replace

from bots.sandbox.standin.answers import joined, noted, say
from bots.sandbox.standin.director.editing import edit
from bots.sandbox.standin.director.generation import generation
from bots.sandbox.standin.director.project import Project
from bots.sandbox.standin.director.turn import Kind, Plan
from bots.sandbox.standin.wishes import Wishes


def decide(project: Project, wishes: Wishes) -> Kind:
    """The kind of turn, before anything is paid or done."""
    timeline = project.timeline()
    pictures = any(medium.kind != "audio" for medium in project.new())
    if wishes.chat and not wishes.edits:
        return Kind.TALK
    if timeline is None:
        if wishes.title_asked and not (wishes.make or wishes.edits):
            return Kind.TALK
        return (
            Kind.GENERATE
            if pictures or project.media or wishes.make or wishes.subject
            else Kind.TALK
        )
    if pictures:
        return Kind.EDIT if wishes.add else Kind.GENERATE
    if wishes.edits or project.new() or (wishes.seats_title and timeline.words is not None):
        return Kind.EDIT
    if wishes.again or (wishes.make and wishes.subject):
        return Kind.GENERATE
    return Kind.TALK


def scenes(project: Project, wishes: Wishes) -> tuple[int, ...]:
    """Which pictures must be invented (variants of the sample), because a video is wanted and none
    were sent."""
    known = any(medium.kind != "audio" for medium in project.media)
    if known and not (wishes.subject and not project.new() and not wishes.again):
        return ()
    first = wishes.scene if wishes.scene is not None else sum(map(ord, wishes.subject)) % 5
    return tuple((first + step) % 5 for step in (0, 2, 4))


def plan(project: Project, wishes: Wishes, words: str, two_stage: bool) -> Plan:
    """The turn in full. `two_stage`: where the words name no music, some is added unasked after the
    raw clip (7.9)."""
    kind = decide(project, wishes)
    thought = say(wishes.language, "thought", words=words[:80])
    match kind:
        case Kind.GENERATE:
            return replace(generation(project, wishes, two_stage), thought=thought)
        case Kind.EDIT:
            return replace(edit(project, wishes), thought=thought)
        case Kind.TALK:
            return Plan(kind, (), _talk(project, wishes), thought)


def _talk(project: Project, wishes: Wishes) -> str:
    if notes := noted(wishes):
        return joined(wishes.language, notes)
    if wishes.title_asked and project.draft:
        return say(wishes.language, "ask_title")
    if wishes.chat:
        return say(wishes.language, "greeting")
    return say(wishes.language, "ask_change" if project.draft else "ask_media")
