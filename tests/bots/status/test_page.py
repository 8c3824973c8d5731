"""What the page, the terminal and the report make of figures."""

import re
import time
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bots.databases import Ended, Figures
from bots.status import charts, summary
from bots.status.page import page, span
from core.domain.spans import DAY, HOUR
from core.store.statements.figures import Failed, Open, Use

NOW = 1_790_000_000.0


def ended(ago: float, outcome: str = "done", count: int = 1, credits: int = 50) -> Ended:
    return Ended(NOW - ago, "create", outcome, "operator", count, 100.0 * count, credits)


FIGURES = Figures(
    hours=(ended(HOUR / 2), ended(5 * HOUR, "failed"), ended(3 * DAY, count=4, credits=200)),
    minutes=(ended(600),),
    open=(
        Open(7, "telegram", "create", "turn", NOW - 130, NOW, 1),
        Open(8, "telegram", "edit", "export", NOW - 20, NOW + 40, 0),
        Open(9, "discord", "edit", "upload", NOW - 20, NOW, 0),
    ),
    steps=(("create", "turn", 1), ("edit", "export", 1)),
    failed=(Failed(3, "discord", "create", "upload", NOW - 2 * HOUR, "upload"),),
    people=(Use("telegram", "<b>1</b>", 6, 300),),
    groups=(Use("telegram", "-100", 2, 100),),
    holds=(("telegram/5", NOW + 90),),
    owed=2,
    words=NOW - 4,
    tokens=3,
)


def drawn(figures: Figures = FIGURES, troubles: tuple[str, ...] = ()) -> str:
    return page(
        figures,
        NOW,
        troubles=troubles,
        troubled={"a step failed Trouble": 2.0},
        platforms=("telegram",),
        first_seen=((NOW - 30, 0.4), (NOW - 20, 2.5)),
        begun=NOW - 7200,
        version="1.2.3",
    )


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.S))


def test_a_pause_is_said_everywhere() -> None:
    paused = replace(FIGURES, paused=NOW - 600)
    assert "Paused for 10 min. What costs does not begin until /resume." in words_of(drawn(paused))
    assert "paused for 10 min: nothing begins (resume)" in summary.lines(paused, NOW)


def test_the_page_says_how_the_bot_is() -> None:
    words = words_of(drawn())
    assert "All is well. Up for 2 h; telegram." in words
    assert "7 telegram create turn 2 min at work" in words
    assert "8 telegram edit export 20 s again in 40 s" in words
    assert "9 discord edit upload 20 s waits for its turn" in words
    assert "2 h ago 3 discord create upload the files did not arrive" in words
    assert "2 a step failed Trouble" in words
    assert "telegram/5: 90 s more" in words
    assert "&lt;b&gt;1&lt;/b&gt; 6 300" in words


def test_the_page_says_what_is_wrong() -> None:
    words = words_of(drawn(troubles=("telegram is not connected",)))
    assert "Something is wrong telegram is not connected" in words
    assert "All is well" not in words


def test_the_page_of_a_new_bot_is_whole() -> None:
    words = words_of(drawn(Figures()))
    assert "Nothing just now." in words
    assert "None in 30 days." in words


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    assert not re.search(r"<script|https?://|src=|@import", drawn())


def test_every_plot_is_sound_svg_with_a_name() -> None:
    plots = re.findall(r"<svg.*?</svg>", drawn(), flags=re.S)
    assert len(plots) == 12
    assert all(ElementTree.fromstring(plot).attrib["aria-label"] for plot in plots)


def test_a_bar_is_as_high_as_its_share_and_its_parts_stand_on_one_another() -> None:
    svg = charts.bars("x", [charts.Bar("a", "a", (("done", 3.0), ("failed", 1.0)))])
    low, high = re.findall(r'<rect class="(\w+)"[^>]* y="([\d.]+)"[^>]* height="([\d.]+)"', svg)
    assert (low[0], high[0]) == ("done", "failed")
    assert float(low[2]) == pytest.approx(3 * float(high[2]), abs=0.2)
    assert float(low[1]) - float(high[2]) == pytest.approx(float(high[1]), abs=0.2)


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (1, 1), (1.5, 2), (3, 5), (7, 10), (11, 20), (4999, 5000)]
)
def test_an_axis_ends_at_a_round_number(value: float, top: float) -> None:
    svg = charts.bars("x", [charts.Bar("a", "a", (("done", float(value)),))])
    assert f">{top:g}</text>" in svg


def test_totals_count_what_began_since() -> None:
    day = summary.total(FIGURES.hours, NOW - DAY)
    assert (day.done, day.failed, day.cancelled, day.seconds, day.credits) == (1, 1, 0, 100.0, 100)
    assert summary.total((), 0) == summary.Total(0, 0, 0, 0.0, 0)


@pytest.mark.parametrize(("long", "bars"), [("hour", 12), ("day", 24), ("month", 30)])
def test_a_plot_has_a_bar_for_every_stretch(long: str, bars: int) -> None:
    found = summary.plotted(FIGURES.hours, NOW, long, "requests")
    assert len(found) == bars
    within = {"hour": 1, "day": 2, "month": 6}[long]
    assert sum(bar.height for bar in found) == within
    assert sum(bar.height for bar in summary.plotted(FIGURES.hours, NOW, long, "credits"))
    assert sum(bar.height for bar in summary.plotted(FIGURES.hours, NOW, long, "seconds"))


def test_the_longest_wait_of_a_stretch_is_shown() -> None:
    found = summary.first_words(((NOW - 30, 0.4), (NOW - 20, 2.5)), NOW, "hour")
    assert max(bar.height for bar in found) == 2.5


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-3, "0 s"), (45, "45 s"), (119, "119 s"), (120, "2 min"), (7200, "2 h"), (3 * DAY, "3 days")],
)
def test_spans_are_said_as_people_do(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_the_terminal_is_told_the_same() -> None:
    lines = "\n".join(summary.lines(FIGURES, NOW))
    assert re.search(r"last day +1 +1 +0 +100 +100", lines)
    assert "under way: 2" in lines
    assert "words owed: 2 (oldest due for 4 s)" in lines
    assert "3 of about 10" in lines
    assert "3: create at upload, 2 h ago: the files did not arrive at the video service" in lines
    assert "most requests" not in "\n".join(summary.lines(Figures(), NOW))


def test_a_report_has_a_row_a_day_and_nothing_of_other_months() -> None:
    day = time.strftime("%Y-%m-%d", time.localtime(NOW - HOUR / 2))
    text = summary.report((ended(HOUR / 2), ended(HOUR / 2), ended(60 * DAY)), day[:7])
    assert text.splitlines() == [
        "day,plan,outcome,payer,requests,seconds,credits",
        f"{day},create,done,operator,2,200,100",
    ]
