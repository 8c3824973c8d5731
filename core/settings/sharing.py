"""What one of several processes is told of its part; one alone on SQLite needs none of it."""

from pathlib import Path
from typing import Literal

from core.settings.fields import checks, variable
from core.settings.reading import FromEnvironment

FILE = "file://"
LEASE_LEAST, LEASE_MOST = 1, 300


class Sharing(FromEnvironment):
    """With DATABASE_URL=postgresql://… alone. Seconds are seconds."""

    role: Literal["all", "gateway", "worker"] = variable(
        default="all",
        description="What this process does: gateway talks to the chats, worker makes the videos, "
        "all does both",
        examples=["worker"],
    )
    lease_seconds: float = variable(
        default=5,
        ge=LEASE_LEAST,
        le=LEASE_MOST,
        description="After so many seconds without a sign of life the others take over what a "
        "process had; the same for all",
        examples=["5"],
    )
    data_folder: Path | None = variable(
        default=None,
        description="Folder for the files of this process; empty: where SQLite's database lies, "
        "or your data folder",
        examples=["/var/lib/photo-to-video-bot"],
    )
    nemo_egress: str = variable(
        default="",
        max_length=64,
        description="A name for this machine's outgoing address: free tokens are counted for each "
        "address",
        examples=["frankfurt-1"],
    )
    files_url: str = variable(
        default="",
        description="A folder that all processes share, for files above 50 MB that a chat hands "
        "out only once; empty: such files are refused",
        examples=["file:///mnt/shared"],
    )

    @checks("files_url")
    @classmethod
    def _folder(cls, value: str) -> str:
        if value and not (value.startswith(FILE) and Path(value.removeprefix(FILE)).is_absolute()):
            raise ValueError("it must start with file:// and name a folder from the root on")
        return value

    @property
    def files_folder(self) -> Path | None:
        """The folder that all processes share, if there is one."""
        return Path(self.files_url.removeprefix(FILE)) if self.files_url else None
