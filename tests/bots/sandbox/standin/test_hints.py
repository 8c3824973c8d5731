"""What the bot tells people to say is done by the stand-in, in every language."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import core
from bots.sandbox.standin.answers import phrases
from bots.sandbox.standin.director import Kind, Medium, Project, plan
from bots.sandbox.standin.draft import Bed, Piece, Timeline, Words, read, write
from bots.sandbox.standin.edits import rough_cut
from bots.sandbox.standin.wishes import Wishes
from bots.sandbox.standin.wishes import read as understood
from core.skills import load

CATALOGUES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(core.__file__).parent / "locales").glob("*.toml"))
}
QUOTED = re.compile(r'“([^”]+)”|„([^“]+)“|«\s*([^»]+?)\s*»|「([^「」]+)」|"([^"]+)"')
Check = Callable[[Timeline, Timeline], bool]
PHOTOS = tuple(
    Medium(f"m{number}", f"{number}.jpg", "image", f"http://x/media/m{number}/f", 400, 300)
    for number in range(1, 5)
)


def order(timeline: Timeline) -> str:
    return "".join(piece.name[0] for piece in timeline.pieces)


def titled(timeline: Timeline, seconds: float = 3) -> bool:
    """Whether the title is one word, or the two of the catalogues that say "our summer"."""
    words = timeline.words
    return words is not None and words.ms == seconds * 1000 and len(words.text.split()) <= 2


def level(timeline: Timeline) -> float:
    return timeline.bed.volume if timeline.bed else 0.0


EDITS: dict[str, Check] = {
    "make it 15 seconds": lambda before, after: after.ms == 15_000,
    "add the title Summer": lambda before, after: titled(after) and after.words != before.words,
    "add the title Summer in the first 3 seconds": lambda before, after: (
        titled(after) and after.words is not None and not after.words.at_end
    ),
    "softer music": lambda before, after: 0 < level(after) < level(before),
    "louder": lambda before, after: level(after) > level(before),
    "no music": lambda before, after: after.bed is None,
    "remove the music": lambda before, after: after.bed is None,
    "add soft piano music": lambda before, after: (
        after.bed is not None and after.bed.style == "piano"
    ),
    "put the title at the bottom": lambda before, after: (
        after.words is not None and after.words.place == "bottom"
    ),
    "remove the title": lambda before, after: after.words is None,
    "9:16 for TikTok": lambda before, after: after.aspect == "9:16",
    "wide": lambda before, after: after.aspect == "16:9",
    "square": lambda before, after: after.aspect == "1:1",
    "photo 3 first": lambda before, after: order(after) == "3124",
    "swap the first two": lambda before, after: order(after) == "2134",
}
"""What a hint must do to a finished video; it must do nothing else that is told of."""
MAKES: dict[str, Check] = {
    "a 10-second video with soft music": lambda before, after: (
        after.ms == 10_000 and after.bed is not None and after.bed.style == "soft"
    ),
    "turn this into a 10-second video": lambda before, after: after.ms == 10_000,
}
"""What a hint must make of photos."""


def hints(text: Any, labels: set[str]) -> list[str]:
    """The phrases in quotation marks that are no names of buttons."""
    if isinstance(text, dict):
        text = text["other"]
    found = (next(group for group in hit.groups() if group) for hit in QUOTED.finditer(text))
    return [hint for hint in found if hint not in labels and "{" not in hint]


def texts(
    tree: dict[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in tree.items():
        if isinstance(value, dict) and "other" not in value:
            yield from texts(value, (*path, name))
        elif isinstance(value, (str, dict)):
            yield (*path, name), value


def labels(catalogue: dict[str, Any]) -> set[str]:
    """Names of buttons and commands that hints speak of, without the sign before them."""
    button, discord = catalogue["button"], catalogue["discord"]
    shown = (button["edit"], button["export"], button["reel_make"], discord["menu_video"])
    return {re.sub(r"^\W+", "", text).strip() for text in shown}


def said(catalogue: dict[str, Any], path: tuple[str, ...]) -> Any:
    for name in path:
        catalogue = catalogue.get(name, {})
    return catalogue


def offered() -> Iterator[tuple[str, tuple[str, ...], list[str], list[str]]]:
    """(language, key, the hints in English, those in the language) of every text with hints."""
    for path, text in texts(CATALOGUES["en"]):
        if path[0] == "preset":  # whole wishes with titles in them, which have a test of their own
            continue
        if english := hints(text, labels(CATALOGUES["en"])):
            for language, catalogue in CATALOGUES.items():
                if theirs := said(catalogue, path):
                    yield language, path, english, hints(theirs, labels(catalogue))


OFFERED = sorted(
    {
        (language, *pair)
        for language, _, english, theirs in offered()
        for pair in zip(english, theirs, strict=False)
    }
)


def timeline() -> Timeline:
    """A finished video of four photos, with music and a title in the middle of the picture."""
    cut = rough_cut([piece_of(medium) for medium in PHOTOS], None, Wishes(seconds=12, aspect="4:5"))
    return read(
        write(
            Timeline(
                cut.pieces,
                cut.ms,
                cut.aspect,
                Words("Old", place="middle"),
                Bed("epic", "Epic", 0.4),
            )
        )
    )


def piece_of(medium: Medium) -> Piece:
    return Piece(medium.name, medium.url, False, medium.width, medium.height)


def edited(words: str) -> tuple[Timeline, Timeline, int]:
    """The timeline before and after, and in how many ways it was changed."""
    before = timeline()
    turn = plan(Project(PHOTOS, frozenset(), write(before)), understood(words), words, True)
    assert turn.kind is Kind.EDIT, f"{words!r} is no edit: {turn.answer}"
    after = read(turn.stages[-1].draft)
    return before, after, len(turn.stages[-1].args["changes"])


def made(words: str) -> Timeline:
    fresh = frozenset(medium.id for medium in PHOTOS)
    turn = plan(Project(PHOTOS, fresh, None), understood(words), words, False)
    assert turn.kind is Kind.GENERATE, f"{words!r} makes no video"
    return read(turn.stages[-1].draft)


def test_every_hint_has_a_row_that_says_what_it_does() -> None:
    assert {meaning for _, meaning, _ in OFFERED} <= EDITS.keys() | MAKES.keys()
    assert {language for language, *_ in OFFERED} == CATALOGUES.keys()


def test_every_language_gives_the_same_hints() -> None:
    differ = [
        (language, path) for language, path, ours, theirs in offered() if len(ours) != len(theirs)
    ]
    assert differ == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_hint_does_what_it_says(language: str) -> None:
    hints_there = [(meaning, words) for code, meaning, words in OFFERED if code == language]
    assert hints_there
    assert [(meaning, words) for meaning, words in hints_there if not done(meaning, words)] == []


def done(meaning: str, words: str) -> bool:
    """Whether that comes of the words, and nothing else."""
    if meaning in EDITS:
        before, after, changes = edited(words)
        return EDITS[meaning](before, after) and changes == 1
    return MAKES[meaning](timeline(), made(words))


def fields(text: str) -> set[str]:
    """The places of a phrase that are filled in."""
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", phrases())
def test_the_stand_in_says_the_same_in_every_language(language: str) -> None:
    theirs, english = phrases()[language], phrases()["en"]
    assert theirs.keys() == english.keys()
    for key, text in theirs.items():
        assert fields(text) <= fields(english[key]), key
        assert not text or fields(text) >= fields(english[key]) - {"count"}, key


@pytest.mark.parametrize("language", phrases())
def test_what_the_stand_in_proposes_itself_works(language: str) -> None:
    proposed = hints(phrases()[language]["music_added"], set())
    assert edited(proposed[-1])[1].bed is None
    if language != "zh":  # its example is in quotation marks after the colon like the others'
        example = re.split(r"[:：] ", phrases()[language]["ask_title"])[-1].strip(" .。।؟")
        assert titled(edited(example)[1])


@pytest.mark.parametrize(
    ("language", "words"),
    [(code, words) for code, said, words in OFFERED if said == "remove the title"],
)
def test_it_answers_in_the_language_it_is_spoken_to(language: str, words: str) -> None:
    code = "zh" if language.startswith("zh") else language.partition("-")[0]
    turn = plan(Project(PHOTOS, frozenset(), write(timeline())), understood(words), words, True)
    assert phrases()[code]["no_title"] in turn.answer


def words_of(language: str, *path: str, **values: object) -> str:
    text: Any = CATALOGUES[language]
    for name in path:
        text = text[name]
    return str((text["other"] if isinstance(text, dict) else text).format(**values))


def after_colon(text: str) -> str:
    return re.split(r"[:：]", text, maxsplit=1)[-1].strip()


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_examples_of_forms_do_what_they_say(language: str) -> None:
    _, after, changes = edited(after_colon(words_of(language, "discord", "form_change_about")))
    assert (after.ms, titled(after), level(after), changes) == (15_000, True, 0.2, 3)
    cut = made(after_colon(words_of(language, "discord", "form_wish_about")))
    assert (cut.ms, cut.bed and cut.bed.style) == (10_000, "soft")


@pytest.mark.parametrize("language", CATALOGUES)
def test_what_is_chosen_in_a_form_is_done(language: str) -> None:
    mood = after_colon(words_of(language, "discord", "option_music_about"))
    cut = made(
        " ".join(
            (
                words_of(language, "console", "try_words"),
                words_of(language, "wish", "length", seconds=20),
                words_of(language, "wish", "aspect", aspect="9:16"),
                words_of(language, "wish", "title", title="Mein Tag"),
                words_of(language, "wish", "music", music=mood),
            )
        )
    )
    assert cut.aspect == "9:16"
    assert cut.words is not None
    assert cut.words.text == "Mein Tag"
    assert cut.bed is not None
    assert cut.bed.style == "piano"


@pytest.mark.parametrize("language", CATALOGUES)
def test_each_choice_alone_is_done(language: str) -> None:
    assert edited(words_of(language, "wish", "length", seconds=20))[1].ms == 20_000
    assert edited(words_of(language, "wish", "aspect", aspect="1:1"))[1].aspect == "1:1"
    assert edited(words_of(language, "wish", "strip_audio"))[1].bed is None
    assert edited(words_of(language, "wish", "strip_text"))[1].words is None
    assert made(words_of(language, "console", "try_words")).ms == 10_000
    assert made(words_of(language, "wish", "default")).fades


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_proposals_of_the_profiles_make_a_video_of_the_length_and_music_they_name(
    language: str,
) -> None:
    for skill in load().values():
        for english, words in zip(
            skill.suggestions["en"], skill.suggestions[language], strict=True
        ):
            if english.startswith("export"):
                continue
            cut = made(words)
            seconds = re.search(r"(\d+)-second", english)
            assert cut.ms == (int(seconds[1]) * 1000 if seconds else 12_000), words
            assert (cut.bed is not None) == ("music" in english), words
