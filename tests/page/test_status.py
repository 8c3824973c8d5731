"""The operator's page in Chromium: opened by a link that works once, by day and by night, and on a
phone."""

import time

from playwright.async_api import Browser, expect

from bots.status.server import serving
from bots.status.settings import Settings
from bots.status.state import Status
from core.ops.meter import Meter
from core.settings import read
from core.store.sqlite.outside import SqliteOutside
from tests.page.conftest import Comes
from tests.page.looking import grave, overflows
from tests.page.site import Site
from tests.world import photo

RENEWED = "meta-refresh"
"""A board that hangs on a wall renews itself, and nothing is typed on it."""
PHONE = {"width": 390, "height": 844}


async def touched() -> None:
    """The database takes writes."""


async def test_the_operators_page_opens_once_and_shows_figures(
    browser: Browser, visitor: Comes, here: Site
) -> None:
    tab = await (await visitor()).opens()
    files = [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()}]
    await tab.set_input_files("#picker", files)  # type: ignore[arg-type]
    await tab.fill("#text", "turn this into a 2-second video")
    await tab.press("#text", "Enter")
    await expect(tab.locator(".film video")).to_have_count(1)

    heard = {"web": time.time()}
    status = Status(
        SqliteOutside(here.folder / "bot.sqlite"),
        here.folder,
        Meter(),
        lambda: heard,
        lambda: heard,
        touched,
        "1.2.3",
    )
    async with serving(read(Settings, {"STATUS_PORT": "0"}), status) as address:
        link = f"{address}/?token={status.access.token('link', time.time())}"
        context = await browser.new_context(viewport={"width": 1100, "height": 800})
        page = await context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(link)
        assert "token" not in page.url
        await expect(page.locator("body")).to_contain_text("All is well")
        assert await page.locator("svg").count() > 0
        rows = await page.locator("table tr").all_inner_texts()
        assert any("web" in row for row in rows), rows
        assert await grave(page, meant=RENEWED) == []
        await page.emulate_media(color_scheme="dark")
        assert await grave(page, meant=RENEWED) == []
        await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert not await overflows(page)
        assert [url for url in asked if not url.startswith(address)] == []
        await context.clear_cookies()
        again = await page.goto(link)
        assert again is not None
        assert again.status == 403
        await context.close()
