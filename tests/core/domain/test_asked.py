"""What words ask of music and titles, in every language: some, none, or nothing at all."""

import pytest

from core.domain.understanding.asked import Addable, Asked, asked_about, names_sound

WANTED, REFUSED, NOTHING = Asked

ROWS: tuple[tuple[str, Asked, Asked], ...] = (
    # words · audio · text
    ("make a 5-second clip", NOTHING, NOTHING),
    ('5 sec clip, put "Summer" at the start', NOTHING, WANTED),
    ("make a 5-second clip, write happy birthday mom on it", NOTHING, WANTED),
    ("make a 5-second video, no music", REFUSED, NOTHING),
    ("a clip with soft piano and the title Summer", WANTED, WANTED),
    ("without music and text", REFUSED, REFUSED),
    ("no music but a title saying Hi", REFUSED, WANTED),
    ("no music and add a title", REFUSED, WANTED),
    ("don't add any captions, jazz please", WANTED, REFUSED),
    ("no sad music, a happy song instead", WANTED, NOTHING),
    ("not too loud music", WANTED, NOTHING),
    ("a silent 10 s video", REFUSED, NOTHING),
    ("music off, wordless", REFUSED, REFUSED),
    ('use the song "Hey Jude"', WANTED, NOTHING),
    ("happy birthday mom", NOTHING, WANTED),
    ("something upbeat", WANTED, NOTHING),
    ("I do not want any text on it", NOTHING, REFUSED),
    ("", NOTHING, NOTHING),
    ("做个5秒视频，不要音乐", REFUSED, NOTHING),
    ("做个5秒视频，不要文字，配一首轻快的歌", WANTED, REFUSED),
    ("上面写生日快乐", NOTHING, WANTED),
    ("開頭放「夏天」", NOTHING, WANTED),
    ("無聲的影片，不要字幕", REFUSED, REFUSED),
    ("字幕就不要了，加点钢琴曲", WANTED, REFUSED),
    ("sin música, con el título Verano", REFUSED, WANTED),
    ("no pongas texto", NOTHING, REFUSED),
    ("no muy fuerte la música", WANTED, NOTHING),
    ("que diga feliz cumpleaños", NOTHING, WANTED),
    ("sem música e sem legenda", REFUSED, REFUSED),
    ("não coloque música, escreva Parabéns", REFUSED, WANTED),
    ("sans musique, avec le titre « Été »", REFUSED, WANTED),
    ("pas de texte, une chanson douce", WANTED, REFUSED),
    ("senza musica", REFUSED, NOTHING),
    ("non mettere scritte, musica allegra", WANTED, REFUSED),
    ("ohne Musik", REFUSED, NOTHING),
    ("keine Schrift, aber ruhige Klaviermusik", WANTED, REFUSED),
    ("Musik weglassen, Titel „Sommer“", REFUSED, WANTED),
    ("без музыки", REFUSED, NOTHING),
    ("не добавляй музыку, напиши «Лето»", REFUSED, WANTED),
    ("текст не нужен, весёлая песня", WANTED, REFUSED),
    ("müzik olmasın", REFUSED, NOTHING),
    ("müziksiz, başlık Yaz", REFUSED, WANTED),
    ("yazısız olsun, neşeli bir şarkı", WANTED, REFUSED),
    ("tanpa musik", REFUSED, NOTHING),
    ("jangan pakai teks, lagu ceria", WANTED, REFUSED),
    ("tulis selamat ulang tahun", NOTHING, WANTED),
    ("बिना संगीत के", REFUSED, NOTHING),
    ("संगीत के बिना, शीर्षक गर्मी", REFUSED, WANTED),
    ("bina music ke video banao", REFUSED, NOTHING),
    ("بدون موسيقى", REFUSED, NOTHING),
    ("بلا نص، مع أغنية هادئة", WANTED, REFUSED),
    ("اكتب عيد ميلاد سعيد", NOTHING, WANTED),
    ("音楽なしで", REFUSED, NOTHING),
    ("文字はいらない、明るい曲をつけて", WANTED, REFUSED),
    ("「夏」と入れて", NOTHING, WANTED),
    ("음악 없이", REFUSED, NOTHING),
    ("자막은 빼고, 신나는 노래 넣어줘", WANTED, REFUSED),
    ("생일 축하해 라고 써줘", NOTHING, WANTED),
)


@pytest.mark.parametrize(("words", "audio", "text"), ROWS)
def test_what_was_asked_of_music_and_titles(words: str, audio: Asked, text: Asked) -> None:
    assert (asked_about(words, "audio"), asked_about(words, "text")) == (audio, text)


@pytest.mark.parametrize("sort", ["audio", "text"])
def test_a_long_wish_is_read_to_its_end(sort: Addable) -> None:
    long = "the waves move slowly " * 60

    assert asked_about(f"{long}\nno music, no text", sort) is REFUSED
    assert asked_about(f"{long} {long}", sort) is NOTHING


SOUND_USED = "use this song | nimm dieses Lied | usa esta canción | 用这首好听的歌 | この曲を使って | 이 노래 써 줘"
SOUND_HEARD = """
listen to this song | what a song | hör mal dieses Lied | écoute cette chanson | ascolta questo brano
escucha esta canción | escuta essa música | послушай песню | 听听这首歌 | 聽聽這首歌 | この曲を聴いて
이 노래 들어 봐 | bu şarkıyı dinle | dengar lagu ini | यह संगीत सुनो | اسمع هذه الأغنية | use this song?
"""


def test_a_sound_that_is_only_to_be_heard_is_for_no_video() -> None:
    assert [line for line in _lines(SOUND_USED) if not names_sound(line)] == []
    assert [line for line in _lines(SOUND_HEARD) if names_sound(line)] == []
    assert [line for line in _lines(SOUND_TOLD) if names_sound(line)] == []


SOUND_TOLD = """
this is the song of my wedding | that's the song we danced to | it was our song, that I sang
das ist das Lied von unserer Hochzeit | es war die Musik unserer Reise | esta es la canción de nuestra boda
c'est la chanson de notre mariage | è la canzone del nostro matrimonio | essa é a música do nosso casamento
это песня нашей свадьбы | bu bizim düğün şarkımız | ini lagu nikahan kami | ye hamari shaadi ka gaana hai
यह हमारी शादी का गाना है | これは結婚式の曲です | 이건 우리 결혼식 노래야 | 这是我们婚礼上的歌 | هذه أغنية زفافنا
"""


def _lines(block: str) -> list[str]:
    return [each.strip() for line in block.strip().splitlines() for each in line.split("|")]
