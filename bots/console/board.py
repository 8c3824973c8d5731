"""What stands on the screen: the running statuses, the buttons that can be pressed, and whether
anything is open."""

from prompt_toolkit.utils import get_cwidth

from core.messages import Button, Command, Outbound

QUIET_SECONDS = 2.0
"""Silence after the last answer in which nothing more is expected."""
ANSWER_SECONDS = 60.0
"""How long the first sign of an answer may take."""


class Board:
    """One conversation. Numbers count the buttons of the newest message first, then those of
    running statuses."""

    def __init__(self, quiet: float = QUIET_SECONDS) -> None:
        self._quiet = quiet
        self._statuses: dict[str, Outbound] = {}
        self._buttons: list[Button] = []
        self._asking: set[int | None] = set()  # jobs that wait for the user
        self._over: set[int | None] = set()  # jobs whose last words came
        self._answers = 0
        self._due = False

    @property
    def running(self) -> list[Outbound]:
        """The statuses of everything that is being worked on."""
        return [status for status in self._statuses.values() if status.job not in self._asking]

    @property
    def busy(self) -> bool:
        """Whether an answer or a result is still to come."""
        return bool(self._due or self.running)

    def said(self) -> None:
        """The user said something: an answer is due."""
        self._answers, self._due = 0, True
        self._asking.clear()

    def show(self, message: Outbound) -> bool:
        """Take in a message; whether it is to be printed for good, as against a status that is only
        redrawn."""
        self._due = False
        if not message.slot:
            return self._show_result(message)
        if message.working:
            if message.job not in self._over:
                self._statuses[message.slot] = message
            return False
        self._statuses.pop(message.slot, None)
        if message.over or not message.last:
            return False
        self._answers += 1
        return True

    def _show_result(self, message: Outbound) -> bool:
        self._answers += 1
        if message.toast:
            return True
        pressable = [button for row in message.buttons for button in row if button.command]
        self._buttons = pressable or self._buttons
        if any(button.command is Command.CONFIRM for button in pressable):
            self._asking.add(message.job)
        if message.last:
            self._end(message.job)
        return True

    def _end(self, job: int | None) -> None:
        """The result takes the place of its status; one that was on its way is late."""
        self._statuses = {
            slot: status for slot, status in self._statuses.items() if status.job != job
        }
        self._over.add(job)

    def patience(self) -> float | None:
        """Seconds of silence after which nothing more will come; None while something is visibly
        running."""
        if self.running:
            return None
        return self._quiet if self._answers else ANSWER_SECONDS

    def pressed(self, number: int) -> Button | None:
        """The button with this number, counted from 1."""
        numbered = self.numbered()
        return numbered[number - 1] if 0 < number <= len(numbered) else None

    def numbered(self) -> list[Button]:
        """Every button that can be pressed now, in the order of their numbers."""
        running = [button for status in self.running for row in status.buttons for button in row]
        return self._buttons + [button for button in running if button.command]

    def choices(self, message: Outbound) -> list[str]:
        """The buttons of a message as lines of `[1] Export [2] New`; pages to open show their
        address."""
        numbered, lines = self.numbered(), []
        for row in message.buttons:
            labels = [
                f"{button.label} → {button.url}" if button.url else _label(numbered, button)
                for button in row
            ]
            lines.append("  ".join(labels))
        return _joined(lines)


def _label(numbered: list[Button], button: Button) -> str:
    return f"[{numbered.index(button) + 1}] {button.label}" if button in numbered else button.label


def _joined(lines: list[str]) -> list[str]:
    """Short rows share a line."""
    whole = "  ".join(lines)
    return [whole] if lines and get_cwidth(whole) <= 72 else lines
