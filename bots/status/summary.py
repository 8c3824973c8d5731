"""From the figures of the store to what the page, the terminal and a report show. Pure."""

import csv
import io
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bots.databases import Ended, Figures
from bots.status.charts import Bar
from core.domain.requests import why_told
from core.domain.spans import DAY, HOUR
from core.ops.alarms import FREE_TOKENS

SPANS = {"hour": (HOUR, 300.0), "day": (DAY, HOUR), "month": (30 * DAY, DAY)}
"""What is plotted: how long back, and how long each bar is."""
LAST = 5
"""Failures that the terminal names."""
GOOD, BAD, NEITHER = "done", "failed", "cancelled"


@dataclass(frozen=True, slots=True)
class Total:
    """Of some time: how many requests ended how, seconds each took on average, credits by payer."""

    done: int
    failed: int
    cancelled: int
    seconds: float
    credits: int


def total(hours: Iterable[Ended], since: float) -> Total:
    """Of all hours that begin at `since` or later."""
    within = [hour for hour in hours if hour.begins >= since]
    ended = Counter[str]()
    for hour in within:
        ended[hour.outcome] += hour.count
    made = [hour for hour in within if hour.outcome == GOOD]
    count = sum(hour.count for hour in made)
    seconds = sum(hour.seconds for hour in made) / count if count else 0.0
    credits = sum(hour.credits for hour in within)
    return Total(ended[GOOD], ended[BAD], ended[NEITHER], seconds, credits)


def plotted(hours: Sequence[Ended], now: float, span: str, what: str) -> list[Bar]:
    """Bars of `requests`, `seconds` or `credits` over a span that ends now."""
    long, each = SPANS[span]
    return [
        _bar([hour for hour in hours if begins <= hour.begins < begins + each], begins, each, what)
        for begins in _stretches(now, long, each)
    ]


def _bar(hours: Sequence[Ended], begins: float, each: float, what: str) -> Bar:
    label = _label(begins, each)
    here = total(hours, 0)
    match what:
        case "requests":
            parts = ((GOOD, float(here.done)), (BAD, float(here.failed)))
            return Bar(label, f"{label} {here.done} done, {here.failed} failed", parts)
        case "seconds":
            return Bar(label, f"{label} {here.seconds:.0f} s", ((GOOD, here.seconds),))
        case _:
            return Bar(label, f"{label} {here.credits} credits", ((GOOD, float(here.credits)),))


def first_words(seen: Iterable[tuple[float, float]], now: float, span: str) -> list[Bar]:
    """How long people waited for the first words, the longest of each stretch; `seen` are times and
    seconds."""
    long, each = SPANS[span]
    longest: dict[float, float] = {}
    for at, seconds in seen:
        begins = at // each * each
        longest[begins] = max(longest.get(begins, 0.0), seconds)
    return [
        _waited(begins, each, longest.get(begins, 0.0)) for begins in _stretches(now, long, each)
    ]


def _waited(begins: float, each: float, seconds: float) -> Bar:
    label = _label(begins, each)
    return Bar(label, f"{label} {seconds:.1f} s", ((GOOD, seconds),))


def _stretches(now: float, long: float, each: float) -> list[float]:
    first = (now - long) // each * each + each
    return [first + each * at for at in range(round(long / each))]


def _label(begins: float, each: float) -> str:
    return time.strftime("%H:%M" if each < DAY else "%d.%m.", time.localtime(begins))


def ages(figures: Figures, now: float) -> tuple[float, float]:
    """For how many seconds the oldest owed words, and the oldest step that can be taken up, have
    been due."""
    return tuple(0.0 if at is None else max(0.0, now - at) for at in (figures.words, figures.job))  # type: ignore[return-value]


def lines(figures: Figures, now: float) -> list[str]:
    """For the terminal: `python -m bots stats`."""
    words, step = ages(figures, now)
    rows = [f"{'':12} {'done':>7} {'failed':>7} {'stopped':>8} {'seconds':>8} {'credits':>8}"]
    for name, long in (("hour", HOUR), ("day", DAY), ("30 days", 30 * DAY)):
        here = total(figures.hours, now - long)
        rows.append(
            f"last {name:7} {here.done:7} {here.failed:7} {here.cancelled:8} "
            f"{here.seconds:8.0f} {here.credits:8}"
        )
    under_way = sum(count for _, _, count in figures.steps)
    if figures.paused is not None:
        rows.append(f"paused for {(now - figures.paused) / 60:.0f} min: nothing begins (resume)")
    rows += [
        f"under way: {under_way}" + "".join(f"\n  {p} at {s}: {n}" for p, s, n in figures.steps),
        f"words owed: {figures.owed} (oldest due for {words:.0f} s)",
        f"oldest step due for {step:.0f} s",
        f"free tokens given in seven days: {figures.tokens} of about {FREE_TOKENS}",
    ]
    if figures.failed:
        rows.append("last failures:")
        rows += [
            f"  {job.id}: {job.plan} at {job.step}, {(now - job.ended) / HOUR:.0f} h ago: "
            f"{why_told(job.why)}"
            for job in figures.failed[:LAST]
        ]
    if figures.people:
        rows.append("most requests in 30 days:")
        rows += [
            f"  {use.platform}:{use.name} {use.count} ({use.credits} credits)"
            for use in figures.people[:10]
        ]
    return rows


def report(hours: Sequence[Ended], month: str) -> str:
    """CSV of one month (such as 2026-11, local time): a row a day, plan, outcome and payer."""
    days: dict[tuple[str, str, str, str], list[float]] = {}
    for hour in hours:
        day = time.strftime("%Y-%m-%d", time.localtime(hour.begins))
        if day.startswith(month):
            sums = days.setdefault((day, hour.plan, hour.outcome, hour.payer), [0, 0, 0])
            for at, value in enumerate((hour.count, hour.seconds, hour.credits)):
                sums[at] += value
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["day", "plan", "outcome", "payer", "requests", "seconds", "credits"])
    for key, (count, seconds, credits) in sorted(days.items()):
        writer.writerow([*key, int(count), round(seconds), int(credits)])
    return out.getvalue()
