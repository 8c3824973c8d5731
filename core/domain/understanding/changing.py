"""What is to be different when something is wished for again: `again but slower` → `slower`."""

import re

from core.patterns import Pattern

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
