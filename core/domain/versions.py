"""The versions of a project: every change makes one, and undo, redo and "back to the first" show
another.

How it works. A version names the one it was built on, so that the versions of a project are a
tree; `shown` is where its person stands. Undo shows the one that the shown one was built on, redo
the newest that was built on it, and a change builds on what is shown. The video service knows the
newest draft alone and cannot take another (docs/backend.md 8): where it is ahead of what is shown,
the next change tells it what to take back."""

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from core.domain.numbers import whole
from core.messages import Attachment


@dataclass(frozen=True, slots=True)
class Version:
    """What one change has made, numbered from 1; `parent` is what it was built on, 0 for nothing.

    `words` and `files` are what was asked for and with what, both empty for a change from
    elsewhere. `job` is the request that made it, 0 where none of ours did. `kept`: its draft is
    still there, or the service's own. `mark` tells its draft from others, "" where it is not
    known."""

    number: int
    parent: int = 0
    words: str = ""
    files: tuple[Attachment, ...] = ()
    job: int = 0
    at: float = 0.0
    mark: str = ""
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions of one project, oldest first, and the number of the one that is shown (0 before
    the first)."""

    all: tuple[Version, ...] = ()
    shown: int = 0

    @property
    def newest(self) -> int:
        """The one that the service works on, 0 for none."""
        return self.all[-1].number if self.all else 0

    def of(self, number: int) -> Version | None:
        """The version of this number; None where there is none such."""
        return next((each for each in self.all if each.number == number), None)

    def by(self, job: int) -> int:
        """The number of what this request has made, 0 for nothing."""
        return next((each.number for each in self.all if job and each.job == job), 0)

    def before(self, number: int) -> int:
        """What undo shows from there, 0 for nothing."""
        version = self.of(number)
        return version.parent if version and self._can_be_shown(version.parent) else 0

    def after(self, number: int) -> int:
        """What redo shows from there, 0 for nothing."""
        found = (each.number for each in reversed(self.all) if each.parent == number)
        return next(filter(self._can_be_shown, found), 0) if number else 0

    def aim(self, number: int) -> int:
        """The same number where it can be shown, else 0."""
        return number if self._can_be_shown(number) else 0

    def _can_be_shown(self, number: int) -> bool:
        version = self.of(number)
        return version is not None and version.kept

    def way(self, number: int) -> tuple[Version, ...]:
        """The versions from the first to this one, each built on the one before."""
        found: list[Version] = []
        while (version := self.of(number)) and version not in found:
            found.append(version)
            number = version.parent
        return tuple(reversed(found))

    def undone(self, number: int) -> tuple[Version, ...]:
        """Changes that the service still has and this version has not, oldest first."""
        way = self.way(number)
        return tuple(each for each in self.way(self.newest) if each not in way)

    def missing(self, number: int) -> tuple[Version, ...]:
        """Changes that this version has and the service no more, oldest first."""
        way = self.way(self.newest)
        return tuple(each for each in self.way(number) if each not in way)

    def grown(self, made: Version, before: str = "") -> "Versions":
        """With one more version, which is shown. It is numbered here; its `parent` is what it was
        built on.

        `before` tells the draft that the change has found ("" for none). Where that is not the one
        we know, something was changed elsewhere meanwhile, and is a version of its own."""
        known = self.of(self.newest)
        elsewhere = bool(before) and (known is None or bool(known.mark and known.mark != before))
        base, parent = self, made.parent
        if elsewhere:
            other = Version(self.newest + 1, self.newest, at=made.at, mark=before)
            base = Versions((*self.all, other), other.number)
            parent = other.number if parent == self.newest else parent
        version = replace(made, number=base.newest + 1, parent=parent)
        return Versions((*base.all, version), version.number)


def mark(draft: str) -> str:
    """What tells a draft (JSON text as it came) from others."""
    return hashlib.sha256(draft.encode(errors="surrogatepass")).hexdigest() if draft else ""


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a project as a step has left them, and the drafts of those that are new, by
    their numbers (JSON text as it came)."""

    versions: Versions
    drafts: tuple[tuple[int, str], ...] = ()


class Direction(StrEnum):
    """Which other version is to be shown."""

    BACK = "back"
    FORWARD = "forward"
    TO = "to"


@dataclass(frozen=True, slots=True)
class Move:
    """From which version (0: the one that is shown when its turn comes) in which direction; `to` is
    the number meant."""

    direction: Direction
    start: int = 0
    to: int = 0

    def end(self, versions: Versions) -> int:
        """The number of the version to show, 0 where there is none."""
        start = self.start or versions.shown
        match self.direction:
            case Direction.BACK:
                return versions.before(start)
            case Direction.FORWARD:
                return versions.after(start)
            case Direction.TO:
                return versions.aim(versions.newest if self.to == NEWEST else self.to)
            case _:
                assert_never(self.direction)


@dataclass(frozen=True, slots=True)
class Shown:
    """The version that a result shows: its number, and whether there are an `earlier` and a `later`
    one to go to.

    `restored`: it was there before. `without` are the words of the changes that it has not, as far
    as the service still has them."""

    number: int
    earlier: bool = False
    later: bool = False
    restored: bool = False
    without: tuple[str, ...] = ()


def shown(versions: Versions, number: int, *, restored: bool = False) -> Shown:
    """A version as its result speaks of it."""
    undone = tuple(each.words for each in versions.undone(number) if each.words)
    earlier, later = bool(versions.before(number)), bool(versions.after(number))
    return Shown(number, earlier, later, restored, undone if restored else ())


NEWEST = -1
"""In place of a number: the newest version, whichever that is by then."""


def numbered(words: str) -> int:
    """The number in `v2` or `2`, as buttons and commands name a version; 0 for none."""
    return whole(words.strip().casefold().removeprefix("v"), MOST) or 0


MOST = 9999
"""More versions than anybody makes of one project."""
