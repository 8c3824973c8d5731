"""What can go wrong at the video backend, sorted by what the caller can do about it."""


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
