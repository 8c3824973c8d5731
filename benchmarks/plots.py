"""Pictures of what the benchmarks have found, as small SVG files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "benchmarks", "font.size": 9}
"""Words stay words, and the same figures make the same file."""
GROWTH, FIRST_WORDS = "growth.svg", "first-words.svg"

Found = Mapping[str, Any]
Points = list[tuple[float, float]]


def draw(found: Found, folder: Path) -> list[Path]:
    """The pictures that these figures are enough for; where they lie."""
    drawn = []
    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(SETTINGS):
        if "growth" in found:
            drawn.append(_saved(growth(found["growth"]["points"]), folder / GROWTH))
        if "latency" in found:
            drawn.append(_saved(first_words(found["latency"]["points"]), folder / FIRST_WORDS))
    return drawn


def growth(points: Mapping[str, Points]) -> Figure:
    """The dearest call of each mix, by how much is stored."""
    figure, axes = _framed("rows", "CPU of the dearest call, ms")
    for mix, curve in dearest(points).items():
        axes.plot(*zip(*curve, strict=True), marker=".", label=mix)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.axhline(1.0, color="grey", linestyle=":", label="goal")
    axes.legend(fontsize=7)
    return figure


def dearest(points: Mapping[str, Points]) -> dict[str, Points]:
    """Of each mix the largest value at each number of rows, whichever call it is."""
    mixes: dict[str, dict[float, float]] = {}
    for name, curve in points.items():
        mix = mixes.setdefault(name.partition(": ")[0], {})
        for rows, value in curve:
            mix[rows] = max(mix.get(rows, 0.0), value)
    return {mix: sorted(values.items()) for mix, values in mixes.items()}


def first_words(points: Mapping[str, Points]) -> Figure:
    """How long 99 of 100 wait for the first words, by how many ask at once."""
    figure, axes = _framed("people at once", "first words, 99 %, ms")
    for name, curve in points.items():
        axes.plot(*zip(*curve, strict=True), marker="o", label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.axhline(1000.0, color="grey", linestyle=":", label="goal")
    axes.legend(fontsize=7)
    return figure


def _framed(across: str, up: str) -> tuple[Figure, Any]:
    figure = Figure(figsize=(5.5, 3.2), layout="constrained")
    axes = figure.add_subplot(xlabel=across, ylabel=up)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(visible=True, alpha=0.25)
    return figure, axes


def _saved(figure: Figure, path: Path) -> Path:
    figure.savefig(path, format="svg", metadata={"Date": None})
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{line.rstrip()}\n" for line in lines), encoding="utf-8")
    return path
