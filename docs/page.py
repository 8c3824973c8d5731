"""Draws the pictures of the page from a real run in the sandbox: `python docs/page.py`, with
Chromium and the extra `dev` at hand."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

DOCS = Path(__file__).parent
ROOT = DOCS.parent
SAMPLES = ROOT / "bots" / "sandbox" / "samples"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
PATIENCE = 120_000
COLOURS = 200
PHONE = {"width": 390, "height": 780}


@contextmanager
def page_of_the_sandbox() -> Iterator[str]:
    """Its address, with credits for several films."""
    with TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/bot.sqlite"}
        environment |= {"WEB_PORT": "0"}
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "bots", "web"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        ) as bot:
            try:
                assert bot.stdout
                yield next(
                    found[0] for line in bot.stdout if (found := re.findall(r"http\S+", line))
                )
            finally:
                bot.terminate()


def asks(tab: Page, words: str, *photos: str) -> None:
    """Send words, with sample photos."""
    tab.set_input_files("#picker", [SAMPLES / f"{name}.jpg" for name in photos])
    expect(tab.locator(".item.up")).to_have_count(len(photos))
    tab.fill("#text", words)
    tab.click("#send")


def keep(tab: Page, name: str) -> None:
    """As a small PNG, once it is drawn."""
    tab.wait_for_timeout(1500)  # the film's first frame, and its controls
    with Image.open(io.BytesIO(tab.screenshot())) as shot:
        few = shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(DOCS / name, optimize=True)


def main() -> None:
    """A desktop by day with a finished film, and a phone by night with one under way."""
    with page_of_the_sandbox() as address, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        desk = browser.new_page(viewport={"width": 900, "height": 960}, locale="en-US")
        desk.goto(address)
        asks(desk, "turn this into a 10-second video with soft music", "lake", "sea", "hills")
        expect(desk.locator(".film video")).to_have_count(1)
        keep(desk, "page.png")
        night = browser.new_context(
            viewport=PHONE,
            color_scheme="dark",
            has_touch=True,
            is_mobile=True,
            device_scale_factor=1.5,
            locale="en-US",
        )
        phone = night.new_page()
        phone.goto(address)
        asks(phone, "a calm video with soft piano music", "mist", "lake")
        expect(phone.locator(".film video")).to_have_count(1)
        asks(phone, "add the title Summer")
        expect(phone.locator(".status progress[value]")).to_have_count(1)
        keep(phone, "page-phone.png")
        browser.close()


if __name__ == "__main__":
    main()
