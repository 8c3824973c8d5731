"""The operator's page, made of figures. Pure, but for reading its template once."""

import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from bots.databases import Figures
from bots.status.charts import bars
from bots.status.summary import first_words, plotted, total
from core.domain.requests import why_told
from core.domain.spans import DAY, HOUR
from core.ops.alarms import FREE_TOKENS

FILE = Path(__file__).with_name("page.html")
PLOTS = (
    ("requests", "Requests", ""),
    ("seconds", "Seconds each", " s"),
    ("credits", "Credits", ""),
)
SPANS = {"hour": "Last hour", "day": "Last day", "month": "Last 30 days"}
MOST = 20
"""Rows of a list."""

Row = dict[str, Any]


@cache
def _template() -> Template:
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return made.from_string(FILE.read_text(encoding="utf-8"))


def page(
    figures: Figures,
    now: float,
    *,
    troubles: Sequence[str],
    troubled: Mapping[str, float],
    platforms: Sequence[str],
    first_seen: Sequence[tuple[float, float]],
    begun: float,
    version: str,
) -> str:
    """The whole page. `troubled` counts what was logged from warning on, `first_seen` is when
    first words came since the start, and after how many seconds."""
    return _template().render(
        version=version,
        troubles=troubles,
        up=span(now - begun),
        paused="" if figures.paused is None else span(now - figures.paused),
        platforms=" and ".join(platforms) or "no platform",
        tiles=_tiles(figures, now),
        spans=[
            {"name": name, "plots": _plots(figures, now, long, first_seen)}
            for long, name in SPANS.items()
        ],
        open=_open(figures, now),
        failed=_failed(figures, now),
        troubled=_troubled(troubled),
        uses=_uses(figures),
        holds=[(where, span(until - now)) for where, until in figures.holds],
    )


def _tiles(figures: Figures, now: float) -> list[dict[str, str]]:
    day, hour = total(figures.hours, now - DAY), total(figures.hours, now - HOUR)
    values = {
        "under way": sum(count for _, _, count in figures.steps),
        "done in the last hour": hour.done,
        "done in a day": day.done,
        "failed in a day": day.failed,
        "credits in a day": day.credits,
        "messages owed": figures.owed,
        f"of about {FREE_TOKENS} free tokens a week": figures.tokens,
    }
    return [{"name": name, "value": str(value)} for name, value in values.items()]


def _plots(
    figures: Figures, now: float, long: str, first_seen: Sequence[tuple[float, float]]
) -> list[dict[str, str]]:
    ended = figures.minutes if long == "hour" else figures.hours
    drawn = {name: bars(name, plotted(ended, now, long, what), unit) for what, name, unit in PLOTS}
    words = "Longest wait for first words"
    drawn[words] = bars(words, first_words(first_seen, now, long), " s")
    return [{"name": name, "svg": Markup(svg)} for name, svg in drawn.items()]  # noqa: S704 - escaped there


def _open(figures: Figures, now: float) -> list[Row]:
    return [
        {
            "id": job.id,
            "platform": job.platform,
            "plan": job.plan,
            "step": job.step,
            "age": span(now - job.created),
            "now": "at work" if job.claimed else _waits(job.due - now),
        }
        for job in figures.open[:MOST]
    ]


def _failed(figures: Figures, now: float) -> list[Row]:
    return [
        {
            "id": job.id,
            "platform": job.platform,
            "plan": job.plan,
            "step": job.step,
            "why": why_told(job.why),
            "when": f"{span(now - job.ended)} ago",
        }
        for job in figures.failed[:MOST]
    ]


def _troubled(counted: Mapping[str, float]) -> list[Row]:
    often = sorted(counted.items(), key=lambda item: -item[1])[:MOST]
    return [{"what": what, "count": f"{count:g}"} for what, count in often]


def _uses(figures: Figures) -> list[Row]:
    groups = (("People, 30 days", figures.people), ("Groups", figures.groups))
    return [{"name": name, "rows": rows[:MOST]} for name, rows in groups if rows]


def _waits(seconds: float) -> str:
    return f"again in {span(seconds)}" if seconds > 1 else "waits for its turn"


def span(seconds: float) -> str:
    """As people say it: 45 s, 12 min, 3 h, 5 days."""
    for size, name in ((DAY, " days"), (HOUR, " h"), (60.0, " min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f}{name}"
    return f"{max(seconds, 0):.0f} s"


def moment(at: float) -> str:
    """A time of this machine."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))
