"""Reading text as people type it: without punctuation and emoji, its links, its resolution."""

import re
import unicodedata

from core.patterns import Pattern

SIMPLIFIED = str.maketrans(
    "導匯載傳狀態積餘額點說幫請給視頻檔還剩嗎麼進問謝煩間軸軌現樣開從頭個張圖畫製動變轉換這們讓裡剛幾兩為當樂聲單預覽課單發項輸與應該錯誤補",
    "导汇载传状态积余额点说帮请给视频档还剩吗么进问谢烦间轴轨现样开从头个张图画制动变转换这们让里刚几两为当乐声单预览课单发项输与应该错误补",
)
LINK = Pattern(
    r"https?://[^\s<>\"`\u2018-\u201d\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]+",
    re.I,
)


def folded(text: str) -> str:
    """Case-folded, full-width forms narrowed, traditional characters of our tables simplified,
    spaces single."""
    narrow = unicodedata.normalize("NFKC", text).casefold().translate(SIMPLIFIED)
    return " ".join(re.sub("['\u2018\u2019\u00b4`]", "", narrow).split())


def plain(text: str) -> str:
    """The folded letters and digits alone; anything between them is one space."""
    return " ".join(re.sub(r"[\W_]+", " ", folded(text)).split())


def links(text: str) -> tuple[tuple[str, ...], str]:
    """The http(s) links that a user typed, each once and in order, and the text without them."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        address, after = _trimmed(match.group())
        if address not in found:
            found.append(address)
        return " " + after

    rest = LINK.sub(take, text)
    rest = re.sub(r"<\s*>|\(\s*\)|（\s*）", " ", rest) if found else rest
    return tuple(found), " ".join(rest.split()) if found else text


def resolution(text: str) -> str:
    """The resolution that is asked for, as the backend spells it; "" for none. More than full HD is
    not made."""
    found = RESOLUTION.search(folded(text))
    return (f"{found[1]}p" if found[1] else "1080p") if found else ""


RESOLUTION = Pattern(
    r"(?<![a-z0-9.])(?:(480|720|1080) ?p|(?:full ?)?hd|[248]k)(?![a-z0-9])|高清|超清"
)


def _trimmed(address: str) -> tuple[str, str]:
    """A link without the punctuation of the sentence around it; brackets stay where they are
    balanced."""
    end = len(address)
    while end and (address[end - 1] in ".,;:!?'*_~|" or _unbalanced(address[:end])):
        end -= 1
    return address[:end], address[end:]


def _unbalanced(address: str) -> bool:
    last = address[-1]
    return last in ")]}" and address.count(last) > address.count(
        {")": "(", "]": "[", "}": "{"}[last]
    )
