"""The words that shall stand on the picture: quoted or not, in English and Chinese."""

import re

_OPEN, _CLOSE = "\"'“‘「『《«‹", "\"'”’」』》»›"
QUOTED = re.compile(
    rf"(?<![a-z])[{_OPEN}](.{{1,400}}?)[{_CLOSE}](?![a-z])", re.IGNORECASE | re.DOTALL
)

_KIND = r"(?:titles?|captions?|headlines?|headings?|text|words|subtitles?|opening card|intro text)"
_SAYING = (
    r"(?:saying|that says|that reads|which says|reading|says|called|named|with the text|with "
    r"text|with the words)"
)
_KIND_ZH = r"(?:标题|標題|片头字|字幕|文字|片名|题目)"
_STOP = "\uff0c\u3002\uff1b\uff1f\uff01,.;!?\n"
_COLON = r"[:\uff1a=]"

_BEFORE_QUOTE = re.compile(
    rf"\b(?:{_KIND}|titled|entitled|captioned|named|called|{_SAYING})\b[^{_OPEN}\n]{{0,40}}$"
    rf"|{_KIND_ZH}[^{_OPEN}\n]{{0,12}}$",
    re.IGNORECASE,
)
_AFTER_QUOTE = re.compile(
    r"^\s*(?:as (?:a|the) (?:title|caption|headline)|at the (?:start|beginning|end|top)"
    r"|作为标题|当标题|做标题|的标题|这(?:个|几个)字)",
    re.IGNORECASE,
)
_VERBS = "add|make|use|put|set|with|give|then|remove|change|keep"
_SOUNDS = r"(?:some |soft |upbeat |calm |lo-?fi |a |background )*(?:music|bgm|transitions?)"
_ENDS = (
    rf"(?=\s*(?:[{_STOP}]|$|\band (?:{_VERBS})\b|\bwith {_SOUNDS}\b|\b(?:for|in|during|over) "
    r"(?:the )?first\b"
    r"|\bat the (?:start|beginning|end)\b|\bin (?:white|black|red|yellow|gold|bold)\b))"
)
_NO_TEXT = (
    r"(?!(?:an?|the|this|that|it|to|on|in|at|with|for|and|or|of|as|is|which|please|too|also|again|back|from|here|there"
    r"|first|last|above|below|over|under|bigger|smaller|larger|longer|shorter|yet|now|card|screen|overlays?)\b)"
)
_PLAIN = (
    re.compile(
        rf"\b{_KIND}\s*(?:{_COLON}|{_SAYING}\s*{_COLON}?)\s*(\S.{{0,100}}?){_ENDS}", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:change|set|rename|update) (?:the |its |my )?{_KIND} to\s+(\S.{{0,100}}?){_ENDS}",
        re.IGNORECASE,
    ),
    # "add the title Summer": whatever follows the noun, unless it says where or how
    re.compile(
        rf"\b(?:add|put|use|show|include|insert) (?:an? |the |my |this )?{_KIND} "
        rf"{_NO_TEXT}(\S.{{0,100}}?){_ENDS}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:titled|entitled)\s+(\S.{{0,100}}?){_ENDS}", re.IGNORECASE),
    re.compile(
        rf"{_KIND_ZH}\s*(?:{_COLON}|内容是|写着|写上|写|是|为|叫做?|改成|改为|换成|设为)\s*{_COLON}?"
        rf"\s*([^{_STOP}]{{1,60}})"
    ),
    re.compile(rf"(?:加|添加|配|写)(?:上|入|一个|个)?{_KIND_ZH}\s*([^{_STOP}和并]{{1,60}})"),
    re.compile(rf"(?:写上|打上)\s*([^{_STOP}]{{1,60}})"),
)
_OFF = re.compile(
    r"\b(?:remove|delete|drop|without|no|hide|take (?:out|off|away)|get rid of)\b(?: "
    rf"\w+){{0,2}}? {_KIND}\b"
    rf"|(?:去掉|去除|删除|删掉|删了|移除|不要|取消|没有|不加)[^,。,.]{{0,4}}?{_KIND_ZH}",
    re.IGNORECASE,
)
_ABOUT = re.compile(rf"\b{_KIND}\b|\btitled\b|{_KIND_ZH}", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:(?:for|during|in|over) the first|for the opening) ([\w.-]+)[\s-]*(?:seconds?|secs?|s)\b"
    r"|(?:前|开头)([\d.一二两三四五六七八九十]+)秒",
    re.IGNORECASE,
)


def wanted(words: str) -> str | None:
    """The title's text, in the user's own spelling; None where none is given."""
    for quote in QUOTED.finditer(words):
        if _BEFORE_QUOTE.search(words[: quote.start()]) or _AFTER_QUOTE.search(
            words[quote.end() :]
        ):
            return quote[1].strip() or None
    if unwanted(words):
        return None
    for form in _PLAIN:
        if found := form.search(words):
            return found[1].strip().strip(_OPEN + _CLOSE).strip() or None
    return None


def unwanted(words: str) -> bool:
    """Whether the title shall go."""
    return bool(_OFF.search(QUOTED.sub(" ", words)))


def mentioned(words: str) -> bool:
    """Whether a title is spoken of at all."""
    return bool(_ABOUT.search(QUOTED.sub(" ", words)))


def stretch(words: str) -> str:
    """How long the title stays, if that is said ("for the first 3 seconds"): the number's words,
    else empty."""
    found = _LENGTH.search(words)
    return (found[1] or found[2]) if found else ""


def without(words: str) -> str:
    """The words with every title's text and length taken out, so that "10 seconds of fame" is no
    length of the film."""
    words = QUOTED.sub(" ", words)
    text = wanted(words)
    return _LENGTH.sub(" ", words.replace(text, " ") if text else words)
