"""One browser and one bot for all tests of the page; each test has a visitor of its own."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from inspect import iscoroutinefunction

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.page.site import Site, site

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
ALONE = (
    "--no-sandbox",  # a container's root has none to offer
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",  # a camera that shows a green picture
    "--use-fake-ui-for-media-stream",
)
PATIENCE = 120_000
"""Milliseconds: nothing fails because the machine was busy."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these tests run in the loop that drives it."""
    for item in items:
        here = item.path.parent.name == "page"
        if here and isinstance(item, pytest.Function) and iscoroutinefunction(item.function):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here: apt-get install chromium, or set CHROMIUM")
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        chromium = playwright.chromium
        browser = await chromium.launch(executable_path=CHROMIUM, args=ALONE, timeout=PATIENCE)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def here(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """The bot that serves the page."""
    async with site(tmp_path_factory.mktemp("page")) as served:
        yield served


class Visitor:
    """A visitor with cookies of their own, and what their browser had to complain about."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.complaints: list[str] = []
        self.asked: list[str] = []

    async def opens(self) -> Page:
        """Open the page in a tab."""
        tab = await self.context.new_page()
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("console", lambda said: self._heard(said.type, said.text))
        tab.on("request", lambda request: self.asked.append(request.url))
        await tab.goto(self.address)
        await expect(tab.locator("#hello-limit, .message").first).not_to_be_empty()
        return tab

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and "Failed to load resource" not in text:  # a line that is gone
            self.complaints.append(text)


Comes = Callable[..., Awaitable[Visitor]]


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, here: Site) -> AsyncIterator[Comes]:
    """Makes visitors; options as a browser's context takes them."""
    async with AsyncExitStack() as stack:
        came: list[Visitor] = []

        async def comes(**options: object) -> Visitor:
            shape = {"viewport": {"width": 1100, "height": 760}, "locale": "en-US", **options}
            context = await browser.new_context(**shape)  # type: ignore[arg-type]
            context.set_default_timeout(PATIENCE)
            stack.push_async_callback(context.close)
            came.append(Visitor(context, here.address))
            return came[-1]

        yield comes
        here.let()
    assert [each for one in came for each in one.complaints] == []
