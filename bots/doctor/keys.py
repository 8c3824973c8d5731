"""Whether the keys that are at hand open the tokens in the database."""

from collections.abc import Sequence
from pathlib import Path

from core import vault
from core.ops.findings import Finding, well, wrong
from core.settings import Settings
from core.vault import WrongKey

ABOUT = "Keys"


def finding(settings: Settings, file: Path | None, sealed: Sequence[str]) -> Finding:
    """What is found of SECRETS_KEY, and of the key file where there may be one."""
    sentence = settings.secrets_key.get_secret_value() if settings.secrets_key else None
    if not sentence and (file is None or not file.exists()):
        return _missing(file, sealed)
    try:
        keys = vault.load(sentence, file)
        for token in sealed:
            keys.open(token)
    except WrongKey:
        remedy = (
            "Name the earlier sentence behind the new one in SECRETS_KEY, or put the file "
            "secrets.key back."
        )
        return wrong(ABOUT, "the tokens in the database cannot be opened.", remedy, "keys")
    return well(ABOUT, f"they open all {len(sealed)} tokens at rest.", "keys")


def _missing(file: Path | None, sealed: Sequence[str]) -> Finding:
    if file is None:
        remedy = "Set the same one for all processes."
        said = "SECRETS_KEY is not set, which a database of several processes needs."
        return wrong(ABOUT, said, remedy, "keys")
    if not sealed:
        return well(ABOUT, "a key file is made at the first start.", "keys")
    remedy = f"Put {file} back, or set the SECRETS_KEY of before."
    return wrong(ABOUT, f"{file} is missing, and tokens in the database need it.", remedy, "keys")
