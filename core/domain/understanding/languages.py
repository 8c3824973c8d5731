"""Which of our languages words are written in, by script and most common words; and which one they
ask to be spoken to in, whatever language they ask that in."""

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import category

from core.domain.understanding.features import DENSE
from core.domain.understanding.spelling import LINK, QUOTED, folded
from core.i18n import LANGUAGES, catalogue

SCRIPTS = {
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "ARABIC": "ar",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
}
WORDS = {
    "en": """the a an and of to in on with for my your me it this that these is are was be do does dont can could would
        please make turn add put remove how what when why where who not no yes video photo photos picture pictures title
        music seconds second slow slower faster from into thanks thank you i im its have has want need just some more
        again stop start show text word words voice song the hello hey so but or as at up down like look
        looks good great nice cool much many credits export undo status help new cancel change shorter longer""",
    "es": """el la los las un una unos de del que y en con para por mi mis tu su este esta estos eso es son no sí si
        pero más mas como cómo cuánto cuanto cuesta puedes puedo quiero haz hazme hacer pon ponle quita quiero foto
        fotos vídeo video videos música segundos hola gracias por favor cuando donde qué porque muy bien bueno
        también otra otro vez gratis me lo le se al ya hay necesito agrega añade texto título""",
    "pt-BR": """o a os as um uma de do da dos das que e em com para pra por meu minha meus seu sua este esta isso esse
        essa é são não nao sim mas mais como quanto custa pode posso quero faz faça fazer coloca põe tira foto fotos
        vídeo música segundos olá oi obrigado obrigada você vc quando onde muito bem bom também outra outro vez grátis
        no na nos nas ao uns tá já até só""",
    "fr": """le la les un une des de du que qui et en avec pour par mon ma mes ton ta votre ce cette ces est sont ne
        pas oui non mais plus comme combien peux peut pouvez je tu vous veux fais faire mets mettre ajoute enlève
        photo photos vidéo musique secondes bonjour salut merci quand où quoi pourquoi très bien bon aussi encore
        gratuit s'il svp au aux sur dans il elle c'est j'ai d'une l'image""",
    "de": """der die das den dem des ein eine einen einem einer und in im mit für von zu zum zur mein meine meinen
        dein deine dieser diese dieses dies ist sind nicht kein keine ja nein aber mehr wie viel was kostet kannst kann
        ich du sie es wir mir mich will möchte mach mache machen füge bitte foto fotos bild bilder musik sekunden hallo
        danke wann wo warum sehr gut auch noch wieder kostenlos auf aus als titel text video videos alle alles""",
    "it": """il lo la i gli le un uno una di del della dei che e in con per da mio mia miei tuo tua questo questa
        questi è sono non sì si ma più come quanto costa puoi posso voglio fai fammi fare metti togli aggiungi foto
        video musica secondi ciao grazie favore quando dove cosa perché molto bene buono anche ancora volta gratis
        nel nella sul sulla al alla mi ti ci""",
    "tr": """bir bu şu ve ile için de da mi mı mu mü ne nasıl neden kaç ne kadar bana benim senin onu değil var yok
        evet hayır ama daha çok yap yapar yapabilir istiyorum lütfen ekle çıkar sil kaldır fotoğraf fotoğrafı resim
        video videoyu müzik saniye saniyelik merhaba selam teşekkürler sağol nerede zaman iyi güzel tekrar ücretsiz
        olsun yazı başlık""",
    "id": """yang dan di ke dari dengan untuk ini itu saya aku kamu anda tidak gak nggak bukan ya iya tapi lebih
        bagaimana gimana berapa apa kapan kenapa mana bisa mau ingin tolong buat buatkan bikin tambah tambahkan hapus
        foto gambar video musik detik halo hai makasih terima kasih sangat bagus juga lagi gratis jadi jadikan pada
        kasih dong nya sekali banget""",
    "hi": """hai hain ka ki ko ke karo kar karna kardo do dijiye me mein se par aur ye yeh wo woh mera meri mere kya
        kaise kitna kitne nahi nahin accha acha bahut chahiye banao bana bhej bhejo gaana galat photo video wala wali
        abhi phir lagao hatao thoda theek sab bhai""",
}
COMMON: dict[str, frozenset[str]] = {
    code: frozenset(words.split()) for code, words in WORDS.items()
}
LETTERS = {"ñ": "es", "¿": "es", "¡": "es", "ã": "pt-BR", "õ": "pt-BR", "ß": "de", "ğ": "tr", "ı": "tr", "ş": "tr",
           "œ": "fr", "ê": "fr", "è": "fr", "ò": "it", "ì": "it"}  # fmt: skip
"""Letters that point to one language, where its words do not say more."""


def language_of(text: str) -> str:
    """The code of a catalogue, or empty where nothing tells. Links and what stands in quotes do not
    count."""
    words = unicodedata.normalize("NFC", QUOTED.sub(" ", LINK.sub(" ", text[:LONGEST])))
    scripts: Counter[str] = Counter()
    for character in filter(str.isalpha, words):
        script = _script(character)
        scripts[script] += WEIGHT.get(script, 1)
    if not scripts:
        return ""
    most, count = scripts.most_common(1)[0]
    if most == "LATIN":
        return _latin(words.casefold())
    if "ja" in {SCRIPTS.get(script) for script in scripts} and most in (
        "CJK",
        "HIRAGANA",
        "KATAKANA",
    ):
        return "ja"
    if most == "CJK":
        return _chinese(words)
    return SCRIPTS.get(most, "") if count else ""


def sets_words_apart(text: str) -> bool:
    """Whether it is written in a script that puts blanks between words, or holds no letters."""
    return DENSE.search(text) is None


WEIGHT = {"CJK": 4, "HANGUL": 2, "HIRAGANA": 2, "KATAKANA": 2}
"""Letters that one character is worth, so that words are weighed and not signs."""
LONGEST = 2000
"""Characters that are looked at: what comes later changes nothing."""


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _chinese(words: str) -> str:
    """By the characters that only one of the two has: those of one country's old character set
    alone."""
    mainland = sum(_in(character, "gb2312") and not _in(character, "big5") for character in words)
    island = sum(_in(character, "big5") and not _in(character, "gb2312") for character in words)
    return "zh-Hant" if island > mainland else "zh-Hans"


def _in(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _latin(words: str) -> str:
    """The language with most of its common words here; English where several have as many and it is
    among them, unless there are letters that it does not have."""
    said = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", words)
    score = Counter(
        {code: sum(word in common for word in said) * 2 for code, common in COMMON.items()}
    )
    score.update(code for letter, code in LETTERS.items() if letter in words)
    best = score.most_common(1)[0][1]
    leading = [code for code, points in score.items() if points == best]
    if not best:
        return ""
    if len(leading) == 1:
        return leading[0]
    return "en" if "en" in leading and all(map(str.isascii, said)) else ""


PATH = Path(__file__).parent / "languages.toml"
"""The names that Babel knows; it would read a megabyte for each language to find these few words.

Written by tests.phrases.names."""
ORDERS = """
ب بال ال
in to into please pls speak talk answer reply write respond switch use now let lets can you me with i want prefer
auf zu bitte sprich rede antworte schreib mit mir en por favor habla hablame responde escribe cambia a al quiero
em fala fale responda escreva mude para sil te vous plait parle parlez reponds ecris moi le
in per parla rispondi scrivi su на по говори говорите отвечай пиши пожалуйста мне давай перейди
konus konusun lutfen yaz cevap ver pakai gunakan dalam ke tolong bicara jawab bahasa ya
में मे बोलो बोलिए बात करो करें लिखो jawab mein me bolo karo baat
تكلم تحدث رد اكتب بالعربية معي من فضلك
"""
"""Words that an order to speak a language may be made of beside its name."""
SIGNS = "请說说讲講用话話回答复覆改成换換吧我跟和对對中文字で話して答えてくださいお願いしますにをえ로해말주줘세요으답하대"
"""The same in scripts without blanks."""


@lru_cache(maxsize=64)
def named_in(text: str) -> str:
    """The catalogue of the language that is named anywhere in these words, the longest name first;
    "" for none."""
    return _found(folded(text))[0]


def asked_for(text: str) -> bool:
    """Whether these words do nothing but ask for a language: "auf Deutsch bitte", "说中文"; its
    name alone too."""
    if len(text) > LONGEST_ORDER:
        return False
    code, rest = _found(folded(text))
    words = "".join(sign if category(sign)[0] in "LMN" else " " for sign in rest).split()
    return bool(code) and all(word in _orders() or not word.strip(SIGNS) for word in words)


LONGEST_ORDER = 60
SHORTEST = 4
"""Letters of a name that is looked for among other words: `in` is no language there, and `zh` is
none either."""


def _found(line: str) -> tuple[str, str]:
    for name, code in _names():
        if name not in line:
            continue
        if match := re.search(_called(name), line):
            return code, f"{line[: match.start()]} {line[match.end() :]}"
    return "", line


def _called(name: str) -> str:
    alone = name[0] < ARABIC
    return (
        rf"(?<!\w){re.escape(name)}{ENDS if _declined(name) else ''}(?!\w)"
        if alone
        else re.escape(name)
    )


ENDS = r"\w{0,3}"
ARABIC = "\u0600"
"""From here on scripts join words to one another, or write no blanks."""


def _declined(name: str) -> bool:
    """Russian puts its names into cases."""
    return "\u0400" <= name[0] < "\u0500"


@cache
def _orders() -> frozenset[str]:
    return frozenset(map(folded, ORDERS.split()))  # all at once would be cut like a long message


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """What each language of ours is called in each of them, the longest first."""
    names: dict[str, str] = {}
    called = tomllib.loads(PATH.read_text(encoding="utf-8"))
    for code in LANGUAGES:
        for name in map(folded, (catalogue(code).name, *called[code])):
            if len(name) >= SHORTEST or (name and name[0] >= "\u2e80"):  # pragma: no branch
                names.setdefault(name[:-2] if _declined(name) else name, code)
    return tuple(sorted(names.items(), key=lambda named: -len(named[0])))
