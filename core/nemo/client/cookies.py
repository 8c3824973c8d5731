"""No cookies: the same client speaks for many users, and one set for one must not go out with
another's token."""

from http.client import HTTPResponse
from http.cookiejar import CookieJar
from urllib.request import Request


class NoCookies(CookieJar):
    """Looks at no answer: a policy that refuses all of them takes each apart first."""

    def extract_cookies(self, response: HTTPResponse, request: Request) -> None:
        """None is kept."""

    def add_cookie_header(self, request: Request) -> None:
        """None is sent."""
