"""What a message means, read from its words alone: tables, and a small linear model shipped as
data."""

from core.domain.understanding.asked import (
    Addable,
    Asked,
    asked_about,
    names_length,
    names_sound,
    names_voice_over,
    resolution_asked,
)
from core.domain.understanding.assigning import (
    Apart,
    Assignment,
    Only,
    Together,
    Unsure,
    assign_photos,
    names_all,
    names_video,
    photo_named,
    sentences,
)
from core.domain.understanding.certain import certain_meaning, label_meaning
from core.domain.understanding.choosing import options_named, version_named
from core.domain.understanding.courtesy import intent_by_keywords
from core.domain.understanding.intent_classification import open_files, read
from core.domain.understanding.keywords import Intent
from core.domain.understanding.languages import language_of, named_in, sets_words_apart
from core.domain.understanding.meaning import (
    Again,
    Choice,
    Command,
    CommandKind,
    Decline,
    GoAhead,
    Meaning,
    Question,
    Topic,
    Unclear,
    Wish,
    WishKind,
)
from core.domain.understanding.orders import copied_as
from core.domain.understanding.spelling import is_question, links_in
from core.domain.understanding.wishes import (
    asks_for_video,
    brings_late_file,
    joins_project,
    needs_photo,
)

__all__ = [
    "Addable",
    "Again",
    "Apart",
    "Asked",
    "Assignment",
    "Choice",
    "Command",
    "CommandKind",
    "Decline",
    "GoAhead",
    "Intent",
    "Meaning",
    "Only",
    "Question",
    "Together",
    "Topic",
    "Unclear",
    "Unsure",
    "Wish",
    "WishKind",
    "asked_about",
    "asks_for_video",
    "assign_photos",
    "brings_late_file",
    "certain_meaning",
    "copied_as",
    "intent_by_keywords",
    "is_question",
    "joins_project",
    "label_meaning",
    "language_of",
    "links_in",
    "named_in",
    "names_all",
    "names_length",
    "names_sound",
    "names_video",
    "names_voice_over",
    "needs_photo",
    "open_files",
    "options_named",
    "photo_named",
    "read",
    "resolution_asked",
    "sentences",
    "sets_words_apart",
    "version_named",
]
