"""How long files and functions are, and what else is counted of the sources and of the tests."""

import ast
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
SOURCES, WIDE, SCREEN = ("bots", "core"), 100, 38
STAND_IN = ROOT / "bots" / "sandbox" / "standin"
"""The look-alike of the service stands beside the product: no walk and no reader has to pass it."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*folders: str) -> list[Path]:
    """The Python files in these folders of the tree."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def spread(values: Iterable[int], *shares: float) -> str:
    """The values at these shares of the way from the smallest to the largest, such as `6/16/39`."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return "/".join(str(ordered[round(share * last)]) for share in shares)


def lines(path: Path) -> int:
    """Lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def nodes(paths: Iterable[Path]) -> Iterator[ast.AST]:
    """Everything in the trees of these files."""
    for path in paths:
        yield from _nodes(path)


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


def is_guard(node: ast.AST) -> bool:
    """Whether a handler that catches everything may end there, and does not raise it again once
    it has cleared up."""
    return (
        isinstance(node, ast.ExceptHandler)
        and is_broad(node)
        and not isinstance(node.body[-1], ast.Raise)
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
    """Which package, or single module, of the core imports from which."""
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


def inner() -> list[Path]:
    """The files of the product, without the look-alike of the service."""
    return [path for path in files(*SOURCES) if STAND_IN not in path.parents]


def sizes(paths: Sequence[Path]) -> list[tuple[str, str]]:
    """What is measured of the product's files, and its value, by the rules of the table in
    docs/."""
    broad = sum(map(is_broad, nodes(paths)))
    guards = sum(map(is_guard, nodes(paths)))
    every = functions(paths)
    return [
        ("file: lines, median/max", spread(map(lines, paths), 0.5, 1)),
        ("files over 200 lines", str(sum(lines(path) > 200 for path in paths))),
        ("function: lines, median/p90/max", spread(map(length, every), 0.5, 0.9, 1)),
        (f"functions over {SCREEN} lines", str(sum(length(it) > SCREEN for it in every))),
        ("public names with a docstring, %", str(documented(paths))),
        ("handlers that catch all and end it (guards)", str(guards)),
        ("handlers that catch all, clear up and raise it again", str(broad - guards)),
        ("parameters, median/max", spread(map(parameters, every), 0.5, 1)),
        ("comments a thousand lines", f"{1000 * comments(paths) / sum(map(lines, paths)):.0f}"),
    ]


def table() -> list[tuple[str, str]]:
    """Everything that is measured, and its value, in the order of the table in docs/."""
    source, tests = files(*SOURCES), files("tests")
    whole, checks = sum(map(lines, source)), sum(map(lines, tests))
    tried = [it for it in functions(tests) if it.name.startswith("test_")]
    found = arrows()
    parts = {part for arrow in found for part in arrow}
    return [
        *sizes(inner()),
        ("tests (functions)", f"{len(tried):,}"),
        ("patches a test", f"{patches(tests) / len(tried):.2f}"),
        ("lines of tests to lines of source", f"{checks / whole:.2f}"),
        ("lines over 100 columns, code and tests", str(wide(source) + wide(tests))),
        (
            "packages and single modules of the core, arrows between them",
            f"{len(parts)}, {len(found)}",
        ),
    ]


def patches(paths: Iterable[Path]) -> int:
    """How often something is put in the place of what is there, by pytest's means or by mock's."""
    return sum(
        isinstance(node, ast.Attribute)
        and node.attr in ("setattr", "setitem", "patch")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("monkeypatch", "mock")
        for node in nodes(paths)
    )


def parameters(function: Function) -> int:
    """How many parameters a function has, those that take any number counted as one."""
    named = function.args
    more = sum(it is not None for it in (named.vararg, named.kwarg))
    return len(named.posonlyargs) + len(named.args) + len(named.kwonlyargs) + more


def long() -> str:
    """The files of more than 200 lines, the functions that are longer than a screen, and the
    longest lists of parameters, those of the look-alike of the service as well."""
    paths = files(*SOURCES)
    found = [(lines(path), path.relative_to(ROOT).as_posix()) for path in paths]
    functions_ = [
        (it, f"{path.relative_to(ROOT)}:{it.name}") for path in paths for it in functions([path])
    ]
    groups = {
        "files over 200 lines": found,
        f"functions over {SCREEN} lines": [(length(it), name) for it, name in functions_],
        "most parameters": [(parameters(it), name) for it, name in functions_],
    }
    least = {"files over 200 lines": 200, "most parameters": 8}
    parts = []
    for title, rows in groups.items():
        over = sorted((row for row in rows if row[0] > least.get(title, SCREEN)), reverse=True)
        parts.append(f"{title}: {len(over)}\n" + "".join(f"  {n:4} {name}\n" for n, name in over))
    return "\n".join(parts)
