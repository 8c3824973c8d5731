"""The backend's protocol without I/O: calls go out as values, answers come in as values or
errors."""

from collections.abc import Mapping

from core.nemo.wire.answers import (
    Credits,
    Render,
    RenderStatus,
    Session,
    bind_of,
    decipher,
    read_credits,
    read_render,
    read_session,
    refusal,
)
from core.nemo.wire.attribution import Attribution, platform_of
from core.nemo.wire.calls import (
    Call,
    anonymous_token,
    claim_link,
    claim_token,
    create_session,
    credits,
    register_link,
    render_cancel,
    render_download,
    render_poll,
    render_start,
    run_sse,
    state,
    upload_files,
    upload_urls,
)
from core.nemo.wire.tokens import Claim, Grant, read_claim, read_grant

MIME: Mapping[str, str] = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
}
"""The type that a part of each extension carries (6.2)."""

ACCEPTED = tuple(MIME)
"""Extensions that the backend takes, for people to read as well."""

__all__ = [
    "ACCEPTED",
    "MIME",
    "Attribution",
    "Call",
    "Claim",
    "Credits",
    "Grant",
    "Render",
    "RenderStatus",
    "Session",
    "anonymous_token",
    "bind_of",
    "claim_link",
    "claim_token",
    "create_session",
    "credits",
    "decipher",
    "platform_of",
    "read_claim",
    "read_credits",
    "read_grant",
    "read_render",
    "read_session",
    "refusal",
    "register_link",
    "render_cancel",
    "render_download",
    "render_poll",
    "render_start",
    "run_sse",
    "state",
    "upload_files",
    "upload_urls",
]
