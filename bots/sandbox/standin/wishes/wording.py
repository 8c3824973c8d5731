"""Where in a part of a sentence the text of a title stands, in the languages that are read by
concepts."""

import re

from bots.sandbox.standin.wishes.lexicon import Lexicon

Span = tuple[int, int]
PLACES = ("top", "bottom", "middle", "start", "end")
_SMALL = (
    r"(?:am|an|im|auf|ans|al|en|el|la|los|del|a|au|le|les|alla|allo|all|nel|nella|in|no|na|ao|o|в|на|по|di|ke"
    r"|pada|في|की|के|में|मे|पर)"
)
_HEADS = {"ja": r"[はをに:]*", "ko": r"(?:을|를|은|는|에|도)?:?", "hi": "(?:ADD ?)*:?"}
_PARTICLES = {"ja": "(?:を|は|に|と|って|で)?", "ko": "(?:을|를|으로|로|이라고|라고)?"}


def span_of(text: str, lexicon: Lexicon) -> Span | None:
    """Start and end of the title's text in a folded clause; None where it names none."""
    noun = lexicon["title"].search(text)
    said = None if lexicon.language in WRITTEN else lexicon["saying"].search(text)
    if said and (noun is None or said.start() <= noun.start() < said.end()):
        span = _trimmed(text, (said.end(), len(text)), lexicon)
    elif noun is None:
        span = _written(text, lexicon)
    elif behind := _behind_colon(text, noun.end(), lexicon):
        span = behind
    elif lexicon.language in ("ja", "ko"):
        span = _between_particles(text, noun.span(), lexicon)
    elif lexicon.language == "tr":
        span = _ahead(text, noun.span(), lexicon) or _behind(text, noun.end(), lexicon)
    else:
        span = _behind(text, noun.end(), lexicon)
    return span if span and not _placed(text, span, lexicon) else None


WRITTEN = {
    "ja": r"^(?:(?:写真|動画|画面|上|下|真ん中)に)?(\S.*?)(?:って|と)(?:書い|入れ)",
    "ko": r"^(?:(?:사진|영상|위|아래)에 ?)?(\S.*?) ?(?:이?라고) ?(?:써|적어|넣어)",
    "tr": r"^(?:(?:ustune|uzerine|altina|buna) )?(\S.*?) yaz(?:in|sin|ar misin|abilir misin)?\W*$",
}
"""What is to be written, before the verb, where no title is named."""


def _written(text: str, lexicon: Lexicon) -> Span | None:
    found = re.search(WRITTEN.get(lexicon.language, "(?!)"), text)
    return found.span(1) if found else None


def _placed(text: str, span: Span, lexicon: Lexicon) -> bool:
    """Whether it says where, or how, rather than what: "put the title at the bottom", "a red
    title"."""
    if lexicon["no_title"].match(text, span[0], len(text)):
        return True
    hits = (hit for name in PLACES for hit in lexicon[name].finditer(text))
    return any(hit.start() <= span[0] and span[1] <= hit.end() for hit in hits)


def _behind_colon(text: str, after: int, lexicon: Lexicon) -> Span | None:
    """ "Titel hinzufügen: Sommer", "başlık ekle: Yaz": what stands between only asks for it."""
    asked = "|".join(
        (lexicon.within("add"), lexicon.within("tail"), r"hinzu\w*|を|을|를|karo|kardo")
    )
    colon = re.compile(rf"(?:\s*(?:{asked}))+\s*[:=]\s*").match(text, after)
    return (colon.end(), len(text.rstrip())) if colon and colon.end() < len(text) else None


def _behind(text: str, after: int, lexicon: Lexicon) -> Span | None:
    head = _HEADS.get(lexicon.language, ":?").replace("ADD", lexicon.within("add"))
    told = re.compile(f" ?(?:[:=]|{lexicon.within('saying')}) ?:? ?").match(text, after)
    if told:
        return _trimmed(text, (told.end(), len(text)), lexicon)
    if not lexicon["add"].search(text):
        return None
    start = re.compile(f" ?{head} ?").match(text, after)
    return _trimmed(text, (start.end() if start else after, len(text)), lexicon)


def _trimmed(text: str, span: Span, lexicon: Lexicon) -> Span | None:
    """Without the verb, the place and the small words at the end."""
    tails = "|".join(lexicon.within(name) for name in ("add", "tail", *PLACES))
    part = text[span[0] : span[1]]
    cut = re.search(rf"(?:(?:^|\s+)(?:{_SMALL}\s+)*(?:{tails}))+\s*$", part)
    end = span[0] + (cut.start() if cut else len(part.rstrip()))
    return (span[0], end) if end > span[0] else None


def _ahead(text: str, noun: Span, lexicon: Lexicon) -> Span | None:
    """Turkish: "Yaz başlığını ekle"."""
    if not lexicon["add"].search(text, noun[1]):
        return None
    heads = "|".join(lexicon.within(name) for name in ("no_title", *PLACES))
    head = re.match(rf"\s*(?:(?:{heads})\s+)*", text)
    start, end = head.end() if head else 0, len(text[: noun[0]].rstrip())
    said = lexicon["saying"].search(text, start, end)
    end = said.start() if said else end
    return (start, len(text[:end].rstrip())) if start < end else None


def _between_particles(text: str, noun: Span, lexicon: Lexicon) -> Span | None:
    """Japanese and Korean: "タイトルは夏を入れて", "여름이라는 제목 넣어 줘"."""
    named = re.search(rf"(\S.*?)(?:{lexicon.within('saying')})\s*$", text[: noun[0]])
    if named:
        return named.span(1)
    head = re.compile(rf"\s*{_HEADS[lexicon.language]}\s*").match(text, noun[1])
    start = head.end() if head else noun[1]
    particles = _PARTICLES[lexicon.language]
    told = re.compile(rf"(\S.*?)\s*{particles}\s*(?:{lexicon.within('add')}).*$").match(text, start)
    if told:
        return told.span(1)
    return (
        (start, len(text.rstrip())) if ":" in text[noun[1] : start] and start < len(text) else None
    )
