"""What .env.example and the pages in docs/ take from the code: `python -m tests.pages` writes it
anew."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path

import grimp

import bots
from core.domain.conversation.commands import SPECS, Menu, Readers, Spec
from core.domain.privacy import described
from core.i18n import text
from core.settings import FromEnvironment, Settings, example

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCES = ("bots", "core")

Arrows = set[tuple[str, str]]


def settings_classes() -> list[type[FromEnvironment]]:
    """The adapters' variables first, since nobody runs a bot without a token."""
    found: list[type[FromEnvironment]] = []
    for module in pkgutil.iter_modules(bots.__path__):
        if module.name != "__main__":
            cls = getattr(importlib.import_module(f"bots.{module.name}"), "Settings", None)
            if cls is not None and cls is not Settings:
                found.append(cls)
    return [*found, Settings]


def settings() -> str:
    """Every variable with its default and meaning, from what .env.example is made of, under the
    name of its owner."""
    return "\n".join(f"### {_owner(cls)}\n\n{_table(example(cls))}" for cls in settings_classes())


def _owner(cls: type[FromEnvironment]) -> str:
    return "All else" if cls is Settings else cls.__module__.split(".")[1].title()


def _table(text: str) -> str:
    rows = re.findall(r"^# (.+)\n(?:# )?([A-Z_]+)=(.*)$", text, re.M)
    lines = [
        f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |"
        for meaning, name, default in rows
    ]
    return "\n".join(["| variable | default | what it is |", "|---|---|---|", *lines]) + "\n"


def kept() -> str:
    """What is kept about people and for how long, as /privacy tells it."""
    return "".join(
        f"* {line[2:]}\n" for line in described("en").splitlines() if line.startswith("•")
    )


def sentence(file: Path) -> str:
    """The opening sentence of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return re.split(r"(?<=[.!?])\s", " ".join(docstring.split("\n\n")[0].split()))[0]


def sources() -> list[Path]:
    """The modules of bots and core in the order of their paths, a package before what is in it."""
    files = (file for name in SOURCES for file in (ROOT / name).rglob("*.py"))
    return sorted(files, key=lambda file: (module(file) if file.stem == "__init__" else file).parts)


def module(file: Path) -> Path:
    """Where a module is looked for: a package is its folder."""
    return file.parent if file.stem == "__init__" else file


def layout() -> str:
    """The rooms with the opening sentence of each; the modules are on the next page."""
    packages = [file for file in sources() if file.stem == "__init__"]
    return _listed(packages)


def modules() -> str:
    """Every module of bots and core with its opening sentence."""
    return _listed(sources())


def _listed(files: list[Path]) -> str:
    lines = []
    for file in files:
        path = module(file).relative_to(ROOT)
        name = f"{path.as_posix()}/" if file.stem == "__init__" else path.name
        depth = len(path.parts) - 1
        lines.append(f"{'  ' * depth}* `{name}`: {sentence(file)}\n")
    return "".join(lines)


def arrows(names: list[str]) -> Arrows:
    """Which of these imports which, with all that is in them."""
    graph = grimp.build_graph(*SOURCES, cache_dir=None)
    return {
        (one, other)
        for one in names
        for other in names
        if one != other
        and graph.direct_import_exists(importer=one, imported=other, as_packages=True)
    }


def told_apart(found: Arrows) -> Arrows:
    """Without the arrows that follow from others: whoever imports A and, through A, B."""
    drawn = set(found)
    for one, other in sorted(found):
        if other in _reached(one, drawn - {(one, other)}):
            drawn.discard((one, other))
    return drawn


def _reached(start: str, found: Arrows) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        new = {other for one, other in found if one == here} - seen
        seen |= new
        waiting += new
    return seen


def picture() -> str:
    """The rooms of bots and core, which are their packages, and who imports whom."""
    return _drawn({source: _inside(source, only_packages=True) for source in SOURCES})


def domain() -> str:
    """What is in the domain, and who imports whom there."""
    return _drawn({"core.domain": _inside("core.domain")})


def _inside(container: str, *, only_packages: bool = False) -> list[str]:
    folder = ROOT / container.replace(".", "/")
    inside = [
        module(file)
        for file in (*folder.glob("*.py"), *folder.glob("*/__init__.py"))
        if module(file) != folder
    ]
    return sorted(
        f"{container}.{path.stem}" for path in inside if path.is_dir() or not only_packages
    )


def _drawn(groups: dict[str, list[str]]) -> str:
    names = [name for inside in groups.values() for name in inside]
    every = arrows(names)
    drawn = sorted(told_apart(every))
    lines = ["flowchart TD"]
    for group, inside in groups.items():
        lines += [
            f"  subgraph {group}",
            *(f'    {name}["{name.rpartition(".")[2]}"]' for name in inside),
            "  end",
        ]
    lines += [f"  {one} --> {other}" for one, other in drawn]
    counted = (
        f"{len(names)} boxes and {len(every)} arrows, of which {len(every) - len(drawn)} follow "
        "from others."
    )
    return "```mermaid\n" + "\n".join(lines) + f"\n```\n\n{counted}\n"


MENUS = {
    Menu.PRIVATE: "Telegram, in private",
    Menu.GROUP: "in groups",
    Menu.ADMINS: "for their admins",
    Menu.SLASH: "Discord",
}
READERS = {
    Readers.ALL: "all",
    Readers.THEMSELVES: "all; on Discord you alone",
    Readers.ALONE: "you alone",
}


def commands() -> str:
    """Every command that people can find, with the menus that show it, and who reads the answer
    where others are around."""
    titles = ["command", "what it does", *MENUS.values(), "who reads the answer among others"]
    lines = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    for spec in typed():
        marks = ["" if menu in spec.left_out else "✓" for menu in MENUS]
        about = text(f"discord.about_{spec.command}", "en")
        cells = [f"`/{spec.command}`", about, *marks, READERS[spec.readers]]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def typed() -> list[Spec]:
    """The rows of the commands that people can find; all others are buttons only."""
    return [spec for spec in SPECS if set(MENUS) - set(spec.left_out)]


def command_names() -> str:
    """The names of all these in a sentence, those of Discord alone last."""
    own = [spec for spec in typed() if set(MENUS) - set(spec.left_out) == {Menu.SLASH}]
    others = [spec for spec in typed() if spec not in own]
    told, last = (" ".join(f"`/{spec.command}`" for spec in each) for each in (others, own))
    return f"Commands: {told}, and on Discord {last}.\n"


PARTS: dict[tuple[str, str], Callable[[], str]] = {
    ("configuration.md", "settings"): settings,
    ("privacy.md", "kept"): kept,
    ("architecture.md", "picture"): picture,
    ("architecture.md", "domain"): domain,
    ("architecture.md", "layout"): layout,
    ("modules.md", "modules"): modules,
    ("using.md", "commands"): commands,
    ("README.md", "commands"): command_names,
}
"""Page and mark -> what stands between `<!-- mark -->` and `<!-- /mark -->`."""


def _file(page: str) -> str:
    return page if page == "README.md" else f"docs/{page}"


def constraints() -> str:
    """The pins of requirements.txt without hashes, which an installation by `pip install .` can be
    held to."""
    text = re.sub(r"\\\n", "", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    pins = [line.partition("--hash")[0].strip() for line in text.splitlines()]
    return "".join(re.sub(r"\[.*?\]", "", pin) + "\n" for pin in pins if pin)


FILES = (".env.example", "constraints.txt", *sorted({_file(page) for page, _ in PARTS}))
"""The files that the code has a say in."""


def as_it_should_be(file: str) -> str:
    """The text that one of FILES must have. Raises ValueError where a mark is gone."""
    if file == ".env.example":
        return example(*settings_classes())
    if file == "constraints.txt":
        return constraints()
    found = (ROOT / file).read_text(encoding="utf-8")
    for page, mark in PARTS:
        if _file(page) == file:
            found = filled(found, mark, PARTS[page, mark]())
    return found


def filled(text: str, mark: str, part: str) -> str:
    """The text with another part between the marks of this name. Raises ValueError where they are
    gone."""
    place = re.compile(rf"(?<=<!-- {mark} -->\n\n).*?(?=\n<!-- /{mark} -->)", re.DOTALL)
    if len(place.findall(text)) != 1:
        raise ValueError(f"the marks of {mark} are gone")
    return place.sub(lambda _: part, text)


def write() -> None:
    """Write every file anew that says something else than the code."""
    for file in FILES:
        (ROOT / file).write_text(as_it_should_be(file), encoding="utf-8")


if __name__ == "__main__":
    write()
