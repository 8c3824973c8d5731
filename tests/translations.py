"""What the catalogues leave to English: `python -m tests.translations [code …]` lists it, language
by language."""

import sys

from core.i18n import ENGLISH, LANGUAGES, catalogue, missing
from core.skills import load

WORDS = ("title", "connecting", "greeting", "suggestions", "tips", "example", "audience")
"""What a catalogue says of each profile."""


def left(language: str) -> list[str]:
    """Keys of phrases, and `profiles.slug.word`, that a language has no words for."""
    lacking = (
        f"{slug}.{word}"
        for slug, skill in sorted(load().items())
        for word in WORDS
        if language not in getattr(skill, word).root
    )
    return [*missing(language), *(f"profiles.{name}" for name in lacking)]


def main(codes: list[str]) -> None:
    """One line a language, and below it what it lacks."""
    for language in codes or LANGUAGES:
        lacking = left(language)
        whole = len(catalogue(ENGLISH).phrases) + len(WORDS) * len(load())
        head = f"{language} ({catalogue(language).name}): {whole - len(lacking)} of {whole}"
        sys.stdout.write("\n  ".join([head, *lacking]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
