"""Names and descriptions of commands in the languages of the catalogues; Discord shows each user
the own one."""

from functools import cache

from discord import Locale
from discord.app_commands import TranslationContextTypes, Translator, locale_str

from core.i18n import ENGLISH, closest, text


def phrase(key: str) -> locale_str:
    """A phrase of [discord]: English is what is registered, the key finds its translation."""
    return locale_str(text(f"discord.{key}", "en"), key=key)


class Words(Translator):
    """Translates what `phrase` made, and what brings its own words for a catalogue (`extras`, keyed
    by its code)."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """The phrase in this locale, or None where English has to do."""
        key, language = string.extras.get("key"), _catalogue(locale)
        if language == ENGLISH:
            return None
        found: str | None = _said(key, language) if key else string.extras.get(language)
        return found if found != string.message else None


@cache
def _catalogue(locale: Locale) -> str:
    return closest(locale.value)


@cache
def _said(key: str, language: str) -> str:
    """The same few phrases, for each command that has them."""
    return text(f"discord.{key}", language)
