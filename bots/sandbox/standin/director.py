"""Decides what a turn does: which kind it is, what it costs, which tools run, and what is
answered."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bots.sandbox.standin.answers import about, counted, joined, noted, say, told
from bots.sandbox.standin.draft import (
    LONGEST,
    Json,
    NotExportable,
    Piece,
    Timeline,
    Voice,
    laid_out,
    natural_ms,
    read,
    write,
)
from bots.sandbox.standin.edits import UNDER_VOICE, bed, changed, rough_cut
from bots.sandbox.standin.wishes import Wishes


class Kind(StrEnum):
    """What a turn is, and with it what it costs."""

    GENERATE = "generate"
    EDIT = "edit"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Medium:
    """An uploaded or invented file of the session. `kind` is image, video or audio; seconds are 0
    for images."""

    id: str
    name: str
    kind: str
    url: str
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    fps: float = 0.0
    sound: bool = False
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """What the director knows of a session. `fresh` are the ids no timeline has used yet."""

    media: tuple[Medium, ...]
    fresh: frozenset[str]
    draft: Json | None
    turns: int = 0

    def timeline(self) -> Timeline | None:
        """The present timeline; None while there is nothing on it."""
        try:
            return read(self.draft)
        except NotExportable:
            return None

    def new(self) -> tuple[Medium, ...]:
        """Files that came since the last generation."""
        return tuple(medium for medium in self.media if medium.id in self.fresh)


@dataclass(frozen=True, slots=True)
class Stage:
    """One run of a tool: what is said before it, its name and arguments, what it gives back, the
    draft it leaves."""

    opening: str
    tool: str
    args: Json
    response: Json
    draft: Json | None = None
    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole turn. `used` are the media that are on the timeline afterwards."""

    kind: Kind
    stages: tuple[Stage, ...]
    answer: str
    thought: str = ""
    used: frozenset[str] = frozenset()


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
            return replace(_generation(project, wishes, two_stage), thought=thought)
        case Kind.EDIT:
            return replace(_edit(project, wishes), thought=thought)
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


def _pieces(media: tuple[Medium, ...]) -> tuple[Piece, ...]:
    return tuple(
        Piece(
            medium.name,
            medium.url,
            medium.kind == "video",
            medium.width,
            medium.height,
            round(medium.seconds * 1000),
            sound=medium.sound,
        )
        for medium in media
        if medium.kind != "audio"
    )


def _voice(media: tuple[Medium, ...]) -> Voice | None:
    heard = [medium for medium in media if medium.kind == "audio"]
    return Voice(heard[-1].name, heard[-1].url, round(heard[-1].seconds * 1000)) if heard else None


def _generation(project: Project, wishes: Wishes, two_stage: bool) -> Plan:
    language = wishes.language
    new = project.new()
    pictures = _pieces(new) or _pieces(
        tuple(medium for medium in project.media if not medium.generated)
    )
    pictures = pictures or _pieces(project.media)
    timeline = rough_cut(pictures, _voice(new if _pieces(new) else project.media), wishes)
    values = about(language, timeline)
    invented = bool(new) and all(medium.generated for medium in new if medium.kind != "audio")
    subject = wishes.subject or say(language, "nothing")
    media = counted(
        language, "file" if any(piece.film for piece in pictures) else "photo", len(pictures)
    )
    opening = (
        say(language, "invent", subject=subject) if invented else say(language, "look", media=media)
    )
    stages = [
        Stage(
            opening, "analyze_media", {"count": len(pictures)}, {"status": "success"}, seconds=0.8
        ),
        Stage(
            say(language, "make", **values),
            "generate_video",
            {"seconds": timeline.ms / 1000, "aspect": timeline.aspect},
            {"status": "success", "draft_updated": True},
            write(timeline),
            seconds=2.2,
        ),
    ]
    answer = [say(language, "made", **values)]
    if wishes.seconds and wishes.seconds * 1000 > LONGEST:
        answer.append(say(language, "longest", **values))
    if two_stage and not wishes.music_named:
        volume = UNDER_VOICE if timeline.spoken else 0.35
        timeline = replace(
            timeline, bed=bed("soft", language, volume), revision=timeline.revision + 1
        )
        done = {"status": "success", "draft_updated": True}
        stages.append(
            Stage(
                say(language, "add_music"),
                "add_music",
                {"style": "soft"},
                done,
                write(timeline),
                1.0,
            )
        )
        answer.append(say(language, "music_added", **about(language, timeline)))
    answer += [*noted(wishes), say(language, "export")]
    used = frozenset(medium.id for medium in project.media)
    return Plan(Kind.GENERATE, tuple(stages), joined(language, answer), used=used)


def _edit(project: Project, wishes: Wishes) -> Plan:
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
    pieces, voice = _pieces(new), _voice(new)
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
