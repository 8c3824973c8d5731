"""What words ask of music, of a title and of the resolution: some, none, or nothing; in every
language."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from core.domain.understanding.features import concepts
from core.domain.understanding.intent_classification import read
from core.domain.understanding.meaning import Wish, WishKind
from core.domain.understanding.spelling import folded, is_question, narrowed
from core.patterns import Pattern

Addable = Literal["audio", "text"]


class Asked(StrEnum):
    """What was asked of a kind of thing."""

    WANTED = "wanted"
    REFUSED = "refused"
    NOTHING = "nothing"


def asked_about(text: str, sort: Addable, language: str = "") -> Asked:
    """What the words ask of music and sound, or of words on the picture. Pure; any language.

    Where they want some and refuse some ("no sad music, a happy song"), it is wanted."""
    if sort == "text" and (_named(text) or _is_title(text, language)):
        return Asked.WANTED
    found = {_refused(clause, at, sort) for clause, at in _mentions(text, sort)}
    if False in found:
        return Asked.WANTED
    silent = sort == "audio" and SILENT.search(" ".join(_lines(text)))
    return Asked.REFUSED if found or silent else Asked.NOTHING


def _is_title(text: str, language: str) -> bool:
    """Words that are a greeting and nothing else: they are meant to be shown."""
    meaning = read(text, language)
    return isinstance(meaning, Wish) and meaning.kind is WishKind.TITLE


def _named(text: str) -> bool:
    """Something stands in quotes, and it is no piece of music."""
    for quoted in QUOTED.finditer(text):
        before = folded(text[max(0, quoted.start() - NEAR) : quoted.start()])
        if any(map(str.isalpha, quoted[0])) and not WORDS["audio"].search(before):
            return True
    return False


def _lines(text: str) -> Iterator[str]:
    """The text in one spelling, in pieces that are not too long to be folded whole."""
    for line in text.splitlines():
        yield from (folded(line[at : at + PIECE]) for at in range(0, min(len(line), MOST), PIECE))


def _mentions(text: str, sort: Addable) -> Iterator[tuple[str, re.Match[str]]]:
    for line in _lines(text):
        for clause in CLAUSES.split(line):
            yield from ((clause, found) for found in WORDS[sort].finditer(clause))


def _refused(clause: str, found: re.Match[str], sort: Addable) -> bool:
    before, after = clause[: found.start()], clause[found.end() :]
    told = BEFORE.search(before)
    if told and not TOO.search(told[0]):
        return True
    return bool(AFTER.match(after) or SUFFIX.search(found[0]))


def names_sound(text: str) -> bool:
    """Whether the words say what to do with a sound, and ask nothing. Pure; any language of
    ours."""
    only_told = is_question(text) or HEARD.search(text) or PRESENTED.search(text)
    return SOUND.search(text) is not None and not only_told


SOUND = Pattern(
    r"\b(?:songs?|music|tune|track|audio|sound|voice|recording|narration|lied|musik|stimme|aufnahme|canci[oó]n|m[uú]sica"
    r"|voz|grabaci[oó]n|gravac|chanson|musique|voix|canzone|brano|voce|lagu|suara|[sş]ark[iı]|m[uü]zik|ses)"
    r"|песн|музык|голос|трек|запись|曲|歌|音[乐樂楽声聲]|声|배경음|노래|음악|목소리|녹음|[أا]غني|موسيقى|صوت|गान|संगीत|आवाज|gaana",
    re.IGNORECASE,
)
"""What a sound is called."""
HEARD = Pattern(
    r"\b(?:listen|hear|what an?)\b|\bh[oö]rt?\b|\b[eé]cout|\b(?:escuch|ascolt|escut|ouç|ouve)"
    r"|слуша|(?<!好)[听聽]|聴|聞い|들어\s*[봐보]|\bdinle|\bdengar|सुन|[اإ]سمع|[اإ]ستمع|\bsuno\b",
    re.IGNORECASE,
)
"""What is said of a sound that is only to be heard, or praised."""
PRESENTED = Pattern(
    r"^\W*(?:this|that|it)(?:s|\W?s| is| was)\b.*\b(?:of|from|that|we|i|he|she|they|when|where|by)\b"
    r"|^\W*(?:das|dies|es) (?:ist|war|lief)\b.*\b(?:von|aus|unser|mein|wir)|^\W*(?:est[ae] )?(?:es|era)\b.*\b(?:nuestr|mi |que |bail)"
    r"|^\W*c\W?(?:est|[eé]tait)\b.*\b(?:notre|mon|ma|qu)|^\W*(?:questa )?(?:[eè]|era)\b.*\b(?:nostr|mi[oa]\b|che)"
    r"|^\W*(?:ess[ae] )?(?:[eé]|era|foi)\b.*\b(?:noss|meu|minha|que)|^\W*это\b.*\b(?:наш|мо[ейя]|котор)"
    r"|^\W*bu\b.*\b(?:bizim|benim)|^\W*ini\b.*(?:\b(?:kami|kita|aku|saya)\b|ku\b)|^\W*(?:yeh?|yah)\b.*\b(?:hamar|mer[aei])"
    r"|^\W*(?:यह|ये).*(?:हमार|मेर)|^\W*これは.*の曲|^\W*이(?:건|거|게).*(?:우리|내)|^\W*[这這]是.*(?:我|的歌)|^\W*هذ[هاي].*(?:نا|ي)\W*$",
    re.IGNORECASE,
)
"""What only tells which sound it is: "this is the song of my wedding"."""


def names_voice_over(text: str) -> bool:
    """Does it speak of a voice-over? "a promo with my narration", "配上旁白"."""
    return VOICE.search(narrowed(text)) is not None


VOICE = Pattern(r"\bvoice ?-?overs?\b|\bnarrat(?:e|ed|ing|ion|or)\b|配音|旁白|口播|解说", re.ASCII)


def names_length(words: str, language: str) -> bool:
    """Whether a length is named, "15s" or "half a minute"; what is quoted names none."""
    told = concepts(folded(QUOTED.sub(" ", words)), language)
    return any(found == ("duration",) for found in told)


def resolution_asked(text: str) -> str:
    """The resolution that is asked for, as the backend spells it; "" for none. More than full HD is
    not made."""
    found = RESOLUTION.search(narrowed(text))
    return (f"{found[1]}p" if found[1] else "1080p") if found else ""


RESOLUTION = Pattern(
    r"(?<![a-z0-9.])(?:(480|720|1080) ?p|(?:full ?)?hd|[248]k)(?![a-z0-9])|高清|超清"
)


NEAR, PIECE, MOST = 16, 300, 6_000
QUOTED = Pattern(
    r"\"[^\"\n]{1,120}\"|“[^”\n]{1,120}[”“]|„[^“”\n]{1,120}[“”]|«[^»\n]{1,120}»|「[^」\n]{1,120}」|"
    r"『[^』\n]{1,120}』|《[^》\n]{1,120}》|‹[^›\n]{1,120}›|(?<!\w)['‘][^'’\n]{1,80}['’](?!\w)"
)
AND = r"(?:and|und|y|et|e|ed|и|ve|dan)"
ANEW = (
    r"(?:an?|the|add|with|put|ein\w*|un[ae]?|mit|con|com|avec|fuge|agrega\w*|anade\w*|pon\w*|adicion\w*|"
    r"coloque|ajoute\w*|aggiungi|metti|добав\w*|с|со|ekle\w*|tambah\w*|dengan)"
)
CLAUSES = Pattern(
    r"[.!?;,:\n。！？；，：、،؛]+(?!\d)|\b(?:but|instead|just|only|aber|sondern|nur|pero|sino|solo|mas|apenas|mais|"
    rf"seulement|ma|soltanto|но|только|ama|sadece|tapi|hanya|lekin|sirf)\b|但|只要|لكن|فقط|लेकिन|सिर्फ|"
    rf"\b{AND}\s+(?={ANEW}\b)"
)
"""Where a refusal ends: at a mark, at a `but`, and at an `and` that asks for something else."""
TOO = Pattern(
    r"\b(?:too|so|very|overly|as|only|zu|so|sehr|muy|tan|demasiad\w*|tao|muito|demais|trop|tres|troppo|molto|"
    r"слишком|очень|cok|terlalu|bahut|zyada)\b|太|过于|很"
)
"""`Not too loud` refuses nothing."""
GAP = r"\W+(?:[^\W\d_]+\W+){0,3}$"
BEFORE = Pattern(
    r"(?:\b(?:no|not|none|without|wo|dont|doesnt|didnt|isnt|never|zero|skip|omit|remove|drop|minus|avoid|"
    r"ohne|keine?[mnrs]?|nicht|weder|sin|nada|ningun\w*|ni|quita\w*|sem|nao|nenhum\w*|sans|pas|aucune?|ne|ni|"
    r"senza|niente|nessun\w*|non|togli\w*|без|не|ни|нет|убер\w*|убрать|"
    r"tanpa|jangan|tidak|gak|ga|nggak|tak|bina|mat|nahi\w*)|"
    r"(?<!\w)(?:بدون|دون|بلا|من غير|لا|مش|مو|ليس|بغير|बिना|मत|नहीं|नही))"
    + GAP
    + r"|(?:不要|不想要|不用|不需要|不必|不加|不放|不配|不带|不含|别加|别放|别配|别用|别写|别|无需|无|没有|去掉|去除|删掉|"
    r"关掉|免|勿)[^，。！？]{0,6}$|노\s*$|ノー$"
)
AFTER = Pattern(
    r"\W*(?:off\b|free\b|less\b|weg\b|weglassen\b|aus\b|fuera\b|fora\b|via\b|нет\b|"
    r"не (?:надо|нуж\w*|хочу|добавля\w*|став\w*|нада)|olmasin|olmadan|yok\b|istemi\w*|koyma\b|ekleme\b|"
    r"(?:nya )?(?:tidak|gak|ga|nggak|jangan)\b|(?:ke )?bina\b|nahi\w*|mat\b|hata\w*|"
    r"(?:के )?बिना|(?:\S+ )?(?:नहीं|नही|मत|न )|"
    r"(?:は|を|も|が)?(?:なし|無し|ナシ|抜き|不要|いらない|要らない|いりません|要りません|入れないで|つけないで|付けないで|"
    r"消して|外して|やめて|なくて|無くて|を入れず|つけず|なしで)|"
    r"(?:은|는|을|를|이|가|도)?\s*(?:없이|없는|없게|빼|제외|말고|넣지|필요\s?없|안\s?넣|싫)|"
    r"(?:就|都|也)?(?:不要|不用|不需要|去掉|免了|不加))"
)
SUFFIX = Pattern(r"(?:s[iu]z|less)$")
"""Turkish says `without` at the end of a word; English has `wordless`."""
SILENT = Pattern(
    r"\b(?:silent|silently|muted?|soundless|stumm\w*|tonlos|silencios[oa]\w*|mud[oa]s?|muet\w*|silencieu\w*|"
    r"mut[oa]|silenzios[oa]|беззвучн\w*|нем(?:ое|ой|ым)|sessiz\w*|bisu|senyap|maun)\b|صامت|मौन|म्यूट|"
    r"无声|静音|無音|サイレント|무음|음소거"
)
WORDS: dict[Addable, Pattern] = {
    "audio": Pattern(
        r"\b(?:musi[ckqg]\w*|muzi[kg]\w*|songs?|lied(?:er)?\w?|soundtracks?|sounds?|sound ?effects?|audio\w*|bgm|"
        r"voice ?-?overs?|voices?|narrat\w*|narra[cz]\w*|tunes?|melod\w*|beats?|pianos?|guitar\w*|gitarr?e?n?|"
        r"klavier\w*|jazz\w*|lo-?fi|hip-?hop|techno|edm|orchest\w*|ambient|acoustic|jingle|upbeat|"
        r"cancion\w*|banda sonora|sonidos?|tema musical|locucion|voz|cancao|trilha\w*|som|sons|narrador\w*|"
        r"chanson\w*|bande-son|voix|canzon\w*|colonna sonora|suon[oi]|voce|ton(?:spur)?|"
        r"музы\w*|песн\w*|звук\w*|мелоди\w*|саундтрек\w*|озвуч\w*|джаз\w*|голос\w*|пианин\w*|"
        r"sarki\w*|ses(?:i|li|siz|ler\w*)?|turku\w*|lagu\w*|suara\w*|backsound\w*|nada|irama|"
        r"sangeet\w*|gaan?[aeo]|awaa?z|dhun)\b|موسيق|اغني|أغني|لحن|صوت|نشيد|أنشودة|"
        r"संगीत|गान[ाेो]|म्यू|धुन|आवाज|音楽|曲|サウンド|音声|ナレーション|メロディ|ジャズ|ピアノ|効果音|"
        r"音(?=は|を|も|なし|無|あり|入|つ|付)|음악|노래|브금|배경음|소리|사운드|피아노|재즈|나레이션|내레이션|멜로디|"
        r"音乐|配乐|歌|声音|音效|旁白|配音|口播|旋律|钢琴|吉他|伴奏|爵士|嘻哈|民谣"
    ),
    "text": Pattern(
        r"\b(?:titl\w*|titel\w*|titul\w*|titol\w*|titr\w*|text\w*|caption\w*|subtit\w*|headlines?|letter(?:s|ing)|"
        r"words?(?:less)?|write|writes|written|writing|say(?:s|ing)|reads|spell\w*|heading|"
        r"untertitel\w*|schrift\w*|aufschrift\w*|uberschrift\w*|beschrift\w*|schreib\w*|geschrieben|"
        r"letras?|escrib\w*|escrit\w*|rotul\w*|leyenda\w*|frases?|diga|diciendo|ponga|legenda\w*|escrev\w*|dizendo|"
        r"diz|letreiro\w*|sous-titr\w*|ecri\w*|legende\w*|inscri\w*|phrase|sottotitol\w*|testo|testi|scritt\w*|"
        r"scriv\w*|didascali\w*|dica|"
        r"названи\w*|заголов\w*|текст\w*|надпис\w*|титр\w*|субтитр\w*|подпис\w*|напи[шс]\w*|фраз\w*|словами|"
        r"basli[kg]\w*|yazi\w*|yaz(?:sin|an|ili|dir|in)?|metin\w*|altyazi\w*|judul\w*|teks\w*|tulis\w*|"
        r"bertulis\w*|takarir|likh\w*|sheershak|naam)\b|عنوان|نص(?!ف)|كتابة|اكتب|أكتب|مكتوب|ترجمة|عبارة|كلمات|"
        r"टाइटल|शीर्षक|टेक्स्ट|लिख|कैप्शन|सबटाइटल|タイトル|文字|字幕|テロップ|キャプション|テキスト|題名|見出し|"
        r"書いて|書く|書き|と入れ|って入れ|という言葉|제목|자막|글자|글씨|문구|텍스트|타이틀|라고|써\s?줘|적어|"
        r"标题|文案|写|打上|题字|字样|落款|台词|标语|加字|配字"
    ),
}
