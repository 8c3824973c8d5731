"""The stand-in's film against bare x264: a photograph that moves, with music, beside the encoding
of as many pictures alone."""

from fractions import Fraction
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import av
from PIL import Image

from benchmarks.measuring import Scale, arguments, child, ratio, say, spent
from benchmarks.report import Figure, Table
from bots.sandbox.samples import sample_photo, sample_picture
from bots.sandbox.standin import video
from bots.sandbox.standin.video.film import ENCODING, FPS

TITLE = "A film of the stand-in"
GOAL = 2.0
ZOOM = 0.15


async def run(scale: Scale) -> Table:
    """Ours and the encoder in turn."""
    seconds, size = scale.of(6, 2), scale.of((1920, 1080), (1280, 720))
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(scale.of(3, 1)):
        for kind, found in (("ours", ours), ("bare", bare)):
            async with child("film", kind, seconds, size) as other:
                found.append(await other.told())
    against, apart = ratio(ours, bare)
    beside = f"{median(ours):.1f} s CPU for {seconds} s of {size[1]}p, x264 {median(bare):.1f}"
    return Table(TITLE, (Figure("film", against, "×", GOAL, beside=beside, spread=apart),))


def ours(seconds: int, size: tuple[int, int], folder: Path) -> float:
    """As a request has it made."""
    photo = folder / "photo.jpg"
    photo.write_bytes(sample_photo())
    film = video.Film(
        size, seconds, (video.Shot(photo, 0.0, seconds),), music=video.Music("soft", 0.35)
    )
    before = spent()
    video.make(film, folder / "film.mp4", lambda share: None, lambda: False)
    return spent() - before


def bare(seconds: int, size: tuple[int, int], folder: Path) -> float:
    """The same number of pictures of the same zoom, drawn before the clock runs."""
    picture = sample_picture(0, size)
    frames = [_frame(picture, number / (seconds * FPS), size) for number in range(seconds * FPS)]
    before = spent()
    with av.open(str(folder / "film.mp4"), "w", format="mp4") as target:
        stream = target.add_stream("libx264", rate=FPS)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.options = ENCODING
        for number, frame in enumerate(frames):
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return spent() - before


def _frame(picture: Image.Image, share: float, size: tuple[int, int]) -> av.VideoFrame:
    wide, high = (each * ZOOM * share / 2 for each in size)
    box = (wide, high, size[0] - wide, size[1] - high)
    zoomed = picture.resize(size, Image.Resampling.BILINEAR, box)
    frame: av.VideoFrame = av.VideoFrame.from_image(zoomed)  # type: ignore[no-untyped-call]
    return frame.reformat(format="yuv420p")


def main() -> None:
    """One film, and the processor seconds that it took."""
    kind, seconds, size = arguments()
    with TemporaryDirectory(prefix="benchmark-") as folder:
        say({"ours": ours, "bare": bare}[kind](seconds, (size[0], size[1]), Path(folder)))


if __name__ == "__main__":
    main()
