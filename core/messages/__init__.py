"""All that crosses the border between a chat platform and the core: frozen, storable as text."""

from core.messages.happened import (
    Album,
    Amended,
    Called,
    Confided,
    Happened,
    Heard,
    Moved,
    Presence,
    Pressed,
    Said,
)
from core.messages.inbound import Inbound, Place, Sender
from core.messages.manner import RINGING, Announcement, Card, Single, Status, Toast
from core.messages.media import Document, Form, Gallery, Video
from core.messages.outbound import Outbound, Recipient, Subject, shown
from core.messages.terms import (
    ABOUT_SOMEBODY,
    OPERATING,
    SPOOL,
    Address,
    Attachment,
    Command,
    Ticket,
)
from core.messages.words import SEALED, Button, Span, Style, Words

__all__ = [
    "ABOUT_SOMEBODY",
    "OPERATING",
    "RINGING",
    "SEALED",
    "SPOOL",
    "Address",
    "Album",
    "Amended",
    "Announcement",
    "Attachment",
    "Button",
    "Called",
    "Card",
    "Command",
    "Confided",
    "Document",
    "Form",
    "Gallery",
    "Happened",
    "Heard",
    "Inbound",
    "Moved",
    "Outbound",
    "Place",
    "Presence",
    "Pressed",
    "Recipient",
    "Said",
    "Sender",
    "Single",
    "Span",
    "Status",
    "Style",
    "Subject",
    "Ticket",
    "Toast",
    "Video",
    "Words",
    "shown",
]
