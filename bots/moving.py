"""`python -m bots move-database`: everything from one database into another, with the files on
their way and the tokens at rest."""

from contextlib import ExitStack
from pathlib import Path

import typer

from bots import bringing
from bots.databases import Moved, NotMoved, Side, move, sealed_tokens, secret, source, target
from bots.environment import WORK, told
from bots.platforms import platforms
from core import vault
from core.settings import Environment, Settings, WrongSetting, read

KEY = "secrets.key"


def moved(environment: Environment, to: str, start: str = "") -> int:
    """Move it; `start` is where from, DATABASE_URL if empty. Raises what stops it, each a sentence,
    with nothing changed."""
    there = _settings(environment, to, "--to")
    here = _settings(environment, start, "--from") if start else read(Settings, environment)
    if here.database_url == there.database_url:
        raise WrongSetting("--to cannot be used: it is the database that all is in already.")
    sentences = secret(here), secret(there)
    with ExitStack() as stack:
        one = stack.enter_context(source(here))
        other = stack.enter_context(target(there))
        names = _folders(environment)
        home = _home(here, names)
        old, new = _keys(sentences[0], here, home), _keys(sentences[1], there, there.folder)

        def before() -> None:
            _check(other, new)
            with told("The folder of the files"):
                _bring(one, other, here, there, home, names)

        result = move(one, other, lambda text: vault.resealed(text, old, new), before)
        _say(result, other.name, there)
    return 0


def _settings(environment: Environment, url: str, option: str) -> Settings:
    try:
        return read(Settings, {**environment, "DATABASE_URL": url})
    except WrongSetting as problem:
        raise WrongSetting(str(problem).replace("DATABASE_URL", option)) from None


def _keys(sentence: str | None, settings: Settings, folder: Path) -> vault.Vault:
    """A key file counts on the machine of SQLite alone."""
    return vault.load(sentence, None if settings.shared else folder / KEY)


def _home(settings: Settings, names: set[str]) -> Path:
    """Where the files are that go with it: DATA_FOLDER may have been set for what comes next."""
    folder = settings.folder
    if settings.shared or any((folder / name).exists() for name in (KEY, *names)):
        return folder
    return settings.database.parent


def _check(side: Side, keys: vault.Vault) -> None:
    for token in sealed_tokens(side.db):
        try:
            keys.open(token)
        except vault.WrongKey:
            raise NotMoved(
                "The keys at hand do not open the tokens in the database, so nothing was moved."
                " Name the earlier sentence behind the new one: SECRETS_KEY=new sentence,old"
                f" sentence, or put the file {KEY} back."
            ) from None


def _folders(environment: Environment) -> set[str]:
    """The names of the adapters' folders."""
    others = read(Settings, environment).bots
    return {*platforms(), *(name.rpartition(".")[2] for name in others)}


def _bring(
    one: Side, other: Side, here: Settings, there: Settings, home: Path, names: set[str]
) -> None:
    for line in bringing.folders({*names, WORK}, home, there.folder):
        typer.echo(line)
    if not here.shared:
        bringing.spooled(other, home, names)
    bringing.shared(one, other, there.folder)
    if here.files_folder is not None and not there.shared:
        bringing.large(here.files_folder, there.folder, names)


def _say(result: Moved, place: str, there: Settings) -> None:
    typer.echo(
        f"All of it is in {place} now: {result.rows} rows, among them {result.jobs} requests, "
        f"{result.open_jobs} of them under way, and {result.owed} messages owed."
    )
    typer.echo(
        "Set DATABASE_URL to it and start the bot. The database before is as it was, but no bot "
        "runs on it any more: delete it once all is well, since /forget does not reach it."
    )
    if there.shared:
        typer.echo("Every process needs the SECRETS_KEY of now; a key file opens nothing there.")
