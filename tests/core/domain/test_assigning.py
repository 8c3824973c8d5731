"""Which words belong to which photo, in every language."""

from typing import Any

import pytest

from core.domain.conversation.pile import Pile, asks_first, assignment
from core.domain.conversation.splitting import narrowed
from core.domain.gathering import Bundle, Item, Line, Split
from core.domain.requests import Job, Plan, Step
from core.domain.understanding.assigning import (
    LONGEST,
    Apart,
    Assignment,
    Only,
    Together,
    Unsure,
    assign_photos,
    each,
)
from core.messages import Address, Attachment
from core.settings import Settings

TWO_EACH = [
    ("en", "first slow zoom, second with title B", "slow zoom", "with title B"),
    ("en", "1: slow zoom, 2: with title B", "slow zoom", "with title B"),
    ("en", "1) zoom 2) title", "zoom", "title"),
    ("en", "photo 1: slow zoom\nphoto 2: title B", "slow zoom", "title B"),
    ("en", "One of each:\nslow zoom\ntitle B", "slow zoom", "title B"),
    ("en", 'first a title "second, third", last fade', 'a title "second, third"', "fade"),
    ("en", "slow: first zoom, second pan, both 5 s", "slow\nzoom\n5 s", "slow\npan\n5 s"),
    ("zh", "第一张慢慢放大，第二张加标题B", "慢慢放大", "加标题B"),
    ("zh", "第一張慢慢放大，第二張加標題B", "慢慢放大", "加標題B"),
    ("zh", "图1放大，图2加标题", "放大", "加标题"),
    ("ja", "1枚目はゆっくりズーム、2枚目はタイトルB", "ゆっくりズーム", "タイトルB"),
    ("ja", "最初の写真はズーム、最後の写真はタイトルB", "ズーム", "タイトルB"),
    ("ko", "첫 번째는 천천히 줌, 두 번째는 제목 B", "천천히 줌", "제목 B"),
    ("de", "das erste langsam zoomen, das zweite mit Titel B", "langsam zoomen", "mit Titel B"),
    ("es", "la primera con zoom lento, la segunda con título B", "con zoom lento", "con título B"),
    ("pt-BR", "a primeira com zoom, a segunda com título B", "com zoom", "com título B"),
    ("fr", "la première en zoom, la deuxième avec le titre B", "en zoom", "avec le titre B"),
    ("it", "la prima con zoom lento, la seconda con titolo B", "con zoom lento", "con titolo B"),
    ("ru", "первое медленный зум, второе с титром B", "медленный зум", "с титром B"),
    ("tr", "birinci yavaş zoom, ikinci B başlığıyla", "yavaş zoom", "B başlığıyla"),
    ("id", "yang pertama zoom pelan, yang kedua dengan judul B", "zoom pelan", "dengan judul B"),
    ("hi", "पहली में धीमा ज़ूम, दूसरी में शीर्षक B", "धीमा ज़ूम", "शीर्षक B"),
    ("ar", "الأولى تقريب بطيء، والثانية مع عنوان B", "تقريب بطيء", "مع عنوان B"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "said", "one", "two"), TWO_EACH)
def test_each_photo_gets_its_own_words(language: str, said: str, one: str, two: str) -> None:
    assert assign_photos(said, 2, language) == Apart((one, two))
    assert assign_photos(said, 2) == Apart((one, two)), "whatever language was hinted"


@pytest.mark.parametrize(
    "said",
    [
        "one of each", "a video of each", "one video per photo", "haz un video de cada una",
        "um vídeo de cada", "une vidéo de chaque", "une vidéo par photo",
        "aus jedem Foto ein Video",
        "je ein Video bitte", "un video per ogni foto", "по одному видео из каждого фото",
        "видео из каждого", "her fotoğraf için bir video", "satu video untuk tiap foto",
        "हर फ़ोटो का एक वीडियो", "har photo ka ek video", "فيديو لكل صورة", "1枚につき1本",
        "それぞれ別の動画に", "사진마다 영상 하나씩", "每张照片各做一个视频",
        "每張照片各做一個影片",
    ],
)  # fmt: skip
def test_one_of_each_is_said_in_every_language(said: str) -> None:
    assert each(said)
    found = assign_photos(said, 3)
    assert isinstance(found, Apart)
    assert len(set(found.words)) == 1
    assert found.photos == (1, 2, 3)


@pytest.mark.parametrize(
    "said",
    [
        "show each photo for 3 seconds", "cada foto 3 segundos", "jedes Foto 3 Sekunden",
        "每张照片3秒", "사진마다 3초", "satu video dari foto", "make it move", "fade between each",
        "first zoom, then fade out", "first 3 seconds slow, second 5 seconds fast",
        "make one video: first slow zoom, second title",
        "swap photos 2 and 3", "is the first one ok, and the second?", "only the second half",
        "put the first photo at the end, the second at the start", "make a video\nwith music",
        "use only photos 1 and 2",
        "photo 99 slow, photo 98 fast", "only photo 99", "1" + " word" * LONGEST,
    ],
)  # fmt: skip
def test_what_speaks_of_one_video_stays_one(said: str) -> None:
    assert assign_photos(said, 2) == Together()


@pytest.mark.parametrize(
    "said",
    [
        "use only the second photo", "make a video of only the second one", "只用第二张",
        "只用第二張", "用第二张就好", "2枚目の写真だけ使って", "두 번째 사진만 사용해줘",
        "nur das zweite Foto", "usa solo la segunda foto", "use só a segunda foto",
        "utilise seulement la deuxième photo", "usa solo la seconda foto",
        "используй только второе фото", "sadece ikinci fotoğrafı kullan",
        "pakai foto kedua saja", "hanya foto kedua", "सिर्फ़ दूसरी फ़ोटो इस्तेमाल करो",
        "استخدم الصورة الثانية فقط", "without the first and the third",
    ],
)  # fmt: skip
def test_only_one_of_them_is_said_in_every_language(said: str) -> None:
    found = assign_photos(said, 3)
    assert isinstance(found, Only)
    assert (found.photos, found.words) == ((2,), "")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("only the last one, slow zoom", Only((3,), "slow zoom")),
        ("use only photos 1 and 3 with piano", Only((1, 3), "with piano")),
        ("skip photo 2", Only((1, 3), "", without=True)),
        ("不要第三张", Only((1, 2), "", without=True)),
        ("only photo 5", Unsure(None)),
        ("photo 1 slow zoom, photo 4 title", Unsure(None)),
        ("first slow zoom, second title", Unsure(Apart(("slow zoom", "title", None)))),
        ("first slow zoom, the rest title", Apart(("slow zoom", "title", "title"))),
        ("the first and the third zoom, the second pan", Apart(("zoom", "pan", "zoom"))),
        (
            "a video: first zoom, second pan, third fade",
            Unsure(Apart(("zoom", "pan", "fade"))),
        ),
        (
            "first zoom, second pan, third like a montage",
            Unsure(Apart(("zoom", "pan", "like a montage"))),
        ),
        ("zoom\npan\nfade", Unsure(Apart(("zoom", "pan", "fade")))),
        ("Hi! 3 videos please: first zoom, second pan, third fade", Apart(("zoom", "pan", "fade"))),
        ("one of each, slow zoom", Apart(("one of this, slow zoom",) * 3)),
        ("one of each", Apart(("",) * 3)),
    ],
)
def test_what_is_said_of_three_photos(said: str, found: Assignment) -> None:
    assert assign_photos(said, 3, "en") == found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "remove the second"), ("en", "delete photo 2"), ("de", "lösch das zweite"),
        ("de", "das zweite Foto löschen"), ("es", "elimina la segunda"),
        ("fr", "supprime la deuxième"), ("it", "elimina la seconda"), ("pt-BR", "remova a segunda"),
        ("ru", "удали второе"), ("id", "hapus foto kedua"), ("ja", "2枚目を消して"),
        ("ko", "두 번째 사진을 삭제해 줘"), ("tr", "ikinci fotoğrafı sil"),
        ("hi", "दूसरी फ़ोटो को हटा दो"), ("ar", "احذف الثانية"), ("zh", "删掉第二张"),
    ],
)  # fmt: skip
def test_a_photo_is_let_go_of_in_every_language(language: str, said: str) -> None:
    assert assign_photos(said, 2, language) == Only((1,), "", without=True)


@pytest.mark.parametrize(
    "said",
    [
        "remove the second person", "drop the second photo's background", "删掉第二张照片的背景",
        "remove the title from the second photo", "delete the first 3 seconds",
    ],
)  # fmt: skip
def test_what_is_in_a_photo_is_not_the_photo(said: str) -> None:
    assert assign_photos(said, 2) == Together()


@pytest.mark.parametrize(
    ("said", "photos", "found"),
    [
        ("remove the first", 1, Only((), "", without=True)),
        ("remove the first and the second", 2, Only((), "", without=True)),
        ("remove the second", 1, Together()),
        ("slow zoom without the first", 1, Together()),
    ],
)
def test_where_all_photos_are_let_go_of_none_is_left(
    said: str, photos: int, found: Assignment
) -> None:
    assert assign_photos(said, photos, "en") == found


def test_words_under_every_photo_are_asked_about_and_one_photo_is_never_divided() -> None:
    captions = ("slow zoom", "a title")
    assert assign_photos("slow zoom\na title", 2, "en", captions) == Unsure(Apart(captions))
    assert assign_photos("move\nmove", 2, "en", ("move", "move")) == Together()
    assert assign_photos("first zoom, second pan", 1) == Together()


PHOTOS = tuple(Attachment(f"fake:{number}", f"{number}.jpg", "image/jpeg") for number in range(2))
SONG = Attachment("fake:song", "song.mp3", "audio/mpeg")


def pile(words: str, split: Split = Split.OPEN) -> Pile:
    items = tuple(Item(order, file) for order, file in enumerate(PHOTOS))
    bundle = Bundle((*items, Item(2, SONG)), (Line(3, words),), split=split)
    here = Address("fake", "c")
    job = Job(1, "lock", "u", here, Plan.MAKE, Step.GATHER, bundle=bundle)
    return Pile(job, bundle.files, words)


def test_what_was_tapped_counts_more_than_the_words_and_sound_is_no_photo() -> None:
    lines = "slow zoom\na title that says Sea"
    assert assignment(pile(lines)) == Unsure(Apart(("slow zoom", "a title that says Sea")))
    assert assignment(pile(lines, Split.EACH)) == Apart(("slow zoom", "a title that says Sea"))
    assert assignment(pile(lines, Split.TOGETHER)) == Together()
    only, told = narrowed(pile("only the last photo"), Only((2,), "zoom"))
    assert (only.files, only.words) == ((PHOTOS[1], SONG), "Make a short video of this photo: zoom")
    assert told.text == "👍 Only photo 2. Left out: 1."


@pytest.mark.parametrize(
    ("said", "split", "asked"),
    [
        ({}, Split.OPEN, False),
        ({"nemo_confirm_credits": 200}, Split.OPEN, True),
        ({"nemo_confirm_credits": 201}, Split.OPEN, False),
        ({"nemo_confirm": "always"}, Split.OPEN, True),
        ({"nemo_confirm": "always"}, Split.EACH, False),
    ],
)
def test_a_set_is_asked_about_once_by_what_it_costs_together(
    said: dict[str, Any], split: Split, asked: bool
) -> None:
    each_one = pile("one video of each", split)
    assert asks_first(each_one, assignment(each_one), Settings(**said)) is asked
