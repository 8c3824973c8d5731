"""Draws walk.png for the README from a real run in the sandbox: `python docs/picture.py`, with
Chromium at hand."""

import base64
import html
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import av
from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bots.sandbox.samples import sample_photo  # noqa: E402
from core.i18n import text  # noqa: E402  (run as a script, the project is not on the path)

WISH = "turn this into a 10-second video with soft music"
CHANGE = "add the title Summer at the lake"
BROWSER = [
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--no-first-run",
        "--disable-sync",
    ),
    *("--disable-background-networking", "--disable-component-update", "--disable-quic"),
]
SIZE = (1440, 830)
SCALE = 1.25


@dataclass(frozen=True)
class Message:
    """One piece of the printed conversation: `you`, `bot`, or a status while it works (`…`)."""

    who: str
    text: str
    buttons: tuple[str, ...] = ()


def spoken(printed: str) -> Iterator[Message]:
    """The conversation that `python -m bots try` printed."""
    for block in re.split(r"^(?=(?:you|bot|  …)  )", printed, flags=re.M)[1:]:
        lines = [line[5:] for line in block.rstrip("\n").split("\n")]
        labels = [label for line in lines for label in re.findall(r"\[\d+\] (.+?)(?=  \[|$)", line)]
        labels += [line.split(" → ")[0] for line in lines if " → http" in line]
        kept = [line for line in lines if not re.match(r"\[\d+\] |💾 |.* → http", line)]
        yield Message(block[:5].strip(), "\n".join(kept).strip(), tuple(labels))


def walk(folder: Path) -> list[Message]:
    """A run of the sandbox; the clips are saved in the folder. A film a walk, so the first is run
    by itself."""
    (folder / "lake.jpg").write_bytes(sample_photo())
    command = [sys.executable, "-m", "bots", "try", str(folder / "lake.jpg"), WISH]
    subprocess.run(
        [*command, "--out", str(folder / "first.mp4")],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    done = subprocess.run(
        [*command, CHANGE, "--out", str(folder / "second.mp4")],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return list(spoken(done.stdout))


def embedded(picture: Image.Image, width: int) -> str:
    """A picture as an address that a page can hold."""
    buffer = io.BytesIO()
    small = picture.convert("RGB")
    small.thumbnail((width, width))
    small.save(buffer, "JPEG", quality=92)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def frame(film: Path, second: float) -> Image.Image:
    """The picture at that second."""
    with av.open(str(film)) as container:
        return next(
            one for one in container.decode(video=0) if (one.time or 0.0) >= second
        ).to_image()


def bubble(
    side: str, words: str, picture: str = "", film: bool = False, buttons: tuple[str, ...] = ()
) -> str:
    """One message of a chat as HTML."""
    over = '<span class="long">0:10</span><span class="play"></span>' if film else ""
    top = f'<div class="pic"><img src="{picture}">{over}</div>' if picture else ""
    said = re.sub(r"(https?://\S+)", r"<a>\1</a>", html.escape(words, quote=False)).replace(
        "\n", "<br>"
    )
    keys = "".join(f"<b>{html.escape(label)}</b>" for label in buttons)
    return (
        f'<div class="one {side}"><div class="bubble">{top}<p>{said}</p></div>'
        f"{f'<div class=keys>{keys}</div>' if keys else ''}</div>"
    )


def page(talk: list[Message], folder: Path) -> str:
    """The three screens."""
    said = [message for message in talk if message.who == "you"]
    states = [message for message in talk if message.who == "…"]
    first, paid, second, _ = [message for message in talk if message.who == "bot"]
    creating = next(one for one in states if one.text.startswith(text("status.creating", "en")))
    half = next(one for one in states if re.search(r"[4-7]\d %", one.text))
    photo = embedded(Image.open(folder / "lake.jpg"), 700)
    before, after = (
        embedded(frame(folder / name, at), 700)
        for name, at in (("first.mp4", 6.0), ("second.mp4", 1.6))
    )
    screens = (
        bubble("out", WISH, photo)
        + bubble("in then", states[0].text)
        + bubble("in then", creating.text)
        + bubble("in", half.text, buttons=(text("button.cancel", "en"),)),
        bubble("in", paid.text) + bubble("in", first.text, before, True, first.buttons),
        bubble("out", said[1].text) + bubble("in", second.text, after, True, second.buttons),
    )
    looks = (ROOT / "docs" / "picture.html").read_text(encoding="utf-8")
    return Template(looks).substitute(one=screens[0], two=screens[1], three=screens[2])


def main() -> None:
    """Run the walk, draw the page, and keep it as walk.png."""
    browser = (
        shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("Chromium is needed")
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "walk.html").write_text(page(walk(folder), folder), encoding="utf-8")
        shot = folder / "walk.png"
        options = (
            f"--user-data-dir={folder / 'user'}",
            f"--window-size={SIZE[0]},{SIZE[1]}",
            f"--force-device-scale-factor={SCALE}",
            f"--screenshot={shot}",
        )
        command = [browser, *BROWSER, *options, (folder / "walk.html").as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        drawn = Image.open(shot).convert("RGB")
        few = drawn.quantize(
            palette=drawn.quantize(256, Image.Quantize.FASTOCTREE),
            dither=Image.Dither.FLOYDSTEINBERG,
        )
        few.save(ROOT / "docs" / "walk.png", optimize=True)


if __name__ == "__main__":
    main()
