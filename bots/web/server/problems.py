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

    def words(self, language: str) -> web.Response:
        """For a person who sees nothing but that."""
        said = text(f"web.error_{self.code}", language, **self.params)
        return web.Response(text=f"{said}\n", status=self.status)

    def answer(self, language: str) -> web.Response:
        """For the page, as JSON."""
        said = text(f"web.error_{self.code}", language, **self.params)
        body: dict[str, Any] = {"error": self.code, "text": said}
        if not self.retry:
            return web.json_response(body, status=self.status)
        body["retry"] = max(1, round(self.retry))
        headers = {"Retry-After": str(body["retry"])}
        return web.json_response(body, status=self.status, headers=headers)


def malformed() -> Problem:
    """The page would not have asked so."""
    return Problem(400, "malformed")


def missing() -> Problem:
    """There is none such, or it is somebody else's: nobody is told which."""
    return Problem(404, "missing")
