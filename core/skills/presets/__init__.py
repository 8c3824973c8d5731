"""Presets: ready-made looks, each a name, words that are a wish, and a small picture. They are
data: `presets.toml` and pictures beside it, read and checked when the process starts."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.files import Unreadable, contents, decoded
from core.i18n import LANGUAGES, catalogue
from core.skills.checking import Wrong, as_it_is, localized, matching, record, several, text
from core.skills.profile import Localized

FILE = "presets.toml"
LONGEST_NAME, LONGEST_WORDS = 40, 500
CHECKS = {
    "slug": matching(r"[a-z0-9]+(-[a-z0-9]+)*", "a-z and 0-9, in words joined by -", 24),
    "name": localized(text(LONGEST_NAME)),
    "words": localized(text(LONGEST_WORDS)),
    "skills": several(text(), at_least=0),
    "picture": as_it_is,
}


class BadPreset(Exception):
    """A preset cannot be used; the text is one sentence for the operator, with the file."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file}: {problem}")


@dataclass(frozen=True, slots=True)
class Preset:
    """One look. `words` are said in place of a wish of one's own. `skills` are the profiles that
    offer it, empty for all of them; `picture` is a JPEG or PNG, None where there is none."""

    slug: str
    name: Localized[str]
    words: Localized[str]
    skills: tuple[str, ...] = ()
    picture: Path | None = None

    def fits(self, skill: str) -> bool:
        """Whether that profile offers it."""
        return not self.skills or skill in self.skills


Presets = tuple[Preset, ...]
SHIPPED = Path(__file__).parent


def available_presets(own: Path | None) -> Presets:
    """The operator's own presets, and the shipped ones behind them. Raises BadPreset."""
    found = (*(_read(own) if own else ()), *_read(SHIPPED))
    slugs = [preset.slug for preset in found]
    twice = next((slug for slug in slugs if slugs.count(slug) > 1), None)
    if twice is not None:
        assert own is not None, "the shipped ones differ"
        raise BadPreset(own / FILE, f"the name [{twice}] is taken by a preset that is shipped")
    return found


def _read(folder: Path) -> Presets:
    file = folder / FILE
    try:
        tables = tomllib.loads(decoded(contents(file)))
    except FileNotFoundError:
        raise BadPreset(file, "there is no such file") from None
    except Unreadable as problem:
        raise BadPreset(file, f"the file cannot be read: {problem}") from None
    except tomllib.TOMLDecodeError as problem:
        raise BadPreset(file, f"this is not TOML: {problem}") from None
    if not tables:
        raise BadPreset(file, "there is no preset in it")
    return tuple(_preset(file, slug, values) for slug, values in tables.items())


def _preset(file: Path, slug: str, values: Any) -> Preset:
    if not isinstance(values, dict):
        raise BadPreset(file, f"{slug} stands outside of a preset: it begins with [its-name]")
    checks = CHECKS
    if file.parent == SHIPPED:
        said = {what: Localized(_Said(what, slug)) for what in ("name", "words")}
        values, checks = {**values, **said}, {**CHECKS, **dict.fromkeys(said, as_it_is)}
    picture = _picture(file, slug, values)
    try:
        known = {"skills": (), **values, "slug": slug, "picture": picture}
        return Preset(**record(known, checks))
    except Wrong as problem:
        raise BadPreset(file, f"[{slug}] {problem}") from None


class _Said(Mapping[str, str]):
    """The words of a shipped preset: one language is one file, which is read when it is spoken."""

    def __init__(self, what: str, slug: str) -> None:
        self._key = f"preset.{what}_{slug.replace('-', '_')}"

    def __getitem__(self, language: str) -> str:
        return str(catalogue(language).phrases[self._key])

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


def _picture(file: Path, slug: str, values: dict[str, Any]) -> Path | None:
    """The picture that is named, or that bears the preset's name. Raises BadPreset."""
    named = values.get("picture")
    if named is None:
        usual = file.parent / f"{slug}.jpg"
        return usual if _there(usual) else None
    picture = file.parent / str(named)
    if not _there(picture):
        raise BadPreset(file, f"[{slug}] there is no picture {named}")
    return picture


def _there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # no name of a file can be so long
        return False
