"""One spelling for what is the same to a reader, letter by letter, so that the places in the
original are known."""

import unicodedata
from dataclasses import dataclass

_PAIRS = (
    "樂乐標标題题聲声豎竖橫横張张對对調调換换視视頻频鐘钟鏡镜轉转場场過过漸渐變变開开"
    "頭头結结後后輕轻緩缓歡欢鋼钢電电詩诗縮缩減减寫写著着動动畫画圖图個个關关刪删靜静"
    "無无風风體体選选順顺顛颠從从這这幾几兩两條条點点給给讓让來来還还嗎吗請请為为們们"
    "時时間间發发語语紅红藍蓝黃黄綠绿長长組组陰阴陽阳詞词彙汇壯壮闊阔傷伤懷怀舊旧熱热"
    "鬧闹內内說说顯显幀帧單单獨独級级數数顆颗貓猫別别處处劃划"
)
"""Traditional characters that the tables hold in their simplified form, each with it."""
_FOLD = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | {"ى": "ي", "ı": "i", "ـ": ""}
_SPACED = "\u0e00"
"""Before it stand the scripts whose accents and marks are folded away; after it they make other
letters."""


@dataclass(frozen=True, slots=True)
class Folded:
    """The words in one spelling, and for each letter its place in the original."""

    text: str
    places: tuple[int, ...]
    source: str

    def original(self, start: int, end: int) -> str:
        """What stands in the original where the spelling has this part."""
        if start >= end:
            return ""
        after = self.places[end] if end < len(self.places) else len(self.source)
        return self.source[self.places[start] : after].strip()


def folded(words: str) -> Folded:
    """Lower case, without accents and marks, simplified characters, narrow letters, ASCII
    digits."""
    letters = [(_letter(letter), place) for place, letter in enumerate(words)]
    kept = [(letter, place) for letter, place in letters if letter]
    return Folded("".join(letter for letter, _ in kept), tuple(place for _, place in kept), words)


def _letter(letter: str) -> str:
    """At most one letter for it."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter in _FOLD:
        return _FOLD[letter]
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return ""
    if "\u3040" <= letter <= "\ud7ff":
        return letter
    plain = (
        unicodedata.normalize("NFKD", letter)
        if letter < _SPACED
        else unicodedata.normalize("NFKC", letter)
    )
    return plain[0].casefold()[0]
