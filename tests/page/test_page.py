"""What people do with the page, in Chromium: from the first visit to a video that plays."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Locator, Page, expect

from bots.web.server.reading import STATIC
from bots.web.translate.words import words
from core.i18n import LANGUAGES, text
from tests.page.conftest import Comes
from tests.page.looking import grave, overflows
from tests.page.site import Site
from tests.process import until
from tests.world import photo

LIGHT = 150_000
"""Bytes of all that the page is made of, as they lie on disk."""
WISH = "turn this into a 2-second video"


def picked(name: str, body: bytes, mime: str = "image/jpeg") -> Any:
    """A file as a person picks it."""
    return {"name": name, "mimeType": mime, "buffer": body}


def heic() -> bytes:
    """What a phone saves."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(photo(2))).save(buffer, "HEIF")
    return buffer.getvalue()


async def names(tab: Page) -> list[str]:
    """The picked files in their order."""
    labels = await tab.locator(".pick").evaluate_all("all => all.map(one => one.ariaLabel)")
    return [label.partition(",")[0] for label in labels]


async def drags(tab: Page, what: Locator, there: Locator) -> None:
    """Hold it with the mouse and let it go over the other."""
    boxes = [await one.bounding_box() for one in (what, there)]
    (x, y), (left, top) = [(box["x"] + 30, box["y"] + 30) for box in boxes if box]
    await tab.mouse.move(x, y)
    await tab.mouse.down()
    await tab.mouse.move(left, top, steps=8)
    await tab.mouse.up()


async def says(tab: Page, words: str) -> None:
    await tab.fill("#text", words)
    await tab.press("#text", "Enter")


PLAYS = """film => new Promise(done => {
  film.muted = true; film.ontimeupdate = () => film.currentTime > 0.2 && done(film.videoWidth);
  film.play() })"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_weighs_little(language: str) -> None:
    """With the words of any language, and not even packed."""
    said = len(str(words(language, 10, 1)).encode())
    assert sum(file.stat().st_size for file in STATIC.iterdir()) + said < LIGHT


def test_no_script_takes_words_for_markup() -> None:
    scripts = {file.name: file.read_text(encoding="utf-8") for file in STATIC.glob("*.js")}
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
    assert {name for name, code in scripts.items() if any(it in code for it in forbidden)} == set()


async def test_from_the_first_visit_to_a_video_its_change_and_the_way_back(
    visitor: Comes, here: Site
) -> None:
    me = await visitor()
    tab = await me.opens()
    await expect(tab.locator("#hello")).to_contain_text("200 MB")
    await expect(tab.get_by_text("Drop a photo anywhere on this page")).to_be_visible()
    await expect(tab.get_by_text("Add a photo, say")).to_be_hidden()
    assert await grave(tab) == []

    files = [picked("a.jpg", photo()), picked("b.heic", heic(), ""), picked("c.jpg", photo(1))]
    await tab.set_input_files("#picker", files)
    await expect(tab.locator(".item.up")).to_have_count(3)
    await tab.locator(".pick").nth(2).press("ArrowLeft")
    assert await names(tab) == ["a.jpg", "c.jpg", "b.heic"]
    await drags(tab, tab.locator(".pick").nth(2), tab.locator(".pick").nth(0))
    assert await names(tab) == ["b.heic", "a.jpg", "c.jpg"]
    await tab.locator(".off").nth(2).click()
    assert await names(tab) == ["b.heic", "a.jpg"]
    assert await grave(tab) == []

    here.hold()
    await says(tab, WISH)
    await expect(tab.locator(".status .now")).to_have_count(1)
    await expect(tab.locator(".message.you img")).to_have_count(2)
    assert await grave(tab) == []
    await tab.fill("#text", "not sent yet")
    await tab.reload()  # in the middle of it
    await expect(tab.locator(".status progress")).to_have_count(1)
    await expect(tab.locator("#text")).to_have_value("not sent yet")
    await expect(tab.get_by_role("button", name=text("button.cancel", "en"))).to_be_visible()
    here.let()

    film = tab.locator(".film video")
    await expect(film).to_have_count(1)
    assert await film.evaluate(PLAYS) > 0
    await expect(tab.locator(".status")).to_have_count(0)
    load = tab.get_by_role("link", name="Download")
    got = await me.context.request.get(me.address[:-1] + str(await load.get_attribute("href")))
    assert "attachment" in got.headers["content-disposition"]

    await says(tab, "add the title Summer")
    await expect(film).to_have_count(2)
    await tab.get_by_role("button", name=text("button.undo", "en")).click()
    await expect(film).to_have_count(3)
    await tab.click("#commands-open")
    await tab.get_by_role("button", name="/history").press("Enter")
    shown = tab.locator(".message.bot").last.locator(".picture img, .still video")
    await expect(shown).to_have_count(1)
    assert await grave(tab) == []
    await tab.emulate_media(color_scheme="dark")
    assert await grave(tab) == []
    assert [url for url in me.asked if not url.startswith((me.address, "blob:"))] == []


async def test_a_lost_line_a_new_start_and_a_second_tab_lose_nothing(
    visitor: Comes, here: Site
) -> None:
    me = await visitor()
    first, second = await me.opens(), await me.opens()
    await first.set_input_files("#picker", [picked("a.jpg", photo())])
    await expect(first.locator(".item.up")).to_have_count(1)
    here.hold()
    await says(first, WISH)
    await expect(second.locator(".status .now")).to_have_count(1)
    await until(lambda: here.standin.asked("render"))

    await here.stop()
    lost = text("web.lost", "en")
    await expect(first.locator("#banner")).to_have_text(lost)
    await says(first, "/help")
    await first.fill("#text", "begun meanwhile")
    await first.set_input_files("#picker", [picked("later.jpg", photo(1))])
    await expect(first.locator(".waiting")).to_have_count(1)
    await here.start()
    here.let()
    for tab in (first, second):
        await expect(tab.locator(".film video")).to_have_count(1)
        await expect(tab.locator(".message.you")).to_have_count(2)
        await expect(tab.locator(".waiting")).to_have_count(0)
        await expect(tab.locator("#banner")).not_to_have_text(lost)
    await expect(first.locator(".item.up")).to_have_count(1)
    await expect(first.locator("#text")).to_have_value("begun meanwhile")

    await me.context.set_offline(True)
    await expect(first.locator("#banner")).to_have_text(lost)
    await says(first, "/credits")
    await me.context.set_offline(False)
    await expect(second.locator(".message.you", has_text="/credits")).to_have_count(1)
    await second.select_option("#language", "de")
    await expect(first.locator("html[lang=de]")).to_have_count(1)
    await expect(first.locator("#text")).to_have_attribute("placeholder", text("web.write", "de"))
    await says(first, "/language en")  # and the other way round
    await expect(second.locator("html[lang=en]")).to_have_count(1)


async def test_wrong_files_are_told_in_words_and_the_rest_stays(
    visitor: Comes, tmp_path: Path
) -> None:
    me = await visitor()
    tab = await me.opens()
    notice, items = tab.locator("#notice"), tab.locator(".item")
    await tab.set_input_files("#picker", [picked("good.jpg", photo())])
    await expect(tab.locator(".item.up")).to_have_count(1)
    await tab.set_input_files("#picker", [picked("page.exe", b"MZ" + bytes(400), "")])
    await expect(notice).to_have_text(text("web.error_kind", "en"))
    await tab.set_input_files("#picker", [picked("none.jpg", b"")])
    await expect(notice).to_contain_text("none.jpg is empty")
    large = tmp_path / "film.mov"
    with large.open("wb") as file:
        file.truncate(201 * 2**20)
    asked = len(me.asked)
    await tab.set_input_files("#picker", large)
    await expect(notice).to_contain_text("201 MB")
    await expect(items).to_have_count(1)
    assert [url for url in me.asked[asked:] if "/api/files" in url] == []
    await tab.reload()
    await expect(tab.locator(".item.up")).to_have_count(1)


@pytest.mark.parametrize(
    ("locale", "language", "direction"), [("zh-CN", "zh-Hans", "ltr"), ("ar-EG", "ar", "rtl")]
)
async def test_a_phone_shows_it_in_its_language_and_nothing_sticks_out(
    visitor: Comes, locale: str, language: str, direction: str
) -> None:
    me = await visitor(
        locale=locale, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    tab = await me.opens()
    await expect(tab.locator("html")).to_have_attribute("dir", direction)
    await expect(tab.locator("html")).to_have_attribute("lang", language)
    await expect(tab.locator("#hello h3")).to_have_text(text("web.hello", language))
    await expect(tab.get_by_text(text("web.hello_touch", language))).to_be_visible()
    await expect(tab.get_by_text(text("web.hello_text", language))).to_be_hidden()
    await expect(tab.locator("#photograph")).to_be_visible()
    assert await grave(tab) == []
    assert not await overflows(tab)
    await tab.fill("#text", "/help")
    await tab.tap("#send")
    await expect(tab.locator(f".message.bot[lang={language}]")).to_have_count(1)
    await tab.set_viewport_size({"width": 320, "height": 640})
    await tab.set_input_files("#picker", [picked(f"{n}.jpg", photo(n)) for n in range(5)])
    await expect(tab.locator(".item.up")).to_have_count(5)
    assert not await overflows(tab)


async def test_all_of_it_goes_by_keyboard(visitor: Comes) -> None:
    me = await visitor()
    tab = await me.opens()
    pressed = tab.keyboard
    await tab.focus("#language")
    await pressed.press("Shift+Tab")
    await expect(tab.locator("#commands-open")).to_be_focused()
    await pressed.press("Enter")
    await expect(tab.locator(".choice").first).to_be_focused()
    await pressed.press("Escape")
    await expect(tab.locator("#commands-open")).to_be_focused()
    await tab.get_by_role("button", name=text("web.sample", "en", number=1)).press("Enter")
    await expect(tab.locator(".item.up")).to_have_count(1)
    await tab.locator(".pick").press("Delete")
    await expect(tab.locator("#text")).to_be_focused()
    await tab.focus("#photograph")
    await pressed.press("Enter")
    await expect(tab.locator("#view")).to_be_visible()
    await tab.locator("#view").evaluate(
        "view => view.videoWidth || new Promise(done => (view.onplaying = done))"
    )
    await tab.focus("#shutter")
    await pressed.press("Enter")
    await expect(tab.locator(".item.up")).to_have_count(1)
    assert await names(tab) == ["photo.jpg"]
    await tab.locator(".pick").press("Delete")
    await pressed.type("/hel")
    await pressed.press("ArrowDown")
    await expect(tab.get_by_role("button", name="/help")).to_be_focused()
    await pressed.press("Enter")
    await expect(tab.locator(".message.bot")).to_have_count(1)
    await expect(tab.locator("#text")).to_be_focused()
    await expect(tab.locator("#said")).not_to_be_empty()
    await pressed.type("my cat")
    await pressed.press("Shift+Enter")
    await pressed.type("and dog")
    await pressed.press("Enter")
    own = tab.locator(".message.you", has_text="and dog")
    await own.get_by_role("button", name=text("web.edit", "en")).press("Enter")
    await expect(tab.locator("#text")).to_have_value("my cat\nand dog")
    await pressed.press("Escape")
    await expect(tab.locator("#text")).to_have_value("")
    await own.get_by_role("button", name=text("web.edit", "en")).press("Enter")
    await tab.fill("#text", "my dog alone")
    await pressed.press("Enter")
    changed = tab.locator(".message.you", has_text="my dog alone")
    await expect(changed).to_contain_text(text("web.edited", "en"))
