"""Edits that people ask for, in every shipped language, read by concepts."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.sandbox.standin.wishes import Wishes, read
from bots.sandbox.standin.wishes.folding import folded
from bots.sandbox.standin.wishes.languages import other
from bots.sandbox.standin.wishes.lexicon import lexicons

PLAIN = Wishes()
ASIDE = {"make", "subject", "scene", "title_asked", "language", "again"}


def understood(words: str) -> dict[str, Any]:
    """What was read from the words, without what is said of every video."""
    wishes = read(words)
    names = {field.name for field in dataclasses.fields(wishes)} - ASIDE
    return {
        name: getattr(wishes, name)
        for name in names
        if getattr(wishes, name) != getattr(PLAIN, name)
    }


CASES: dict[str, dict[str, dict[str, Any]]] = {
    "de": {
        "Titel hinzufügen: Sommer": {"title": "Sommer"},
        "mach ein Video daraus, Titel: Ostern 2026, ohne Musik": {
            "title": "Ostern 2026",
            "music_off": True,
        },
        "Titel am Ende": {"title_at_end": True},
        "Titel „Schöne Grüße“ oben": {"title": "Schöne Grüße", "title_place": "top"},
        "füge den Titel Unser Garten hinzu und mach es quadratisch": {
            "title": "Unser Garten",
            "aspect": "1:1",
        },
        "mach den Titel größer": {"title_gain": 1.35},
        "Hochformat bitte": {"aspect": "9:16"},
        "eine halbe Minute lang": {"seconds": 30},
        "ein 20-sekündiges Video": {"seconds": 20},
        "zehn Sekunden": {"seconds": 10},
        "länger": {"stretch": 1.5},
        "langsamer Zoom": {"motion": "zoom_in"},
        "nur das zweite Foto": {"only": 2},
        "das letzte Foto weg": {"drop": -1},
        "fröhliche Musik": {"music": "upbeat"},
        "ohne Übergänge": {"fades": False},
    },
    "es": {
        "un vídeo que diga Feliz cumpleaños mamá": {"title": "Feliz cumpleaños mamá"},
        "pon el título Nuestra boda al final": {"title": "Nuestra boda", "title_at_end": True},
        "añade el título Verano y quita la música": {"title": "Verano", "music_off": True},
        "vertical, 15 segundos": {"aspect": "9:16", "seconds": 15},
        "más largo": {"stretch": 1.5},
        "zoom lento": {"motion": "zoom_in"},
        "solo la segunda foto": {"only": 2},
        "medio minuto": {"seconds": 30},
        "música alegre": {"music": "upbeat"},
        "sin título": {"title_off": True},
    },
    "fr": {
        "ajoute le titre Notre été à la fin": {"title": "Notre été", "title_at_end": True},
        "titre : « Joyeux Noël »": {"title": "Joyeux Noël"},
        "sans musique": {"music_off": True},
        "plus court": {"stretch": 0.67},
        "en format carré": {"aspect": "1:1"},
        "zoom lent": {"motion": "zoom_in"},
        "seulement la deuxième photo": {"only": 2},
        "une demi-minute": {"seconds": 30},
        "musique épique": {"music": "epic"},
        "sans transitions": {"fades": False},
    },
    "it": {
        "aggiungi il titolo Il mare d'inverno alla fine": {
            "title": "Il mare d'inverno",
            "title_at_end": True,
        },
        "più corto": {"stretch": 0.67},
        "verticale, venti secondi": {"aspect": "9:16", "seconds": 20},
        "solo la seconda foto": {"only": 2},
        "togli l'ultima foto": {"drop": -1},
        "musica allegra": {"music": "upbeat"},
        "zoom lento": {"motion": "zoom_in"},
    },
    "pt": {
        "coloca o título Nossa viagem no final": {"title": "Nossa viagem", "title_at_end": True},
        "mais curto": {"stretch": 0.67},
        "só a segunda foto": {"only": 2},
        "vertical, quinze segundos": {"aspect": "9:16", "seconds": 15},
        "sem transições": {"fades": False},
        "música alegre": {"music": "upbeat"},
        "zoom lento": {"motion": "zoom_in"},
    },
    "id": {
        "tambahkan judul Liburan di akhir": {"title": "Liburan", "title_at_end": True},
        "tanpa musik": {"music_off": True},
        "lebih pendek": {"stretch": 0.67},
        "hanya foto kedua": {"only": 2},
        "setengah menit": {"seconds": 30},
        "musik ceria": {"music": "upbeat"},
        "zoom pelan": {"motion": "zoom_in"},
    },
    "tr": {
        "sonuna Mutlu Yıllar başlığını ekle": {"title": "Mutlu Yıllar", "title_at_end": True},
        "başlık ekle: Yaz": {"title": "Yaz"},
        "başlık: Yaz Tatili": {"title": "Yaz Tatili"},
        "başlık ekle": {},
        "daha kısa": {"stretch": 0.67},
        "sadece ikinci fotoğraf": {"only": 2},
        "on beş saniye": {"seconds": 15},
        "dikey olsun": {"aspect": "9:16"},
        "neşeli müzik": {"music": "upbeat"},
        "geçiş olmasın": {"fades": False},
    },
    "ru": {
        "заголовок добавить: Лето": {"title": "Лето"},
        "добавь надпись С днём рождения в конце": {
            "title": "С днём рождения",
            "title_at_end": True,
        },
        "надпись «Море» сверху": {"title": "Море", "title_place": "top"},
        "покороче": {"stretch": 0.67},
        "только второе фото": {"only": 2},
        "полминуты": {"seconds": 30},
        "пятнадцать секунд, вертикально": {"seconds": 15, "aspect": "9:16"},
        "веселая музыка": {"music": "upbeat"},
        "без переходов": {"fades": False},
    },
    "ar": {
        "أضف العنوان عيد ميلاد سعيد في النهاية": {
            "title": "عيد ميلاد سعيد",
            "title_at_end": True,
        },
        "أقصر": {"stretch": 0.67},
        "عمودي، ١٥ ثانية": {"aspect": "9:16", "seconds": 15},
        "نصف دقيقة": {"seconds": 30},
        "موسيقى ملحمية": {"music": "epic"},
        "بدون انتقالات": {"fades": False},
    },
    "hi": {
        "आखिर में टाइटल लगाओ शुभ विवाह": {"title": "शुभ विवाह", "title_at_end": True},
        "टाइटल “जन्मदिन मुबारक” लगाओ": {"title": "जन्मदिन मुबारक"},
        "१५ सेकंड, खड़ा": {"seconds": 15, "aspect": "9:16"},
        "सिर्फ़ दूसरी फ़ोटो": {"only": 2},
        "बिना म्यूज़िक": {"music_off": True},
        "आधा मिनट": {"seconds": 30},
    },
    "ja": {
        "タイトルを追加：夏": {"title": "夏"},
        "タイトルは夏の思い出を入れて": {"title": "夏の思い出"},
        "夏休みというタイトルを最後に入れて": {"title": "夏休み", "title_at_end": True},
        "縦長で15秒": {"aspect": "9:16", "seconds": 15},
        "もっと短く": {"stretch": 0.67},
        "2枚目の写真だけ": {"only": 2},
        "音楽なし": {"music_off": True},
        "ゆっくりズーム": {"motion": "zoom_in"},
        "明るい音楽": {"music": "upbeat"},
    },
    "ko": {
        "제목 추가: 여름": {"title": "여름"},
        "제목 여름 방학 넣어 줘": {"title": "여름 방학"},
        "끝에 제목 ‘안녕’ 넣어 줘": {"title": "안녕", "title_at_end": True},
        "세로로 15초": {"aspect": "9:16", "seconds": 15},
        "더 짧게": {"stretch": 0.67},
        "두 번째 사진만 써 줘": {"only": 2},
        "전환 없이": {"fades": False},
        "신나는 음악": {"music": "upbeat"},
    },
    "zh": {
        "上面写生日快乐": {"title": "生日快乐"},
        "畫面上寫著 我們的夏天": {"title": "我們的夏天"},
        "標題放在上面": {"title_place": "top"},
        "加標題「海邊」在片尾": {"title": "海邊", "title_at_end": True},
        "加标题 你和我": {"title": "你和我"},
        "加标题 夏天和加音乐": {"title": "夏天", "music": "soft"},
        "豎屏，長一點": {"aspect": "9:16", "stretch": 1.5},
        "只用第二张照片": {"only": 2},
        "慢慢放大": {"motion": "zoom_in"},
        "不要转场": {"fades": False},
        "换首欢快的歌": {"music": "upbeat"},
        "加歌词": {},
    },
    "en": {
        "a video titled Hi": {"title": "Hi"},
        "titled Hi": {"title": "Hi"},
        "a clip that says Happy birthday, Mum": {"title": "Happy birthday"},
        "make it say See you soon": {"title": "See you soon"},
        "add the title Summer at the top": {"title": "Summer", "title_place": "top"},
        "put the title in the middle": {"title_place": "middle"},
        "move the title to the end": {},
        "title at the end": {"title_at_end": True},
        "use only the second photo": {"only": 2},
        "a slow zoom": {"motion": "zoom_in"},
        "no movement": {"motion": "still"},
        "zoom out": {"motion": "zoom_out"},
        "swap the song for something more chill": {"music": "lofi"},
        "other song pls": {"music": "soft"},
        "make it wide": {"aspect": "16:9"},
        "photo 3 first": {"first": 3},
        "turn my still images into a video": {},
    },
}


@pytest.mark.parametrize(
    ("language", "words", "title"),
    [
        ("de", "schreib drauf alles gute oma", "alles gute oma"),
        ("de", "schreib alles gute oma drauf", "alles gute oma"),
        ("de", "mach ein video mit dem titel Hallo", "Hallo"),
        ("es", "escríbele feliz cumple mamá", "feliz cumple mamá"),
        ("fr", "écris dessus bonne fête maman", "bonne fête maman"),
        ("it", "scrivi auguri nonna", "auguri nonna"),
        ("pt", "escreve parabéns vó", "parabéns vó"),
        ("ru", "напиши с днём рождения", "с днём рождения"),
        ("tr", "üstüne iyi ki doğdun anne yaz", "iyi ki doğdun anne"),
        ("id", "tulisin selamat ultah mama", "selamat ultah mama"),
        ("ar", "اكتب عليها كل عام وانت بخير", "كل عام وانت بخير"),
        ("ar", "اصنع فيديو بعنوان مرحبا", "مرحبا"),
        ("ja", "誕生日おめでとうって書いて", "誕生日おめでとう"),
        ("ja", "タイトルはこんにちはで動画を作って", "こんにちは"),
        ("ko", "엄마 생신 축하해요 라고 써줘", "엄마 생신 축하해요"),
    ],
)
def test_what_is_to_be_written_needs_no_quotes(language: str, words: str, title: str) -> None:
    assert read(words, language).title == title


@pytest.mark.parametrize("language", CASES)
def test_edits_are_understood(language: str) -> None:
    assert {words: understood(words) for words in CASES[language]} == CASES[language]


def test_a_language_is_known_by_its_letters_or_its_words() -> None:
    assert [lexicon.language for lexicon in other(folded("mach das Video länger").text)] == ["de"]
    assert [lexicon.language for lexicon in other(folded("tampilkan judulnya").text)] == ["id"]
    assert other(folded("make the video longer").text) == ()
    assert other(folded("把视频做长一点").text) == ()
    assert other(folded("zzz").text) == ()


def test_every_language_has_a_word_for_every_concept() -> None:
    names = {language: lexicon.patterns.keys() for language, lexicon in lexicons().items()}
    assert set(map(frozenset, names.values())) == {frozenset(names["de"])}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Größe İÇ ё", "grose ic е"),
        ("標題 Ｔｉｔｌｅ：１５秒", "标题 title:15秒"),
        ("أَضِفْ ١٥", "اضف 15"),
        ("タイトル 제목", "タイトル 제목"),
    ],
)
def test_one_spelling_keeps_the_places_of_the_original(words: str, text: str) -> None:
    spelling = folded(words)
    assert spelling.text == text
    assert spelling.original(0, len(text)) == words
    assert len(spelling.places) == len(text)


_PIECES = sorted(
    {
        word.replace("_", " ").strip("*")
        for lexicon in CASES.values()
        for words in lexicon
        for word in words.split()
    }
)


@given(st.lists(st.sampled_from([*_PIECES, "“", "”", "'", '"', ":", "\x00", "İ", "ß", "٣", ""])))
def test_whatever_words_come_together_are_read(pieces: list[str]) -> None:
    wishes = read(" ".join(pieces))
    assert wishes.title is None or wishes.title.strip()
