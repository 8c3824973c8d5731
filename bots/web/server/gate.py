"""Who may ask: every request passes here first, and every answer leaves with the same headers."""

import secrets
import sqlite3
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from bots.web import rules
from bots.web.journal import Journal
from bots.web.server.problems import Problem, malformed
from bots.web.settings import Settings
from bots.web.translate import Visitor
from core.adapter import FileGone

log = structlog.get_logger()

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
VISITOR, ACCESS = "visitor", "access"
WHO = web.RequestKey("who", Visitor)
VISITOR_SECONDS, ACCESS_SECONDS = 400 * 24 * 3600, 30 * 24 * 3600
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=()",
}
AGAIN = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/">'
"""Who comes by a link from elsewhere brings no strict cookie; who comes from here does."""
SAFE = ("GET", "HEAD")
MOST, EACH = 60.0, 0.5
"""What one visitor may send in a row, and after how many seconds there is one more."""
BUCKETS = 10_000
OWN = ("/api/", "/files/", "/videos/", "/pictures/", "/documents/")
"""Where everything is somebody's."""


class Gate:
    """The middleware, for one page."""

    def __init__(self, settings: Settings, journal: Journal, clock: Callable[[], float]) -> None:
        self._secret, self._journal, self._clock = settings.secret, journal, clock
        self._buckets: dict[str, rules.Bucket] = {}

    @web.middleware
    async def passes(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a request through, or tell in words why not."""
        visitor = Visitor("", rules.preferred(request.headers.get("Accept-Language", "")))
        try:
            self._check_place(request)
            if answer := self._at_the_door(request):
                return answer
            visitor = request[WHO] = await self._visitor(request, visitor.language)
            if request.method not in SAFE:
                self._count(visitor.user)
            return await handler(request)
        except ConnectionError:  # whoever asked is gone: nobody reads this
            return web.Response(status=400)
        except (Problem, FileGone, web.HTTPException, sqlite3.Error, OSError) as error:
            problem, asked = _told(error), request.path.startswith("/api/")
            return (problem.answer if asked else problem.words)(visitor.language)
        except Exception:  # the one guard of this loop: nobody is left with a bare number
            log.exception("a defect in the page", path=request.path)
            return Problem(500, "disk", 5.0).answer(visitor.language)

    async def _visitor(self, request: web.Request, language: str) -> Visitor:
        user = rules.user_of(request.cookies.get(VISITOR, ""))
        if user:
            return Visitor(user, await self._journal.language(user) or language)
        if request.path.startswith(OWN):
            raise Problem(401, "cookie")
        return Visitor("", language)

    def _check_place(self, request: web.Request) -> None:
        host = request.headers.get("Host", "")
        if not rules.host_allowed(host, guarded=bool(self._secret)):
            raise Problem(403, "foreign")
        if request.method in SAFE:
            return
        own = rules.same_origin(request.headers.get("Origin", ""), host)
        if not own or request.headers.get("X-Requested-With") != rules.PAGE:
            raise Problem(403, "foreign")
        if request.headers.get("Content-Encoding", ""):  # a little could become any amount
            raise malformed()

    def _at_the_door(self, request: web.Request) -> web.StreamResponse | None:
        """What is answered in place of what was asked for: None for who may come in."""
        opening = request.path == "/" and request.method in SAFE
        given = request.query.get("token", "") if opening else ""
        if self._secret and given and rules.alike(given, self._secret):
            answer = web.Response(status=303, headers={"Location": "/"})
            set_cookie(request, answer, ACCESS, rules.pass_of(self._secret), ACCESS_SECONDS)
            return answer
        if opening and VISITOR not in request.cookies and _from_elsewhere(request):
            return web.Response(text=AGAIN, content_type="text/html")
        held = request.cookies.get(ACCESS, "")
        if self._secret and not rules.alike(held, rules.pass_of(self._secret)):
            raise Problem(403, "token")
        if opening and request.query_string:
            return web.Response(status=303, headers={"Location": "/"})
        return None

    def _count(self, user: str) -> None:
        if len(self._buckets) > BUCKETS:
            self._buckets.clear()
        now = self._clock()
        bucket = self._buckets.get(user, rules.Bucket(MOST, now))
        self._buckets[user], wait = bucket.take(now, MOST, EACH)
        if wait:
            raise Problem(429, "often", wait)


def _told(error: Exception) -> Problem:
    """What the visitor is told of it."""
    match error:
        case Problem():
            return error
        case FileGone():
            return Problem(404, "missing")
        case web.HTTPException():
            return Problem(error.status, "missing" if error.status in (404, 405) else "malformed")
    log.warning("the page cannot keep something", error=type(error).__name__)
    return Problem(503, "disk", 5.0)


def _from_elsewhere(request: web.Request) -> bool:
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def set_cookie(
    request: web.Request, answer: web.StreamResponse, name: str, value: str, seconds: int
) -> None:
    """One that no script and no other site gets to use."""
    secure = request.secure or request.headers.get("X-Forwarded-Proto", "") == "https"
    answer.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="Strict", secure=secure, path="/"
    )


def welcome(request: web.Request, answer: web.StreamResponse) -> None:
    """Give who has none a cookie of their own; who has one keeps it for longer."""
    there = request.cookies.get(VISITOR, "")
    value = there if rules.user_of(there) else secrets.token_urlsafe(32)
    set_cookie(request, answer, VISITOR, value, VISITOR_SECONDS)


def who(request: web.Request) -> Visitor:
    """Whose browser it is; the gate has seen to it."""
    return request[WHO]


async def add_headers(request: web.Request, answer: web.StreamResponse) -> None:
    """For every answer, also to what was not let through."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Cache-Control", "no-store")
