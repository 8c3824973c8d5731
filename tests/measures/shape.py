"""How long files and functions are, and what else is counted of the sources and of the tests."""

import ast
import statistics
import subprocess
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
SOURCES, WIDE = ("bots", "core"), 100
STAND_IN = ROOT / "bots" / "sandbox" / "standin"
"""The look-alike of the service stands beside the product: no walk and no reader has to pass it."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*folders: str) -> list[Path]:
    """The Python files that are kept in these folders."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.splitlines() if name.endswith(".py")]


def spread(values: Iterable[int], *shares: float) -> str:
    """The values at these shares of the way from the smallest to the largest, such as `6/16/39`."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return "/".join(str(ordered[round(share * last)]) for share in shares)


def lines(path: Path) -> int:
    """Lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def nodes(paths: Iterable[Path]) -> Iterator[ast.AST]:
    """Everything in the trees of these files."""
    for path in paths:
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def functions(paths: Iterable[Path]) -> list[Function]:
    """Every function and method."""
    return [node for node in nodes(paths) if isinstance(node, Function)]


def length(function: Function) -> int:
    """Lines of a function, its docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def documented(paths: Iterable[Path]) -> int:
    """How many of a hundred public functions and classes have a docstring."""
    public = [
        node
        for node in nodes(paths)
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")
    ]
    return round(100 * sum(ast.get_docstring(node) is not None for node in public) / len(public))


def is_broad(node: ast.AST) -> bool:
    """Whether a handler catches whatever may come."""
    return isinstance(node, ast.ExceptHandler) and (
        node.type is None
        or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
    )


def comments(paths: Iterable[Path]) -> int:
    """Comments, without those that speak to tools."""
    found = 0
    for path in paths:
        with tokenize.open(path) as file:
            found += sum(
                token.type == tokenize.COMMENT
                and not token.string.startswith(("# noqa", "# type:", "# fmt:", "# pragma"))
                for token in tokenize.generate_tokens(file.readline)
            )
    return found


def wide(paths: Iterable[Path]) -> int:
    """Lines of more than a hundred signs."""
    return sum(
        len(line) > WIDE for path in paths for line in path.read_text(encoding="utf-8").splitlines()
    )


def arrows(depth: int = 2) -> set[tuple[str, str]]:
    """Which room of the core imports from which."""
    graph = grimp.build_graph(*SOURCES, cache_dir=None)
    found = {
        (_room(module, depth), _room(other, depth))
        for module in graph.modules
        for other in graph.find_modules_directly_imported_by(module)
    }
    return {
        (one, other)
        for one, other in found
        if one != other and {one.split(".")[0], other.split(".")[0]} == {"core"} and other != "core"
    }


def _room(module: str, depth: int) -> str:
    return ".".join(module.split(".")[:depth])


def table() -> list[tuple[str, str]]:
    """What is measured, and its value, in the order and by the rules of the table in docs/."""
    source, tests = files(*SOURCES), files("tests")
    inner = [path for path in source if STAND_IN not in path.parents]
    whole, checks = sum(map(lines, source)), sum(map(lines, tests))
    tried = [it for it in functions(tests) if it.name.startswith("test_")]
    patches = sum(
        isinstance(node, ast.Attribute)
        and node.attr in ("setattr", "setitem", "patch")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("monkeypatch", "mock")
        for node in nodes(tests)
    )
    rooms = {room for arrow in arrows() for room in arrow}
    return [
        ("file: lines, median/max", spread(map(lines, inner), 0.5, 1)),
        ("files over 200 lines", str(sum(lines(path) > 200 for path in inner))),
        ("function: lines, median/p90/max", spread(map(length, functions(inner)), 0.5, 0.9, 1)),
        ("public names with a docstring, %", str(documented(inner))),
        ("catch-all handlers", str(sum(map(is_broad, nodes(inner))))),
        ("tests (functions)", str(len(tried))),
        ("patches a test", f"{patches / len(tried):.2f}"),
        ("lines of tests to lines of source", f"{checks / whole:.2f}"),
        ("comments a thousand lines", f"{1000 * comments(inner) / sum(map(lines, inner)):.0f}"),
        ("lines over 100 signs", str(wide(source) + wide(tests))),
        ("rooms of the core, and arrows between them", f"{len(rooms)}, {len(arrows())}"),
        ("longest parameter list", str(max(_parameters(it) for it in functions(inner)))),
        ("median parameters", str(statistics.median(map(_parameters, functions(inner))))),
    ]


def _parameters(function: Function) -> int:
    named = function.args
    return len(named.posonlyargs) + len(named.args) + len(named.kwonlyargs)
