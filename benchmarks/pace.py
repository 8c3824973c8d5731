"""How soon a finished render is seen, and how often it is looked at: by the clock of a calculation,
over renders of 5 to 600 seconds."""

from dataclasses import dataclass
from statistics import fmean

from benchmarks.measuring import Scale
from benchmarks.report import Figure, Table
from core.domain.requests.polling import first_render_look, next_render_look
from core.settings import Settings, read

TITLE = "Renders are seen"
USUAL = range(30, 91)
ALL = range(5, 601)
LATE, LOOKS = 2.0, 6.0


@dataclass(frozen=True, slots=True)
class Seen:
    """How long it lay, in seconds, and how often it was looked at."""

    late: float
    looks: int


async def run(scale: Scale) -> Table:
    """Renders that tell their progress, evenly or in a few steps, and such that do not."""
    figures = []
    for what, step in (("progress is told", 1), ("told in steps of 20 %", 20), ("not told", 0)):
        usual = [followed(seconds, step) for seconds in USUAL]
        late, looks = fmean(each.late for each in usual), fmean(each.looks for each in usual)
        goal, most = (LATE, LOOKS) if step == 1 else (None, None)
        figures += [
            Figure(f"{what}, 30–90 s: late in the mean", late, "s", goal),
            Figure(f"{what}, 30–90 s: looks in the mean", looks, "", most),
        ]
    every = [followed(seconds, 1) for seconds in ALL]
    figures.append(Figure("5–600 s: late in the mean", fmean(each.late for each in every), "s"))
    figures.append(Figure("5–600 s: looks in the mean", fmean(each.looks for each in every)))
    points = [(float(seconds), followed(seconds, 1).late) for seconds in ALL]
    return Table(TITLE, tuple(figures), {"seconds late": points})


def followed(seconds: int, step: int) -> Seen:
    """One render, looked at until it is found to be finished; `step` is the per cent in which
    progress is told, 0 for never."""
    longest = read(Settings, {}).nemo_render_poll_seconds
    now, looks = first_render_look(longest), 1
    while now < seconds:
        percent = int(100 * now / seconds) // step * step if step else None
        now, looks = now + next_render_look(now, percent, longest), looks + 1
    return Seen(now - seconds, looks)
