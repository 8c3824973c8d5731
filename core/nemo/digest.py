"""What the rest of the program needs to know of a project's state, without its JSON, which may be
megabytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.nemo import draft
from core.nemo.values import an_object, dumps, loads, words
from core.nemo.wire.answers import State, read_state
from core.nemo.wire.codes import decipher


@dataclass(frozen=True, slots=True)
class Digest:
    """One state: `text` is its draft as it came (JSON), `fingerprint` changes with draft and media.

    `exportable`: a track of it has a segment. `timeline` says it in words, in the language that was
    asked for, `outline` in one line, and `kinds` says what kinds of tracks there are. `videos` are
    the names of the media, "" for one without, and `bind` the anonymous user's id."""

    text: str
    fingerprint: str
    exportable: bool = False
    timeline: str = ""
    outline: str = ""
    kinds: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    bind: str = ""


@dataclass(frozen=True, slots=True)
class Differences:
    """Two drafts: `changes` in words, and the kinds of tracks that only the second one has."""

    changes: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def digest(answer: object, language: str) -> Digest:
    """The digest of a state call's answer. Raises Trouble where there is no state in it."""
    return digest_of(read_state(answer), language)


def digest_of(state: State, language: str) -> Digest:
    """The digest of a state."""
    return Digest(
        text=dumps(state.draft).decode(),
        fingerprint=state.fingerprint,
        exportable=state.exportable,
        timeline=draft.summary(state.draft, language),
        outline=draft.outline(state.draft, language),
        kinds=_kinds(state.draft),
        videos=tuple(words(an_object(video).get("filename")) for video in state.videos),
        bind=state.bind,
    )


def read(
    body: bytes, headers: Mapping[str, str], status: int, secret: str, language: str
) -> Digest:
    """The digest of what came over the line. Raises NemoError as `decipher` does, and Trouble as
    `digest`."""
    return digest(decipher("state", status, headers, body, secret), language)


def restored(said: Mapping[str, Any], text: str) -> Digest:
    """A digest that went through JSON without its text."""
    lists = {name: tuple(said[name]) for name in ("kinds", "videos")}
    return Digest(**{**said, **lists, "text": text})


def differences(before: str, after: str, language: str) -> Differences:
    """What lies between two drafts (JSON text, the first may be empty)."""
    old, new = loads(before) if before else None, loads(after)
    added = tuple(kind for kind in _kinds(new) if kind not in _kinds(old))
    return Differences(draft.changes(old, new, language), added)


def timeline(text: str, language: str) -> str:
    """A draft (JSON text) in words."""
    return draft.summary(loads(text), language)


def outline(text: str, language: str) -> str:
    """The same in one line."""
    return draft.outline(loads(text), language)


def _kinds(drafted: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(track.kind for track in draft.tracks(drafted)))
