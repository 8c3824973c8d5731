"""Orders that are told by their build: whatever strange words they hold, by what takes an order
back, or by consisting of nothing but such words ("as a gif", "same for TikTok")."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from core.domain.understanding.features import DENSE
from core.domain.understanding.spelling import folded
from core.i18n import LANGUAGES, catalogue
from core.patterns import Pattern

ORDERED = re.compile(
    r"(?:please |pls |and |now "
    r")*(?:add|put|insert|write|remove|delete|change|replace|move|restart|loop|mute|fade)\b.{0,40}"
    r"\b(?:title|caption|subtitle|text|music|song|logo|photo|picture|zoom|effect|transition|ending|intro|outro)s?\b"
)
"""An order in plain English, whatever strange words the title itself is made of."""
INSCRIBED = re.compile(
    r"\b(?:make|have|let) (?:it|this|the \w+) (?:say|read)\b|"
    r"\bwrite .+ on (?:it|this|top)\b|\bschreib\w* .*\b(?:drauf|darauf|druber|drunter)\b|"
    r"\bdraufschreib|\bque diga |\bescri\w+ (?:arriba|abajo|encima) |"
    r"\b(?:ecris|marque) de(?:ssus|ssous) |\bscrivi(?:ci)? so(?:pra|tto) |"
    r"\bescrev\w+ (?:em cima|embaixo|nela) |"
    r"^напиши (?:на н[еи]м|сверху|внизу) |\b(?:ustune|uzerine|altina) .+ yaz|"
    r"^اكتب (?:عليها|عليه|فوق|تحت) |\b(?:ispe|is pe|is par|upar|niche) .*likh|"
    r"(?:इस|उस) पर .*लिख|\btulis\w* .+ di ?(?:atas|bawah)|"
    r"^(?:tolong )?tulis(?:in|kan|lah)? |(?:って|という文字を?)(?:[書书]い|入れ)て|"
    r"라고 ?(?:써|적어) ?(?:줘|줄|주|줭|달)|(?:上|下|里)面写|[写打]上"
)
"""Words that are to be put on it, whatever they say: a greeting is else no more than a greeting."""
COMPOSED = re.compile(
    r"\bwrite\b.{0,40}\b(?:letter|poem|essay|story|e-?mail|speech|code|novel|report|resume)\b|"
    r"\bschreib.{0,40}\b(?:brief|gedicht|aufsatz|geschichte|e-?mail|rede|bewerbung|liedtext)\b|"
    r"\bescr[ie][bv].{0,40}\b(?:carta|poema|ensayo|cuento|correo|discurso|redacao|conto|e-?mail)\b|"
    r"\b(?:ecri|redig).{0,40}\b(?:lettre|poeme|dissertation|histoire|e-?mail|discours)\b|"
    r"\bscriv.{0,40}\b(?:lettera|poesia|racconto|e-?mail|discorso)\b|"
    r"напиши.{0,40}\b(?:письмо|стих|сочинение|рассказ|речь|эссе)|"
    r"\b(?:mektup|siir|hikaye|odev|konusma)\w* .{0,20}\byaz|"
    r"\b(?:tulis|buat)\w* .{0,30}\b(?:surat|puisi|cerpen|cerita|pidato|esai)\b|"
    r"(?:手[紙纸]|[詩诗]|作文|小[説说]|スピーチ|メール).{0,10}[書书]|"
    r"(?:편지|소설|축사|메일|(?:^| )시) ?.{0,8}써|"
    r"写.{0,12}(?:信|诗|作文|小说|致辞|致词|邮件|论文|文章)(?!的)|"
    r"اكتب.{0,20}(?:رسالة|شعر|قصيدة|قصة|خطاب|مقال)|"
    r"(?:chitthi|kavita|kahani|bhashan|चिट्ठी|कविता|कहानी|भाषण).{0,20}(?:likh|लिख)"
)
"""What is written for its own sake, which is none of our trade."""
FILM = re.compile(
    r"\b(?:vid(?:eo|eu)?s?|clips?|films?|reels?|movies?)\b|видео|ролик|фильм|视频|影片|短片|動画|영상|فيديو|वीडियो"
)
"""A video by one of its names: then it is one, whatever is to be written."""
NUMBER = re.compile(r"\d+")
BETWEEN = re.compile(r"[\W\d_]+")
COUNTED = re.compile(
    r"(?:photo|pic|image|foto|bild|фото)\w{0,8}|[第张枚目中共写真照片图]{1,4}|사진|장|번째"
    r"|out|of|de|di|von|sur|из|dari"
)
"""What stands around the numbers of "photo 2 of 5"."""
INTRODUCED = re.compile(
    r"^(?:this is|thats|that is|these are) (?:my|our|me)\b|^das (?:ist|sind) (?:mein|unser|ich)|"
    r"^(?:este?|esta|ese|esa|esos|estos) (?:es|son|soy) (?:mi|mis|yo|nuestr)|"
    r"^c ?est (?:ma|mon|moi|notre)\b|^quest[aoi] (?:e|sono) (?:mi|io|il mio|la mia|nostr)|"
    r"^(?:essa?|esse|esta|este) (?:e|sou) (?:minha|meu|eu|a minha|o meu|noss)|^это (?:мо|наш|мы|я)|"
    r"^bu(?:nlar)? (?:benim|bizim)\b|^(?:هذي|هذه|هذا|هاي|دي|ده) \S+ي(?: |$)|"
    r"^(?:ye|yeh|yah|ये|यह) (?:mer|hamar|मेर|हमार)|^ini (?:aku|saya|\w+ku)\b|"
    r"^これは?(?:うちの|私の|俺の|わたし)|^(?:우리|내) \S+(?:야|예요|에요)$|^这(?:张)?是我"
)
"""Somebody shows who is in the picture."""
REFUSED = re.compile(
    r"\?|？|\b(?:dont|do not|not|never|no|wont|cant|why|how|did|was|were|if)\b|不|别|沒|没|吗|嗎"
)
"""What makes a question, a refusal or a story of the words "make a video"."""
NEGATED = re.compile(
    r"\b(?:dont|do not|not|no|never|nicht|kein\w*|ningun\w*|pas|non|nao|nenhum|не|yapma\w*|etme\w*|"
    r"jangan\w*|ga|gak|nggak|tidak|mat|nahi\w*)\b|不[要用想必]|别|没|ない|지 ?마|지 ?말|(?:^| )안|"
    r"لا |مو |(?:^| )ما|मत|नही"
)
"""What an order to make a video must not hold: "don't make a video", "先别做视频"."""
LATER = re.compile(
    r"\b(?:later|tomorrow|tonight|another time|next time|luego|despues|manana|mas tarde|spater|"
    r"morgen|nachher|plus tard|demain|dopo|domani|piu tardi|depois|amanha|mais tarde|потом|позже|"
    r"завтра|sonra|yarin|nanti|besok|baad|kal)\b|बाद में|कल|后で|あとで|明日|나중|내일|稍后|晚点|"
    r"等下|明天|以后再|回头|لاحقا|بعدين|غدا|بكر[ةه]"
)
"""What puts off: "do it tomorrow" begins nothing now."""
LEAVING = re.compile(r"\b(?:got ?ta|got to|have to|has to|must|need to) go\b")
NO_START = re.compile(
    r"\blet (?:it|him|her|them|me) go\b|\bhere (?:you|u|ya) go\b|"
    r"\bgo (?:away|home|to|back|ask|die|find)\b|"
    r"\b(?:do not|dont|never) (?:start|begin|do|go|make)\b|"
    r"\b(?:basla|yap|et)ma(?:yin)?\b|\b(?:delete|remove|erase)\b"
)
"""What has the words of a go-ahead and is none: "go away", "ok do not start"."""


QUOTATION = Pattern(r"^[ \t]*(?:>>>[\s\S]*|[>＞]+[ \t]*[^\W_].*)", re.MULTILINE)
FORWARDED = Pattern(
    r"^\W*(?:fwd?|wg|weitergeleitet\w*|rv|reenvi\w*|enc|encaminh\w*|tr|transf\w*|inoltr\w*|пересл\w*|"
    r"ilt|iletil\w*|diteruskan|terusan|forwarded[^\n:]{0,40}|转发|轉發|転送|전달|إعادة توجيه|"
    r"फॉरवर्ड\w*)\s*[:：]",
    re.IGNORECASE,
)


def own_words(text: str) -> str:
    """The text without the lines that it quotes; "" where it is handed on from somebody else as a
    whole."""
    if FORWARDED.match(text):
        return ""
    return QUOTATION.sub("", text).strip() if QUOTATION.search(text) else text


def is_count(line: str) -> bool:
    """Whether a folded line only tells which photo of how many this is: "photo 2 of 5"."""
    around = BETWEEN.sub(" ", line).split()
    return bool(around) and len(NUMBER.findall(line)) == 2 and all(map(COUNTED.fullmatch, around))


LONGEST = 60
"""Characters of an order that consists of nothing but such words: "put a gif in the corner" is a
change."""
SORTS = ("gif", "smaller", "same", "shape", "rest")
"""The entries of a catalogue, from the one that counts most."""
TELLING = ("gif", "smaller", "shape")
SHAPES = (
    "tiktok | tik tok | reels | reel | shorts | youtube | instagram | insta | 9:16 | 16:9 | 1:1"
)
"""Names and numbers that are the same everywhere."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What each entry of one language stands for, the longest first, by the sign that it begins
    with."""

    entries: Mapping[str, tuple[tuple[str, str], ...]]


def copied_as(text: str) -> str:
    """`gif` or `smaller`, as these words ask for; "" where they ask for neither."""
    found = _sorts(text)
    return next((sort for sort in ("gif", "smaller") if sort in found and "shape" not in found), "")


def same_in_another_shape(text: str) -> bool:
    """Whether they ask for the same video in another shape."""
    return {"same", "shape"} <= _sorts(text) <= {"same", "shape", "rest"}


@lru_cache(maxsize=64)
def _sorts(text: str) -> frozenset[str]:
    """What is among these words; nothing where one of them is of no sort, in whatever language."""
    if len(text) > LONGEST:
        return frozenset()
    line = " ".join("".join(sign if _tells(sign) else " " for sign in folded(text)).split())
    if not any(entry in line for entry in _telling()):
        return frozenset()
    read = (_read(line, _lexicon(language)) for language in LANGUAGES)
    return max(read, key=len, default=frozenset())


def _tells(sign: str) -> bool:
    return sign.isalnum() or sign == ":" or not sign.isascii()


def _read(line: str, lexicon: Lexicon) -> frozenset[str]:
    found, at = set[str](), 0
    while at < len(line):
        known = lexicon.entries.get(line[at], ())
        entry = next((entry for entry in known if _stands(line, at, entry[0])), None)
        if entry is None:
            return frozenset()
        found.add(entry[1])
        at += len(entry[0])
        at += line.startswith(" ", at)
    return frozenset(found)


def _stands(line: str, at: int, entry: str) -> bool:
    """Whether the entry is there, and as a whole word where words are set apart."""
    after = line[at + len(entry) : at + len(entry) + 1]
    return line.startswith(entry, at) and (
        after in ("", " ") or bool(DENSE.match(after)) or bool(DENSE.match(entry[-1]))
    )


@cache
def _telling() -> frozenset[str]:
    """What one of these words must be: most messages have none, and are not read any further."""
    lexicons = (_lexicon(language).entries.values() for language in LANGUAGES)
    entries = (entry for known in lexicons for begun in known for entry in begun)
    return frozenset(entry for entry, sort in entries if sort in TELLING)


@cache
def _lexicon(language: str) -> Lexicon:
    phrases = catalogue(language).phrases
    said = {sort: str(phrases.get(f"asked.{sort}", "")) for sort in SORTS}
    said["shape"] += f"|{SHAPES}"
    entries = {
        folded(entry): sort
        for sort in reversed(SORTS)
        for entry in said[sort].split("|")
        if entry.strip()
    }
    known: dict[str, tuple[tuple[str, str], ...]] = {}
    for entry, sort in sorted(entries.items(), key=lambda it: -len(it[0])):
        known[entry[0]] = (*known.get(entry[0], ()), (entry, sort))
    return Lexicon(known)


_AGAIN = Pattern(
    r"^\W*(?:ok(?:ay)?\W+)?(?:please\W+)?"
    r"(?:(?:make|do|try|once|one|give|generate|render|create|redo|regenerate|run)\b[^,.;:]{0,24}?\b)?"
    r"(?:again|(?:once|one) more(?: time)?|another(?: one| version)?|one more)\b\W*"
    r"(?:but |and |with |only |just |this time |make it )*",
    re.IGNORECASE,
)
_ZH = Pattern(
    r"^(?:请|帮我)?(?:再来|再做|再生成|再弄|重新?(?:做|生成|来))(?:一?[个次遍版段]|一下)?[，, "
    r"]*(?:但是?|不过|要|这次)?"
)
_ELSEWHERE = Pattern(
    r"^\W*(?:otra vez|de nuevo|una vez más|outra vez|de novo|mais uma vez|encore(?: une "
    r"fois)?|à nouveau"
    r"|ancora una volta|di nuovo|noch ?mal|nochmals|noch einmal|[её]щ[её] раз|снова|tekrar|bir daha"
    r"|yeniden|sekali lagi|ulangi"
    r"|もう一[回度]|もういちど|다시(?: 한 ?번)?|한 ?번 더|مرة أخرى|مجددا|फिर से|एक बार "
    r"और|phir se|dobara)"
    r"[\s,、，.!:–-]*(?:(?:pero|mas|mais|ma|aber|но|ama|fakat|tapi|でも|لكن|लेकिन|lekin)\b)?[\s,、，:]*",
    re.IGNORECASE,
)


def change(text: str) -> str:
    """The words without what only says again, where that can be told; else all of them. Never
    empty."""
    words = text.strip()
    for pattern in (_AGAIN, _ZH, _ELSEWHERE):
        match = pattern.match(words)
        if match and (rest := words[match.end() :].strip(" ,.!;:，。！的")):
            return rest
    return words
