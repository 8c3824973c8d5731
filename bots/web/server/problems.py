"""What the page is told when something cannot be done: a code for it, and words for the visitor."""

from typing import Any

from aiohttp import web

from core.i18n import text


class Problem(Exception):
    """`status` is HTTP's, `code` the page's; the words are `web.error_<code>` in the catalogues.
    `retry` is in seconds, 0 for none."""

    def __init__(self, status: int, code: str, retry: float = 0.0, **params: object) -> None:
        super().__init__(code)
        self.status, self.code, self.retry, self.params = status, code, retry, params

    def answer(self, language: str) -> web.Response:
        """As JSON."""
        body: dict[str, Any] = {
            "error": self.code,
            "text": text(f"web.error_{self.code}", language, **self.params),
        }
        answer = web.json_response(body, status=self.status)
        if self.retry:
            body["retry"] = max(1, round(self.retry))
            answer = web.json_response(body, status=self.status)
            answer.headers["Retry-After"] = str(body["retry"])
        return answer


def malformed() -> Problem:
    """The page would not have asked so."""
    return Problem(400, "malformed")


def missing() -> Problem:
    """There is none such, or it is somebody else's: nobody is told which."""
    return Problem(404, "missing")
