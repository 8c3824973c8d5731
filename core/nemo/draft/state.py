"""A project's state as the service tells it, and what the rest of the program needs to know of it:
without its JSON, which may be megabytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.nemo.draft.timeline import changes, outline, summary
from core.nemo.draft.tracks import exportable, tracks
from core.nemo.errors import Trouble
from core.nemo.values import a_list, an_object, dumps, loads, words
from core.nemo.wire import bind_of, decipher


@dataclass(frozen=True, slots=True)
class State:
    """The project as it is now. `draft`, `generated` and `canvas` are the backend's own JSON, None
    where missing."""

    draft: object
    videos: tuple[object, ...]
    generated: object
    canvas: object
    bind: str

    @property
    def exportable(self) -> bool:
        """At least one track of the draft has a segment (8.2)."""
        return exportable(self.draft)

    @property
    def fingerprint(self) -> str:
        """Changes when the draft, the media or the generated media change."""
        return hashlib.sha256(
            dumps([self.draft, self.videos, self.generated], ordered=True)
        ).hexdigest()


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


def read_state(answer: object) -> State:
    """The project. Raises Trouble where the answer holds no `data` object, which is not the same as
    an empty draft."""
    data = an_object(answer).get("data")
    if not isinstance(data, dict):
        raise Trouble("no state in the answer", endpoint="state")
    state = an_object(data.get("state"))
    return State(
        state.get("draft"),
        tuple(a_list(state.get("video_infos"))),
        state.get("generated_media"),
        state.get("canvas_config"),
        bind_of(answer),
    )


def digest(answer: object, language: str) -> Digest:
    """The digest of a state call's answer. Raises Trouble where there is no state in it."""
    state = read_state(answer)
    return Digest(
        text=dumps(state.draft).decode(),
        fingerprint=state.fingerprint,
        exportable=state.exportable,
        timeline=summary(state.draft, language),
        outline=outline(state.draft, language),
        kinds=_kinds(state.draft),
        videos=tuple(words(an_object(video).get("filename")) for video in state.videos),
        bind=state.bind,
    )


def digested(
    body: bytes, headers: Mapping[str, str], status: int, secret: str, language: str
) -> Digest:
    """The digest of what came over the line. Raises NemoError as `decipher` does, and Trouble as
    `digest`."""
    return digest(decipher("state", status, headers, body, secret), language)


def restored_digest(said: Mapping[str, Any], text: str) -> Digest:
    """A digest that went through JSON without its text."""
    lists = {name: tuple(said[name]) for name in ("kinds", "videos")}
    return Digest(**{**said, **lists, "text": text})


def differences(before: str, after: str, language: str) -> Differences:
    """What lies between two drafts (JSON text, the first may be empty)."""
    old, new = loads(before) if before else None, loads(after)
    added = tuple(kind for kind in _kinds(new) if kind not in _kinds(old))
    return Differences(changes(old, new, language), added)


def timeline_of(text: str, language: str) -> str:
    """A draft (JSON text) in words."""
    return summary(loads(text), language)


def outline_of(text: str, language: str) -> str:
    """The same in one line."""
    return outline(loads(text), language)


def _kinds(draft: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(track.kind for track in tracks(draft)))
