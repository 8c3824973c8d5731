"""Bars over time as SVG, for a page without scripts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, FOOT, LEFT = 400, 150, 18, 44


@dataclass(frozen=True, slots=True)
class Bar:
    """One moment: what stands below it, what is shown when it is pointed at, and the parts of the
    bar from the bottom up, by the class that colours each."""

    label: str
    title: str
    parts: tuple[tuple[str, float], ...]

    @property
    def height(self) -> float:
        return sum(value for _, value in self.parts)


def bars(name: str, values: Sequence[Bar], unit: str = "") -> str:
    """A chart with an axis that begins at 0 and a round top; `name` is what a reader of the screen
    hears."""
    top = _round_up(max((bar.height for bar in values), default=0.0))
    step = (WIDTH - LEFT) / max(len(values), 1)
    drawn = [_bar(bar, LEFT + step * at, step, top) for at, bar in enumerate(values)]
    every = max(1, len(values) // 6)
    labels = [
        f'<text x="{LEFT + step * (at + 0.5):.1f}" y="{HEIGHT - 4}" text-anchor="middle">'
        f"{escape(bar.label)}</text>"
        for at, bar in enumerate(values)
        if at % every == 0
    ]
    lines = [_line(share, top, unit) for share in (0.0, 0.5, 1.0)]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(name, quote=True)}">'
        f"{''.join(lines)}{''.join(drawn)}{''.join(labels)}</svg>"
    )


def _bar(bar: Bar, x: float, step: float, top: float) -> str:
    y, rects = float(HEIGHT - FOOT), []
    for kind, value in bar.parts:
        tall = (HEIGHT - 2 * FOOT) * value / top
        y -= tall
        if tall > 0:
            rects.append(
                f'<rect class="{kind}" x="{x + step * 0.1:.1f}" y="{y:.1f}" '
                f'width="{step * 0.8:.1f}" height="{tall:.1f}"/>'
            )
    return f"<g><title>{escape(bar.title)}</title>{''.join(rects)}</g>"


def _line(share: float, top: float, unit: str) -> str:
    y = HEIGHT - FOOT - (HEIGHT - 2 * FOOT) * share
    return (
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{top * share:g}{unit}</text>'
    )


def _round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50, …"""
    size = 1.0
    while True:
        for step in (1, 2, 5):
            if value <= step * size:
                return step * size
        size *= 10
