"""What the languages are called in each other: `python -m tests.phrases.names` writes
core/domain/understanding/languages.toml."""

import json
import sys

from babel import Locale

from core.domain.understanding.languages import PATH
from core.i18n import LANGUAGES


def called() -> dict[str, list[str]]:
    """The names of each language of ours, in all of them."""
    return {code: sorted(_names(Locale.parse(code.replace("-", "_")))) for code in LANGUAGES}


def _names(spoken: Locale) -> set[str]:
    found = (spoken.get_language_name(reader.replace("-", "_")) for reader in LANGUAGES)
    return {name for name in found if name}


def main() -> int:
    """Write the file."""
    lines = (
        f"{code} = {json.dumps(names, ensure_ascii=False)}\n" for code, names in called().items()
    )
    PATH.write_text("".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
