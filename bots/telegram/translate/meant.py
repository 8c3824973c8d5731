"""What the words of a message are, without command and mention, and whether the bot is meant."""

import re
from dataclasses import dataclass

from telegram import (
    Message,
    MessageOriginUser,
)
from telegram.constants import MessageEntityType

from bots import codec
from bots.telegram.translate.attachments import attachments
from bots.telegram.translate.places import user_of
from core.domain import tokens
from core.messages import (
    ABOUT_SOMEBODY,
    OPERATING,
    Attachment,
    Command,
)


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account; `username` without the @. `admins` are those whom ADMINS names."""

    id: int
    username: str
    admins: frozenset[str] = frozenset()

    def obeys(self, message: Message) -> bool:
        """Whether who writes, by their own name, may say what is to be done with the bot."""
        return message.sender_chat is None and user_of(message) in self.admins


def is_forwarded(message: Message) -> bool:
    """Whether these are somebody else's words: its photo counts as sent, but nobody asked for what
    its caption says.

    A token is taken as ours to hide, whoever wrote it.
    """
    origin = message.forward_origin
    own = isinstance(origin, MessageOriginUser) and origin.sender_user == message.from_user
    return (
        origin is not None
        and not own
        and not tokens.token_in(message.text or message.caption or "")
    )


def read(message: Message, me: Me, private: bool) -> tuple[Command | None, str, bool]:
    """Command, the words without command and mention, and whether the bot is meant."""
    words, mentioned = without_mention(message, me)
    called = codec.called(words)
    if called is None:
        return None, words, private or mentioned or replies_to(message, me)
    named = called.bot.lower()
    if named not in ("", me.username.lower()) and not private:
        return None, words, False
    by_name = private or bool(named) or mentioned
    if called.command in OPERATING and not by_name:
        return None, words, False  # other bots have a /ban as well
    if called.command is not None and (called.command not in OPERATING or me.obeys(message)):
        rest = _whom(message, called.rest) if called.command in ABOUT_SOMEBODY else called.rest
        return called.command, rest, True
    if tokens.token_in(words):
        return None, words, by_name  # "/loginnmv_usr_…": the core knows what it is
    if by_name:  # a command that is not ours: showing what there is helps most
        return Command.HELP, "", True
    return None, words, False


def _whom(message: Message, rest: str) -> str:
    """The id of the person that a command is about: it is written, or belongs to a name that was
    chosen from a list, or to who wrote what the command answers."""
    named = [entity.user for entity in message.entities or () if entity.user]
    if named:
        return str(named[0].id)
    answered = message.reply_to_message
    return user_of(answered) if answered and not rest.strip() else rest


def without_mention(message: Message, me: Me) -> tuple[str, bool]:
    """The words without the bot's name, and whether that was among them."""
    words = message.text or message.caption or ""
    kinds: list[str | None] = [MessageEntityType.MENTION, MessageEntityType.TEXT_MENTION]
    found = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    ours = [
        text
        for entity, text in found.items()
        if (entity.user.id == me.id if entity.user else text.lower() == f"@{me.username.lower()}")
    ]
    for text in ours:
        words = words.replace(text, " ", 1)
    return (re.sub(r"[ \t]{2,}", " ", words).strip() if ours else words.strip()), bool(ours)


def replies_to(message: Message, me: Me) -> bool:
    """In a topic every plain message "replies" to the note that opened the topic: that one does not
    count."""
    replied = message.reply_to_message
    return bool(
        replied
        and replied.from_user
        and replied.from_user.id == me.id
        and not replied.forum_topic_created
    )


def answered(message: Message) -> str:
    """The message that this one answers, whoever wrote it: the core knows which are ours."""
    return str(message.reply_to_message.message_id) if message.reply_to_message else ""


def quoted_files(message: Message, me: Me) -> tuple[Attachment, ...]:
    """The photo that the message replies to, whoever posted it; but not our own clips, which the
    talk is about."""
    if message.reply_to_message:
        return () if replies_to(message, me) else attachments(message.reply_to_message)
    quoted = message.external_reply
    ours = (
        quoted
        and isinstance(quoted.origin, MessageOriginUser)
        and quoted.origin.sender_user.id == me.id
    )
    return attachments(quoted) if quoted and not ours else ()
