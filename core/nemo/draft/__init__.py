"""The draft's short keys become words that people can read, as far as they are known.

No complete draft is public (docs/backend.md 8.2): only `t` tracks, `tt` type, `sg` segments, `d`
milliseconds and `m` metadata are. Everything else is looked for under likely names, and left out
where it is not found."""

from core.nemo.draft.state import (
    Differences,
    Digest,
    differences,
    digested,
    outline_of,
    restored_digest,
    timeline_of,
)
from core.nemo.draft.tracks import VOICE_SUFFIX, exportable, for_people

__all__ = [
    "VOICE_SUFFIX",
    "Differences",
    "Digest",
    "differences",
    "digested",
    "exportable",
    "for_people",
    "outline_of",
    "restored_digest",
    "timeline_of",
]
