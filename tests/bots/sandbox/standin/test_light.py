"""The light and the colours of the pictures, from the words to the frames."""

from dataclasses import replace

import pytest
from PIL import Image

from bots.sandbox.standin import draft
from bots.sandbox.standin.answers import phrases, told
from bots.sandbox.standin.draft import LIGHTEST, Piece, Timeline, Words
from bots.sandbox.standin.edits import changed
from bots.sandbox.standin.video.look import Look
from bots.sandbox.standin.video.planes import BLACK, GREY, WHITE, from_image
from bots.sandbox.standin.video.title import Title, draw
from bots.sandbox.standin.wishes import read

TIMELINE = Timeline((Piece("1.jpg", "u"),), 3_000)


@pytest.mark.parametrize(
    ("words", "language", "light", "tone"),
    [
        ("make it brighter", "en", 1, "plain"),
        ("it's too dark", "en", 1, "plain"),
        ("make it darker and slower", "en", -1, "plain"),
        ("black and white please", "en", 0, "grey"),
        ("warmer colours", "en", 0, "warm"),
        ("make it lighter and add the title Black and White", "en", 1, "plain"),
        ("make the title brighter", "en", 0, "plain"),
        ("a video of a bright morning", "en", 0, "plain"),
        ("mach es heller", "de", 1, "plain"),
        ("schwarz-weiß und etwas dunkler", "de", -1, "grey"),
        ("hazlo más claro", "es", 1, "plain"),
        ("en blanco y negro", "es", 0, "grey"),
        ("亮一点", "zh", 1, "plain"),
        ("改成黑白", "zh", 0, "grey"),
        ("もっと明るく", "ja", 1, "plain"),
        ("сделай потемнее", "ru", -1, "plain"),
        ("zu hell, und die Schrift im Titel heller", "de", -1, "plain"),
    ],
)
def test_light_and_colours_are_read_from_words(
    words: str, language: str, light: int, tone: str
) -> None:
    after, _ = changed(TIMELINE, read(words, language))
    assert (after.light, after.tone) == (light, tone)


def test_it_is_said_written_and_read_again() -> None:
    wishes = read("make it darker and black and white")
    after, changes = changed(TIMELINE, wishes)
    assert told(wishes, after, changes) == (
        "The pictures are darker now. It is black and white now."
    )
    again = draft.read(draft.write(after))
    assert (again.light, again.tone) == (-1, "grey")
    assert "light" not in draft.write(TIMELINE)["m"]
    back, changes = changed(after, read("back to colour"))
    assert (back.tone, changes) == ("plain", ("tone",))


def test_there_is_an_end_to_the_light_and_a_spoilt_draft_has_its_own() -> None:
    timeline = TIMELINE
    for _ in range(LIGHTEST + 2):
        timeline, changes = changed(timeline, read("brighter"))
    assert (timeline.light, changes) == (LIGHTEST, ())
    spoilt = draft.write(TIMELINE)
    spoilt["m"] |= {"light": "very", "tone": "gaudy"}
    assert (draft.read(spoilt).light, draft.read(spoilt).tone) == (0, "plain")


@pytest.mark.parametrize("language", sorted(phrases()))
def test_each_change_is_told_in_every_language(language: str) -> None:
    keys = ("light_up", "light_down", "tone_grey", "tone_warm", "tone_plain")
    assert len({phrases()[language][key] for key in keys}) == len(keys)


@pytest.mark.parametrize(
    ("words", "language", "scale"),
    [
        ("make the text bigger", "en", 1.35),
        ("the title is too big", "en", 0.74),
        ("mach die schrift größer", "de", 1.35),
        ("la letra más grande", "es", 1.35),
        ("字太小了看不清", "zh", 1.35),
        ("字小一点", "zh", 0.74),
        ("make it bigger", "en", 1.0),
    ],
)
def test_a_title_that_is_there_becomes_larger_or_smaller(
    words: str, language: str, scale: float
) -> None:
    titled = replace(TIMELINE, words=Words("Hi"))
    after, changes = changed(titled, read(words, language))
    assert after.words is not None
    assert (after.words.text, after.words.scale) == ("Hi", scale)
    assert draft.read(draft.write(after)).words == after.words
    assert changed(TIMELINE, read(words, language))[0].words is None
    if scale != 1:
        key = "title_bigger" if scale > 1 else "title_smaller"
        assert told(read(words, language), after, changes) == phrases()[language][key]


def test_letters_are_drawn_as_large_as_the_title_says() -> None:
    drawn = [draw(Title("Hi", 0, 1, scale=scale), (640, 360)) for scale in (0.7, 1.0, 1.5)]
    heights = [each.letters.height for each in drawn if each]
    assert heights == sorted(set(heights))


def luma(look: Look, shade: int) -> int:
    picture = look.on(from_image(Image.new("RGB", (4, 4), (shade, shade, shade))))
    return int(picture.y.getpixel((0, 0)))  # type: ignore[arg-type]


def test_black_and_white_stay_what_they_are_and_all_between_moves() -> None:
    for light in (-LIGHTEST, -1, 1, LIGHTEST):
        assert (luma(Look(light), 0), luma(Look(light), 255)) == (BLACK, WHITE)
    shades = [luma(Look(light), 120) for light in range(-LIGHTEST, LIGHTEST + 1)]
    assert shades == sorted(set(shades))


def test_colours_go_or_become_warmer() -> None:
    blue = from_image(Image.new("RGB", (4, 4), (40, 60, 200)))
    grey, warm = Look(tone="grey").on(blue), Look(tone="warm").on(blue)
    assert (grey.u.getpixel((0, 0)), grey.v.getpixel((0, 0))) == (GREY, GREY)
    assert warm.u.getpixel((0, 0)) < blue.u.getpixel((0, 0))  # type: ignore[operator]
    assert warm.v.getpixel((0, 0)) > blue.v.getpixel((0, 0))  # type: ignore[operator]
    assert Look().on(blue).y is blue.y
