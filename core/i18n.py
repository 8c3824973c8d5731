"""Words for people: text(key, language, **params) from the catalogues in core/locales, one file a
language.

A phrase that a catalogue lacks is read in English, and a code that no catalogue has leads to the
closest one."""

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal

FOLDER = Path(__file__).parent / "locales"
ENGLISH = "en"
LANGUAGES = (ENGLISH, *sorted(file.stem for file in FOLDER.glob("*.toml") if file.stem != ENGLISH))
"""The codes of all catalogues (BCP 47, such as `pt-BR`, `zh-Hans`): English, then by code."""
META, PROFILES = "meta", "profiles"
"""Sections that hold no phrases: what is said of the language itself, and the words of the skill
profiles."""

Phrase = str | Mapping[str, str]
"""Words with {placeholders}, or a form for each plural category (CLDR: one, few, many, other …)
with `by` naming the placeholder that decides (`count` where it does not)."""


SECTION = re.compile(rb"^\[([\w-]+)", re.MULTILINE)
"""How a section begins. No phrase has a line of its own that does."""


class Phrases(Mapping[str, Phrase]):
    """The phrases of one language, keyed `section.name`. A section is read when one of its phrases
    is first asked for: of most languages few ever are."""

    def __init__(self, sections: Mapping[str, bytes]) -> None:
        self._unread = dict(sections)
        self._read: dict[str, Phrase] = {}

    def __getitem__(self, key: str) -> Phrase:
        if key not in self._read:
            self._open(key.partition(".")[0])
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        for section in tuple(self._unread):
            self._open(section)
        return iter(self._read)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _open(self, section: str) -> None:
        found = tomllib.loads(self._unread.get(section, b"").decode()).get(section, {})
        self._read.update({f"{section}.{name}": words for name, words in found.items()})
        self._unread.pop(section, None)  # after it is read: another thread may ask meanwhile


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language: its own `name`, the code the backend is told, whether it is written from right
    to left."""

    code: str
    name: str
    backend: str
    rtl: bool
    phrases: Mapping[str, Phrase]
    profiles: Mapping[str, Mapping[str, Any]]


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of one of LANGUAGES, its phrases keyed `section.name`."""
    sections = _sections((FOLDER / f"{language}.toml").read_bytes())
    head = tomllib.loads((sections.pop(META) + sections.pop(PROFILES, b"")).decode())
    meta, profiles = head[META], head.get(PROFILES, {})
    return Catalogue(
        language, meta["name"], meta["backend"], meta.get("rtl", False), Phrases(sections), profiles
    )


def _sections(file: bytes) -> dict[str, bytes]:
    """What a file says, by the first word of the heads it stands under."""
    sections: dict[str, bytes] = {}
    starts = list(SECTION.finditer(file))
    for start, end in zip(starts, (*starts[1:], None), strict=True):
        part = file[start.start() : end and end.start()]
        name = start[1].decode()
        sections[name] = sections.get(name, b"") + part
    return sections


def text(key: str, language: str, **params: object) -> str:
    """The phrase for `key` with its placeholders filled in: numbers as the language writes them.

    Raises KeyError for a key that no catalogue holds.
    """
    spoken = catalogue(closest(language))
    phrase = spoken.phrases.get(key)
    if phrase is None:
        spoken = catalogue(ENGLISH)
        phrase = spoken.phrases[key]
    words = phrase if isinstance(phrase, str) else _plural(phrase, spoken.code, params)
    return words.format(**{name: _shown(value, spoken) for name, value in params.items()})


def edition() -> str:
    """What tells these catalogues from those of any other version, without their being read."""
    told = hashlib.sha256()
    for language in LANGUAGES:
        told.update((FOLDER / f"{language}.toml").read_bytes())
    return told.hexdigest()


def missing(language: str) -> list[str]:
    """The keys that a catalogue leaves to English."""
    return sorted(catalogue(ENGLISH).phrases.keys() - catalogue(language).phrases.keys())


def _plural(forms: Mapping[str, str], language: str, params: Mapping[str, object]) -> str:
    number = params.get(forms.get("by", "count"))
    form = _locale(language).plural_form(number) if isinstance(number, int | float) else "other"
    return forms.get(form) or forms["other"]


RLM, LRM = "\u200f", "\u200e"
"""Unseen marks that keep a Latin name from turning a sentence around that runs from right to left,
or itself."""
COPIED = re.compile(r"\w+:\S+")
"""Addresses and ids, which people copy: nothing unseen may come along."""


def _shown(value: object, spoken: Catalogue) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_decimal(value, locale=_locale(spoken.code))
    words = str(value)
    bare = not spoken.rtl or not words or COPIED.fullmatch(words) or not _runs_left_to_right(words)
    return words if bare else f"{RLM}{LRM}{words}{LRM}{RLM}"


def _runs_left_to_right(words: str) -> bool:
    """Judged by the first letter, as a screen does; a date or a size without any letter does so
    too."""
    strong = (kind for kind in map(unicodedata.bidirectional, words) if kind in ("L", "R", "AL"))
    return next(strong, "L") == "L"


def listed(names: list[str], language: str) -> str:
    """Names in one sentence, as the language strings them together."""
    return format_list(names, locale=_locale(closest(language)))


def placed(name: str, language: str, platform: str, *, private: bool) -> str:
    """A phrase in the form that is right where it is read: among others a bot does not hear
    everything.

    Sections: `talk` in private, `group_<platform>` among others, or `group` where that platform has
    none of its own."""
    sections = ("talk",) if private else (f"group_{platform}", "group")
    phrases = catalogue(ENGLISH).phrases
    key = next(f"{section}.{name}" for section in sections if f"{section}.{name}" in phrases)
    return text(key, language)


@lru_cache(maxsize=256)  # anybody may write anything here: what they wrote goes again
def closest(code: str) -> str:
    """The catalogue for a platform's code: `zh-CN`, `zh_TW`, `pt`, `es-419`, `de_DE.UTF-8`; English
    for others."""
    if code in LANGUAGES:
        return code
    try:
        wanted = Locale.parse(code.partition(".")[0].replace("-", "_"), resolve_likely_subtags=True)
    except (ValueError, TypeError, UnknownLocaleError):
        return ENGLISH
    spoken = [found for found in LANGUAGES if _locale(found).language == wanted.language]
    written = [
        found for found in spoken if _locale(found).script in (None, wanted.script or "Hans")
    ]
    return next(iter((*written, *spoken)), ENGLISH)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))


def named(words: str) -> str:
    """The catalogue that somebody names: `de`, `zh-TW`, `Français`, `spanish`, `中文`; empty for
    none of ours."""
    wanted = words.strip().casefold()
    found = next((code for code in LANGUAGES if wanted in _names(code)), "")
    return found or (closest(wanted) if closest(wanted) != ENGLISH else "")


@cache
def _names(language: str) -> frozenset[str]:
    spoken = _locale(language)
    english, own = str(spoken.english_name).partition(" (")[0], str(spoken.language_name)
    return frozenset(name.casefold() for name in (language, catalogue(language).name, english, own))


def nemo_code(language: str) -> str:
    """The code that the backend is told (D23): `zh-CN`, `pt-BR`, `de`; also of a language that we
    have no words in."""
    found = closest(language)
    return catalogue(found).backend if found != ENGLISH else standard(language) or ENGLISH


def standard(code: str) -> str:
    """A platform's code as BCP 47 writes its language (`pl_PL.UTF-8` is `pl`); empty where it is
    none."""
    try:
        return Locale.parse(
            code.partition(".")[0].replace("-", "_"), resolve_likely_subtags=True
        ).language
    except (ValueError, TypeError, UnknownLocaleError):
        return ""
