"""Which language some words are in, as far as it decides the table they are looked up in."""

import re

from bots.sandbox.standin.wishes.lexicon import Lexicon, lexicons

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30fa]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
"""Each with letters that only it has here; Chinese ones are also found in Japanese."""
_LATIN = ("de", "es", "fr", "id", "it", "pt", "tr")
_ENGLISH = re.compile(
    r"\b(?:the|an?|and|with|for|this|these|that|it|its|my|me|our|of|to|in|into|at|on|is|please|make|turn"
    r"|convert|create|add|put|set|keep|remove|delete|change|use|show|say\w*|title\w*|caption|words|text"
    r"|photos?|pictures?|images?|portrait|video|music|volume|percent|soft\w*|loud\w*|quiet\w*|seconds?"
    r"|minutes?|longer|shorter|faster|slower|first|last|second|wide\w*|square|vertical|horizontal|smooth"
    r"|transitions?|fades?|zoom|no|not|other|another|song|what|can|you|your|do|how|i|we|are|out|up|down|half|more|less|each|every|sound|mute|loop|sec|without|only|like|piano|calm|upbeat|epic|title)\b"
)


def other(text: str) -> tuple[Lexicon, ...]:
    """The languages beside English and Chinese that a folded text may be in, by what they know of
    it; mostly one."""
    script = next((language for language, letters in _SCRIPTS if letters.search(text)), "")
    if script:
        return () if script == "zh" else (lexicons()[script],)
    weights = {language: lexicons()[language].weight(text) for language in _LATIN}
    most = max(weights.values())
    english = sum(len(word) for word in _ENGLISH.findall(text))
    if not most or english >= most:
        return ()
    return tuple(lexicons()[language] for language, weight in weights.items() if weight == most)
