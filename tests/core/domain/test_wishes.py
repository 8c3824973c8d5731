"""Which words say that a file belongs to the video at hand, in every language, and which speak of
something else that is added."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, close, decide
from core.domain.gathering import Bundle, Item, Line
from core.domain.requests import Job, Kept, Next, Payer, Plan, Project, Step
from core.domain.understanding.choosing import version_named
from core.domain.understanding.wishes import brings_late_file, joins_project
from core.domain.versions import NEWEST
from core.messages import Address, Attachment
from core.settings import Settings
from core.skills import load
from tests import messages
from tests.knowing import knowing


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\n", "|").split("|") if line.strip()]


LATE = _lines("""
here is the missing one | here's the missing photo | I forgot this one
use this for the ending | use this as the cover | this one goes at the end
漏了一张 | 忘了一张 | 還漏了一張 | 用这张做结尾 | 这张放最后 | 缺的那张 | aquí está la que faltaba
se me olvidó esta | usa esta para el final | añade esta foto
aqui está a que faltava | esqueci essa | usa essa no final | adiciona essa foto
voici celle qui manquait | j'ai oublié celle-ci | utilise celle-ci pour la fin
ajoute celle-ci | hier ist das fehlende Bild | ich habe eins vergessen
nimm das für das Ende | füg das hier noch hinzu | ecco quella mancante
ho dimenticato questa | usa questa per il finale | aggiungi anche questa
вот недостающее фото | забыла эту | используй это для концовки | добавь и эту
işte eksik olan | bunu unuttum | bunu sona koy | bunu da ekle | ini yang kurang
lupa satu | pakai ini untuk ending | tambahkan ini juga | これも入れて | 一枚忘れてました
これを最後に使って | もう一枚 | 빠진 사진이에요 | 한 장 빠뜨렸어요 | 이걸 마지막에 써줘 | 이것도 넣어줘
هذه الصورة الناقصة | نسيت هذه | استخدم هذه للنهاية | أضف هذه أيضا
ये रही छूटी हुई फोटो | एक फोटो भूल गया | इसे अंत में लगाओ | इसे भी जोड़ दो
ye missing wali hai | isko end me lagao | ye bhi add karo
add this photo at the end | 加上这张 | 再加一张 | add this one with a title
replace the second photo with this one | one more photo
put this after the second
""")
NOT = _lines("""
ignore the last photo | where are my pictures stored | this was the last one | you forgot the title | the other one
the last one | here is my photo | esqueci a senha | şifremi unuttum | पासवर्ड भूल गया | 忘れて | さっきの写真は忘れて、間違い
te falta una, ya va | il en manque une, ça arrive | kurang satu, bentar | 还有一张没发 | ya no hace falta, cancela
представь это фото только с молниями, вот так | クレジットが足りない時は | remove the missing one | use this picture as the start and fly
add the title Hi | add a title | add the text SUMMER at the end | add music
add snow | add a transition between the photos | add a title to this photo
加个标题 | 给这张加个标题 | 加字幕 | 把标题放到最后 | añade el título Hola | adiciona o título Oi
ajoute le titre Salut | füge den Titel Hallo hinzu | aggiungi il titolo Ciao
добавь заголовок Привет | başlık ekle | tambahkan judul Halo | タイトルを入れて
제목 넣어줘 | أضف عنوان مرحبا | शीर्षक जोड़ो | make it slower
make a video from this | turn this into a reel | animate this | slower please
把这些照片做成视频 | 把视频变短一点 | add two more seconds | put the title at the end
remove the music | make a slideshow from these photos
mach ein Video aus diesem Foto | haz un video con esta foto
quero um vídeo dessa foto | fais une vidéo de cette photo
сделай видео из этого фото | bundan bir video yap | この写真で動画を作って
이 사진으로 영상 만들어줘 | buatkan video dari foto ini | اصنع فيديو من هذه الصورة
इस फोटो का वीडियो बनाओ | make the last photo longer | i forgot my password
use calmer music
""")


def test_a_file_with_these_words_joins_the_video_at_hand() -> None:
    assert [words for words in LATE if not joins_project(words)] == []


def test_what_is_added_here_is_no_file() -> None:
    assert [words for words in NOT if joins_project(words)] == []


def test_a_question_about_it_is_none_of_it() -> None:
    assert brings_late_file("here is the missing one")
    assert not brings_late_file("is this the missing one?")
    assert not brings_late_file("here is the missing one, make a video of it")


HERE, NOW = Address("telegram", "7"), 1_800_000_000.0
WAITING, SKILL = Attachment("telegram:9"), load()["ai-video-generator-from-image"]
THERE = Project("s-1", "t-1", "anon_1", Payer.ANONYMOUS, made=True)
HOLDS = Chat("7", HERE, project=THERE).keeping(Kept((WAITING,)), NOW)


def closed(
    words: str, *files: Attachment, chat: Chat = HOLDS, about: Project | None = None
) -> Next:
    items = tuple(Item(place, file) for place, file in enumerate(files))
    bundle = Bundle(items, (Line(1, words),) if words else (), opened=NOW, addressed=True)
    learnt = knowing()
    job = Job(1, "", "7", HERE, Plan.MAKE, Step.GATHER, learnt, bundle, created=NOW, about=about)
    return close(job, chat, SKILL, NOW, Settings())


@pytest.mark.parametrize(
    "words", ["here is the missing one", "漏了一张", "ye bhi add karo", "もう一枚"]
)
@pytest.mark.parametrize("waits", [True, False])
def test_a_late_photo_is_uploaded_into_the_project_at_hand(words: str, waits: bool) -> None:
    chat = HOLDS if waits else Chat("7", HERE, project=THERE)
    outcome = closed(words, *(() if waits else (WAITING,)), chat=chat)
    assert (outcome.plan, outcome.progress.connection.fresh) == (Plan.MAKE, False)
    assert outcome.progress.wish.files == (WAITING,)
    assert outcome.keep == Kept()


def test_a_title_under_a_video_leaves_the_photo_that_waits_alone() -> None:
    outcome = closed("add the title Hi", about=THERE)
    assert (outcome.plan, outcome.progress.wish.files) == (Plan.EDIT, ())
    assert outcome.keep is not None
    assert outcome.keep.files == (WAITING,)
    outcome = closed("add this photo at the end", about=THERE)
    assert (outcome.plan, outcome.progress.wish.files) == (Plan.MAKE, (WAITING,))


def test_a_title_with_a_photo_that_waits_makes_a_video_of_that_photo() -> None:
    outcome = closed("add the title Hi")
    assert outcome.progress.wish.files == (WAITING,)
    assert outcome.progress.connection.fresh


@pytest.mark.parametrize(
    "words", ["漏了一张", "here is the missing one", "ich habe eins vergessen"]
)
def test_words_about_a_photo_that_waits_are_no_small_talk(words: str) -> None:
    context = Context(HOLDS, load(), Settings())
    inbound = messages.said("m1", "7", HERE, words)
    (start,) = decide(context, inbound, NOW).start
    assert start.job.bundle.words == words
    without = replace(context, chat=Chat("7", HERE, project=THERE))
    turn = decide(without, inbound, NOW)
    assert turn.posts or turn.start


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (number, words)
        for number, lines in (
            (
                1,
                """
go back to the first | back to the first version please | version 1 | v1
the original version | vuelve a la primera versión
volta para a primeira versão | reviens à la première version
zurück zur ersten Version | torna alla prima versione | вернись к первой версии
ilk sürüme geri dön | kembali ke versi pertama | 回到第一版 | 回到第一個版本 | 恢复到最初的版本
最初のバージョンに戻して | 첫 번째 버전으로 돌아가줘 | पहले वर्जन पर वापस जाओ
pehle version par wapas jao | ارجع إلى النسخة الأولى | 回到最初 | 回到第1版
go back to the first one
""",
            ),
            (
                2,
                """
version 2 | go back to version 2 | vuelve a la versión 2
voltar para a versão 2 | reviens à la version 2 | zurück zu Version 2
torna alla versione 2 | вернись к версии 2 | 2. sürüme dön | kembali ke versi 2
回到第2版 | 回到第二个版本 | 恢复版本2 | バージョン2に戻して | 버전 2로 돌아가줘 | वर्जन 2 पर वापस जाओ
ارجع إلى الإصدار 2 | the second version | V2 | バージョン2 | 第二版 | 回到第二版 | 用第二版
""",
            ),
            (
                NEWEST,
                """
back to the newest version | the latest version | 回到最新版本 | 최신 버전으로
""",
            ),
            (
                None,
                """
undo | go back | previous version | back | the first one | first | 2
add the title version 2 | make a version 2 with rain | 上一版 | 回到上一个版本 | zurück
one | make it vertical | the first photo | the first photo first
use only the first photo | use this for the first | 2 seconds | show me
10 sec version | show the first version and the second | version | redo
i want | use 2 | i want 2 | 第一张 | 用第一张 | 要第二个 | 第二个 | undo the second | take 2
edit 1 | back 2 seconds | cut 2 seconds | undo the title | 撤销
""",
            ),
        )
        for words in _lines(lines)
    ],
)
def test_a_version_is_named_in_every_language_or_not_at_all(number: int | None, words: str) -> None:
    assert version_named(words) == number


def test_of_a_long_message_nobody_looks_for_a_version() -> None:
    assert version_named("go back to version 2" + " please" * 20) is None
