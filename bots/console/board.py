"""What stands on the screen: the running statuses, the buttons that can be pressed, and whether anything is open."""

from core.i18n import LANGUAGES, text
from core.messages import Button, Outbound

ENDED = {text(key, language) for key in ("status.done", "status.stopped") for language in LANGUAGES}
"""Last words of a status. The result comes right below, so a terminal need not show them; but it has to come."""


QUIET_SECONDS = 2.0
"""Silence after the last answer in which nothing more is expected."""
ANSWER_SECONDS = 60.0
"""How long the first sign of an answer may take."""
RESULT_SECONDS = 300.0
"""How long a result may take after its status has ended: meanwhile its file is fetched."""


class Board:
    """One conversation. Numbers count the buttons of the newest message first, then those of running statuses."""

    def __init__(self, quiet: float = QUIET_SECONDS) -> None:
        self._quiet = quiet
        self.statuses: dict[str, Outbound] = {}
        self._buttons: list[Button] = []
        self._promised = 0
        self._answers = 0

    def said(self) -> None:
        """The user said something: an answer is due."""
        self._answers = 0

    def show(self, message: Outbound) -> bool:
        """Take in a message; whether it is to be printed for good, as against a status that is only redrawn."""
        if not message.slot:
            return self._show_result(message)
        if message.working:
            self.statuses[message.slot] = message
            return False
        self.statuses.pop(message.slot, None)
        if message.text in ENDED:
            self._promised += 1
            return False
        self._answers += 1
        return True

    def _show_result(self, message: Outbound) -> bool:
        self._answers += 1
        if not message.toast:
            self._promised = max(0, self._promised - 1)
            pressable = [button for row in message.buttons for button in row if button.command]
            self._buttons = pressable or self._buttons
        return True

    def patience(self) -> float | None:
        """Seconds of silence after which nothing more will come; None while something is visibly running."""
        if self.statuses:
            return None
        if self._promised:
            return RESULT_SECONDS
        return self._quiet if self._answers else ANSWER_SECONDS

    def pressed(self, number: int) -> Button | None:
        """The button with this number, counted from 1."""
        numbered = self.numbered()
        return numbered[number - 1] if 0 < number <= len(numbered) else None

    def numbered(self) -> list[Button]:
        """Every button that can be pressed now, in the order of their numbers."""
        running = [button for status in self.statuses.values() for row in status.buttons for button in row]
        return self._buttons + [button for button in running if button.command]

    def choices(self, message: Outbound) -> list[str]:
        """The buttons of a message as lines of `[1] Export  [2] New`; pages to open show their address."""
        numbered, lines = self.numbered(), []
        for row in message.buttons:
            labels = [f"{button.label}: {button.url}" if button.url else _label(numbered, button) for button in row]
            lines.append("  ".join(labels))
        return _joined(lines)


def _label(numbered: list[Button], button: Button) -> str:
    return f"[{numbered.index(button) + 1}] {button.label}" if button in numbered else button.label


def _joined(lines: list[str]) -> list[str]:
    """Short rows share a line."""
    whole = "  ".join(lines)
    return [whole] if len(whole) <= 72 else lines
