"""Files as the backend takes them: what kind they are, converted where need be, under a name of our
own.

What decodes is loaded with the first file that needs it, in a process of its own: core.workshop."""

from core.media.boxes import Condition, Geometry, condition, geometry
from core.media.decoding import COPYING, fork_ended
from core.media.errors import (
    ConverterMissing,
    DamagedFile,
    DoesNotFit,
    MediaError,
    NoVideo,
    Occupied,
    PictureTooLarge,
    RawPhoto,
    SoundTooLong,
    TooMuchTogether,
    TooSlow,
    UnsupportedMedia,
)
from core.media.kinds import ACCEPTED, KINDS, Kind
from core.media.preparing import Prepared, clean_name, copies_films, passed_on, prepare, recognise
from core.media.sound import check_sound_length

__all__ = [
    "ACCEPTED",
    "COPYING",
    "KINDS",
    "Condition",
    "ConverterMissing",
    "DamagedFile",
    "DoesNotFit",
    "Geometry",
    "Kind",
    "MediaError",
    "NoVideo",
    "Occupied",
    "PictureTooLarge",
    "Prepared",
    "RawPhoto",
    "SoundTooLong",
    "TooMuchTogether",
    "TooSlow",
    "UnsupportedMedia",
    "check_sound_length",
    "clean_name",
    "condition",
    "copies_films",
    "fork_ended",
    "geometry",
    "passed_on",
    "prepare",
    "recognise",
]
