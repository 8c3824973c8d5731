"""Photos that come when there is a video already: part of it, or a new one, as the words say."""

import pytest

from bots.sandbox.standin.director import Kind, Medium, Project, plan
from bots.sandbox.standin.draft import Piece, read, write
from bots.sandbox.standin.edits import rough_cut
from bots.sandbox.standin.wishes import Wishes
from bots.sandbox.standin.wishes import read as understood

MEDIA = tuple(
    Medium(f"m{number}", f"{number}.jpg", "image", f"http://x/media/m{number}/f", 400, 300)
    for number in range(1, 4)
)
DRAFT = write(
    rough_cut(
        [Piece(it.name, it.url, False, it.width, it.height) for it in MEDIA[:2]], None, Wishes()
    )
)


def shown(words: str) -> str:
    """The photos of the timeline after a third one came with these words."""
    project = Project(MEDIA, frozenset({"m3"}), DRAFT)
    turn = plan(project, understood(words), words, False)
    assert turn.kind is not Kind.TALK
    return "".join(piece.name[0] for piece in read(turn.stages[-1].draft).pieces)


@pytest.mark.parametrize(
    "words",
    [
        "here is the missing one",
        "add this photo",
        "I forgot this one",
        "use this for the ending",
        "漏了一张",
        "這張放最後",
        "füge dieses Foto hinzu",
        "das fehlende Foto",
        "das ans Ende",
        "añade esta foto",
        "faltaba esta foto",
        "ajoute cette photo",
        "j'ai oublié cette photo",
        "aggiungi questa foto",
        "adiciona esta foto também",
        "tambahkan foto ini",
        "bu fotoğrafı da ekle",
        "добавь это фото",
        "أضف هذه الصورة",
        "यह फ़ोटो भी जोड़ो",
        "この写真も追加して",
        "이 사진도 추가해 줘",
    ],
)
def test_a_late_photo_joins_the_video_when_the_words_say_so(words: str) -> None:
    assert shown(words) == "123"


@pytest.mark.parametrize(
    "words", ["use this as the opening", "这张放开头", "das an den Anfang", "esta al principio"]
)
def test_a_late_photo_goes_first_when_the_words_say_so(words: str) -> None:
    assert shown(words) == "312"


@pytest.mark.parametrize(
    "words",
    [
        "make a video of this",
        "把这张做成视频",
        "mach daraus ein Video von 10 Sekunden",
        "haz un video con esta foto",
        "fais une vidéo de cette photo",
        "fai un video con questa foto",
        "faz um vídeo com esta foto",
        "buat video dari foto ini",
        "bu fotoğraftan video yap",
        "сделай видео из этого фото",
        "اصنع فيديو من هذه الصورة",
        "इस फ़ोटो का वीडियो बना दो",
        "この写真で動画を作って",
        "이 사진으로 영상 만들어 줘",
    ],
)
def test_a_wish_for_a_video_begins_a_new_one(words: str) -> None:
    assert shown(words) == "3"
