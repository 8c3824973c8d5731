"""Which language somebody asks to be spoken to in, whatever language they ask that in."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import category

from core.domain.understanding.folding import folded
from core.i18n import LANGUAGES, catalogue

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
    if len(text) > LONGEST:
        return False
    code, rest = _found(folded(text))
    words = "".join(sign if category(sign)[0] in "LMN" else " " for sign in rest).split()
    return bool(code) and all(word in _orders() or not word.strip(SIGNS) for word in words)


LONGEST = 60
SHORTEST = 4
"""Letters of a name that is looked for among other words: `in` is no language there, and `zh` is
none either."""


def _found(line: str) -> tuple[str, str]:
    for name, code in _names():
        if name not in line:
            continue
        if match := re.search(_pattern(name), line):
            return code, f"{line[: match.start()]} {line[match.end() :]}"
    return "", line


def _pattern(name: str) -> str:
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
