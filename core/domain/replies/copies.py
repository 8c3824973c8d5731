"""What is said about copies of a video: which there are, the copy itself, and why there is none."""

from core.domain.replies.buttons import Rows
from core.domain.requests import USUAL_CREDITS, Copy, CopyKind, Job, Notice, Plan
from core.i18n import text
from core.messages import Button, Command, Form, Payload, Video, payload_words

COPY_SHAPES = {"9:16": "📱 TikTok 9:16", "1:1": "⬜ 1:1", "16:9": "🖥 YouTube 16:9"}
"""Other shapes, as they are called everywhere."""
MEGA = 1_000_000


def copy_choices(language: str, film: int) -> tuple[str, Rows]:
    """The words about what there is, and a button for each."""
    shapes = tuple(_button(label, film, shape) for shape, label in COPY_SHAPES.items())
    kinds = tuple(
        _button(text(f"copy.as_{kind.name.lower()}", language), film, kind) for kind in CopyKind
    )
    needed = USUAL_CREDITS[Plan.MAKE]
    return text("copy.choices", language, needed=needed), (shapes, kinds)


def _button(label: str, film: int, which: str) -> Button:
    return Button(label, Command.ELSEWHERE, film, payload_words(Payload.AS, which))


def copy_ready(job: Job, copy: Copy, file: str, size: int) -> Notice:
    """The copy, from the file of that name; `size` in bytes."""
    gif = copy.kind is CopyKind.GIF
    words = text(
        f"copy.ready_{copy.kind.name.lower()}", job.language, size=max(0.1, round(size / MEGA, 1))
    )
    video = Video(
        url="",
        name=f"video-{copy.of}.{copy.kind}",
        copy=file,
        form=Form.MOVING if gif else Form.CLIP,
    )
    return Notice(words, video=video, final=True)


def copy_failed(key: str, job: Job, copy: Copy) -> Notice:
    """Why there is none, with a button to try again where that is worth it."""
    row = (
        Button(
            text("button.again", job.language),
            Command.ELSEWHERE,
            copy.of,
            payload_words(Payload.AS, copy.kind),
        ),
    )
    rows = (row,) if key == "copy.failed" else ()
    return Notice(text(key, job.language), rows, final=True)
