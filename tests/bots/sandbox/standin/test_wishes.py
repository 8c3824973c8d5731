"""Words to wishes, in English and Chinese."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.sandbox.standin.answers import phrases
from bots.sandbox.standin.wishes import Wishes, numbers, read

PLAIN = Wishes()


def understood(words: str, language: str = "en") -> dict[str, Any]:
    wishes = read(words, language)
    names = [field.name for field in dataclasses.fields(wishes)]
    return {
        name: getattr(wishes, name)
        for name in names
        if getattr(wishes, name) != getattr(PLAIN, name)
    }


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("turn this into a 10-second video", 10),
        ("15s please", 15),
        ("a 7.5 sec loop", 7.5),
        ("half a minute of it", 30),
        ("a minute and a half", 90),
        ("one minute", 60),
        ("1 minute 20 seconds", 80),
        ("thirty seconds", 30),
        ("twenty-five second clip", 25),
        ("10秒", 10),
        ("十五秒的视频", 15),
        ("二十五秒", 25),
        ("半分钟", 30),
        ("一分半", 90),
        ("1分30秒", 90),
        ("两分钟", 120),
        ("15秒", 15),
        ("把这张图片变成10秒的视频", 10),
        ("做成10秒的竖屏视频", 10),
        ("做成十五秒的视频", 15),
        ("剪成1分钟", 60),
        ("在第3秒换图", None),
        ("在第十五秒换图", None),
        ("make it vertical", None),
        ("use 3 photos", None),
        ("add a title saying 10 seconds of fame", None),
        ("add the title '60 seconds'", None),
        ("标题“三十秒”", None),
        ("show the title 'Hi' for the first 2 seconds", None),
        ("9:16 for reels", None),
        ("the 1990s", None),
    ],
)
def test_a_length_is_read_from_words(words: str, seconds: float | None) -> None:
    assert read(words).seconds == seconds


@pytest.mark.parametrize(
    ("words", "aspect"),
    [
        ("9:16", "9:16"),
        ("make it vertical", "9:16"),
        ("for TikTok", "9:16"),
        ("an Instagram story", "9:16"),
        ("for YouTube Shorts", "9:16"),
        ("Reels", "9:16"),
        ("竖屏", "9:16"),
        ("发抖音", "9:16"),
        ("9:16的", "9:16"),
        ("16x9", "16:9"),
        ("widescreen", "16:9"),
        ("landscape format", "16:9"),
        ("横屏", "16:9"),
        ("square", "1:1"),
        ("方形", "1:1"),
        ("an instagram post", "4:5"),
        ("4:5", "4:5"),
        ("my three landscape photos", None),
        ("a portrait of my dog", None),
        ("10秒", None),
    ],
)
def test_an_aspect_is_read_from_words(words: str, aspect: str | None) -> None:
    assert read(words).aspect == aspect


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("add the title Summer", "Summer"),
        ("make a 3-second video with the title Hello", "Hello"),
        ("a video with title Summer Fun and piano", "Summer Fun"),
        ("with text happy birthday", "happy birthday"),
        ("with a title at the end", None),
        ("with a title and music", None),
        ("with the caption", None),
        ("can you write on it happy birthday mom", "happy birthday mom"),
        ("write happy birthday mom", "happy birthday mom"),
        ("write something nice on the photo", "something nice"),
        ("add the title Summer at the lake, softer music", "Summer at the lake"),
        ("add the title Summer in the first 3 seconds", "Summer"),
        ("add the caption We did it and make it 15 seconds", "We did it"),
        ("add a title", None),
        ("add a title please", None),
        ("add a title at the end", None),
        ("add a title and music", None),
        ("add text on the photo", None),
        ("put the title in red", None),
        ("add a title saying Summer 2026 and make it 15 seconds", "Summer 2026"),
        ("title 'X'", "X"),
        ('title: "Urban Dreams"', "Urban Dreams"),
        ("Title: Urban Dreams, with music", "Urban Dreams"),
        ("with the caption “Grüße aus Wien”", "Grüße aus Wien"),
        ("change the title to Our Trip", "Our Trip"),
        ("a 10 second video titled Best Day Ever with soft music", "Best Day Ever"),
        ("add the words 'Don't stop' at the end", "Don't stop"),
        ("use 'The End' as the title", "The End"),
        ("标题“海边的夏天”", "海边的夏天"),
        ("加标题“新的一天”,配轻快音乐", "新的一天"),
        ("加标题 你好世界", "你好世界"),
        ("标题改成:新的开始", "新的开始"),
        ("加上标题《成都》", "成都"),
        ("写上 生日快乐", "生日快乐"),
        ("上面写着夏天来了", "夏天来了"),
        ("做个5秒视频，画面写上生日快乐", "生日快乐"),
        ("上面写:夏天", "夏天"),
        ("make a 5-second clip, write happy birthday mom on it", "happy birthday mom"),
        ("write Summer on the photo, softer music", "Summer"),
        ("write it on the photo", None),
        ("remove the title", None),
        ("make the title go away, no title", None),
        ("去掉标题", None),
        ("it's a 'nice' photo", None),
    ],
)
def test_a_title_keeps_the_users_spelling(words: str, title: str | None) -> None:
    assert read(words).title == title


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("with upbeat music", {"music": "upbeat"}),
        ("add some lo-fi beats", {"music": "lofi"}),
        ("add music", {"music": "soft"}),
        ("make it more cinematic", {"music": "epic", "make": True}),
        ("use a sad piano song", {"music": "piano"}),
        ("no music", {"music_off": True}),
        ("remove the background music", {"music_off": True}),
        ("mute the sound", {"music_off": True}),
        ("lower the music to 35%", {"volume": 0.35}),
        ("set music volume to fifty percent", {"volume": 0.5}),
        ("turn the music down", {"gain": 0.5, "make": True}),
        ("make the music louder", {"gain": 1.6, "make": True}),
        ("soft transitions", {"fades": True}),
        ("no transitions", {"fades": False}),
        ("remove the title", {"title_off": True}),
        ("add a title", {"title_asked": True}),
        ("speed it up", {"stretch": 0.75}),
        ("slower please", {"stretch": 1.35}),
        ("a little longer", {"stretch": 1.5}),
        ("make it shorter", {"stretch": 0.67, "make": True}),
        ("swap the first and third photo", {"swap": (1, 3)}),
        ("reverse the order", {"reverse": True}),
        ("delete the second photo", {"drop": 2}),
        ("remove the last picture", {"drop": -1}),
        ("put the last photo first", {"first": -1}),
        ("add this photo too", {"add": True}),
        ("regenerate", {"again": True}),
        ("hello!", {"chat": True}),
        ("What can you do?", {"chat": True}),
        ("a video about the sea", {"make": True, "subject": "sea", "scene": 2}),
        ("show the title 'Hi' for the first 2 seconds", {"title": "Hi", "title_seconds": 2.0}),
        ("title 'Bye' at the end", {"title": "Bye", "title_at_end": True}),
        ("make it pop somehow", {"make": True}),
    ],
)
def test_english_wishes(words: str, wishes: dict[str, Any]) -> None:
    assert understood(words) == wishes


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("配上欢快的音乐", {"music": "upbeat"}),
        ("加点音乐", {"music": "soft"}),
        ("用钢琴曲", {"music": "piano"}),
        ("去掉音乐", {"music_off": True}),
        ("不要背景音乐", {"music_off": True}),
        ("把音乐调到35%", {"volume": 0.35}),
        ("音量百分之五十", {"volume": 0.5}),
        ("音乐小一点", {"gain": 0.5}),
        ("音乐大声一点", {"gain": 1.6}),
        ("加转场", {"fades": True}),
        ("不要转场", {"fades": False}),
        ("去掉标题", {"title_off": True}),
        ("加个标题", {"title_asked": True}),
        ("快一点", {"stretch": 0.75}),
        ("放慢", {"stretch": 1.35}),
        ("长一点", {"stretch": 1.5}),
        ("把第一张和第三张对调", {"swap": (1, 3)}),
        ("倒序播放", {"reverse": True}),
        ("删除第二张照片", {"drop": 2}),
        ("去掉最后一张", {"drop": -1}),
        ("把第三张放到最前面", {"first": 3}),
        ("把这张也加进去", {"add": True}),
        ("你好", {"chat": True}),
        ("你能做什么?", {"chat": True}),
        ("生成一个关于大海的视频", {"make": True, "subject": "大海", "scene": 2}),
        ("拍一个雪山的短片", {"make": True, "subject": "雪山", "scene": 1}),
    ],
)
def test_chinese_wishes(words: str, wishes: dict[str, Any]) -> None:
    assert understood(words) == {"language": "zh", **wishes}


@pytest.mark.parametrize(
    "words",
    [
        "turn these photos and audio into a 30-second promo video with transitions",
        "turn this image into a 10-second animated video clip with smooth motion",
        "create five product photos and a voiceover MP3 into a 1080p MP4",
        "把这些照片做成10秒的视频",
    ],
)
def test_the_examples_of_the_skills_ask_for_a_video(words: str) -> None:
    assert read(words).make


def test_the_language_is_that_of_the_words_and_a_quoted_title_does_not_change_it() -> None:
    assert read("title “海边” please").language == "en"
    assert read("15s", "zh-CN").language == "zh"
    assert read("make it longer", "zh-CN").language == "en"


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("十五", 15), ("二十", 20), ("一百二十", 120), ("两", 2)]
)
def test_chinese_numbers(text: str, value: int) -> None:
    assert numbers.number(text) == value


def test_a_row_of_digits_without_end_is_a_large_number() -> None:
    assert numbers.number("9" * 4000) == numbers.LARGEST
    read(f"make it {'9' * 4000} seconds, remove shot {'9' * 4000}")


STRANGE = [
    "title",
    "标题",
    "'",
    "“",
    "”",
    "saying",
    "for the first",
    ":",
    "\uff1a",
    "\n",
    "last",
    "第",
    "swap",
    "music",
]
NUMBERS = [
    "10",
    "秒",
    "seconds",
    "half a minute",
    "百",
    "50%",
    "9:16",
    "a",
    "半",
    "点",
    "分",
    "one-",
    "remove",
    "去掉",
]
PIECES = st.lists(st.sampled_from([*STRANGE, *NUMBERS]), max_size=12)


@given(st.one_of(st.text(max_size=60), PIECES.map(" ".join), PIECES.map("".join)))
def test_no_words_are_too_strange(words: str) -> None:
    wishes = read(words)
    assert wishes.language in phrases()
    assert wishes.volume is None or 0 <= wishes.volume <= 1
