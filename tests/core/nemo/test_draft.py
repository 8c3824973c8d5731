"""What is on a timeline and what changed, in words; a draft may hold anything."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.draft import exportable, outline_of
from core.nemo.draft.timeline import changes, outline, summary
from core.nemo.draft.tracks import Track, tracks
from core.nemo.values import dumps

Json = dict[str, Any]


def made(**more: Any) -> Json:
    """City timelapse, Lo-fi, Urban Dreams: the example of the seeds."""
    return {
        "t": [
            {"tt": 0, "sg": [{"d": 10000, "st": 0, "m": {"name": "city timelapse"}}]},
            {"tt": 1, "sg": [{"d": 10000, "st": 0, "m": {"title": "Lo-fi", "volume": 0.35}}]},
            {"tt": 7, "sg": [{"d": 3000, "st": 0, "m": {"text": "Urban Dreams"}}]},
        ],
        "d": 10000,
        "m": {"title": "City", "width": 1920, "height": 1080},
    } | more


def test_the_summary_is_the_seeds_own_example_with_one_track_a_line() -> None:
    assert summary(made(), "en") == (
        "Timeline (3 tracks):\n1. Video: city timelapse (0-10s)\n2. BGM: Lo-fi (0-10s, 35%)\n"
        '3. Title: "Urban Dreams" (0-3s)'
    )


def test_the_summary_speaks_chinese() -> None:
    assert summary(made(), "zh") == (
        "时间线（3 条轨道）：\n1. 视频：city timelapse（0-10 秒）\n2. "
        "背景音乐：Lo-fi（0-10 秒，35%）\n"
        "3. 标题：“Urban Dreams”（0-3 秒）"
    )


SUMMARIES: tuple[tuple[object, str], ...] = (
    ({}, ""),
    (None, ""),
    ("t", ""),
    ([], ""),
    ({"t": [{"tt": 0, "sg": []}]}, ""),
    ({"t": [{"tt": 0, "sg": [{}]}]}, "Timeline (1 track):\n1. Video"),
    ({"t": [{"tt": 0, "sg": [{"d": 2500}]}, {"sg": []}]}, "Timeline (1 track):\n1. Video (0-2.5s)"),
    (
        {"t": [{"tt": 3, "sg": [{"d": 1000, "n": "sparkle"}]}]},
        "Timeline (1 track):\n1. Track: sparkle (0-1s)",
    ),
    ({"t": [{"sg": [{"d": "x", "m": 5}]}]}, "Timeline (1 track):\n1. Track"),
    (
        {"t": [{"tt": "7", "sg": [{"d": "3000", "m": {"text": " A\n B "}}]}]},
        'Timeline (1 track):\n1. Title: "A B" (0-3s)',
    ),
    (
        {"t": {"a": {"tt": 1, "n": "song", "sg": {"b": {"d": 4000, "vol": 80}}}}},
        "Timeline (1 track):\n1. BGM: song (0-4s, 80%)",
    ),
    ({"t": [{"tt": 1, "v": 0.5, "sg": [{"d": 4000}]}]}, "Timeline (1 track):\n1. BGM (0-4s, 50%)"),
    ({"t": [{"tt": 1, "sg": [{"volume": 0}]}]}, "Timeline (1 track):\n1. BGM (0%)"),
    ({"t": [{"tt": 1, "sg": [{"volume": -1, "m": {"v": 500}}]}]}, "Timeline (1 track):\n1. BGM"),
    (
        {
            "t": [
                {
                    "tt": 0,
                    "sg": [
                        {"d": 4000, "n": "a"},
                        {"d": 4000, "n": "b"},
                        {"d": 1000, "s": 9000, "n": "a"},
                    ],
                }
            ]
        },
        "Timeline (1 track):\n1. Video: a / b (0-10s)",
    ),
    (
        {"t": [{"tt": 0, "sg": [{"d": 4000, "start": 2000, "n": "x" * 99}]}]},
        f"Timeline (1 track):\n1. Video: {'x' * 59}… (2-6s)",
    ),
    *(
        ({"t": [{"tt": 1, "sg": parts}]}, f"Timeline (1 track):\n1. BGM{said}")
        for parts, said in (
            ([{"d": 1000, "n": "x" * 60}], f": {'x' * 60} (0-1s)"),
            ([{"d": 1000, "n": "x" * 58 + " and more"}], f": {'x' * 58}… (0-1s)"),
            ([{"m": {"text": "a", "title": "b", "name": "c"}, "n": "d"}], ": a"),
            ([{"m": {"title": "b", "name": "c"}, "n": "d"}], ": b"),
            ([{"m": {"name": "c"}, "n": "d"}], ": c"),
            ([{"st": 1000, "s": 2000, "start": 3000, "d": 1000}], " (1-2s)"),
            ([{"s": 2000, "start": 3000, "d": 1000}], " (2-3s)"),
            ([{"st": 0, "s": 2000, "d": 1000}], " (0-1s)"),
            ([{"st": 10**10, "d": 1000}], ""),
            ([{"st": 10**10 + 1, "d": 1000}], " (0-1s)"),
            (
                [{"d": 1000, "st": 5000}, {"d": 1000, "st": 2000}],
                ": 2 pieces of music (2-6s)",
            ),
            ([{"volume": 1}], " (100%)"),
            ([{"volume": 2}], " (2%)"),
            ([{"volume": 100}], " (100%)"),
            ([{"volume": 101}], ""),
            ([{"volume": 0.5, "vol": 0.4, "v": 0.3, "m": {"volume": 0.2}}], " (50%)"),
            ([{"vol": 0.4, "v": 0.3}], " (40%)"),
            ([{}, {"volume": 0.5}, {"volume": 0.2}], ": 3 pieces of music (50%)"),
        )
    ),
)


@pytest.mark.parametrize(("draft", "line"), SUMMARIES)
def test_the_summary_leaves_out_what_is_not_known(draft: object, line: str) -> None:
    assert summary(draft, "en") == line


def test_tracks_tell_kind_times_and_volume() -> None:
    found = tracks(made())

    assert found[1] == Track("audio", ("Lo-fi",), 0, 10000, 0.35, 1)
    assert [track.kind for track in found] == ["video", "audio", "text"]
    assert tracks({"t": [{"tt": 9}, 7, None]}) == (Track("other", (), 0, 0, None, 0),)


def test_segments_without_a_start_follow_one_another() -> None:
    (track,) = tracks(
        {
            "t": [
                {
                    "tt": 0,
                    "sg": [{"d": 4000}, {"d": 5000}, {"d": 1e30}, {"d": -3}, {"d": float("inf")}],
                }
            ]
        }
    )

    assert (track.start_ms, track.end_ms, track.segments) == (0, 9000, 5)


def after(*edits: tuple[Any, ...]) -> Json:
    """The example with edits: each a path and the new value; None takes away."""
    draft = copy.deepcopy(made())
    for *path, last, value in edits:
        place: Any = draft
        for key in path:
            place = place[key]
        if value is None:
            del place[last]
        elif isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
    return draft


def clip(name: str, start: int = 0, length: int = 5000) -> Json:
    return {"st": start, "d": length, "m": {"name": name} if name else {}}


CLIPS = [clip("a"), clip("b", 5000)]
CHANGES: tuple[tuple[object, object, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        {},
        made(),
        (
            'Clip "city timelapse" added (0-10s)',
            'Music "Lo-fi" added (0-10s, 35%)',
            'Title "Urban Dreams" added (0-3s)',
            "Length 10s",
            "Frame size 1920×1080",
            'The project is now called "City"',
        ),
        (
            "新增片段“city timelapse”（0-10 秒）",
            "新增音乐“Lo-fi”（0-10 秒，35%）",
            "新增标题“Urban Dreams”（0-3 秒）",
            "时长 10 秒",
            "画面尺寸 1920×1080",
            "项目现在叫“City”",
        ),
    ),
    (
        made(),
        after(("t", 1, "sg", 0, "m", "volume", 0.2)),
        ('Music "Lo-fi" lowered to 20%',),
        ("音乐“Lo-fi”的音量调低到 20%",),
    ),
    (
        made(),
        after(("t", 1, "sg", 0, "m", "volume", 80)),
        ('Music "Lo-fi" raised to 80%',),
        ("音乐“Lo-fi”的音量调高到 80%",),
    ),
    (
        made(),
        after(("t", 1, "sg", 0, "m", "volume", 0)),
        ('Music "Lo-fi" muted',),
        ("音乐“Lo-fi”已静音",),
    ),
    (
        after(("t", 1, "sg", 0, "m", "volume", None)),
        made(),
        ('Music "Lo-fi" is at 35%',),
        ("音乐“Lo-fi”的音量为 35%",),
    ),
    (
        made(),
        after(("t", 1, "sg", 0, "m", "volume", None)),
        ("The timeline was updated",),
        ("时间线已更新",),
    ),
    (
        made(),
        after(("t", 2, "sg", 0, "m", "text", "Summer")),
        ('Title "Urban Dreams" replaced by "Summer"',),
        ("标题“Urban Dreams”换成了“Summer”",),
    ),
    (
        made(),
        after(("t", 2, None)),
        ('Title "Urban Dreams" removed (0-3s)',),
        ("移除标题“Urban Dreams”（0-3 秒）",),
    ),
    (
        made(),
        after(("t", 2, "sg", 0, "st", 2000)),
        ('Title "Urban Dreams" is now at 2-5s',),
        ("标题“Urban Dreams”现在位于 2-5 秒",),
    ),
    (
        made(),
        after(("t", 0, "sg", 0, "d", 15000), ("t", 1, "sg", 0, "d", 15000), ("d", 15000)),
        ("Length 10s → 15s",),
        ("时长 10 秒 → 15 秒",),
    ),
    (
        made(),
        after(("m", "width", 1080), ("m", "height", 1920)),
        ("Frame size 1920×1080 → 1080×1920",),
        ("画面尺寸 1920×1080 → 1080×1920",),
    ),
    (
        {"t": [{"tt": 0, "sg": CLIPS}]},
        {"t": [{"tt": 0, "sg": [clip("b"), clip("a", 5000)]}]},
        ("The clips are in a new order",),
        ("片段的顺序变了",),
    ),
    (
        {"t": [{"tt": 0, "sg": CLIPS}]},
        {"t": [{"tt": 0, "sg": [*CLIPS, clip("", 10000), clip("", 15000)]}]},
        ("2 clips added", "Length 10s → 20s"),
        ("新增 2 个片段", "时长 10 秒 → 20 秒"),
    ),
    (
        {"t": [{"tt": 7, "sg": [clip(name) for name in "abcd"]}]},
        {"t": [{"tt": 3, "sg": [clip("x")]}]},
        ("4 titles removed", 'Track "x" added (0-5s)'),
        ("移除 4 个标题", "新增轨道“x”（0-5 秒）"),
    ),
    (
        {"t": [{"tt": 7, "sg": [clip(name) for name in "abcd"]}]},
        {"t": [{"tt": 7, "sg": [clip(name, 1000, 4000) for name in "abcd"]}]},
        ("4 titles moved or trimmed",),
        ("4 个标题的时间有调整",),
    ),
    (
        {"t": [{"tt": 0, "sg": [clip("")]}]},
        {"t": [{"tt": 0, "sg": [clip(""), clip("", 5000)]}]},
        ("Clip added (5-10s)", "Length 5s → 10s"),
        ("新增片段（5-10 秒）", "时长 5 秒 → 10 秒"),
    ),
    (
        {"t": [{"tt": 1, "sg": [clip("a")]}]},
        {"t": [{"tt": 1, "sg": [clip("")]}]},
        ("Music added (0-5s)", 'Music "a" removed (0-5s)'),
        ("新增音乐（0-5 秒）", "移除音乐“a”（0-5 秒）"),
    ),
    (
        {},
        {"t": [{"tt": 7, "sg": [clip(name) for name in "abc"]}], "m": {"width": 0, "height": 9}},
        (
            'Title "a" added (0-5s)',
            'Title "b" added (0-5s)',
            'Title "c" added (0-5s)',
            "Length 5s",
        ),
        (),
    ),
    (
        {"t": [{"tt": 7, "sg": [clip(name) for name in "abc"]}]},
        {"t": [{"tt": 7, "sg": [clip(name, 1000, 4000) for name in "abc"]}]},
        tuple(f'Title "{name}" is now at 1-5s' for name in "abc"),
        (),
    ),
    (
        {"t": [{"tt": 1, "sg": [clip(name) | {"v": 0.5} for name in "abcd"]}]},
        {"t": [{"tt": 1, "sg": [clip(name) | {"v": 0.2} for name in "abcd"]}]},
        tuple(f'Music "{name}" lowered to 20%' for name in "abc"),
        (),
    ),
    (
        made(),
        after(("t", 1, "sg", 0, "m", "volume", 0.352)),
        ('Music "Lo-fi" is at 35%',),
        (),
    ),
    (
        made(),
        after(("t", 2, "sg", 0, "d", 4000)),
        ('Title "Urban Dreams" is now at 0-4s',),
        (),
    ),
    (
        {"t": [{"tt": 0, "sg": [clip("a"), clip("a", 5000)]}], "d": 10000},
        {"t": [{"tt": 0, "sg": [clip("a")]}], "d": 10000},
        ('Clip "a" removed (5-10s)',),
        (),
    ),
    (made(), after(("m", "title", "Town")), ('The project is now called "Town"',), ()),
    (made(), after(("m", "title", None)), ("The timeline was updated",), ()),
    (made(), after(("m", "width", 10**6)), ("The timeline was updated",), ()),
    (made(), after(("m", "height", 0)), ("The timeline was updated",), ()),
    (
        {},
        {"m": {"width": 999_999, "height": 1}},
        ("Frame size 999999×1",),
        (),
    ),
    (
        made(),
        {},
        ('Clip "city timelapse" removed (0-10s)',),
        ("移除片段“city timelapse”（0-10 秒）",),
    ),
    (made(), made(x=1), ("The timeline was updated",), ("时间线已更新",)),
    (None, {}, ("The timeline was updated",), ("时间线已更新",)),
    ([1], "x", ("The timeline was updated",), ("时间线已更新",)),
)


@pytest.mark.parametrize(("old", "new", "english", "chinese"), CHANGES)
def test_changes_are_told_in_concrete_words(
    old: object, new: object, english: tuple[str, ...], chinese: tuple[str, ...]
) -> None:
    assert changes(old, new, "en")[: len(english)] == english
    assert changes(old, new, "zh")[: len(chinese)] == chinese
    if new:
        assert len(changes(old, new, "en")) == len(english)


@pytest.mark.parametrize("draft", [None, {}, made(), {"x": float("nan")}, [1, "\ud800"]])
def test_equal_drafts_have_not_changed(draft: object) -> None:
    assert changes(draft, copy.deepcopy(draft), "en") == ()


def test_names_with_braces_are_only_names() -> None:
    draft = {"t": [{"tt": 7, "sg": [{"d": 1000, "m": {"text": "{place} {0}"}}]}]}

    assert summary(draft, "en") == 'Timeline (1 track):\n1. Title: "{place} {0}" (0-1s)'
    assert changes({}, draft, "en") == ('Title "{place} {0}" added (0-1s)', "Length 1s")


KEYS = st.sampled_from(
    [
        "t",
        "tt",
        "sg",
        "d",
        "m",
        "n",
        "st",
        "s",
        "start",
        "v",
        "vol",
        "volume",
        "name",
        "title",
        "text",
    ]
)
NUMBERS = (
    st.sampled_from([0, 1, 7, 0.35, 35, 3000, 10000, -1, 10**30, 1e308])
    | st.integers()
    | st.floats()
)
SEGMENT = st.dictionaries(KEYS, NUMBERS | st.text(max_size=5), max_size=5)
SEGMENTS = st.fixed_dictionaries({"tt": NUMBERS, "sg": st.lists(SEGMENT, max_size=6)})
LIKELY = st.fixed_dictionaries({"t": st.lists(SEGMENTS, max_size=5), "d": NUMBERS, "m": SEGMENT})
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
)


@given(LIKELY | ANYTHING, LIKELY | ANYTHING, st.sampled_from(["en", "zh", "fr"]))
def test_no_draft_makes_the_reader_stumble(old: object, new: object, language: str) -> None:
    said = summary(new, language)
    told = changes(old, new, language)

    assert said.count("\n") == sum(bool(track.segments) for track in tracks(new)), (
        "a line for each track, and the head"
    )
    assert bool(said) is exportable(new) or not said
    assert all(told)
    assert changes(new, new, language) == ()
    for track in tracks(new):
        assert 0 <= track.start_ms <= track.end_ms
        assert track.volume is None or 0 <= track.volume <= 1
    said.encode()
    "".join(told).encode()


DRAFT = {"t": [{"tt": 0, "sg": [{"s": 0, "e": 2000}]}]}


def test_a_draft_is_outlined_from_its_text() -> None:
    assert outline_of(dumps(DRAFT).decode(), "en") == outline(DRAFT, "en")
