"""How often what is decided is right: paid by mistake, missed, asked needlessly, wrong free
action."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from core.domain.policy import (
    Accept,
    Answer,
    Ask,
    Choose,
    Dismiss,
    Edit,
    Free,
    Keep,
    Make,
    React,
    Repeat,
    Response,
    Scene,
    Silent,
    Situation,
    decide,
)
from core.domain.understanding import CommandKind, Meaning, read
from tests.phrases import Judged

PAID = frozenset({"make", "edit", "keep", "free:again"})
WISHED = frozenset({"make", "edit", "keep"})
OFFERED = 3
"""Suggestions that are offered where a photo is kept."""
LIMITS = {"paid by mistake": 0.01, "missed": 0.03, "asked needlessly": 0.10, "wrong free": 0.05}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sentence with what may happen and what does; `fault` names what is wrong about it, empty
    for nothing."""

    judged: Judged
    got: str

    @property
    def applies(self) -> frozenset[str]:
        """The figures that this sentence counts for."""
        expected = set(self.judged.expected)
        return frozenset(
            name
            for name, counts in (
                ("paid by mistake", not expected & PAID),
                ("missed", expected <= WISHED),
                ("asked needlessly", "ask" not in expected),
                ("wrong free", self.got.startswith("free:") and self.got != "free:again"),
            )
            if counts
        )

    @property
    def faults(self) -> frozenset[str]:
        """The figures that this sentence is a fault in."""
        wrong = {
            "paid by mistake": self.got in PAID
            or (self.got.startswith("choose") and not self.right),
            "missed": self.got not in WISHED,
            "asked needlessly": self.got == "ask",
            "wrong free": not self.right,
        }
        return frozenset(name for name in self.applies if wrong[name])

    @property
    def right(self) -> bool:
        return self.got in self.judged.expected


def scene(situation: str) -> Scene:
    """The scene of a situation as the sentences mean it: one photo, suggestions offered where it is
    kept."""
    if situation == "asked":
        return Scene(Situation.PROJECT, pending=True)
    return Scene(Situation(situation), options=OFFERED if situation == "photo" else 0)


def named(decision: Response) -> str:
    """The label of phrases for a decision."""
    match decision:
        case Free(CommandKind.HISTORY | CommandKind.LANGUAGE) | Answer() | React() | Silent():
            return "answer"
        case Free(command):
            return f"free:{command}"
        case Choose(number):
            return f"choose:{number}"
        case Repeat():
            return "free:again"
        case Make() | Accept():
            return "make"
        case Edit():
            return "edit"
        case Keep():
            return "keep"
        case Ask() | Dismiss():
            return "ask"


Read = Callable[[str, str], Meaning]


def outcomes(rows: Iterable[Judged], reading: Read = read) -> list[Outcome]:
    """What is decided about each row."""
    read_once = cache(reading)
    return [
        Outcome(row, named(decide(read_once(row.text, row.language), scene(row.situation))))
        for row in rows
    ]


def table(rows: Iterable[Outcome], by: Callable[[Outcome], str]) -> str:
    """Markdown: a row for all, and one for each value of `by`; faults of how many, in percent."""
    parts: dict[str, list[Outcome]] = {"all": []}
    for row in rows:
        parts["all"].append(row)
        parts.setdefault(by(row), []).append(row)
    head = f"| | right | {' | '.join(LIMITS)} |\n|---|--:|{'--:|' * len(LIMITS)}\n"
    return head + "".join(f"| {name} | {_line(part)} |\n" for name, part in sorted(parts.items()))


def _line(part: list[Outcome]) -> str:
    right = f"{sum(it.right for it in part) / len(part):.1%} of {len(part)}"
    cells = (share(part, name) for name in LIMITS)
    return " | ".join([right, *(f"{n}/{of} {n / max(1, of):.1%}" for n, of in cells)])


def share(rows: Iterable[Outcome], name: str) -> tuple[int, int]:
    """Faults of one figure, and the sentences that it counts for."""
    counted = [row for row in rows if name in row.applies]
    return sum(name in row.faults for row in counted), len(counted)
