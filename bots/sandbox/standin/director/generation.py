"""The turn that makes a new video."""

from dataclasses import replace

from bots.sandbox.standin.answers import about, counted, joined, noted, say
from bots.sandbox.standin.director.project import Project, pieces_of, voice_of
from bots.sandbox.standin.director.turn import Kind, Plan, Stage
from bots.sandbox.standin.draft import (
    LONGEST,
    write,
)
from bots.sandbox.standin.edits import rough_cut
from bots.sandbox.standin.music import UNDER_VOICE, bed
from bots.sandbox.standin.wishes import Wishes


def generation(project: Project, wishes: Wishes, two_stage: bool) -> Plan:
    language = wishes.language
    new = project.new()
    pictures = pieces_of(new) or pieces_of(
        tuple(medium for medium in project.media if not medium.generated)
    )
    pictures = pictures or pieces_of(project.media)
    timeline = rough_cut(pictures, voice_of(new if pieces_of(new) else project.media), wishes)
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
