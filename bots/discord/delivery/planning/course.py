"""A message on its way: what to ask of Discord next, and when it is there.

Each way is taken when the one before is closed. Where all of them are, the core keeps the message
(Gone)."""

from dataclasses import dataclass, replace

from bots.discord.delivery.planning.refusals import CLOSED, TOO_LARGE
from bots.discord.delivery.planning.scene import Scene
from bots.discord.delivery.planning.shapes import Shape, made_up, note, shaped, whole
from bots.discord.delivery.planning.ways import Kind, Way, plan
from bots.discord.translate import Grant, Handle, Piece
from core.adapter import Blame, DeliveryError, Gone, NoSuchMessage, Refused, Unclear


@dataclass(frozen=True, slots=True)
class Closed:
    """A way that is closed, with Discord's code (0: none); `filed`: a file went along in the last
    try."""

    way: Way
    code: int
    filed: bool


@dataclass(frozen=True, slots=True)
class Course:
    """Where a message is: the first of `ways` is being taken, with `count` pieces posted there
    already.

    `referring`: what it refers to is shown above it. `shut` is the sentence that is owed from a
    channel where the bot may not write."""

    scene: Scene
    ways: tuple[Way, ...]
    shape: Shape = Shape.WHOLE
    referring: bool = True
    count: int = 0
    closed: tuple[Closed, ...] = ()
    shut: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What to ask of Discord now."""

    way: Way
    piece: Piece


@dataclass(frozen=True, slots=True)
class Done:
    """It is there, or not wanted any more (None). The sentence about rights stands there now for
    the place `told`."""

    handle: Handle | None
    told: int | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """What the core is told."""

    error: DeliveryError


State = Course | Done | Failed


def begin(scene: Scene) -> State:
    """The message before its first way. A clip without a link goes where it fits, or comes back."""
    found = plan(scene)
    narrow = [way for way in found if not (scene.linked or scene.fits(way.limit))]
    ways = tuple(way for way in found if way not in narrow)
    return settled(
        Course(scene, ways, closed=tuple(Closed(way, TOO_LARGE, filed=True) for way in narrow))
    )


def taken(course: Course) -> Grant | None:
    """The grant whose "thinking…" goes with the first thing asked: no other message may try the
    same."""
    takes = course.ways[0].kind in (Kind.ORIGINAL, Kind.WITHDRAW) or course.scene.message.toast
    return course.scene.open_answer if takes else None


def post(course: Course) -> Post:
    """What to ask of Discord now."""
    way = _way(course)
    if way.kind is Kind.WITHDRAW:
        return Post(way, Piece(""))
    piece = shaped(
        course.scene, course.ways[0], _pieces(course)[course.count], course.shape, course.shut
    )
    return Post(way, made_up(course.scene, way, piece, referring=course.referring))


def posted(course: Course, handle: Handle | None) -> State:
    """After Discord took what was asked; the handle is that of the message, None without one."""
    if handle is None:
        return settled(replace(course, ways=course.ways[1:]))
    if course.count + 1 < len(_pieces(course)):
        return replace(course, count=course.count + 1, shape=Shape.WHOLE)
    scene, way, piece = course.scene, course.ways[0], post(course).piece
    kept = scene.handle is not None and scene.handle.pictured and piece.card is not None
    said = bool(note(scene, way, course.shut)) and not course.shut
    return Done(
        replace(handle, pictured=kept or bool(piece.picture)),
        scene.ground.channel if said else None,
    )


def settled(course: Course) -> State:
    """The course, or its end where there is no way left that may be taken."""
    scene, message = course.scene, course.scene.message
    if course.ways:
        unsure = scene.again and message.slot and course.ways[0].kind is Kind.FOLLOW_UP
        return Failed(Unclear("a status that may be there already")) if unsure else course
    if scene.handle is not None:
        return Failed(NoSuchMessage(scene.handle.message))
    if message.toast:
        return Done(None)
    ways = ", ".join(f"{each.way.kind} {each.code}" for each in course.closed)
    if any(each.filed and each.code not in CLOSED for each in course.closed):
        return Failed(Refused(ways, Blame.FILES))
    return Failed(Gone(ways or "no way to answer"))


def _way(course: Course) -> Way:
    """The way of the next piece: what does not fit into a deferred answer follows it another
    way."""
    first = course.ways[0]
    return course.ways[1] if first.kind is Kind.ORIGINAL and course.count else first


def _pieces(course: Course) -> list[Piece]:
    return whole(course.scene, course.ways[0], course.shut)
