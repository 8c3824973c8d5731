"""What can go wrong at the video backend, sorted by what the caller can do about it; and which
error each code and each HTTP status stands for."""

from collections.abc import Mapping


class NemoError(Exception):
    """A call that did not succeed. The text is for the log (secrets struck out), never for people.

    NemoError
    ├── NotSent          never left this machine: may be sent again
    ├── Cut              the line broke after connecting: it may or may not have been done;
    │                    of a chat turn it is core.nemo.stream.TurnCut, with what had been said
    ├── TokenRejected    1001, HTTP 401; 403 outside the export
    ├── SessionGone      1002, HTTP 404 "Session not found"
    ├── NoCredits        2001
    ├── UnsupportedFile  4001
    ├── FileTooLarge     4002, HTTP 413; a download over its limit
    ├── ClientIdMissing  400 on the anonymous-token call
    ├── ExportBlocked    402; 403 on export calls
    ├── Busy             429 (on the anonymous-token call: the quota)
    ├── BadRequest       422 and other 4xx: our defect, or a thing that is not there (status 404)
    ├── Trouble          408, 425, 5xx, or an answer that cannot be read: passing
    └── Unknown          any other code

    `endpoint` is the name of the call, `code` the number in the body, `status` the HTTP status.
    `bind` is the anonymous user's id found in the answer and `register_url` a registration page of
    the vendor's (D8), else "". Source: docs/backend.md 11."""

    def __init__(
        self,
        detail: str = "",
        *,
        endpoint: str = "",
        code: int | None = None,
        status: int | None = None,
        bind: str = "",
        register_url: str = "",
    ) -> None:
        said = [
            f"code {code}" if code is not None else "",
            f"HTTP {status}" if status is not None else "",
            detail,
        ]
        super().__init__(
            f"{endpoint or 'call'}: " + (", ".join(filter(None, said)) or type(self).__name__)
        )
        self.detail = detail
        self.endpoint = endpoint
        self.code = code
        self.status = status
        self.bind = bind
        self.register_url = register_url


class NotSent(NemoError):
    """The request never left this machine: no connection, or no free one in the pool."""


class Cut(NemoError):
    """The line broke, or a time limit passed, after connecting: nobody knows what the backend did
    (D20)."""


class TokenRejected(NemoError):
    """The token is wrong, expired or revoked."""


class SessionGone(NemoError):
    """The backend no longer knows the session."""


class NoCredits(NemoError):
    """The credits are used up."""


class UnsupportedFile(NemoError):
    """The backend does not take this type of file."""


class FileTooLarge(NemoError):
    """More bytes than the backend takes, or than we are ready to download."""


class ClientIdMissing(NemoError):
    """The anonymous-token call went out without a client id: our defect."""


class ExportBlocked(NemoError):
    """Export is not in this user's plan, or the attribution headers were missing. Never a matter of
    credits."""


class Busy(NemoError):
    """Too many requests. `retry_after` is how long to wait, in seconds (at most 120), None if not
    said."""

    retry_after: float | None = None


class BadRequest(NemoError):
    """The backend refuses the request as it is: never repeated."""


class Trouble(NemoError):
    """A passing failure: an overloaded or broken backend, or an answer that is no JSON object."""


class Unknown(NemoError):
    """A code that no document names."""


BY_CODE: Mapping[int, type[NemoError]] = {
    1001: TokenRejected,
    1002: SessionGone,
    2001: NoCredits,
    4001: UnsupportedFile,
    4002: FileTooLarge,
}
BY_STATUS: Mapping[int, type[NemoError]] = {
    401: TokenRejected,
    402: ExportBlocked,
    403: TokenRejected,
    408: Trouble,
    413: FileTooLarge,
    425: Trouble,
    429: Busy,
}
BY_CALL: Mapping[tuple[str, int], type[NemoError]] = {
    ("token", 400): ClientIdMissing,
    ("token", 401): BadRequest,  # no bearer went out, so none was rejected
    ("token", 403): BadRequest,
    ("token", 1001): BadRequest,
    ("render", 403): ExportBlocked,
    ("poll", 403): ExportBlocked,
    ("render-cancel", 403): ExportBlocked,
    ("download", 403): ExportBlocked,
    (
        "file",
        401,
    ): BadRequest,  # the file's own host: nothing it says is about token, plan or credits
    ("file", 402): BadRequest,
    ("file", 403): BadRequest,
    ("turn", 404): SessionGone,
    ("state", 404): SessionGone,
    ("upload", 404): SessionGone,
}


def of_code(call_name: str, code: int) -> type[NemoError]:
    """What the number in the body of an answer to this call means (any but 0)."""
    if code in BY_CODE:
        return BY_CALL.get((call_name, code), BY_CODE[code])
    # 400, 402 and 429 are HTTP statuses wherever they appear (docs/backend.md 11); so, then, are
    # their neighbours.
    return of_status(call_name, code) if 400 <= code < 600 else Unknown


def of_status(call_name: str, status: int, detail: str = "") -> type[NemoError]:
    """What an HTTP status that is no success means; `detail` is what the answer says of it."""
    if status == 404 and detail.lower().startswith("session not found"):
        return SessionGone
    fallback = BadRequest if 400 <= status < 500 else Trouble
    return BY_CALL.get((call_name, status)) or BY_STATUS.get(status, fallback)
