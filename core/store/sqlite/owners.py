"""Whose a file is: what an operator makes as root must stay usable for the user that the bot runs
as."""

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Owner:
    """User and group by number, and the mode of a file."""

    user: int
    group: int
    mode: int

    @classmethod
    def of(cls, path: Path) -> "Owner":
        """Of the file; where there is none yet, of the nearest folder, and then private. Raises
        OSError."""
        for place in (path, *path.absolute().parents):
            with suppress(FileNotFoundError):
                found = place.stat()
                return cls(
                    found.st_uid,
                    found.st_gid,
                    stat.S_IMODE(found.st_mode) if place == path else PRIVATE,
                )
        raise FileNotFoundError(path)

    def take(self, path: Path) -> None:
        """Make the file theirs. Raises OSError where this user may not give files away; a group
        alone matters less."""
        found = path.stat()
        if found.st_uid != self.user:
            os.chown(path, self.user, self.group)
        elif found.st_gid != self.group:
            with suppress(OSError):
                os.chown(path, -1, self.group)
        path.chmod(self.mode)


def is_root() -> bool:
    """Whether this process may give files away; never on a system without owners."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
