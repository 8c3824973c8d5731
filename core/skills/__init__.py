"""The skill profiles: Markdown files with YAML front matter, read and checked when the process
starts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

import yaml
from pydantic import (
    ConfigDict,
    Field,
    RootModel,
    Strict,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    field_validator,
)

from core.files.text import Unreadable, contents, decoded, reason
from core.i18n import ENGLISH, LANGUAGES, catalogue, closest

MB = 1_048_576
"""Bytes in the "MB" of the size limits, so that nothing the backend would take is refused here
(D12)."""

T = TypeVar("T")
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Extension = Annotated[str, Field(pattern=r"^[a-z0-9]{2,5}$")]
Whole = Annotated[int, Strict(), Field(gt=0)]


class BadSkill(Exception):
    """A skill file cannot be used; the text is one sentence for the operator, with file and line
    (0: the folder)."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}: {problem}" if line else f"{file}: {problem}")
        self.file, self.line = file, line


class Localized(RootModel[dict[str, T]], Generic[T]):
    """The same in several languages; one that is not there reads the closest, else English (which
    must be there)."""

    model_config = ConfigDict(frozen=True)

    @field_validator("root")
    @classmethod
    def _known(cls, words: dict[str, T]) -> dict[str, T]:
        unknown = [code for code in words if closest(code) == ENGLISH != code]
        if unknown:
            raise ValueError(f"unknown language {unknown[0]}")
        if ENGLISH not in words:
            raise ValueError("English (en) is missing")
        return {closest(code): said for code, said in words.items()}

    def __getitem__(self, language: str) -> T:
        code = closest(language)
        return self.root[code if code in self.root else ENGLISH]


@dataclass(frozen=True, slots=True)
class Skill:
    """One profile. The five skills share one API and differ only in these values (docs/backend.md
    3).

    `slug` and `version` travel as attribution headers. `formats` are the extensions that the
    profile advertises, not all that the backend accepts. `expected_seconds` is the shortest and
    longest usual time from wish to MP4. `description` is the body of the file."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    title: Localized[Text]
    max_mb: Whole
    formats: Annotated[tuple[Extension, ...], Field(min_length=1)]
    connecting: Localized[Text]
    greeting: Localized[Text]
    suggestions: Localized[Texts]
    tips: Localized[Texts]
    expected_seconds: tuple[Whole, Whole]
    example: Localized[Text]
    audience: Localized[Text]
    description: str

    @property
    def max_bytes(self) -> int:
        """The size limit of one file in bytes."""
        return self.max_mb * MB


SHIPPED = Path(__file__).parent
SKILL = TypeAdapter(Skill)


def available(own: Path | None) -> dict[str, Skill]:
    """The shipped skills, and those in the operator's own folder. Raises BadSkill."""
    return load(SHIPPED, own) if own else load(SHIPPED)


def load(*folders: Path) -> dict[str, Skill]:
    """Every skill in the `*.md` files of the folders (default: those shipped here), by slug. Raises
    BadSkill."""
    skills: dict[str, Skill] = {}
    for folder in folders or (SHIPPED,):
        try:
            files = sorted(file for file in folder.iterdir() if file.suffix == ".md")
        except FileNotFoundError:
            files = []
        except OSError as problem:
            raise BadSkill(
                folder, 0, f"this folder of skills cannot be read: {reason(problem)}"
            ) from None
        if not files:
            raise BadSkill(folder, 0, "there is no skill file (*.md)")
        for file in files:
            skill = _read(file)
            if skill.slug in skills:
                raise BadSkill(file, 1, f"the slug {skill.slug} is taken by another file")
            skills[skill.slug] = skill
    return skills


def platform_of(folder: Path, skill_source: str) -> str:
    """The X-Skill-Platform header (D33): what the operator says, else where the skill files lie,
    else unknown."""
    if skill_source.strip():
        return skill_source.strip()
    if ".clawhub" in folder.parts:
        return "clawhub"
    if (".cursor", "skills") in zip(folder.parts, folder.parts[1:], strict=False):
        return "cursor"
    return "unknown"


def _read(file: Path) -> Skill:
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
    try:
        skill = SKILL.validate_python({**values, "description": body.strip()})
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        raise BadSkill(
            file, _line(root, first["loc"]), _sentence(first["type"], first["loc"], first["msg"])
        ) from None
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


def _sentence(kind: str, path: tuple[int | str, ...], reason: str) -> str:
    name = ".".join(str(step) for step in path)
    match kind:
        case "unexpected_keyword_argument":
            return f"unknown key {name}"
        case "missing":
            return f"the key {name} is missing"
        case _:
            return f"{name} cannot be used: {reason.removeprefix('Input ')}"
