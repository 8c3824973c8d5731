"""Which platforms there are, and which of them are served: found, not listed."""

import subprocess
import sys
from pathlib import Path

import pytest

from bots.platforms import chosen, connected, named, platforms
from core.settings import Settings, WrongSetting, read

TELEGRAM = {"TELEGRAM_BOT_TOKEN": "123:abc"}
ROOT = Path(__file__).parents[2]


def test_every_package_that_connects_is_a_platform_and_no_other() -> None:
    assert {name: platform.token for name, platform in platforms().items()} == {
        "console": "",
        "discord": "DISCORD_BOT_TOKEN",
        "telegram": "TELEGRAM_BOT_TOKEN",
        "web": "",
    }


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ({}, ("console",)),
        (TELEGRAM, ("telegram",)),
        ({"TELEGRAM_BOT_TOKEN": ""}, ("console",)),
        (TELEGRAM | {"DISCORD_BOT_TOKEN": "x"}, ("discord", "telegram")),
        (TELEGRAM | {"BOTS": "console"}, ("console",)),
        (TELEGRAM | {"BOTS": "telegram,my.own"}, ("telegram", "my.own")),
    ],
)
def test_what_is_served_follows_from_bots_else_from_the_tokens(
    environment: dict[str, str], names: tuple[str, ...]
) -> None:
    assert chosen(read(Settings, environment), environment) == names


@pytest.mark.parametrize("name", ["telegramm", "sandbox", "codec", "my.own", "bots.nothing", "."])
def test_what_is_no_platform_is_told_as_such(name: str) -> None:
    with pytest.raises(WrongSetting, match=r"BOTS cannot be used: there is no .*Example: "):
        named(name)


def test_a_module_that_lacks_a_library_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own_adapter_without.py").write_text("import no_such_library\n")
    (tmp_path / "own_adapters").mkdir()
    (tmp_path / "own_adapters" / "lacking.py").write_text("import no_such_library\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        named("own_adapters.lacking")


def test_an_adapter_of_ones_own_is_served_by_the_name_of_its_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own_chats").mkdir()
    (tmp_path / "own_chats" / "pigeon.py").write_text(
        "TOKEN = 'PIGEON_LOFT_TOKEN'\n"
        "class Pigeon:\n"
        "    platform = 'pigeon'\n"
        "    def __init__(self, folder): self.folder = folder\n"
        "def connect(environment, folder):\n"
        "    return Pigeon(folder) if environment.get(TOKEN) else None\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    ((name, adapter),) = connected(
        ("own_chats.pigeon",), {"PIGEON_LOFT_TOKEN": "x"}, tmp_path
    ).items()
    assert (name, vars(adapter)) == ("pigeon", {"folder": tmp_path / "pigeon"})
    with pytest.raises(WrongSetting, match="PIGEON_LOFT_TOKEN cannot be used"):
        connected(("own_chats.pigeon",), {}, tmp_path)


def test_looking_for_platforms_imports_nothing_that_a_run_may_do_without() -> None:
    spared = {
        *("telegram", "discord", "prompt_toolkit", "typer", "rich", "click", "pygments"),
        *("PIL", "av", "jinja2", "markdown_it"),
    }
    asked = (
        "import sys, bots.__main__, bots.ending, bots.serving; "
        "from bots.platforms import platforms; platforms(); "
        f"print(*{spared} & set(sys.modules)); import rich, typer"  # these are there when needed
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
