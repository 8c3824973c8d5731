"""The turn that makes a new video."""

from dataclasses import replace

from bots.sandbox.standin.answers import about, counted, joined, noted, say
from bots.sandbox.standin.director.project import Medium, Project, pieces_of, voice_of
from bots.sandbox.standin.director.turn import Kind, Plan, Stage
from bots.sandbox.standin.draft import LONGEST, Json, Piece, Timeline, write
from bots.sandbox.standin.edits import rough_cut
from bots.sandbox.standin.music import UNDER_VOICE, bed
from bots.sandbox.standin.wishes import Wishes

UPDATED: Json = {"status": "success", "draft_updated": True}
USUAL_VOLUME = 0.35


def generation(project: Project, wishes: Wishes, two_stage: bool) -> Plan:
    """A rough cut of what came, or of all there is; `two_stage`: music is added behind it."""
    language, new = wishes.language, project.new()
    pictures = _pictures(project)
    timeline = rough_cut(pictures, voice_of(new if pieces_of(new) else project.media), wishes)
    values = about(language, timeline)
    stages = [_look(new, pictures, wishes), _making(language, timeline)]
    answer = [say(language, "made", **values)]
    if wishes.seconds and wishes.seconds * 1000 > LONGEST:
        answer.append(say(language, "longest", **values))
    if two_stage and not wishes.music_named:
        timeline = _with_music(timeline, language)
        stages.append(_music(language, timeline))
        answer.append(say(language, "music_added", **about(language, timeline)))
    answer += [*noted(wishes), say(language, "export")]
    used = frozenset(medium.id for medium in project.media)
    return Plan(Kind.GENERATE, tuple(stages), joined(language, answer), used=used)


def _pictures(project: Project) -> tuple[Piece, ...]:
    """Those that came since; else those that people sent; else the invented ones."""
    sent = tuple(medium for medium in project.media if not medium.generated)
    return pieces_of(project.new()) or pieces_of(sent) or pieces_of(project.media)


def _look(new: tuple[Medium, ...], pictures: tuple[Piece, ...], wishes: Wishes) -> Stage:
    language, count = wishes.language, len(pictures)
    if new and all(medium.generated for medium in new if medium.kind != "audio"):
        opening = say(language, "invent", subject=wishes.subject or say(language, "nothing"))
    else:
        kind = "file" if any(piece.film for piece in pictures) else "photo"
        opening = say(language, "look", media=counted(language, kind, count))
    return Stage(opening, "analyze_media", {"count": count}, {"status": "success"}, seconds=0.8)


def _making(language: str, timeline: Timeline) -> Stage:
    opening = say(language, "make", **about(language, timeline))
    asked = {"seconds": timeline.ms / 1000, "aspect": timeline.aspect}
    return Stage(opening, "generate_video", asked, UPDATED, write(timeline), seconds=2.2)


def _with_music(timeline: Timeline, language: str) -> Timeline:
    volume = UNDER_VOICE if timeline.spoken else USUAL_VOLUME
    return replace(timeline, bed=bed("soft", language, volume), revision=timeline.revision + 1)


def _music(language: str, timeline: Timeline) -> Stage:
    opening = say(language, "add_music")
    return Stage(opening, "add_music", {"style": "soft"}, UPDATED, write(timeline))
