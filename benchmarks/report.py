"""What a benchmark has found, as a table for people and as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One value. With a `goal` it is met where the value is at most that; `least` turns it round.

    `beside` is what it was held against, in words; `spread` says how far the repetitions lay
    apart, as (smallest, largest)."""

    name: str
    value: float
    unit: str = ""
    goal: float | None = None
    least: bool = False
    beside: str = ""
    spread: tuple[float, float] | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.least else self.value <= self.goal

    @property
    def verdict(self) -> str:
        """The same as a word."""
        return {True: "met", False: "not met", None: ""}[self.met]


@dataclass(frozen=True, slots=True)
class Table:
    """All that one benchmark has found. `points` are the curves for the plots."""

    title: str
    figures: tuple[Figure, ...]
    points: dict[str, list[tuple[float, float]]] | None = None

    def __str__(self) -> str:
        rows = [("what", "value", "goal", "", "beside")]
        rows += [
            (each.name, _shown(each), _goal(each), each.verdict, each.beside)
            for each in self.figures
        ]
        widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
        lines = [
            "| "
            + " | ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True))
            + " |"
            for row in rows
        ]
        lines.insert(1, "|" + "|".join("-" * (wide + 2) for wide in widths) + "|")
        return "\n".join([f"### {self.title}", "", *lines])

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        figures = [asdict(each) | {"met": each.met} for each in self.figures]
        return {"title": self.title, "figures": figures, "points": self.points or {}}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Table":
        """What `as_json` has written."""
        names = [field.name for field in fields(Figure)]
        figures = [Figure(**{name: each[name] for name in names}) for each in found["figures"]]
        return cls(found["title"], tuple(figures), found["points"])


MARK = "<!-- figures -->\n"
"""Around the tables of a page."""


def on_page(page: str, found: Mapping[str, Mapping[str, Any]], names: Sequence[str]) -> str:
    """The page with the tables of these benchmarks, in this order, between its marks."""
    before, _, after = page.split(MARK)
    tables = [str(Table.from_json(found[name])) for name in names if name in found]
    return MARK.join((before, "\n" + "\n\n".join(tables) + "\n\n", after))


def _shown(figure: Figure) -> str:
    value = f"{_number(figure.value)} {figure.unit}".strip()
    if figure.spread is None:
        return value
    low, high = figure.spread
    return f"{value} ({_number(low)}–{_number(high)})"


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    return f"{'≥' if figure.least else '≤'} {_number(figure.goal)} {figure.unit}".strip()


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3g}"
