"""What systemd is told: that the bot serves, that it still hears, that it is going (sd_notify)."""

import contextlib
import socket
from collections.abc import Mapping

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


class Notifier:
    """Says a word to whoever started the process, where somebody listens; silent elsewhere.

    `pause` is how often, in seconds, systemd wants to hear that all is well (half of WatchdogSec);
    None where it does not watch."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        told = environment.get("WATCHDOG_USEC", "")
        self.pause = int(told) / 2e6 if self._address and told.isdigit() and int(told) else None

    def say(self, *words: str) -> None:
        """Never raises: nothing depends on it."""
        if not self._address or not hasattr(socket, "AF_UNIX"):
            return
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line,
        ):
            line.settimeout(1.0)
            line.sendto("\n".join(words).encode(), self._address)
