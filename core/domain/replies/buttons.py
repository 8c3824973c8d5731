"""Rows of buttons under the words about a request."""

from dataclasses import replace

from core.domain.requests import SELF, Job, Project, Reply
from core.i18n import text
from core.messages import SEALED, Button, Command, Payload, payload_words
from core.nemo import gui
from core.nemo.stream import option_label

Rows = tuple[tuple[Button, ...], ...]

ROWS = 4
"""Rows of answers; Discord shows five rows in all."""


def again(language: str) -> Rows:
    """Under a failure: the user, not we, decides to try again."""
    return ((Button(text("button.again", language), Command.AGAIN, SELF),),)


def confirm_buttons(language: str, job: int = SELF) -> Rows:
    """Under a price: go ahead, or leave it."""
    return (
        (
            Button(text("button.confirm", language), Command.CONFIRM, job),
            Button(text("button.cancel", language), Command.CANCEL, job),
        ),
    )


def export(language: str) -> Rows:
    """Export what there is."""
    return ((Button(text("button.export", language), Command.EXPORT, SELF),),)


def about_project(language: str, exportable: bool) -> Rows:
    """Under words about a project: export it if there is something to export, or begin another."""
    first = export(language)[0] if exportable else ()
    return ((*first, Button(text("button.new", language), Command.NEW, SELF)),)


def do_it(reply: Reply, language: str) -> Rows:
    """Where the backend told the user to drag or adjust something: it may cost credits, so the user
    decides (D36)."""
    if gui.GuiAction.EDIT not in reply.actions:
        return ()
    return ((Button(text("button.do_it", language), Command.EDIT, SELF, Payload.DO_IT),),)


def options(reply: Reply, row: int = 0) -> Rows:
    """The answers that a question of the service names, in its own words; `row` buttons a row, 0 as
    it fits."""
    count = len(reply.options)
    width = row or (1 if count <= ROWS else -(-count // ROWS))
    buttons = [
        Button(option_label(each), Command.EDIT, SELF, payload_words(Payload.ANSWER, place))
        for place, each in enumerate(reply.options)
    ]
    return tuple(tuple(buttons[at : at + width]) for at in range(0, count, width))


def undo(job: Job) -> Rows:
    """Back to the version before, and forward again, where there are such: their stored drafts are
    exported once more, free of charge."""
    known = job.progress.export.shown
    if known is None or not (known.earlier or known.later):
        return ()
    back = (Button(text("button.undo", job.language), Command.UNDO, SELF),)
    forward = (Button(text("button.redo", job.language), Command.REDO, SELF),)
    return ((*(back if known.earlier else ()), *(forward if known.later else ())),)


def strip(kinds: tuple[str, ...], language: str, cost: float = 0.0) -> Rows:
    """Take out what the backend added by itself, for what a change has cost here before (credits,
    0 unknown: then no number is made up)."""
    price = f" (≈{round(cost)} 💳)" if cost else f" ({text('button.a_little', language)})"
    row = tuple(
        Button(
            text(f"button.strip_{kind}", language) + price,
            Command.EDIT,
            SELF,
            payload_words(Payload.STRIP, kind),
        )
        for kind in kinds
    )
    return (row,) if row else ()


IN_A_ROW = 2
"""Buttons side by side whose words a phone shows whole."""
THREE = 32
"""Signs of three labels that a phone shows whole side by side."""
BETWEEN = 2
"""Buttons under a video beside *Edit* and *Details*."""


def under_video(job: Job, cost: float = 0.0) -> Rows:
    """Under a video: the few things that people do with it. What is there is not exported, and
    what it cost is told beside it; what finds no room is among the details. Where the service asks
    something, its answers come first. `cost` is that of `strip`."""
    language, (shown, _) = job.language, _ranked(job, cost)
    changes = tuple(button for button in shown if button.command is Command.EDIT)
    others = [button for button in shown if button not in changes]
    short = (
        Button(text("button.edit", language), Command.EDIT, SELF),
        *sorted(others, key=lambda button: button.command is not Command.AGAIN),
        Button(text("button.details", language), Command.DETAILS, SELF),
    )
    answers = options(job.progress.turn.reply, 3)
    return (*answers, *_in_rows(short), *((button,) for button in changes))


def details_buttons(job: Job) -> Rows:
    """What found no room under the video."""
    return _in_rows(tuple(replace(button, job=job.id) for button in _ranked(job, 0.0)[1]))


def _ranked(job: Job, cost: float) -> tuple[tuple[Button, ...], tuple[Button, ...]]:
    """What stands between *Edit* and *Details*, and the rest: first what was added unasked, then
    what the service has left to do, then the ways to other versions."""
    turn, language = job.progress.turn, job.language
    rows = (
        *strip(turn.changes.unrequested, language, cost),
        *do_it(turn.reply, language),
        *undo(job),
        *again(language),
        *elsewhere(language),
    )
    every = tuple(button for row in rows for button in row)
    room = 0 if turn.reply.options else BETWEEN
    return every[:room], every[room:]


def _in_rows(buttons: tuple[Button, ...]) -> Rows:
    """Two and two; three short ones together, so that none stands alone under a pair."""
    if len(buttons) == 3 and sum(len(button.label) for button in buttons) <= THREE:
        return (buttons,)
    return tuple(buttons[at : at + IN_A_ROW] for at in range(0, len(buttons), IN_A_ROW))


def project_button(project: Project | None, language: str, now: float) -> Rows:
    """The project in a browser: only where its owner reads alone."""
    if project is None or not project.claim or project.claimed <= now:
        return ()
    return ((Button(text("button.project", language), url=f"{SEALED}{project.claim}"),),)


def elsewhere(language: str) -> Rows:
    """The same video for another place."""
    return ((Button(text("button.elsewhere", language), Command.ELSEWHERE, SELF),),)


def file_button(job: Job) -> Rows:
    """The file of its video as a page to open."""
    return ((Button(text("button.file", job.language), url=job.video),),) if job.video else ()
