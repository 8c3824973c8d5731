"""Wishes on a timeline, and the timeline as a draft in short keys."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from bots.sandbox.standin import draft
from bots.sandbox.standin.draft import NotExportable, Piece, Timeline, Voice
from bots.sandbox.standin.edits import changed, rough_cut
from bots.sandbox.standin.wishes import read


def photos(count: int, size: tuple[int, int] = (400, 300)) -> tuple[Piece, ...]:
    return tuple(
        Piece(f"{number}.jpg", f"http://x/media/{number}/f", False, *size)
        for number in range(1, count + 1)
    )


def film(ms: int, sound: bool = False) -> Piece:
    return Piece("film.mp4", "http://x/media/f/f", True, 640, 360, source_ms=ms, sound=sound)


def cut(words: str, count: int = 3) -> Timeline:
    return rough_cut(photos(count), None, read(words))


def names(timeline: Timeline) -> str:
    return "".join(piece.name[0] for piece in timeline.pieces)


def test_a_rough_cut_has_the_asked_length_to_the_millisecond() -> None:
    timeline = cut("a 10-second video")
    assert timeline.ms == 10_000
    assert [piece.ms for piece in timeline.pieces] == [3333, 3334, 3333]


@pytest.mark.parametrize(("count", "ms"), [(1, 8_000), (2, 10_000), (3, 12_000), (5, 15_000)])
def test_without_a_length_the_pictures_decide(count: int, ms: int) -> None:
    assert cut("make a video", count).ms == ms


def test_a_recording_decides_the_length_where_none_is_asked() -> None:
    assert rough_cut(photos(2), Voice("v.mp3", "u", 23_400), read("make a video")).ms == 23_400


def test_a_film_keeps_its_own_length_and_photos_share_the_rest() -> None:
    timeline = rough_cut((film(2_000), *photos(2)), None, read("a 12 second video"))
    assert [piece.ms for piece in timeline.pieces] == [2_000, 5_000, 5_000]


def test_films_alone_are_stretched_in_proportion() -> None:
    timeline = rough_cut((film(4_000), film(2_000)), None, read("a 3 second video"))
    assert [piece.ms for piece in timeline.pieces] == [2_000, 1_000]


@pytest.mark.parametrize(("words", "ms"), [("a 10 minute video", 180_000), ("0.2 seconds", 1_000)])
def test_the_length_stays_within_its_limits(words: str, ms: int) -> None:
    assert cut(words).ms == ms


@pytest.mark.parametrize(
    ("sizes", "aspect"),
    [
        ([(3, 4), (3, 4), (4, 3)], "9:16"),
        ([(3, 4), (4, 3)], "16:9"),
        ([(1, 1)], "16:9"),
    ],
)
def test_upright_photos_make_an_upright_video(sizes: list[tuple[int, int]], aspect: str) -> None:
    pieces = tuple(replace(photos(1)[0], width=width, height=height) for width, height in sizes)
    assert rough_cut(pieces, None, read("a video")).aspect == aspect


def test_neighbouring_shots_move_differently() -> None:
    motions = [piece.motion for piece in cut("a video", 6).pieces]
    assert all(one != other for one, other in pairwise(motions))


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("make it 15 seconds", ("length",)),
        ("faster", ("length",)),
        ("vertical please, with the title 'Hi'", ("aspect", "title")),
        ("remove the title", ("title",)),
        ("lower the music to 20%", ("volume",)),
        ("no music", ("music",)),
        ("upbeat music", ("music",)),
        ("no transitions", ("fades",)),
        ("swap the first and second photo", ("order",)),
        ("delete the second photo", ("drop",)),
        ("make it 12 seconds", ()),
        ("delete the ninth photo", ()),
        ("swap the first and ninth photo", ()),
    ],
)
def test_each_wish_changes_what_it_names(words: str, changes: tuple[str, ...]) -> None:
    start = cut("12 seconds, title 'A', lofi music")
    after, done = changed(start, read(words))
    assert done == changes
    assert (after == start) == (not changes)


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("swap the first and last photo", "321"),
        ("put the last photo first", "312"),
        ("reverse the order", "321"),
        ("delete the second photo", "13"),
        ("删除最后一张", "12"),
        ("把第二张放到最前面", "213"),
    ],
)
def test_the_order_changes_as_asked(words: str, order: str) -> None:
    assert names(changed(cut("a video"), read(words))[0]) == order


def test_a_dropped_photo_takes_its_time_with_it() -> None:
    assert changed(cut("12 seconds"), read("delete the second photo"))[0].ms == 8_000


def test_the_only_photo_cannot_be_dropped() -> None:
    assert changed(cut("a video", 1), read("delete the first photo"))[1] == ()


def test_music_has_a_name_in_the_users_language_and_keeps_its_volume() -> None:
    timeline = changed(cut("lofi music"), read("把音乐调到20%"))[0]
    after = changed(timeline, read("换成轻快的音乐"))[0]
    assert after.bed is not None
    assert (after.bed.style, after.bed.name, after.bed.volume) == ("upbeat", "晴朗的一天", 0.2)


def test_music_is_low_while_somebody_speaks() -> None:
    timeline = rough_cut(photos(1), Voice("v.mp3", "u", 5_000), read("with soft music"))
    assert timeline.bed is not None
    assert timeline.bed.volume < 0.2


def test_a_new_title_keeps_the_length_of_the_old_one() -> None:
    timeline = cut("title 'A' for the first 2 seconds")
    after = changed(timeline, read("change the title to B"))[0]
    assert after.words is not None
    assert (after.words.text, after.words.ms) == ("B", 2_000)


def test_cross_fades_are_short_beside_short_shots() -> None:
    assert [piece.fade_ms for piece in cut("12 seconds").pieces] == [0, 800, 800]
    assert [piece.fade_ms for piece in cut("3 seconds").pieces] == [0, 350, 350]
    assert [piece.fade_ms for piece in cut("12 seconds, no transitions").pieces] == [0, 0, 0]


def test_the_draft_uses_the_documented_short_keys() -> None:
    written = draft.write(cut("10 seconds, title 'Urban Dreams', lofi music, vertical"))
    assert [track["tt"] for track in written["t"]] == [0, 1, 7]
    assert sum(segment["d"] for segment in written["t"][0]["sg"]) == written["d"] == 10_000
    assert written["t"][2]["sg"][0]["m"]["text"] == "Urban Dreams"
    assert (written["m"]["width"], written["m"]["height"]) == (1080, 1920)


def test_a_draft_is_read_back_as_it_was_written() -> None:
    timeline = rough_cut(
        (film(4_000, sound=True), *photos(2)),
        Voice("v", "u", 9_000),
        read("12s, title 'A', epic music"),
    )
    through_json = json.loads(json.dumps(draft.write(timeline)))
    assert draft.read(through_json) == timeline


def test_a_draft_holds_what_careless_clients_break() -> None:
    written = draft.write(cut("a video"))
    assert written["uid"] > 2**53
    assert written["lut"] is None
    assert "\u2028" in written["sep"]


@pytest.mark.parametrize(
    "empty", [None, {}, [], {"t": []}, {"t": [{"tt": 7, "sg": []}]}, {"t": "x"}, {"t": [1]}]
)
def test_an_empty_draft_cannot_be_exported(empty: object) -> None:
    assert not draft.exportable(empty)
    with pytest.raises(NotExportable):
        draft.read(empty)


def test_a_title_alone_is_no_video() -> None:
    only_title = {"t": [{"tt": 7, "sg": [{"d": 3000, "m": {"text": "Hi"}}]}], "d": 3000}
    assert draft.exportable(only_title)
    with pytest.raises(NotExportable):
        draft.read(only_title)


def test_verbatim_means_every_key_in_its_order() -> None:
    written = draft.write(cut("a video"))
    again = json.loads(json.dumps(written))
    assert draft.same(again, written)
    assert not draft.same(dict(reversed(again.items())), written)
    assert not draft.same(
        {key: value for key, value in again.items() if value is not None}, written
    )


@pytest.mark.parametrize(
    ("aspect", "short", "size"),
    [
        ("16:9", 1080, (1920, 1080)),
        ("9:16", 1080, (1080, 1920)),
        ("1:1", 1080, (1080, 1080)),
        ("4:5", 1080, (1080, 1350)),
        ("16:9", 180, (320, 180)),
        ("strange", 180, (320, 180)),
    ],
)
def test_the_canvas_has_even_sides(aspect: str, short: int, size: tuple[int, int]) -> None:
    assert draft.canvas(aspect, short) == size
