"""The ladder of a new message: the deferred answer, the channel, a follow-up, a direct message.

Each hop is taken when the one before is closed. Nothing is lost on the way: words that were refused
together with their file go again without it, and where every way is closed the core keeps the
message (Gone).

Nothing is posted twice unnoticed either. A message in a channel has a nonce, which Discord honours
for some minutes; after that, the channel is read. A follow-up has none: it is for what is hidden,
for places where the bot is not a member, and for a clip that only its limit lets through, and says
so when it may come a second time."""

from dataclasses import dataclass, replace
from pathlib import Path

import discord
import structlog

from bots.discord.delivery import rights
from bots.discord.delivery.errors import (
    CLOSED,
    RIGHT_MISSING,
    Blocked,
    Disliked,
    TooBig,
    translated,
)
from bots.discord.delivery.rights import Hints
from bots.discord.delivery.threads import InThread, Threads
from bots.discord.delivery.waiting import Waiting
from bots.discord.delivery.ways import (
    ORIGINAL,
    Direct,
    FollowUp,
    InChannel,
    Original,
    Way,
    named,
    webhook,
)
from bots.discord.translate import (
    Grant,
    Handle,
    Piece,
    guild_of,
    headline,
    language,
    parent_of,
    pieces,
    to_embed,
)
from core.adapter import Blame, Gone, Refused, Unclear, Unsent
from core.domain.requests import doubtful
from core.i18n import text
from core.messages import Form, Outbound

log = structlog.get_logger()

LOOKED_AT = 100
"""Messages of a channel that are looked through for words which may be there already."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What every ladder stands on."""

    client: discord.Client
    waiting: Waiting
    threads: Threads
    hints: Hints


class Ladder:
    """One message on its way. The grant's deadline may have passed; `picture` is the preview for
    the card, if ready."""

    def __init__(
        self,
        ground: Ground,
        message: Outbound,
        nonce: str,
        grant: Grant | None,
        now: float,
        picture: bytes = b"",
    ) -> None:
        self._client, self._waiting, self._threads, self._hints = (
            ground.client, ground.waiting, ground.threads, ground.hints
        )  # fmt: skip
        self._message, self._nonce = message, nonce
        self._now, self._picture = now, picture
        self._until = message.ticket.expires if message.ticket else 0.0
        self._grant, self._token = (
            grant,
            grant if grant and grant.token and self._until > now else None,
        )
        self._channel, self._guild = int(message.address.chat), guild_of(message.address)
        self._here = grant is None or grant.member
        alone = self._guild is None and self._here  # a direct chat: nobody else reads it
        self._discreet = not alone and (message.discreet or bool(grant and grant.hidden))
        self._shut_out = 0  # the channel where it may not write

    async def post(self) -> Handle:
        """Take hop after hop. Raises Gone where every way is closed, Refused where less may find
        its way."""
        there = await self._look() or await self._look_in_channel()
        if there is not None:
            return there
        closed: list[tuple[Way, int]] = []
        for way in await self._ways():
            try:
                return await self._along(way)
            except Refused:
                if not is_bare(self._message):
                    raise
                closed.append(
                    (way, 0)
                )  # with nothing left to leave out, it is the place that does not take it
            except Blocked as blocked:
                closed.append((way, blocked.code))
                if type(way) is InChannel:
                    self._shut_out = way.place
        ways = ", ".join(f"{type(way).__name__} {code}" for way, code in closed)
        if any(code not in CLOSED and _fits(self._message, way.limit) for way, code in closed):
            raise Refused(ways, Blame.FILES)
        log.warning("no way to answer", channel=self._channel, user=self._message.user, closed=ways)
        raise Gone(ways or "no way to answer")

    async def toast(self) -> str:
        """A line for one person, through the token or not at all; an open "thinking…" would show it
        to all."""
        grant = self._token
        if grant is None:
            return ""
        await self._look()
        if grant.original and not self._waiting.filled(
            grant
        ):  # a first follow-up would take the place of "thinking…"
            self._waiting.fill(grant, self._until)
            if not grant.hidden:
                await self._withdraw(grant)
        try:
            return str(await self._along(FollowUp(self._client, grant, hidden=True)))
        except Blocked:
            return ""

    # Which hops there are

    async def _look(self) -> Handle | None:
        """After a restart: see whether the answer still says "thinking…", or holds these very words
        already."""
        grant = self._token
        if grant is None or not grant.original or self._waiting.filled(grant) is not None:
            return None
        try:
            with translated(repeatable=True):
                there = await webhook(self._client, grant).fetch_message(ORIGINAL)
        except (Blocked, Refused):
            self._waiting.fill(grant, self._until)
            return None
        self._waiting.fill(grant, self._until, filled=not there.flags.loading)
        found = pieces(self._worded(), "", attached=bool(there.attachments))
        same = len(found) == 1 and there.content == found[0].content
        place = str(there.channel.id), str(there.id), grant.interaction
        return Handle(*place, original=True, hidden=there.flags.ephemeral) if same else None

    async def _look_in_channel(self) -> Handle | None:
        """After a cut: see whether the channel has this very answer already, for the nonce may have
        run out.

        Only what came after the request counts. Where that is not known, in a direct chat, a clip
        tells by its link."""
        message, asked = (
            self._message,
            self._message.reply_to or (self._grant.interaction if self._grant else ""),
        )
        looks = message.again and not message.slot and self._here and not self._discreet
        if not looks or not (asked or message.video):
            return None
        place, after = self._place(), discord.Object(asked) if asked else None
        expected = [pieces(self._worded(), "", attached=attached)[-1] for attached in (False, True)]
        try:
            with translated(repeatable=True):
                async for there in place.history(limit=LOOKED_AT, after=after, oldest_first=False):
                    if there.author == self._client.user and any(
                        self._is(there, piece) for piece in expected
                    ):
                        return Handle(str(self._channel), str(there.id))
        except (Blocked, Refused):
            return None
        return None

    def _place(self) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(self._channel, guild_id=self._guild)

    def _is(self, there: discord.Message, piece: Piece) -> bool:
        """Whether a message of ours is this piece, and was meant for the same person."""
        answered = str(there.reference.message_id) if there.reference else ""
        words = named(piece) if self._guild else piece.content
        return there.content == words and (not piece.reply_to or piece.reply_to == answered)

    async def _ways(self) -> list[Way]:
        ways: list[Way] = []
        if self._here and not self._discreet:
            ways += self._ways_by_right()
        if self._token is not None:
            ways = await self._ways_by_token(self._token, ways)
        if self._message.user and (self._guild is not None or not self._here):
            ways.append(Direct(self._client, int(self._message.user)))
        return ways

    def _ways_by_right(self) -> list[Way]:
        """The channel; for a request with a thread of its own that one, else the channel above
        it."""
        parent = parent_of(self._message.address)
        if not parent:
            return [InChannel(self._client, self._channel, self._guild)]
        thread = InThread(self._client, self._threads, self._channel, parent, self._guild)
        return [thread, InChannel(self._client, parent, self._guild)]

    async def _ways_by_token(self, grant: Grant, own: list[Way]) -> list[Way]:
        follow_up = FollowUp(self._client, grant, hidden=self._discreet)
        if not grant.original or self._waiting.filled(grant):
            roomier = (
                own
                and _fits(self._message, follow_up.limit)
                and not _fits(self._message, own[0].limit)
            )
            return [follow_up, *own] if roomier else [*own, follow_up]
        self._waiting.fill(grant, self._until)
        if self._discreet and not grant.hidden:
            await self._withdraw(grant)
            return [follow_up]
        return [Original(self._client, grant, own[0] if own else follow_up), *own, follow_up]

    async def _withdraw(self, grant: Grant) -> None:
        """An open "thinking…" cannot become private: it goes, and a private follow-up takes its
        place."""
        try:
            with translated(repeatable=True):
                await webhook(self._client, grant).delete_message(ORIGINAL)
        except Blocked:
            return

    # One hop

    async def _along(self, way: Way) -> Handle:
        """All pieces of the message. Where the line failed, the next try may fill in the deferred
        answer once more."""
        message = self._worded()
        if message.again and isinstance(way, FollowUp):
            if message.slot:
                raise Unclear("a status that may be there already")
            message = doubtful(message)
        place, note = self._note(way)
        if note:
            message = replace(message, text=f"{message.text}\n\n{note}")
        refers_to = self._grant.answer if self._grant else ""
        fits = _fits(message, way.limit)
        found = self._carded(pieces(message, self._nonce, attached=fits, refers_to=refers_to))
        try:
            for piece in found[:-1]:
                await self._piece(way, piece, message)
            done = await self._piece(way, found[-1], message)
        except Unsent:
            if isinstance(way, Original) and self._grant:
                self._waiting.fill(self._grant, self._until, filled=False)
            raise
        if note and not self._shut_out:
            self._hints.told(place)
        return done

    def _worded(self) -> Outbound:
        """The message with the words that stand above its card, where it has one."""
        return replace(self._message, text=headline(self._message))

    def _note(self, way: Way) -> tuple[int, str]:
        """The channel that lacks a right, and the words about it, where a new message here should
        bring them."""
        message = self._message
        place = way.place if isinstance(way, InChannel) else self._channel
        if self._shut_out and not isinstance(way, FollowUp):
            return self._shut_out, rights.hint(self._client, self._shut_out, language(message))
        if message.slot or message.toast or self._discreet or isinstance(way, Direct):
            return place, ""
        return place, self._hints.about(place, language(message))

    def _carded(self, found: list[Piece]) -> list[Piece]:
        """The pieces of a status with its card; a status that does not fit into one message shows
        none."""
        card, words = self._message.card, self._message
        if card is None or len(found) > 1:
            return found
        embed = to_embed(card, language(words), self._now, pictured=bool(self._picture))
        return [replace(found[0], card=embed, picture=self._picture)]

    async def _piece(self, way: Way, piece: Piece, message: Outbound) -> Handle:
        """One piece, and again with less where Discord refuses a part of it."""
        poorer = replace(piece, file="", name="", card=None, picture=b"")
        if piece.file:
            poorer = replace(
                poorer, content=pieces(message, self._nonce, attached=False)[-1].content
            )
        try:
            return await way.post(piece)
        except TooBig:
            log.info("too large, so the link has to do", channel=self._channel)
            return await self._smaller(way, poorer)
        except Disliked:
            return await self._plainly(way, poorer)
        except Blocked as blocked:
            if piece.card and blocked.code == RIGHT_MISSING:
                return await way.post(replace(poorer, content=self._message.text))
            if self._token is not None or not (piece.file and isinstance(way, InChannel)):
                raise
        assert isinstance(way, InChannel)
        note = rights.hint(self._client, way.place, language(message), only=rights.FILES)
        return await way.post(replace(poorer, content=f"{poorer.content}\n{note}"))

    async def _smaller(self, way: Way, piece: Piece) -> Handle:
        try:
            return await way.post(piece)
        except TooBig:
            raise Refused("too large even so", Blame.FILES) from None

    async def _plainly(self, way: Way, piece: Piece) -> Handle:
        """The server's moderation dislikes the words: one neutral sentence, with the link where
        there is one."""
        video, words = self._message.video, text("discord.moderated", language(self._message))
        try:
            return await way.post(
                replace(piece, content=f"{words}\n{video.url}" if video else words)
            )
        except (Disliked, TooBig):
            raise Refused("the moderation of the server refuses it") from None


def is_bare(message: Outbound) -> bool:
    """Whether a message is words alone, so that nothing of it could be left out."""
    with_file = bool(message.document) or (
        message.video is not None and message.video.form is not Form.LINK
    )
    return not (with_file or message.buttons or message.card or message.reply_to)


def _fits(message: Outbound, limit: int) -> bool:
    """Whether the clip itself can go along."""
    video = message.video
    if video is None or video.form is Form.LINK or not video.path or not Path(video.path).exists():
        return False
    return (video.bytes or Path(video.path).stat().st_size) <= limit
