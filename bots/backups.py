"""Copies of the database at the command line, made and put back."""

from pathlib import Path

import typer

from bots.databases import address, back_up
from bots.databases import restore as put_back
from bots.environment import told, variables
from core.settings import Settings, WrongSetting, read

DUMP = (
    "Postgres has a program of its own for this: "
    "pg_dump --format=custom --file=FILE --dbname='{address}'"
)
PUT_BACK = (
    "Postgres has a program of its own for this: pg_restore --no-owner --dbname=NEW FILE, NEW being"
    " an empty database beside '{address}'. Then, with the bot stopped, python -m bots"
    " move-database --from NEW --to ANOTHER, so that what was under way looks before it acts."
)


def own_file(otherwise: str) -> Path:
    """The database, where it is a file; else Postgres's own program is named. Raises
    WrongSetting."""
    settings = read(Settings, variables())
    if settings.shared:
        line = otherwise.format(address=address(settings.database_url))
        raise WrongSetting(line)
    return settings.database


def copy(database: Path, file: Path) -> int:
    """The database to a new file, and what else is to be kept."""
    key = database.parent / "secrets.key"
    with told(str(file)):
        back_up(database, file)
        hint = (
            f" Keep {key} as well: without it people have to log in again." if key.exists() else ""
        )
    typer.echo(f"The database was copied to {file}.{hint}")
    return 0


def restore(file: Path, database: Path) -> int:
    """The file in the place of the database, which is kept aside."""
    with told(str(file)):
        aside = put_back(file, database)
    typer.echo(
        f"{file} is the database now.{f' The one before is kept as {aside}.' if aside else ''}"
    )
    return 0
