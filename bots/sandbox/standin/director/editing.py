"""The turn that changes the video there is."""

from dataclasses import replace

from bots.sandbox.standin.answers import joined, noted, say, told
from bots.sandbox.standin.director.project import Project, pieces_of, voice_of
from bots.sandbox.standin.director.turn import Kind, Plan, Stage
from bots.sandbox.standin.draft import (
    Timeline,
    laid_out,
    natural_ms,
    write,
)
from bots.sandbox.standin.edits import changed
from bots.sandbox.standin.music import UNDER_VOICE
from bots.sandbox.standin.wishes import Wishes


def edit(project: Project, wishes: Wishes) -> Plan:
    """The changes that were wished for; talk where they change nothing."""
    language = wishes.language
    before = project.timeline()
    assert before is not None, "an edit needs a timeline"
    after, changes = changed(_with_new(project, before, wishes.add_first), wishes)
    used = frozenset(medium.id for medium in project.media)
    if after == before:
        return Plan(Kind.TALK, (), joined(language, noted(wishes)) or say(language, "same"))
    after = replace(after, revision=before.revision + 1)
    added = len(after.pieces) > len(before.pieces) or after.voice != before.voice
    answer = [
        *((say(language, "added"),) if added else ()),
        told(wishes, after, changes),
        *noted(wishes),
    ]
    if project.turns % 3 == 2:
        answer.append(say(language, "preview"))
    stage = Stage(
        say(language, "edit"),
        "edit_multitrack",
        {"changes": [*changes, *(("add",) if added else ())]},
        {"status": "success", "draft_updated": True},
        write(after),
    )
    return Plan(Kind.EDIT, (stage,), joined(language, answer), used=used)


def _with_new(project: Project, timeline: Timeline, first: bool) -> Timeline:
    """The timeline with files that came since: pictures behind the others, a recording as the
    voice."""
    new = project.new()
    pieces, voice = pieces_of(new), voice_of(new)
    if pieces:
        longer = timeline.ms + natural_ms(pieces, None)
        together = pieces + timeline.pieces if first else timeline.pieces + pieces
        timeline = laid_out(replace(timeline, pieces=together), longer)
    if voice is not None:
        quiet = (
            replace(timeline.bed, volume=min(timeline.bed.volume, UNDER_VOICE))
            if timeline.bed
            else None
        )
        timeline = replace(timeline, voice=voice, bed=quiet)
    return timeline
