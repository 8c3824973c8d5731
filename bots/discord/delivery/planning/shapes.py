"""What a message looks like on one way: whole, or with less where Discord refused a part of it."""

from dataclasses import replace
from enum import StrEnum

from bots.discord.delivery.planning.scene import Scene
from bots.discord.delivery.planning.ways import BY_OWN_RIGHT, EDITS, Kind, Way
from bots.discord.translate import Handle, Piece, headed, headline, pieces, to_embed, with_link
from core.domain.requests import doubtful
from core.i18n import text
from core.messages import Outbound


class Shape(StrEnum):
    """How much of a piece is left."""

    WHOLE = "whole"
    SMALL = "small"
    """Too large: words and link, without file, card and picture."""
    PLAIN = "plain"
    """The same where a card is not allowed."""
    HINTED = "hinted"
    """The same where files are not allowed, and a sentence about that."""
    MODERATED = "moderated"
    """One neutral sentence, with the link where there is one."""


def note(scene: Scene, way: Way, shut: str) -> str:
    """The sentence about rights that goes with a new message; `shut` is owed from a channel that
    was closed."""
    message = scene.message
    if shut and way.kind is not Kind.FOLLOW_UP:
        return shut
    quiet = message.slot or message.toast or scene.discreet or way.kind is Kind.DIRECT
    return "" if quiet else scene.ground.due


def whole(scene: Scene, way: Way, shut: str = "") -> list[Piece]:
    """The message as the pieces that Discord takes, not yet made up for their way."""
    if scene.handle is not None:
        return [_face(scene, scene.handle)]
    found = pieces(
        _worded(scene, way, shut),
        scene.nonce,
        attached=scene.fits(way.limit),
        refers_to=_above(scene),
    )
    card = scene.message.card
    if card is None or len(found) > 1:  # a status that does not fit into one message shows none
        return found
    embed = to_embed(card, scene.language, scene.now, pictured=bool(scene.picture))
    return [replace(found[0], card=embed, picture=scene.picture)]


def _above(scene: Scene) -> str:
    """The message of ours that a new one belongs to. Not the answer to a command in which the
    status of a request stands: after the result that is taken away."""
    grant, about = scene.grant, scene.message.about
    if grant is None or (grant.original and about is not None and about.last):
        return ""
    return grant.answer


def _worded(scene: Scene, way: Way, shut: str) -> Outbound:
    """The message with all its words: those above the card, where it has one, and what the bot adds
    itself."""
    message = with_headline(scene.message)
    if scene.again and way.kind is Kind.FOLLOW_UP:
        message = doubtful(message)
    added = note(scene, way, shut)
    return message.saying(f"{message.text}\n\n{added}") if added else message


def with_headline(message: Outbound) -> Outbound:
    """The message with the words that stand above its card, where it has one."""
    return message.saying(headline(message))


def _face(scene: Scene, handle: Handle) -> Piece:
    """What an edit shows: words, a card, and the picture for it where it is not there yet."""
    message, card = scene.message, None
    if message.card is not None:
        pictured = handle.pictured or bool(scene.picture)
        card = to_embed(message.card, scene.language, scene.now, pictured=pictured)
    words = headed(with_link(with_headline(message), attached=False))
    return Piece(words, message.buttons, card=card, picture=scene.picture)


def shaped(scene: Scene, way: Way, piece: Piece, shape: Shape, shut: str = "") -> Piece:
    """The piece with as much as this shape leaves of it."""
    if shape is Shape.WHOLE:
        return piece
    content = piece.content
    if piece.card is not None:
        content = headed(scene.message.text)
    elif piece.file:
        content = pieces(_worded(scene, way, shut), "", attached=False)[-1].content
    if shape is Shape.HINTED:
        content = f"{content}\n{scene.ground.no_files}"
    if shape is Shape.MODERATED:
        video, said = scene.message.video, text("discord.moderated", scene.language)
        content = f"{said}\n{video.url}" if video and video.url else said
    return replace(piece, content=content, file="", name="", card=None, picture=b"")


def made_up(scene: Scene, way: Way, piece: Piece, *, referring: bool = True) -> Piece:
    """The piece as this way takes it: what it refers to, and whom it rings for."""
    if way.kind in EDITS or way.kind is Kind.ORIGINAL:
        return replace(piece, ping="", reply_to="", refers_to="")
    if way.kind is Kind.FOLLOW_UP:
        content = piece.content if way.hidden else named(piece)
        silent = piece.silent and not way.hidden
        return replace(piece, content=content, silent=silent, reply_to="", refers_to="")
    if way.kind is not Kind.CHANNEL or not referring:
        piece = replace(piece, reply_to="", refers_to="")
    rings = way.kind in BY_OWN_RIGHT and scene.guild is not None
    return replace(piece, content=named(piece)) if rings else piece


def named(piece: Piece) -> str:
    """The words with the requester's name before them, where nothing else would ring."""
    rings = piece.ping and not piece.reply_to
    return f"<@{piece.ping}> {piece.content}" if rings else piece.content
