"""A skill file becomes a profile, or one sentence about what is wrong in which line."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from core.files import Unreadable, contents, decoded
from core.i18n import LANGUAGES, catalogue
from core.skills.checking import (
    Wrong,
    as_it_is,
    localized,
    matching,
    record,
    several,
    text,
    whole,
)
from core.skills.profile import Skill

CHECKS = {
    "slug": matching(r"[a-z0-9]+(-[a-z0-9]+)*", "a-z and 0-9, in words joined by -"),
    "version": matching(r"[0-9]+(\.[0-9]+)*", "numbers joined by dots, in quotes"),
    "title": localized(text()),
    "max_mb": whole,
    "formats": several(matching(r"[a-z0-9]{2,5}", "two to five of a-z and 0-9, without a dot")),
    "connecting": localized(text()),
    "greeting": localized(text()),
    "suggestions": localized(several(text())),
    "tips": localized(several(text())),
    "expected_seconds": several(whole, 2),
    "example": localized(text()),
    "audience": localized(text()),
    "description": as_it_is,
}


class BadSkill(Exception):
    """A skill file cannot be used; the text is one sentence for the operator, with file and line
    (0: the folder)."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}: {problem}" if line else f"{file}: {problem}")
        self.file, self.line = file, line


SHIPPED = Path(__file__).parent / "profiles"


def read(file: Path) -> Skill:
    """The profile in this file. Raises BadSkill."""
    front, body = _split(file)
    try:
        root, values = _parsed(front)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise BadSkill(file, line, f"the front matter is not YAML: {problem.problem}") from None
    except (yaml.YAMLError, ValueError):  # ValueError: what looks like a date and is none
        raise BadSkill(file, 1, "the front matter is not YAML") from None
    if not isinstance(root, yaml.MappingNode):
        raise BadSkill(file, 1, "the front matter must be a list of keys and values")
    for key, line in _twice(root):
        raise BadSkill(file, line, f"the key {key} is there twice")
    if "description" in values:
        raise BadSkill(
            file,
            _line(root, ("description",)),
            "unknown key description: it is the text below the ---",
        )
    if file.parent == SHIPPED:
        values = {
            key: _translated(value, str(values.get("slug")), key) for key, value in values.items()
        }
    return _checked(file, root, {**values, "description": body.strip()})


def _checked(file: Path, root: yaml.MappingNode, values: Mapping[str, Any]) -> Skill:
    """The profile of these values, whose lines `root` knows."""
    try:
        skill = Skill(**record(values, CHECKS))
    except Wrong as problem:
        raise BadSkill(file, _line(root, problem.path), str(problem)) from None
    if skill.expected_seconds[0] > skill.expected_seconds[1]:
        raise BadSkill(
            file, _line(root, ("expected_seconds",)), "expected_seconds must be [shortest, longest]"
        )
    return skill


def _translated(value: Any, slug: str, key: str) -> Any:
    """A text of a shipped profile with what the catalogues add to it: one language is one file."""
    found = {
        code: words[key]
        for code in LANGUAGES
        if key in (words := catalogue(code).profiles.get(slug, {}))
    }
    return {**value, **found} if isinstance(value, dict) else value


def _parsed(front: str) -> tuple[yaml.Node | None, Any]:
    """The nodes, which know their lines, and the values: read once, with the fast parser where
    PyYAML has it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(front)
    try:
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def _split(file: Path) -> tuple[str, str]:
    """Front matter, with an empty line for its opening ---, so that the line numbers are the
    file's; and the body."""
    try:
        text = decoded(contents(file)).replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        raise BadSkill(file, 0, "it is a link that leads nowhere") from None
    except Unreadable as problem:
        raise BadSkill(file, 0, f"the file cannot be read: {problem}") from None
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise BadSkill(file, 1, "the file must begin with --- and its keys")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(["", *lines[1:number]]), "\n".join(lines[number + 1 :])
    raise BadSkill(file, len(lines), "the closing --- of the keys is missing")


def _twice(root: yaml.MappingNode) -> Iterator[tuple[str, int]]:
    """Keys that occur twice in the file or in one of its {en, zh}: YAML would silently keep the
    last."""
    for mapping in [
        root,
        *(value for _, value in root.value if isinstance(value, yaml.MappingNode)),
    ]:
        seen: set[str] = set()
        for key, _ in mapping.value:
            name = str(key.value)
            if name in seen:
                yield name, key.start_mark.line + 1
            seen.add(name)


def _line(root: yaml.Node, path: tuple[int | str, ...]) -> int:
    """The line of the value at `path`, or of the nearest thing around it that exists."""
    node, line = root, 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(
                ((key, value) for key, value in node.value if key.value == str(step)), None
            )
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value)
        ):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line
