"""What is certain from the words alone and wins over the model: trigger words of the skills, signs,
bare numbers."""

import re
import unicodedata
from functools import cache

from core.domain.intents import KEYWORDS, Intent
from core.domain.understanding.changing import change
from core.domain.understanding.folding import folded
from core.domain.understanding.languages import asked_for
from core.domain.understanding.meaning import (
    Again,
    Choice,
    Command,
    CommandKind,
    Decline,
    GoAhead,
    Meaning,
    Question,
    Topic,
    Unclear,
    Wish,
    WishKind,
)
from core.domain.understanding.orders import copied_as, same_in_another_shape
from core.domain.understanding.versions import version_named

TRIGGERS: dict[Intent, Meaning] = {
    Intent.EXPORT: Command(CommandKind.EXPORT),
    Intent.CREDITS: Command(CommandKind.CREDITS),
    Intent.STATUS: Command(CommandKind.STATUS),
    Intent.UPLOAD: Question(Topic.HOWTO_SEND),
    Intent.CANCEL: Command(CommandKind.CANCEL),
    Intent.UNDO: Command(CommandKind.UNDO),
    Intent.NEW: Command(CommandKind.NEW),
    Intent.REGENERATE: Again(),
    Intent.HELP: Command(CommandKind.HELP),
    Intent.GREETING: Question(Topic.GREETING),
    Intent.THANKS: Question(Topic.THANKS),
}
"""What the trigger words of the skills mean (docs/backend.md 12.1)."""
SAYINGS = """
convert my still images | turn my still images | turn my photo into a smooth | turn this image into a 10-second
converting static images into shareable video content for developers and content creators
generating videos from images and audio without manual editing for marketers and content creators
turning still images into videos for beginners with no editing experience for beginners and first-time creators
create five product photos and a voiceover MP3 into a 1080p MP4
convert three landscape photos in JPG format into a 1080p MP4
turn three simple product photos or personal snapshots into a 1080p MP4
转换我的静态图片 | 把我的照片变成流畅的 | 把这张图片变成 10 秒的 | 把我的静态图片变成视频
把静态图片做成视频，给没有剪辑经验的新手和第一次创作的人 | 把静态图片转成开发者和内容创作者可以分享的视频
用图片和音频生成视频，不用手动剪辑，给营销人员和内容创作者 | 把三张 JPG 格式的风景照转成 1080p MP4
把三张简单的产品照或随手拍变成 1080p MP4 | 把五张产品照和一段 MP3 配音做成 1080p MP4
"""
"""What the documents of the skills propose to say, half sentences included: each is a wish."""
YES = """
k | kk | y | ok | okay | okey | ok ok | okay ok | sure | yep | yup | yeah | fine | alright | all right | ok yes | yes ok
好 | 好的 | 好啊 | 好吧 | 嗯 | 嗯嗯 | 行 | 可以 | 可以的 | 没问题 | 沒問題 | 是 | 是的 | 对 | 對
vale | dale | claro | de acuerdo | sí claro | beleza | tá bom | d'accord | va bene | certo | oui | bien sûr
ок | окей | ладно | хорошо | ага | klar | in ordnung | einverstanden | ja | ja gerne | passt
tamam | olur | evet | oke | baik | sip | iya | ya | ok sip | ठीक है | ठीक | हाँ | हां | theek hai | haan
はい | うん | オーケー | 了解 | わかった | いいよ | お願いします | 네 | 응 | 좋아 | 좋아요 | 오케이 | 그래
تمام | حسنا | حسنًا | ماشي | طيب | نعم | أجل | موافق
"""
"""Plain consent: a yes to what was asked, and beside a photo not yet an order."""
WIPE = """
delete everything | delete all | delete it all | erase everything | wipe everything | remove everything
lösch alles | alles löschen | alles weg | alles weg damit | borra todo | bórralo todo | elimina todo | eliminar todo
apaga tudo | apague tudo | apaga isso tudo | exclui tudo | deleta tudo | supprime tout | efface tout | tout supprimer
cancella tutto | elimina tutto | удали всё | удалить всё | удали все | сотри всё | стереть всё
her şeyi sil | hepsini sil | hapus semua | hapus semuanya | sab delete karo | sab mita do | सब मिटा दो | सब हटा दो
सब कुछ मिटा दो | सब कुछ हटा दो | सब डिलीट कर दो | احذف كل شي | احذف كل شيء | امسح كل شي | امسح كل شيء | احذف الكل | امسح الكل
全部删除 | 全部删掉 | 全删了 | 全删掉 | 都删掉 | 都删了 | 删掉所有 | 删除所有 | 删除全部 | 通通删掉 | 通通删光 | 全都删掉 | 全都删除
全部消して | 全部消去 | 全部削除 | 全部削除して | ぜんぶ消して | 전부 지워 | 전부 지워줘 | 다 지워 | 다 지워줘 | 전부 삭제 | 전부 삭제해줘
모두 삭제 | 모두 지워줘 | 다 삭제해줘 | 싹 다 지워줘
"""
"""To have all of it gone: the answer says what is kept, and has the button that deletes it."""
RUDE = """
wtf | wth | fuck | fuck off | fuck you | fuck this | stfu | shut up | shit | damn | damn it | idiot | stupid | dumb
stupid bot | dumb bot | you suck | this sucks | arschloch | scheiße | scheisse | so ein mist | halt die klappe | idiot
dummer bot | blöder bot | mierda | joder | carajo | idiota | cállate | bot tonto | merda | porra | burro | seu burro
cala a boca | merde | putain | ta gueule | con | connard | cazzo | stronzo | che cavolo | блин | блять | дурак | тупой
тупой бот | заткнись | salak | aptal | lanet | kahretsin | bego | goblok | anjir | sialan | bodoh | tolol | bewakoof
bakwas | बेवकूफ | बकवास | गधा | غبي | اخرس | زفت | تبا | 滚 | 傻逼 | 傻 | 妈的 | 卧槽 | 靠 | 垃圾 | 笨蛋 | 智障 | 幹
バカ | ばか | クソ | くそ | アホ | ふざけるな | 바보 | 멍청이 | 젠장 | 시발 | 씨발 | 닥쳐
"""
"""Anger and nothing else: it is answered as disappointment, and nobody asks whether to change the
video so."""
TOPICS: dict[Topic, str] = {
    Topic.PRICE: """
        price | prices | pricing | preis | preise | kosten | precio | precios | preço | preços | prix | tarif | prezzo
        prezzi | цена | цены | стоимость | fiyat | fiyatlar | ücret | harga | 价格 | 价钱 | 收费 | 料金 | 値段 | 가격 | 요금
        कीमत | दाम | سعر | السعر | الاسعار
    """,
    Topic.PRIVACY: """
        privacy | datenschutz | privacidad | privacidade | confidentialité | vie privée | конфиденциальность
        приватность | gizlilik | privasi | 隐私 | 隐私政策 | プライバシー | 개인정보 | 프라이버시 | गोपनीयता | الخصوصية
    """,
}
"""A word that is nothing but the topic of a question."""
COURTESIES: dict[Topic, str] = {
    Topic.THANKS: """
        gracias | muchas gracias | mil gracias | danke | danke schön | vielen dank | merci | merci beaucoup | obrigado
        obrigada | valeu | vlw | grazie | grazie mille | спасибо | спс | спасибо большое | teşekkürler | teşekkür ederim
        sağol | makasih | terima kasih | trims | धन्यवाद | शुक्रिया | dhanyavaad | shukriya | شكرا | شكراً | مشكور
        ありがとう | ありがとうございます | あざす | 고마워 | 고마워요 | 감사합니다 | 감사해요 | ㄱㅅ | ㄱㅅㄱㅅ | ㄳ
        谢谢 | 多谢 | 3q | 感恩
    """,
    Topic.BYE: """
        bye | goodbye | adiós | chao | tschüss | tschüß | au revoir | tchau | ciao ciao | arrivederci | пока
        до свидания | hoşça kal | görüşürüz | dadah | sampai jumpa | अलविदा | مع السلامة | さようなら | バイバイ | 안녕히 계세요
        잘 가 | 再见 | 拜拜
    """,
}
"""A courtesy and nothing else."""
THING = """
video | videos | vid | vídeo | vidéo | vídeos | видео | ролик | फोटो | वीडियो | فيديو | 视频 | 影片 | 動画 | 영상 | 비디오
photo | foto | fotos | фото | 照片 | 写真 | 사진 | صورة
"""
"""The name of a thing, and nothing of what is to become of it."""
OTHERWISE: dict[str, Meaning] = {
    **{
        word: Question(topic)
        for topic, words in (*TOPICS.items(), *COURTESIES.items())
        for word in re.split(r"\s*[|\n]\s*", words.strip())
    },
    **dict.fromkeys(re.split(r"\s*[|\n]\s*", THING.strip()), Unclear()),
    **dict.fromkeys(re.split(r"\s*[|\n]\s*", WIPE.strip()), Question(Topic.PRIVACY)),
    **dict.fromkeys(re.split(r"\s*[|\n]\s*", RUDE.strip()), Question(Topic.COMPLAINT)),
    **dict.fromkeys(("安安", "安安你好"), Question(Topic.GREETING)),
    **dict.fromkeys(re.split(r"\s*[|\n]\s*", SAYINGS.strip()), Wish(WishKind.MAKE)),
    **dict.fromkeys(
        ("how long", "how much longer", "how long does it take", "还要多久", "多久", "要多久"),
        Question(Topic.TIME),
    ),
    **dict.fromkeys(("who are you", "what are you", "你是谁"), Question(Topic.WHO)),
    **dict.fromkeys(
        (
            "show credits",
            "show the credits",
            "show my credits",
            "show me my credits",
            "my credits",
            "my balance",
            "show my balance",
            "check my credits",
            "check my balance",
        ),
        Command(CommandKind.CREDITS),
    ),
    **dict.fromkeys(("redo", "redo it", "重做"), Command(CommandKind.REDO)),
    **dict.fromkeys(re.split(r"\s*[|\n]\s*", YES.strip()), GoAhead()),
}
"""Trigger words that say something finer than their intent."""
SIGNS: dict[str, Meaning] = {
    **dict.fromkeys("👍👌✅✔🆗🙆", GoAhead()),
    **dict.fromkeys("❌✖🙅🚫", Decline()),
    **dict.fromkeys("👎😡🤮💩😠🙄😒", Question(Topic.COMPLAINT)),
    **dict.fromkeys("🙏", Question(Topic.THANKS)),
    **dict.fromkeys("👋", Question(Topic.GREETING)),
    **dict.fromkeys(
        "❤🧡💛💚💙💜🖤🤍🤎♥💕💖💗💘💓💞😍🥰😘🔥👏🎉🤩💯🥳😻🙌✨⭐🌟💐🌹🫶", Question(Topic.PRAISE)
    ),
    **dict.fromkeys("😂🤣😅😆😄😁😀😃🙂😊😉😎😜🤪😹😭🥲😢🤔😐", Question(Topic.SMALLTALK)),
}
"""Messages that are nothing but signs, by the first that says something."""
LETTERS = "abcde"
_BARE = re.compile(r"[\W_]*(?:([0-9]{1,3})|([a-e]))[\W_]*")


def certain(text: str) -> Meaning | None:
    """What these words mean for sure; None where that is for the model to say."""
    line = _line(text)
    if not line:
        return _signs(text)
    known = triggers().get(line)
    if isinstance(known, GoAhead) and ASKED.search(text):
        return None  # "ok?" is no yes
    return known or _number(text) or _shape(text) or _asked(text)


def _asked(text: str) -> Meaning | None:
    """Words that consist of nothing but an order of a kind."""
    if asked_for(text):
        return Command(CommandKind.LANGUAGE)
    if version_named(text) is not None:
        return Command(CommandKind.UNDO)
    if copied_as(text):
        return Command(CommandKind.ELSEWHERE)
    if not same_in_another_shape(text):
        return None
    # made anew, so its price is told first, unless just that is said
    different = change(text)
    return Again(different, clear=different != text.strip())


ASKED = re.compile("[?？؟]")


@cache
def triggers() -> dict[str, Meaning]:
    """Every trigger word of the skills in one spelling, with its meaning."""
    words = {word: meaning for intent, meaning in TRIGGERS.items() for word in KEYWORDS[intent]}
    return {_line(word): meaning for word, meaning in (words | OTHERWISE).items()}


def _line(text: str) -> str:
    """In the one spelling in which words are compared."""
    return " ".join(re.sub(r"[\W_]+", " ", folded(text)).split())


def _signs(text: str) -> Meaning:
    found = (SIGNS[character] for character in text if character in SIGNS)
    asked = (
        Command(CommandKind.HELP)
        if re.fullmatch(r"[\s?？¿؟!]*[?？؟][\s?？؟!]*", text)
        else Unclear()
    )
    return next(found, asked)


def _number(text: str) -> Choice | None:
    """`2`, `②`, `2.`, `(b)`, `٢` alone."""
    line = "".join(
        _digit(character) for character in unicodedata.normalize("NFKC", text).casefold()
    )
    match = _BARE.fullmatch(line)
    if not match:
        return None
    return Choice(int(match[1])) if match[1] else Choice(LETTERS.index(match[2]) + 1)


def _shape(text: str) -> Wish | None:
    """`9:16` alone is a complete order, as the button with these words is."""
    return Wish(WishKind.SHORT) if SHAPE.fullmatch(unicodedata.normalize("NFKC", text)) else None


SHAPE = re.compile(
    r"[\W_]*(?:9 ?[:：x×] ?16|(?:16|21) ?[:：x×] ?9|1 ?[:：x×] ?1|4 ?[:：x×] ?[35]|[35] ?[:：x×] ?4)[\W_]*"
)
"""The shapes that a video may have, in numbers."""


def _digit(character: str) -> str:
    """Digits of every script as the ones of ASCII."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
