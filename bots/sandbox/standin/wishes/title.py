"""The words that shall stand on the picture: quoted or not, in English and Chinese."""

import re

from bots.sandbox.standin.wishes.folding import folded

_PAIRS = ('""', "“”", "„“", "„”", "‘’", "«»", "»«", "‹›", "「」", "『』", "《》")
_OPEN = "'" + "".join(dict.fromkeys(pair[0] for pair in _PAIRS))
_CLOSE = "'" + "".join(dict.fromkeys(pair[1] for pair in _PAIRS))
QUOTED = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(f"{one}([^{other}]{{1,400}}?){other}" for one, other in map(tuple, _PAIRS))
    # an apostrophe between letters ends nothing
    + r"|'((?:[^']|(?<=[a-z])'(?=[a-z])){1,400}?)')(?![a-z])",
    re.IGNORECASE | re.DOTALL,
)

_KIND = r"(?:titles?|captions?|headlines?|headings?|text|words|subtitles?|opening card|intro text)"
_SAYING = (
    r"(?:saying|that says|that reads|which says|reading|says|called|named|with the text|with "
    r"text|with the words)"
)
_SAYS = (
    r"(?:that says|which says|that reads|which reads|with the words|with the "
    r"text|(?:make|have) it say)"
)
_KIND_ZH = r"(?:标题|片头字|字幕|文字|片名|题目)"
_STOP = "\u3001\uff0c\u3002\uff1b\uff1f\uff01,.;!?\n"
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
_SOUNDS = (
    r"(?:some |soft |upbeat |calm |lo-?fi |a |background )*(?:music|bgm|transitions?|piano|guitar)"
)
_ENDS = (
    rf"(?=\s*(?:[{_STOP}]|$|\band (?:{_VERBS})\b|\b(?:and|with) {_SOUNDS}\b"
    r"|\b(?:for|in|during|over) (?:the )?first\b"
    r"|\b(?:at|on|to) the (?:start|beginning|end|top|bottom)\b|\bin the (?:middle|cent(?:er|re))\b"
    r"|\bin (?:white|black|red|yellow|gold|bold)\b))"
)
_NO_TEXT = (
    r"(?!(?:an?|the|this|that|it|to|on|in|at|with|for|and|or|of|as|is|which|please|too|also|again|back|from|here|there"
    r"|first|last|above|below|over|under|bigger|smaller|larger|longer|shorter|yet|now|card|screen|overlays?)\b)"
)
_TEXT_ZH = (
    rf"([^{_STOP}]{{1,400}}?)(?=\s*(?:[{_STOP}]|$"
    r"|(?:和|并且?|再|然后|还有)(?:加|配|改|去|换|把|做|用|删)))"
)
_SEATED_ZH = re.compile(
    r"(?:放|移|挪|摆|换|调)?(?:到|在)?(?:画面|屏幕|视频)?"
    r"(?:的?(?:最?[上下中]|顶|底|正中).{0,3})?"
)
"""Where a title shall stand is not what it says."""
_PLAIN = (
    re.compile(
        rf"\b{_KIND}\s*(?:{_COLON}|{_SAYING}\s*{_COLON}?)\s*(\S.{{0,400}}?){_ENDS}", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:change|set|rename|update) (?:the |its |my )?{_KIND} to\s+(\S.{{0,400}}?){_ENDS}",
        re.IGNORECASE,
    ),
    # "add the title Summer": whatever follows the noun, unless it says where or how
    re.compile(
        rf"\b(?:add|put|use|show|include|insert|with) (?:an? |the |my |this )?{_KIND} "
        rf"{_NO_TEXT}(\S.{{0,400}}?){_ENDS}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bwrite {_NO_TEXT}(\S.{{0,400}}?) (?:on|over|across|under) (?:it|them|top|"
        r"(?:the|my|this|that) (?:photos?|pictures?|images?|video|clip|screen|top|bottom))\b",
        re.IGNORECASE,
    ),
    # "write on it happy birthday", "write happy birthday"
    re.compile(
        rf"\bwrite (?:on|over|across) (?:it|them|this|that|the (?:photo|picture|video)):? "
        rf"(\S.{{0,400}}?){_ENDS}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:^|\b(?:please|and|you|pls) )write {_NO_TEXT}(?!me\b)(\S.{{0,400}}?){_ENDS}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:titled|entitled)\s+(\S.{{0,400}}?){_ENDS}", re.IGNORECASE),
    re.compile(rf"\b{_SAYS}\s*{_COLON}?\s*(\S.{{0,400}}?){_ENDS}", re.IGNORECASE),
    re.compile(
        rf"{_KIND_ZH}\s*(?:{_COLON}|内容是|写着|写上|写|是|为|叫做?|改成|改为|换成|设为)\s*{_COLON}?"
        rf"\s*{_TEXT_ZH}"
    ),
    re.compile(rf"(?:加|添加|配|写)(?:上|入|一个|个)?{_KIND_ZH}\s*{_TEXT_ZH}"),
    re.compile(
        rf"(?:写上|写着|打上|(?:上面|画面|片头|片尾|照片上|屏幕上|底部)写[着著上了]?)\s*{_COLON}?\s*{_TEXT_ZH}"
    ),
)
_OFF = re.compile(
    r"\b(?:remove|delete|drop|without|no|hide|take (?:out|off|away)|get rid of)\b(?: "
    rf"\w+){{0,2}}? {_KIND}\b"
    rf"|(?:去掉|去除|删除|删掉|删了|移除|不要|取消|没有|不加|拿掉|无)(?:[^,。.]{{0,4}}?|[^,。.]{{0,12}}的){_KIND_ZH}",
    re.IGNORECASE,
)
_ABOUT = re.compile(rf"\b{_KIND}\b|\btitled\b|{_KIND_ZH}", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:(?:for|during|in|over) the first|for the opening) ([\w.-]+)[\s-]*(?:seconds?|secs?|s)\b"
    r"|在?(?:前|开头|最初)(?:的)? ?([\d.一二两三四五六七八九十]+) ?秒(?:钟)?(?:内|里)?",
    re.IGNORECASE,
)


def quoted(words: str) -> str | None:
    """The first text in quotation marks; None where there is none."""
    quote = QUOTED.search(words)
    return _inside(quote) if quote else None


def _inside(quote: re.Match[str]) -> str:
    return next((group for group in quote.groups() if group is not None), "").strip()


def wanted(words: str) -> str | None:
    """The title's text, in the user's own spelling; None where none is given."""
    for quote in QUOTED.finditer(words):
        before, after = (
            folded(words[max(0, quote.start() - 90) : quote.start()]).text,
            words[quote.end() :],
        )
        if _BEFORE_QUOTE.search(before) or _AFTER_QUOTE.search(after):
            return _inside(quote) or None
    if unwanted(words):
        return None
    spelling = folded(words)
    text = _LENGTH.sub(lambda found: "\n" * len(found[0]), spelling.text)
    for form in _PLAIN:
        if found := form.search(text):
            if _SEATED_ZH.fullmatch(found[1]):
                continue
            return spelling.original(*found.span(1)).strip(_OPEN + _CLOSE).strip() or None
    return None


def unwanted(words: str) -> bool:
    """Whether the title shall go."""
    return bool(_OFF.search(folded(QUOTED.sub(" ", words)).text))


def mentioned(words: str) -> bool:
    """Whether a title is spoken of at all."""
    return bool(_ABOUT.search(folded(QUOTED.sub(" ", words)).text))


def stretch(words: str) -> str:
    """How long the title stays, if that is said ("for the first 3 seconds"): the number's words,
    else empty."""
    found = _LENGTH.search(folded(words).text)
    return (found[1] or found[2]) if found else ""


def without(words: str) -> str:
    """The words, folded, with every title's text and length taken out, so that "10 seconds of fame"
    is no length of the film."""
    text = wanted(words)
    if text is not None and any(_inside(quote) == text for quote in QUOTED.finditer(words)):
        text = None
    words = QUOTED.sub(" ", words)
    return _LENGTH.sub(" ", folded(words.replace(text, " ") if text else words).text)
