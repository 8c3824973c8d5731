"""The videos themselves: codecs, size, length, order of boxes, motion, cross-fades, titles, sound,
odd pictures."""

import io
import struct
from array import array
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image, ImageStat

from bots.sandbox.samples import sample_picture
from bots.sandbox.standin import video
from bots.sandbox.standin.video import Film, Music, Recording, Shot, Title, title
from bots.sandbox.standin.video.motion import MOTIONS, camera
from bots.sandbox.standin.video.music import STYLES

FRAME = (320, 180)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A landscape with detail in it."""
    path = tmp_path_factory.mktemp("scene") / "scene.jpg"
    sample_picture(0, (480, 320)).save(path)
    return path


def plain(path: Path, colour: str, size: tuple[int, int] = (480, 270)) -> Path:
    """A picture of one colour."""
    Image.new("RGB", size, colour).save(path)
    return path


def made(film: Film, path: Path) -> Path:
    video.make(film, path, lambda share: None, lambda: False)
    return path


def picture_at(path: Path, seconds: float) -> Image.Image:
    """The frame shown at a moment."""
    with av.open(str(path)) as source:
        for frame in source.decode(video=0):
            if frame.time is not None and frame.time >= seconds - 1e-6:
                image: Image.Image = frame.to_image()
                return image
    raise AssertionError("the film is shorter")


def colour(image: Image.Image, x: float = 0.5, y: float = 0.5) -> tuple[int, ...]:
    """The mean colour around a place, given as shares of width and height."""
    left, top = int(image.width * x), int(image.height * y)
    return tuple(
        round(value)
        for value in ImageStat.Stat(image.crop((left - 3, top - 3, left + 3, top + 3))).mean
    )


def close(one: tuple[int, ...], other: tuple[int, ...], far: int = 12) -> bool:
    return all(abs(a - b) <= far for a, b in zip(one, other, strict=True))


def boxes(path: Path) -> list[str]:
    """Names of the outermost MP4 boxes in order."""
    data, at, names = path.read_bytes(), 0, []
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        names.append(name.decode())
        at += size
    return names


def loudness(path: Path, begin: float, end: float) -> float:
    """Mean of the squares of the left channel between two moments."""
    samples: array[float] = array("f")
    with av.open(str(path)) as source:
        for frame in source.decode(audio=0):
            samples.frombytes(bytes(frame.planes[0])[: frame.samples * 4])
    part = samples[int(begin * 48000) : int(end * 48000)]
    return sum(value * value for value in part) / len(part)


@pytest.mark.parametrize(
    ("size", "seconds"),
    [((320, 180), 3.367), ((180, 320), 1.0), ((180, 180), 0.5), ((180, 224), 2.5)],
)
def test_a_film_is_h264_and_aac_of_the_asked_size_and_length(
    scene: Path, tmp_path: Path, size: tuple[int, int], seconds: float
) -> None:
    path = made(
        Film(size, seconds, (Shot(scene, 0, seconds),), music=Music("soft")), tmp_path / "x.mp4"
    )
    with av.open(str(path)) as source:
        pictures, tones = source.streams.video[0], source.streams.audio[0]
        assert (pictures.codec_context.name, pictures.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (pictures.width, pictures.height) == size
        assert (tones.codec_context.name, tones.layout.name, tones.rate) == ("aac", "stereo", 48000)
        assert pictures.duration is not None
        assert pictures.time_base is not None
        assert float(pictures.duration * pictures.time_base) == pytest.approx(seconds, abs=0.02)
        assert source.duration is not None
        assert source.duration / av.time_base == pytest.approx(seconds, abs=0.05)
        assert pictures.codec_context.color_range == 1
    order = boxes(path)
    assert order.index("moov") < order.index("mdat")


def test_the_picture_never_stands_still(scene: Path, tmp_path: Path) -> None:
    path = made(Film(FRAME, 2.0, (Shot(scene, 0, 2.0),), closing=0), tmp_path / "x.mp4")
    first, later = picture_at(path, 0.1), picture_at(path, 1.8)
    assert first.tobytes() != later.tobytes()
    assert ImageStat.Stat(first).mean != ImageStat.Stat(later).mean


@pytest.mark.parametrize("motion", MOTIONS)
@pytest.mark.parametrize("picture", [(2266, 1274), (2266, 1510), (2266, 3000), (5000, 1274)])
def test_the_camera_stays_inside_the_picture_and_keeps_the_frames_shape(
    motion: str, picture: tuple[int, int]
) -> None:
    way = camera(motion, 4.0, picture, (1920, 1080))
    for step in range(11):
        left, top, right, bottom = way.box(step / 10, picture, (1920, 1080))
        assert left >= 0
        assert top >= 0
        assert right <= picture[0]
        assert bottom <= picture[1]
        assert (right - left) / (bottom - top) == pytest.approx(1920 / 1080, rel=0.001)


@pytest.mark.parametrize("motion", MOTIONS)
def test_the_camera_moves_evenly(motion: str) -> None:
    way = camera(motion, 4.0, (2266, 1510), (1920, 1080))
    lefts = [way.box(frame / 120, (2266, 1510), (1920, 1080))[0] for frame in range(121)]
    steps = [b - a for a, b in pairwise(lefts)]
    assert max(steps) - min(steps) < 0.6


def test_shots_melt_into_one_another(tmp_path: Path) -> None:
    red, blue = plain(tmp_path / "r.png", "#c02020"), plain(tmp_path / "b.png", "#2020c0")
    shots = (Shot(red, 0, 1.0), Shot(blue, 1.0, 1.0, fade=0.6))
    path = made(Film(FRAME, 2.0, shots, closing=0), tmp_path / "x.mp4")
    assert close(colour(picture_at(path, 0.5)), (192, 32, 32))
    assert close(colour(picture_at(path, 1.0)), (112, 32, 112))
    assert close(colour(picture_at(path, 1.5)), (32, 32, 192))


def test_without_a_cross_fade_the_cut_is_hard(tmp_path: Path) -> None:
    red, blue = plain(tmp_path / "r.png", "#c02020"), plain(tmp_path / "b.png", "#2020c0")
    path = made(
        Film(FRAME, 2.0, (Shot(red, 0, 1.0), Shot(blue, 1.0, 1.0)), closing=0), tmp_path / "x.mp4"
    )
    assert close(colour(picture_at(path, 29 / 30)), (192, 32, 32))
    assert close(colour(picture_at(path, 1.0)), (32, 32, 192))


def test_the_film_begins_at_once_and_ends_in_black(tmp_path: Path) -> None:
    path = made(
        Film(FRAME, 2.0, (Shot(plain(tmp_path / "r.png", "#c02020"), 0, 2.0),)), tmp_path / "x.mp4"
    )
    assert close(colour(picture_at(path, 0.0)), (192, 32, 32))
    assert close(colour(picture_at(path, 59 / 30)), (0, 0, 0))


@pytest.mark.parametrize(
    ("photo", "frame"),
    [((300, 500), FRAME), ((500, 300), (180, 320)), ((220, 500), FRAME), ((400, 400), FRAME)],
)
def test_a_photo_of_another_shape_stands_whole_before_a_blurred_copy(
    tmp_path: Path, photo: tuple[int, int], frame: tuple[int, int]
) -> None:
    path = tmp_path / "p.png"
    Image.new("RGB", photo, "#30a060").save(path)
    image = picture_at(
        made(Film(frame, 1.0, (Shot(path, 0, 1.0),), closing=0), tmp_path / "x.mp4"), 0.5
    )
    assert close(colour(image), (48, 160, 96))
    edge = colour(image, 0.04, 0.5) if frame[0] > frame[1] else colour(image, 0.5, 0.03)
    assert edge[1] > 60, "not black"
    assert edge[1] > edge[0], "a copy of the photo"
    assert edge[1] < 150, "darker than the photo"


def test_a_photo_of_nearly_the_frames_shape_fills_it(tmp_path: Path) -> None:
    path = plain(tmp_path / "p.png", "#30a060", (400, 300))
    image = picture_at(
        made(Film(FRAME, 1.0, (Shot(path, 0, 1.0),), closing=0), tmp_path / "x.mp4"), 0.5
    )
    assert all(
        close(colour(image, x, y), (48, 160, 96)) for x in (0.03, 0.97) for y in (0.05, 0.95)
    )


def test_a_phones_orientation_is_respected(tmp_path: Path) -> None:
    picture = Image.new("RGB", (400, 300), "red")
    picture.paste("blue", (0, 0, 400, 150))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right: what is at the top belongs to the right
    picture.save(tmp_path / "p.jpg", exif=exif)
    upright = video.open_upright(tmp_path / "p.jpg")
    assert upright.size == (300, 400)
    assert colour(upright, 0.9)[2] > 200
    assert colour(upright, 0.1)[0] > 200


def grey16() -> Image.Image:
    ramp = Image.new("I;16", (64, 64))
    ramp.putdata([x * 256 for _ in range(64) for x in range(64)])
    return ramp


@pytest.mark.parametrize(
    ("picture", "form", "middle"),
    [
        (lambda: Image.new("RGBA", (64, 64), (255, 0, 0, 0)), "PNG", (255, 255, 255)),
        (lambda: Image.new("RGBA", (64, 64), (255, 0, 0, 128)), "WEBP", (255, 127, 127)),
        (lambda: Image.new("P", (64, 64), 3), "GIF", None),
        (lambda: Image.new("L", (64, 64), 77), "JPEG", (77, 77, 77)),
        (lambda: Image.new("CMYK", (64, 64), (0, 0, 0, 0)), "JPEG", (255, 255, 255)),
        (lambda: Image.new("1", (64, 64), 1), "PNG", (255, 255, 255)),
        (grey16, "PNG", (129, 129, 129)),
    ],
)
def test_pictures_of_every_mode_become_rgb(
    picture: Callable[[], Image.Image], form: str, middle: tuple[int, int, int] | None
) -> None:
    buffer = io.BytesIO()
    picture().save(buffer, form)
    opened = video.open_upright(buffer.getvalue())
    assert (opened.mode, opened.size) == ("RGB", (64, 64))
    assert middle is None or close(colour(opened), middle, 6)


@pytest.mark.parametrize("damage", [b"", b"no picture", b"\xff\xd8\xff\xe0" + b"x" * 100])
def test_what_is_no_picture_is_told_apart(damage: bytes) -> None:
    with pytest.raises(video.Undecodable):
        video.open_upright(damage)


def test_a_truncated_photo_is_undecodable() -> None:
    buffer = io.BytesIO()
    sample_picture(1, (480, 320)).save(buffer, "JPEG")
    with pytest.raises(video.Undecodable):
        video.open_upright(buffer.getvalue()[:4000])


def test_a_picture_of_far_too_many_pixels_is_refused(tmp_path: Path) -> None:
    Image.new("1", (12_000, 9_000)).save(tmp_path / "huge.png")
    with pytest.raises(video.Undecodable):
        video.open_upright(tmp_path / "huge.png")


def test_tiny_photos_are_enlarged(tmp_path: Path) -> None:
    path = plain(tmp_path / "p.png", "#30a060", (1, 1))
    image = picture_at(
        made(Film(FRAME, 1.0, (Shot(path, 0, 1.0),), closing=0), tmp_path / "x.mp4"), 0.5
    )
    assert close(colour(image), (48, 160, 96))


def whiteness(image: Image.Image) -> int:
    """Pixels that are nearly white."""
    return sum(image.convert("L").histogram()[225:])


@pytest.mark.parametrize(
    "words", ["Summer", "海边的夏天", "Ägypten — été", "여름 방학", "हमारी छुट्टियाँ", "صيفنا"]
)
def test_a_title_comes_and_goes(tmp_path: Path, words: str) -> None:
    shot = Shot(plain(tmp_path / "p.png", "#406080"), 0, 3.0)
    path = made(Film(FRAME, 3.0, (shot,), (Title(words, 0.0, 2.0),), closing=0), tmp_path / "x.mp4")
    seen = [whiteness(picture_at(path, moment)) for moment in (0.0, 1.0, 2.5)]
    assert seen[0] == seen[2] == 0
    assert seen[1] > 60


def test_a_title_is_legible_on_white(tmp_path: Path) -> None:
    shot = Shot(plain(tmp_path / "p.png", "white"), 0, 2.0)
    path = made(
        Film(FRAME, 2.0, (shot,), (Title("Summer", 0.0, 2.0),), closing=0), tmp_path / "x.mp4"
    )
    image = picture_at(path, 1.0).convert("L")
    assert sum(image.histogram()[:140]) > 300, "a shadow stands behind the letters"


def test_the_lines_of_a_title_are_balanced() -> None:
    length = title.measure(40)
    width = length("Summer by the")
    assert title.balanced("Summer by the Sea", length, width) == ["Summer", "by the Sea"]
    assert title.balanced("很长的标题", length, 10_000) == ["很长的标题"]
    assert title.wrapped("여름방학 여행", length, length("여름방학 여")) == ["여름방학", "여행"]


def test_a_title_stands_where_it_is_put(tmp_path: Path) -> None:
    places = [title.draw(Title("Summer", 0, 1, place), FRAME) for place in title.Place]
    tops = [drawn.corner[1] for drawn in places if drawn is not None]
    assert tops == sorted(set(tops))
    assert len(tops) == len(title.Place)


@pytest.mark.parametrize("frame", [(320, 180), (180, 320)])
@pytest.mark.parametrize(
    "words", ["A very long title that nobody would ever put on a picture of this size", "很长" * 20]
)
def test_a_long_title_is_broken_into_lines_that_fit(frame: tuple[int, int], words: str) -> None:
    drawn = title.draw(Title(words, 0, 1), frame)
    assert drawn is not None
    assert drawn.letters.width <= frame[0]
    assert drawn.corner[0] >= 0
    assert drawn.corner[1] + drawn.letters.height <= frame[1]
    assert ImageStat.Stat(drawn.letters.crop((0, 0, 2, drawn.letters.height))).sum == [0], (
        "no letter at the edge"
    )


@pytest.mark.parametrize("style", list(STYLES))
def test_every_style_is_heard_and_dies_away(scene: Path, tmp_path: Path, style: str) -> None:
    path = made(Film((64, 36), 2.0, (Shot(scene, 0, 2.0),), music=Music(style)), tmp_path / "x.mp4")
    assert 0.001 < loudness(path, 0.6, 1.2) < 0.1
    assert loudness(path, 1.97, 2.0) < 0.0003


def test_no_music_is_silence_and_volume_is_heard(scene: Path, tmp_path: Path) -> None:
    films = [
        made(Film((64, 36), 2.0, (Shot(scene, 0, 2.0),), music=music), tmp_path / f"{number}.mp4")
        for number, music in enumerate((None, Music("soft", 0.1), Music("soft", 0.4)))
    ]
    silent, low, high = (loudness(path, 0.8, 1.3) for path in films)
    assert silent < 1e-8
    assert high > 8 * low


def tone(path: Path, seconds: float, codec: str = "aac") -> Path:
    """A sound file with a plain tone."""
    with av.open(str(path), "w") as target:
        stream = target.add_stream(codec, rate=44100, layout="mono")
        assert isinstance(stream, av.AudioStream)
        graph = av.filter.Graph()
        source = graph.add("sine", f"frequency=440:sample_rate=44100:duration={seconds}")
        source.link_to(graph.add("abuffersink"))
        graph.configure()
        while True:
            try:
                frame = graph.pull()
            except EOFError:
                break
            assert isinstance(frame, av.AudioFrame)
            frame.pts = None
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.m4a", "aac"), ("a.aac", "aac"), ("a.mp3", "mp3"), ("a.wav", "pcm_s16le")],
)
def test_sound_files_are_probed_and_played(
    scene: Path, tmp_path: Path, name: str, codec: str
) -> None:
    path = tone(tmp_path / name, 1.0, codec)
    facts = video.probe(path)
    assert (facts.width, facts.sound) == (0, True)
    assert facts.seconds == pytest.approx(1.0, abs=0.1)
    film = Film((64, 36), 2.0, (Shot(scene, 0, 2.0),), recordings=(Recording(path, 0.5, 1.0),))
    heard = made(film, tmp_path / "x.mp4")
    assert loudness(heard, 0.0, 0.45) < 1e-6
    assert loudness(heard, 0.7, 1.2) > 1e-3
    assert loudness(heard, 1.7, 2.0) < 1e-6


def clip(path: Path, colours: tuple[str, ...], size: tuple[int, int] = (320, 180)) -> Path:
    """A film that shows each colour for a second."""
    with av.open(str(path), "w") as target:
        stream = target.add_stream("libx264", rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for name in colours:
            for _ in range(10):
                target.mux(stream.encode(av.VideoFrame.from_image(Image.new("RGB", size, name))))
        target.mux(stream.encode(None))
    return path


def test_a_film_is_probed_and_played_at_its_own_pace(tmp_path: Path) -> None:
    source = clip(tmp_path / "c.mp4", ("#c02020", "#2020c0"))
    facts = video.probe(source)
    assert (facts.width, facts.height, facts.sound, facts.fps) == (320, 180, False, 10)
    assert facts.seconds == pytest.approx(2.0, abs=0.05)
    path = made(Film(FRAME, 3.0, (Shot(source, 0, 3.0, film=True),), closing=0), tmp_path / "x.mp4")
    assert close(colour(picture_at(path, 0.5)), (192, 32, 32))
    assert close(colour(picture_at(path, 1.5)), (32, 32, 192))
    assert close(colour(picture_at(path, 2.8)), (32, 32, 192)), "the last picture stays"


def test_an_upright_film_stands_before_a_blurred_copy(tmp_path: Path) -> None:
    source = clip(tmp_path / "c.mp4", ("#30a060",), (90, 160))
    image = picture_at(
        made(Film(FRAME, 1.0, (Shot(source, 0, 1.0, film=True),), closing=0), tmp_path / "x.mp4"),
        0.5,
    )
    assert close(colour(image), (48, 160, 96))
    assert 60 < colour(image, 0.05)[1] < 150


@pytest.mark.parametrize("content", [b"", b"not a film" * 100])
def test_what_is_no_film_is_told_apart(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "c.mp4").write_bytes(content)
    with pytest.raises(video.Undecodable):
        video.probe(tmp_path / "c.mp4")


def test_progress_rises_to_one_and_a_render_can_be_stopped(scene: Path, tmp_path: Path) -> None:
    shares: list[float] = []
    film = Film((64, 36), 1.0, (Shot(scene, 0, 1.0),))
    video.make(film, tmp_path / "x.mp4", shares.append, lambda: False)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    with pytest.raises(video.Cancelled):
        video.make(film, tmp_path / "y.mp4", shares.append, lambda: True)


@pytest.mark.parametrize("frame", [(320, 180), (180, 320)])
@pytest.mark.parametrize("upright", [False, True])
def test_the_camera_goes_along_a_panorama_that_fills_the_frame(
    tmp_path: Path, frame: tuple[int, int], upright: bool
) -> None:
    panorama = Image.linear_gradient("L").rotate(90).resize((900, 200)).convert("RGB")
    (panorama.rotate(-90, expand=True) if upright else panorama).save(tmp_path / "panorama.png")
    path = made(
        Film(frame, 3.0, (Shot(tmp_path / "panorama.png", 0, 3.0),), closing=0), tmp_path / "x.mp4"
    )
    first, last = picture_at(path, 0.1), picture_at(path, 2.9)
    assert abs(colour(last)[0] - colour(first)[0]) > 15
    for image in (first, last):  # no bars and no blurred ground: it is as bright from side to side
        across = [
            colour(image, 0.5, share) if not upright else colour(image, share, 0.5)
            for share in (0.05, 0.5, 0.95)
        ]
        assert all(close(one, across[0], 6) for one in across)


@pytest.mark.parametrize("motion", [*MOTIONS, "still"])
def test_a_panorama_is_shown_whole_where_there_is_time_and_never_in_a_rush(motion: str) -> None:
    whole = camera(motion, 30.0, (6000, 1274), (1920, 1080))
    ends = [whole.box(share, (6000, 1274), (1920, 1080)) for share in (0, 1)]
    if motion != "still":
        assert (min(end[0] for end in ends), max(end[2] for end in ends)) == pytest.approx(
            (0, 6000)
        )
    short = camera(motion, 1.0, (6000, 1274), (1920, 1080))
    begin, end = (short.box(share, (6000, 1274), (1920, 1080)) for share in (0, 1))
    assert abs(end[0] - begin[0]) <= 0.31 * (begin[2] - begin[0])
    assert (begin[0] + end[0]) / 2 == pytest.approx((6000 - (end[2] - end[0])) / 2, abs=1)
