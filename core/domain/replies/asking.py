"""Words that ask for something."""

from core.i18n import placed
from core.messages import Address


def with_hint(words: str, language: str, address: Address, *, private: bool) -> str:
    """The same; among others with the ways in which the bot can be told."""
    return (
        words
        if private
        else f"{words}\n{placed('hint', language, address.platform, private=False)}"
    )
