"""Seals tokens at rest: several keys, the first one seals, all of them open."""

import base64
import binascii
import contextlib
import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from core.files import Unreadable, contents, reason_of

KEY_BYTES = 32
SALT = b"photo-to-video-bot: tokens at rest"
"""Fixed, since the same sentence must lead to the same key on every start."""


REMEDY = (
    "It holds the key to people's tokens, and must be a file that the bot's user may read "
    "and write."
)


MARK = "gAAAA"
"""How sealed text begins, as long as the years have four figures."""
SEALED = re.compile(rf"{MARK}[\w-]+={{0,2}}", re.ASCII)


class WrongKey(Exception):
    """What was sealed cannot be opened with these keys, or a key file holds none. Says no
    secret."""


class Vault:
    """Keys of 32 bytes each. Sealed text is URL-safe ASCII and differs each time."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise WrongKey(f"a vault needs keys of {KEY_BYTES} bytes")
        self._count = len(keys)
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])

    def __repr__(self) -> str:
        return f"Vault({self._count} keys)"

    def seal(self, text: str) -> str:
        """The text, unreadable without one of the keys."""
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """What was sealed, with whichever key. Raises WrongKey, also for text that was never
        sealed."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except (InvalidToken, UnicodeDecodeError):
            raise WrongKey("the sealed text does not belong to any of the keys") from None


def resealed(text: str, keys: Vault, own: Vault) -> str:
    """The text with everything in it that only `keys` open sealed anew by `own`."""

    def anew(found: re.Match[str]) -> str:
        for vault in (own, keys):
            with contextlib.suppress(WrongKey):
                opened = vault.open(found[0])
                return found[0] if vault is own else own.seal(opened)
        return found[0]

    return SEALED.sub(anew, text) if MARK in text else text


def load(secret: str | None, file: Path | None) -> Vault:
    """The vault of this installation.

    `secret` is SECRETS_KEY: one sentence, or several with commas between, the newest first. Without
    it the key lies in `file`, which is made at the first start, readable by its owner alone. With
    it, an existing file still opens what it once sealed; None: the sentences alone count. Raises
    WrongKey for a file that holds no key. Takes some 50 ms a sentence."""
    sentences = [part.strip() for part in (secret or "").split(",") if part.strip()]
    keys = [_derived(sentence) for sentence in sentences]
    try:
        if file is not None and not keys and not os.path.lexists(file):
            _make(file)
        if file is not None and os.path.lexists(file):
            keys += _read(file)
    except OSError as problem:
        raise WrongKey(f"{file} cannot be used: {reason_of(problem)}. {REMEDY}") from None
    return Vault(keys)


def _derived(sentence: str) -> bytes:
    """Slow on purpose: the sentence may be short."""
    return Scrypt(salt=SALT, length=KEY_BYTES, n=2**14, r=8, p=1).derive(sentence.encode())


def _make(file: Path) -> None:
    """Write a new key in one piece; if another process was faster, its key stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as target:
            target.write(base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            target.flush()
            os.fsync(target.fileno())
        try:
            os.link(half, file)
        except FileExistsError:
            pass
        except OSError:  # a disk without hard links
            if not file.exists():
                half.rename(file)
    finally:
        half.unlink(missing_ok=True)


def _read(file: Path) -> list[bytes]:
    """One key a line."""
    try:
        lines = contents(file).split()
        keys = [base64.urlsafe_b64decode(line) for line in lines]
    except FileNotFoundError:
        raise WrongKey(
            f"{file} cannot be used: it is a link that leads nowhere. {REMEDY}"
        ) from None
    except Unreadable as problem:
        raise WrongKey(f"{file} cannot be used: {problem}. {REMEDY}") from None
    except binascii.Error:
        return _none(file)
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        return _none(file)
    if file.stat().st_mode & 0o077:
        with contextlib.suppress(
            PermissionError
        ):  # it belongs to somebody else, who has let us read it
            file.chmod(0o600)
    return keys


def _none(file: Path) -> list[bytes]:
    raise WrongKey(
        f"{file} holds no key: put the old file back, or remove it (people then have to log "
        "in again)"
    )
