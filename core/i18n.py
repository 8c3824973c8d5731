"""Words for people: text(key, language, **params) from the catalogues in core/locales, which hold the same keys."""

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "zh")


@cache
def catalogue(language: str) -> dict[str, str]:
    """All phrases of one language, keyed `section.name`."""
    path = Path(__file__).parent / "locales" / f"{language}.toml"
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{section}.{name}": words for section, phrases in sections.items() for name, words in phrases.items()}


def text(key: str, language: str, **params: object) -> str:
    """The phrase for `key`, its {placeholders} filled in. Raises KeyError for a key that no catalogue holds."""
    return catalogue(language if language in LANGUAGES else "en")[key].format(**params)


def placed(name: str, language: str, platform: str, *, private: bool) -> str:
    """A phrase in the form that is right where it is read: among others a bot does not hear everything.

    Sections: `talk` in private, `group_<platform>` among others, or `group` where that platform has none of its own.
    """
    sections = ("talk",) if private else (f"group_{platform}", "group")
    key = next(f"{section}.{name}" for section in sections if f"{section}.{name}" in catalogue("en"))
    return text(key, language)


def closest(code: str) -> str:
    """The catalogue language for a platform's code: `zh-hans`, `zh-CN`, `zh_TW` are zh; anything else is en."""
    return "zh" if code.lower().startswith("zh") else "en"


def nemo_code(language: str) -> str:
    """The code the backend expects for a catalogue language (D23)."""
    return "zh-CN" if language == "zh" else "en"
