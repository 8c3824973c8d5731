"""What the command line tells about a bot: the doctor's findings, its figures, and the link to its
page."""

import re
import time
from pathlib import Path

import typer

from bots import __version__
from bots.databases import Figures, begun
from bots.environment import FILE, told, variables
from core.domain.privacy import lifetime
from core.domain.spans import DAY
from core.ops.findings import exit_code
from core.settings import Settings, WrongSetting, read


async def examine(deep: bool, file: Path | None) -> int:
    """What the doctor finds, as it finds it, and as a report where a file is named."""
    from bots.doctor import examination, report  # needed by nobody else

    found = []
    async for finding in examination.examined(variables(), FILE, deep=deep):
        typer.echo(finding.line)
        found.append(finding)
    if file is not None:
        with told(str(file)):
            report.write(file, report.report(found, __version__, time.time()))
        typer.echo(f"The report is in {file}.")
    return exit_code(found)


def stats(settings: Settings) -> int:
    """What the bot has done and is doing."""
    from bots.status.summary import lines  # needed by nobody else

    now = time.time()
    for line in lines(_figures(settings, now), now):
        typer.echo(line)
    return 0


def monthly(settings: Settings, month: str) -> int:
    """A CSV of a month (YYYY-MM), of this one where it is empty. Raises WrongSetting."""
    from bots.status import summary  # needed by nobody else

    now = time.time()
    since = lifetime("charged")
    month = month or time.strftime("%Y-%m", time.localtime(now))
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise WrongSetting("The month cannot be used: name its year too. Example: report 2026-11")
    typer.echo(summary.report(_figures(settings, now, since).hours, month), nl=False)
    return 0


def link() -> int:
    """A link to the page of the running bot, which works once. Raises WrongSetting."""
    from bots.status import Settings as StatusSettings
    from bots.status.access import Access

    environment = variables()
    settings, status = read(Settings, environment), read(StatusSettings, environment)
    if not status.status_port:
        raise WrongSetting("STATUS_PORT is not set, so there is no page. Example: STATUS_PORT=8090")
    with told("The folder of the database"):
        token = Access(settings.folder).token("link", time.time())
    typer.echo(f"http://{status.status_host}:{status.status_port}/?token={token}")
    return 0


def _figures(settings: Settings, now: float, since: float = 30 * DAY) -> Figures:
    return begun(settings).figures(now, since=since)
