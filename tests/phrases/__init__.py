"""Labelled sentences: what people write to the bot, by meaning (corpus) and by what should happen
(handed)."""

import ast
import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from core.domain.understanding.model import MODEL

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the corpus with the label of its meaning."""

    language: str
    meaning: str
    text: str
    aside: bool = False
    """Whether it is of <language>.asides.tsv, whose unseen part is unseen.tsv."""

    @property
    def held(self) -> bool:
        """Whether it is kept out of all building: a fixed fraction, by a hash of the words
        alone."""
        return not self.aside and hashlib.sha256(self.text.encode()).digest()[0] < HELD


HELD = round(256 * 0.15)


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence in a situation, with all that may rightly happen, the best first."""

    language: str
    situation: str
    text: str
    expected: tuple[str, ...]


def corpus() -> list[Sentence]:
    """All sentences of corpus/<language>.tsv, in the order of the files."""
    return [
        Sentence(path.name.partition(".")[0], row["meaning"], row["text"], ".asides." in path.name)
        for path in sorted((HERE / "corpus").glob("*.tsv"))
        for row in rows(path)
    ]


def handed() -> list[Judged]:
    """The sentences that were handed in with their rules, by situation."""
    return [
        Judged(row["language"], row["situation"], row["text"], tuple(row["expected"].split("|")))
        for row in rows(HERE / "handed.tsv")
    ]


def digest() -> str:
    """Of all that training depends on: sentences, word lists, and the code between them and the
    weights."""
    room = MODEL.parent
    files = sorted((HERE / "corpus").glob("*.tsv")) + sorted((room / "model_words").glob("*.toml"))
    files += [room / name for name in CODE] + [HERE / "fitting.py", HERE / "train.py"]
    whole = hashlib.sha256()
    for path in files:
        whole.update(
            f"{path.name}\n".encode() + (_code(path) if path.suffix == ".py" else path.read_bytes())
        )
    return whole.hexdigest()[:16]


def _code(path: Path) -> bytes:
    """What a module does, wherever it lies: without layout, comments, docstrings and imports."""
    tree = ast.parse(path.read_bytes())
    done = [it for it in tree.body if not isinstance(it, ast.Import | ast.ImportFrom)]
    for node in ast.walk(ast.Module(done, [])):
        lines = getattr(node, "body", None)
        if isinstance(lines, list):
            node.body = [it for it in lines if not _is_said_only(it)]  # type: ignore[attr-defined]
    return ast.dump(ast.Module([it for it in done if not _is_said_only(it)], [])).encode()


def _is_said_only(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


CODE = ("spelling.py", "features.py", "model.py", "classes.bin")


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file of tabs with one head line; quotes are as they stand."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
