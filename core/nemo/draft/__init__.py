"""The draft's short keys become words that people can read, as far as they are known.

No complete draft is public (docs/backend.md 8.2): only `t` tracks, `tt` type, `sg` segments, `d`
milliseconds and `m` metadata are. Everything else is looked for under likely names, and left out
where it is not found."""

from core.nemo.draft.timeline import changes, outline, summary
from core.nemo.draft.tracks import VOICE, Track, for_people, tracks
from core.nemo.wire.answers import exportable

__all__ = ["VOICE", "Track", "changes", "exportable", "for_people", "outline", "summary", "tracks"]
