"""Who may see the operator's page: whoever opens a link that works once, and then the same browser
for thirty days.

Both are signed with a key beside the database, which only the bot's user can read. What a link has
been used for is remembered in the same folder, so that it works once also across restarts."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

from core.files import contents, open_private, private_folder

KEY, USED = "operator-key", "operator-links"
KEY_BYTES = 32
LINK_SECONDS = 15 * 60.0
COOKIE_SECONDS = 30 * 24 * 3600.0
LONGEST = 200
"""Characters of a token: a longer one is not looked at."""


@dataclass(frozen=True, slots=True)
class Access:
    """Makes and checks tokens of two kinds: `link` and `cookie`. `folder` is the private one."""

    folder: Path

    def token(self, kind: str, now: float) -> str:
        """A new one, good from now on. Raises OSError."""
        until = int(now + (LINK_SECONDS if kind == "link" else COOKIE_SECONDS))
        body = f"{kind}.{until}.{secrets.token_urlsafe(12)}"
        return f"{body}.{self._sign(body)}"

    def fits(self, kind: str, token: str, now: float) -> bool:
        """Whether it is one of ours, of this kind and not too old. Takes the same time for every
        wrong one of a length."""
        body, _, sign = token[:LONGEST].rpartition(".")
        signed = hmac.compare_digest(self._sign(body).encode(), sign.encode(errors="replace"))
        parts = body.split(".")
        if not signed or len(parts) != 3:
            return False
        return parts[0] == kind and now < int(parts[1])

    def use(self, token: str, now: float) -> bool:
        """Use a link up. False where it is no good, or was used before. Raises OSError."""
        if not self.fits("link", token, now):
            return False
        mark = hashlib.sha256(token.encode()).hexdigest()
        used = [line for line in self._used() if float(line.partition(" ")[0]) > now]
        if any(line.endswith(mark) for line in used):
            return False
        with open_private(self.folder / USED) as out:
            out.write("\n".join([*used, f"{now + LINK_SECONDS:.0f} {mark}"]).encode())
        return True

    def _used(self) -> list[str]:
        try:
            return contents(self.folder / USED).decode().splitlines()
        except FileNotFoundError:
            return []

    def _sign(self, body: str) -> str:
        return hmac.new(self._key(), body.encode(errors="replace"), "sha256").hexdigest()

    def _key(self) -> bytes:
        file = self.folder / KEY
        try:
            found = contents(file)
        except FileNotFoundError:
            found = b""
        if len(found) != KEY_BYTES:
            private_folder(self.folder)
            found = secrets.token_bytes(KEY_BYTES)
            with open_private(file) as out:
                out.write(found)
        return found
