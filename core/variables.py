"""Variables of the machine as they are handed in, and the error for one that cannot be used."""

from collections.abc import Mapping

Environment = Mapping[str, str]


class WrongSetting(Exception):
    """A variable, a file or an argument cannot be used as it is; the text is one sentence for the
    operator."""
