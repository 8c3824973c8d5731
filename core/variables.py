"""Variables of the machine as they are handed in, a secret among them, and the error for one that
cannot be used."""

from collections.abc import Mapping
from dataclasses import dataclass

Environment = Mapping[str, str]


class WrongSetting(Exception):
    """A variable, a file or an argument cannot be used as it is; the text is one sentence for the
    operator."""


@dataclass(frozen=True, slots=True, repr=False)
class SecretStr:
    """Words that show as stars wherever they are printed."""

    _words: str

    def get_secret_value(self) -> str:
        """The words themselves."""
        return self._words

    def __repr__(self) -> str:
        return "SecretStr('**********')" if self._words else "SecretStr('')"

    def __bool__(self) -> bool:
        return bool(self._words)
