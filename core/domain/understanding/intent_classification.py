"""From words to a meaning: what is certain by table, else what the model finds likely enough."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from core.domain.understanding import choosing
from core.domain.understanding.assigning import each
from core.domain.understanding.certain import certain_meaning, label_meaning
from core.domain.understanding.features import DENSE, WORDS, Concepts, concepts, features
from core.domain.understanding.meaning import (
    MEANINGS,
    Again,
    Choice,
    Command,
    CommandKind,
    GoAhead,
    Meaning,
    Question,
    Topic,
    Unclear,
    Wish,
    WishKind,
)
from core.domain.understanding.model import CLASSES, MODEL, mapped, shipped_model
from core.domain.understanding.orders import (
    COMPOSED,
    FILM,
    INSCRIBED,
    INTRODUCED,
    LATER,
    LEAVING,
    NEGATED,
    NO_START,
    ORDERED,
    REFUSED,
    change,
    is_count,
    own_words,
)
from core.domain.understanding.spelling import QUOTED, folded
from core.domain.understanding.wishes import asks_for_video

CLEAR = 0.44
"""How likely it must be that these words wish for something that is paid for, to be paid for
without asking."""
CLEAR_SHORT = 0.6
"""The same for a single word, or words of which none is known: there is little else to go by."""
SAYING_NOTHING = frozenset(("?", "pause", "sign", "exclamation", "question", "number", "quote"))
FREE = 0.5
"""How likely a command must be."""
ANSWERED = 0.08
"""How likely the topic of a question or a remark must be, to be answered."""
DOUBT = 0.4
"""The same beside what is unclear: gibberish is no praise."""
TOLD = 0.6
"""Where what is unclear is more likely than this, "make a video" is told of somebody: `my brother
makes videos`."""
FAINT = 0.02
"""What is less likely than this does not speak for its kind: there are many topics, and few
wishes."""
FAMILIAR = 0.15
"""Share of the features that must be known: words of a language that nobody taught are no clear
wish."""
WISHES = tuple(
    label
    for label, meaning in MEANINGS.items()
    if isinstance(meaning, Wish) and label != "title_like"
)
REPEATS = ("wish.again", "wish.again_change")
COMMANDS = tuple(label for label, meaning in MEANINGS.items() if isinstance(meaning, Command))
ANSWERS = tuple(label for label, meaning in MEANINGS.items() if isinstance(meaning, Question))
GROUPS = (
    WISHES,
    REPEATS,
    COMMANDS,
    ANSWERS,
    ("title_like",),
    ("choice",),
    ("go",),
    ("decline",),
    ("unclear",),
)


def open_files() -> None:
    """Hold open what words are read with, which takes neither memory nor time: the first of them
    are read also where no handle is left by then."""
    for path in (WORDS, CLASSES, MODEL):
        mapped(path)


def read(text: str, language: str) -> Meaning:
    """The meaning of one message that is neither a command nor a button. Pure; any text, any
    language.

    `language` is a hint (`en`, `zh-Hans`, …, or empty). What cannot be told with confidence is
    Unclear."""
    return meaning(text, language.partition("-")[0])


@lru_cache(maxsize=256)  # a request is asked about the same words at several of its steps
def meaning(text: str, language: str) -> Meaning:
    """The same, where the language has no region: each platform writes another, or none."""
    own = own_words(text)
    if own != text:
        return meaning(own, language) if own else Unclear()
    known = certain_meaning(text) or label_meaning(text, language)
    if known is not None and known != Command(CommandKind.NEW):
        return known
    line = folded(text)
    found = concepts(line, language)
    if known is not None:
        return _filled_in(known, text, line, found)
    counted = features(line, found)
    shipped = shipped_model()
    names = {name for concept in found for name in concept}
    needed = CLEAR_SHORT if _short(line) or names <= SAYING_NOTHING else CLEAR
    likely, familiar = shipped.likely(counted)
    meant = weighed(likely, needed if familiar >= FAMILIAR else 1.0)
    if INTRODUCED.search(line) and len(found) <= FEW and not names & ORDERS:
        return meant if isinstance(meant, Question) else Unclear()
    if likely["unclear"] < TOLD:
        meant = _told_by_build(meant, text, line)
    if isinstance(meant, Wish | Again) and (is_count(line) or _reported(text, language)):
        return Unclear()
    return _filled_in(meant, text, line, found)


def _reported(text: str, language: str) -> bool:
    """Whether all that is wished for stands in quotes: `my sister goes "make it snow" every time`
    tells what another says."""
    said = " ".join(quoted[0][1:-1] for quoted in QUOTED.finditer(text))
    if not said or not isinstance(meaning(said, language), Wish):
        return False
    told = QUOTED.sub(" ", text).strip()
    names = {name for concept in concepts(folded(told), language) for name in concept}
    inscribes = names & INSCRIBING or not told
    wished = asks_for_video(told) or isinstance(meaning(told, language), Wish | Again)
    return not inscribes and not wished


INSCRIBING = frozenset(("text", "write", "change"))
"""What makes words in quotes those that are to be read on the video."""
FEW = 6
"""Words of a remark that only shows who is in the picture, and what makes more of it than that."""
ORDERS = frozenset(
    ("make", "turn", "animate", "motion", "add", "remove", "change", "want", "can", "video")
) | {"effect", "music", "text", "write", "again"}


def _told_by_build(meaning: Meaning, text: str, line: str) -> Meaning:
    """What the build of an order says more than the model has found."""
    inscribed = INSCRIBED.search(line)
    if isinstance(meaning, Wish) and COMPOSED.search(line):
        return meaning if inscribed or FILM.search(line) else Question(Topic.SCOPE)
    written = inscribed and meaning == Question(Topic.SCOPE) and not COMPOSED.search(line)
    if not (written or _doubtful(meaning)) or REFUSED.search(line):
        return meaning
    if inscribed or asks_for_video(text):
        return Wish(WishKind.MAKE)
    return Wish(WishKind.EDIT) if ORDERED.match(line) else meaning


def _doubtful(meaning: Meaning) -> bool:
    """Whether plain words such as "a 2-second video" may still say more than the model has
    found."""
    return isinstance(meaning, Unclear | Choice) or (
        isinstance(meaning, Wish) and not meaning.clear
    )


def weighed(likely: Mapping[str, float], needed: float) -> Meaning:
    """The meaning by how likely each label is. The kind of meaning is found first, then which of
    its kind.

    `needed` is how likely something paid must be, to be clear.
    """
    loud = {label: share for label, share in likely.items() if share >= FAINT}
    group = max(GROUPS, key=lambda labels: _sum(loud, labels))
    label = max(group, key=lambda it: likely.get(it, 0.0))
    meaning, share = MEANINGS[label], _sum(likely, group)
    match meaning:
        case Wish() | Again():
            paid = _sum(likely, (*WISHES, *REPEATS))
            return replace(meaning, clear=paid >= needed)
        case Command():
            return meaning if share >= FREE else Unclear()
        case Question():
            needed = max(ANSWERED, DOUBT * likely.get("unclear", 0.0))
            return meaning if likely.get(label, 0.0) >= needed else Unclear()
        case _:
            return meaning


def _short(line: str) -> bool:
    """A single word: of Han characters two or three."""
    return " " not in line and len(line) <= (3 if DENSE.match(line) else 14)


def _sum(likely: Mapping[str, float], labels: Iterable[str]) -> float:
    return sum(likely.get(label, 0.0) for label in labels)


def _filled_in(meaning: Meaning, text: str, line: str, found: list[Concepts]) -> Meaning:
    """What the label leaves open: which number, what is to change, whether each photo is meant."""
    names = {name for concept in found for name in concept}
    match meaning:
        case Choice():
            # "delete the first one" chooses nothing
            number = None if names & AWAY else choosing.number(line, found)
            return Unclear() if number is None else Choice(number)
        case Again(change=mark):
            return replace(meaning, change=change(text) if mark else "")
        case Command(kind=CommandKind.REDO) if "stop" in names and not names & BACK:
            # where nothing is undone redo is paid: likeness of spelling ("rehne do") is not enough
            return Command(CommandKind.CANCEL)
        case Command(kind=CommandKind.NEW):
            return Command(CommandKind.NEW, of_video="video" in names)
        case GoAhead():
            return _gone_ahead(line, names)
        case Wish(kind=WishKind.REMEDY) if names & SOFT and not names & PLEADING:
            return replace(meaning, clear=False)
        case Wish(kind=WishKind.SEVERAL):
            return replace(meaning, each="each" in names or each(text))
        case Wish(kind=WishKind.MAKE | WishKind.BARE as kind):
            # "make her smile" says what it wants, though it names no video
            named = kind if "video" in names else WishKind.MAKE
            clear = meaning.clear and not (named is WishKind.BARE and NEGATED.search(line))
            return replace(meaning, kind=named, clear=clear, anew=_anew(found), each=each(text))
        case _:
            return meaning


def _gone_ahead(line: str, names: set[str]) -> Meaning:
    """A go-ahead, where nothing says that it is for later, or none."""
    if LATER.search(line):
        return Question(Topic.WAITING)
    if LEAVING.search(line):
        return Question(Topic.BYE)
    return Unclear() if NO_START.search(line) else GoAhead(free_hand="free_hand" in names)


SOFT = frozenset(("laugh", "good"))
"""What makes a remark of a complaint, where none of the other asks for anything."""
PLEADING = frozenset(("make", "turn", "add", "remove", "change", "want", "can", "please"))
AWAY = frozenset(("remove", "stop"))
BACK = frozenset(("redo", "again", "undo"))


def _anew(found: list[Concepts]) -> bool:
    """Does it speak of another, or a new, video: the two words next to one another?"""
    return any(
        ("video" in one and {"other", "new"} & {*two})
        or ("video" in two and {"other", "new"} & {*one})
        for one, two in pairwise(found)
    )
