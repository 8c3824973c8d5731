"""What is looked for on any page: that nobody is shut out, and that nothing sticks out."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page


async def grave(tab: Page, *, meant: str = "") -> list[str]:
    """What axe-core finds that shuts people out, without the rule that is broken on purpose."""
    found = await Axe().run(tab)
    return [
        f"{one['id']}: {node['target']}"
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical") and one["id"] != meant
        for node in one["nodes"]
    ]


async def overflows(tab: Page) -> bool:
    """Whether something sticks out at the side."""
    found = await tab.evaluate(
        "[...document.querySelectorAll('html, #log, #composer')]"
        ".some(one => one.scrollWidth > one.clientWidth)"
    )
    return bool(found)
