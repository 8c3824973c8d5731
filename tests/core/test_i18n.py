"""Hygiene of the catalogues: same keys, same placeholders, and nothing in the code that they do not
hold."""

import ast
import re
import string
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from babel import Locale

from core.domain.understanding import Wish, read
from core.i18n import (
    FOLDER,
    LANGUAGES,
    META,
    PROFILES,
    Phrase,
    catalogue,
    closest,
    edition,
    named,
    nemo_code,
    text,
)
from tests.translations import left

ROOT = Path(__file__).parents[2]
LONGEST = 900
LOGGED = {"debug", "info", "warning", "error", "exception", "critical", "bind"}
LOGGERS = ("discord.shard",)
FILES = (".sqlite", ".toml", ".md", ".sql", ".mp4", ".json", ".txt")
EN, ZH = catalogue("en").phrases, catalogue("zh-Hans").phrases
BEGUN: frozenset[str] = frozenset()
"""Languages that may still leave words to English; all others have all of them."""


def forms(phrase: Phrase) -> dict[str, str]:
    """The plural forms of a phrase, or its one form as `other`."""
    return (
        {"other": phrase}
        if isinstance(phrase, str)
        else {form: said for form, said in phrase.items() if form != "by"}
    )


def placeholders(phrase: Phrase) -> set[str]:
    return {
        name
        for said in forms(phrase).values()
        for _, name, _, _ in string.Formatter().parse(said)
        if name
    }


@dataclass(frozen=True)
class Use:
    """A key in the source: `key` is literal, or a pattern where an f-string leaves gaps; `params`
    None if unknown."""

    where: str
    key: str
    params: frozenset[str] | None


@cache
def uses() -> tuple[Use, ...]:
    found: list[Use] = []
    for file in sorted([*(ROOT / "core").rglob("*.py"), *(ROOT / "bots").rglob("*.py")]):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        calls = list(_calls(tree, file))
        called = {id(node) for _, nodes in calls for node in nodes}
        found += (use for use, _ in calls)
        found += _literals(tree, file, called | _logged(tree))
    return tuple(found)


def _calls(tree: ast.AST, file: Path) -> Iterator[tuple[Use, list[ast.expr]]]:
    """Every text("…") and i18n.text("…"), with the nodes that hold its key."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and node.args and _is_text(node.func)):
            continue
        known = all(keyword.arg for keyword in node.keywords)
        params = frozenset(str(keyword.arg) for keyword in node.keywords) if known else None
        for expression in _branches(node.args[0]):
            key = _key(expression)
            if key:
                yield Use(f"{file.relative_to(ROOT)}:{node.lineno}", key, params), [expression]


def _is_text(function: ast.expr) -> bool:
    match function:
        case ast.Name(id="text") | ast.Attribute(attr="text", value=ast.Name(id="i18n")):
            return True
    return False


def _branches(expression: ast.expr) -> list[ast.expr]:
    match expression:
        case ast.IfExp(body=body, orelse=orelse):
            return [*_branches(body), *_branches(orelse)]
    return [expression]


def _key(expression: ast.expr) -> str:
    match expression:
        case ast.Constant(value=str(value)):
            return re.escape(value)
        case ast.JoinedStr(values=values):
            return "".join(
                re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w-]+"
                for v in values
            )
    return ""


def _literals(tree: ast.AST, file: Path, skip: set[int]) -> Iterator[Use]:
    """Strings that look like a key, wherever they stand: tables name the phrase that answers an
    error."""
    if file.parent.name == "understanding":  # the labels of meanings are spelled like keys
        return
    sections = "|".join(sorted({key.split(".")[0] for key in EN}))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in skip
            and re.fullmatch(rf"(?:{sections})\.[a-z0-9_]+", node.value)
            and not node.value.endswith(FILES)
            and node.value not in LOGGERS
        ):
            key = re.escape(node.value) + (
                r"[\w-]+" if node.value.endswith("_") else ""
            )  # the rest is added to it
            yield Use(f"{file.relative_to(ROOT)}:{node.lineno}", key, None)


def _logged(tree: ast.AST) -> set[int]:
    """Names of log events may look like keys."""
    return {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LOGGED
        for argument in node.args
    }


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code not in BEGUN])
def test_a_complete_language_leaves_nothing_to_english(language: str) -> None:
    assert left(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_read_by_sections_says_what_it_says_as_a_whole(language: str) -> None:
    catalogue.cache_clear()
    said = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    found = catalogue(language)
    assert (found.name, found.backend) == (said[META]["name"], said[META]["backend"])
    assert found.profiles == said.pop(PROFILES, {})
    del said[META]
    phrases = {
        f"{section}.{name}": said[section][name] for section in said for name in said[section]
    }
    assert found.phrases["talk.help"] == said["talk"]["help"]
    assert len(found.phrases) == len(phrases)
    assert dict(found.phrases) == phrases
    assert found.phrases.get("talk.nothing") is found.phrases.get("nothing") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_no_key_that_english_lacks(language: str) -> None:
    assert catalogue(language).phrases.keys() - EN.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_has_the_placeholders_of_the_english_one(language: str) -> None:
    """A singular form may do without its number."""
    said = catalogue(language).phrases
    assert {key: placeholders(said[key]) ^ placeholders(EN[key]) for key in said} == {
        key: set() for key in said
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_has_the_forms_of_its_language(language: str) -> None:
    known = {*Locale.parse(language.replace("-", "_")).plural_form.tags, "other"}
    for key, phrase in catalogue(language).phrases.items():
        assert {"other"} <= forms(phrase).keys() <= known, key


@pytest.mark.parametrize(
    ("number", "word"), [(1, "кредит"), (3, "кредита"), (5, "кредитов"), (21, "кредит")]
)
def test_a_number_chooses_the_form_of_its_word(number: int, word: str) -> None:
    assert f" {number} {word}." in text("talk.credits", "ru", available=number)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("中文", "zh-Hans"),
        ("English", "en"),
        ("chinese", "zh-Hans"),
        ("繁體中文", "zh-Hant"),
        ("japanese", "ja"),
        ("klingon", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_by_its_code_and_its_names(name: str, code: str) -> None:
    assert named(name) == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_a_text_of_readable_length(language: str) -> None:
    for key, phrase in catalogue(language).phrases.items():
        assert all(said.strip() for said in forms(phrase).values()), key
        assert all(len(said) <= LONGEST for said in forms(phrase).values()), key
        assert all(name.isidentifier() for name in placeholders(phrase)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_sections_of_phrases_and_nothing_deeper(language: str) -> None:
    file = ROOT / "core" / "locales" / f"{language}.toml"
    for section, phrases in tomllib.loads(file.read_text(encoding="utf-8")).items():
        assert isinstance(phrases, dict), section
        if section not in (META, PROFILES):
            deeper = [phrase for phrase in phrases.values() if isinstance(phrase, dict)]
            assert all(isinstance(form, str) for phrase in deeper for form in phrase.values()), (
                section
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_mixes_letters_that_look_alike(language: str) -> None:
    """A Greek ό in a Spanish word looks right and is found by no search."""
    phrases = catalogue(language).phrases.values()
    words = (word for phrase in phrases for said in forms(phrase).values()
             for word in re.findall(r"[^\W\d_]+", said))  # fmt: skip
    assert [
        word
        for word in words
        if len({script(letter) for letter in word} & {"LATIN", "GREEK", "CYRILLIC"}) > 1
    ] == []


def script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


KINDS = ("photo", "clip", "sound", "voice", "file")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_label_of_a_button_can_be_read_on_a_phone(language: str) -> None:
    longest = max((text(f"kinds.{kind}", language, count=10) for kind in KINDS), key=len)
    named = {"files": longest, "count": 10, "total": 1000, "needed": 100}
    labels = {key: text(key, language, **named) for key in EN if key.startswith("button.")}
    assert {key: label for key, label in labels.items() if len(label) > 40} == {}


QUOTED = re.compile('“([^”]+)”|«([^»]+)»|„([^“]+)“|「([^」]+)」|"([^"]+)"')


@pytest.mark.parametrize("key", ["talk.change", "talk.edit"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_are_told_to_write_is_understood(language: str, key: str) -> None:
    examples = ["".join(found) for found in QUOTED.findall(text(key, language))]
    assert len(examples) >= 3
    assert [words for words in examples if not isinstance(read(words, language), Wish)] == []


def test_chinese_phrases_are_in_chinese() -> None:
    """A phrase left in English shows as equal words; names and symbols alone may be equal, and one
    is in both."""
    equal = {
        key
        for key in EN.keys() & ZH.keys()
        if EN[key] == ZH[key] and re.search(r"[a-z]{3,} [a-z]{3,}", str(EN[key]))
    }
    assert {key for key in equal if not re.search(r"[\u4e00-\u9fff]", str(EN[key]))} == set()


LITERAL = {re.escape(key): key for key in EN}


def test_every_key_in_the_code_exists() -> None:
    missing = {
        use.where: use.key
        for use in uses()
        if use.key not in LITERAL and not any(re.fullmatch(use.key, key) for key in EN)
    }
    assert missing == {}


def test_every_call_fills_the_placeholders_of_its_phrase() -> None:
    """More is no harm: where one of two phrases is chosen, only one of them may need the number."""
    wrong = {
        use.where: (key, sorted(placeholders(EN[key]) - use.params))
        for use in uses()
        if use.params is not None and (key := LITERAL.get(use.key, ""))
        if not use.params >= placeholders(EN[key])
    }
    assert wrong == {}


def test_the_scan_sees_calls_tables_and_gaps() -> None:
    source = (
        'text("bot.a", x, n=1); i18n.text(f"bot.{k}"); T = {1: "bot.b"}; log.info("bot.c"); '
        'r.text("bot.d" )'
    )
    tree, file = ast.parse(source), ROOT / "bots" / "example.py"
    found = list(_calls(tree, file))
    assert [use.key for use, _ in found] == [r"bot\.a", r"bot\.[\w-]+"]
    assert found[0][0].params == frozenset({"n"})
    skip = {id(node) for _, nodes in found for node in nodes} | _logged(tree)
    assert [use.key for use in _literals(tree, file, skip)] == [r"bot\.b", r"bot\.d"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("2024 trip.jpg", "\u200f\u200e2024 trip.jpg\u200e\u200f"),
        ("1080×1920", "\u200f\u200e1080×1920\u200e\u200f"),
        ("https://nemovideo.com/a?ct=1", "https://nemovideo.com/a?ct=1"),
        ("telegram:123", "telegram:123"),
        ("Été.jpg", "\u200f\u200eÉté.jpg\u200e\u200f"),
        ("صورة.jpg", "صورة.jpg"),
        ("5 مقاطع", "5 مقاطع"),
        (" («a»)", "\u200f\u200e («a»)\u200e\u200f"),
        (" («\u200fa\u200f»)", " («\u200fa\u200f»)"),
        (7, "7"),
    ],
)
def test_latin_words_keep_their_order_from_right_to_left_and_what_is_copied_is_bare(
    words: object, shown: str
) -> None:
    assert (
        text("privacy.days", "ar", days=words)
        == f" – لمدة {shown} {'أيام' if words == 7 else 'يوم'}"
    )
    assert text("result.link", "en", url=words) == f"🔗 {words}"


@pytest.mark.parametrize("language", [code for code in LANGUAGES if catalogue(code).rtl])
def test_a_command_keeps_its_slash_in_front_from_right_to_left(language: str) -> None:
    """Without the mark before it the slash is shown behind the name, and after a letter it is no
    command."""
    said = {
        key: said
        for key, phrase in catalogue(language).phrases.items()
        for said in forms(phrase).values()
    }
    assert {
        key: words for key, words in said.items() if re.search(r"(?<!\u200e)/[a-z]", words)
    } == {}


def test_an_unknown_language_reads_english_and_an_unknown_key_is_an_error() -> None:
    assert text("bot.still_working", "tlh") == EN["bot.still_working"]
    with pytest.raises(KeyError):
        text("bot.no_such_phrase", "en")


@pytest.mark.parametrize(
    ("code", "language", "backend"),
    [
        ("zh", "zh-Hans", "zh-CN"),
        ("zh-hans", "zh-Hans", "zh-CN"),
        ("zh_CN.UTF-8", "zh-Hans", "zh-CN"),
        ("zh-TW", "zh-Hant", "zh-TW"),
        ("zh_HK", "zh-Hant", "zh-TW"),
        ("zh-hant", "zh-Hant", "zh-TW"),
        ("es-419", "es", "es"),
        ("pt", "pt-BR", "pt-BR"),
        ("de_DE.UTF-8", "de", "de"),
        ("en-GB", "en", "en"),
        ("", "en", "en"),
        ("C", "en", "en"),
        ("pl", "en", "pl"),
        ("no such code", "en", "en"),
    ],
)
def test_a_platforms_language_code_leads_to_a_catalogue(
    code: str, language: str, backend: str
) -> None:
    assert closest(code) == language
    assert nemo_code(code) == backend


def test_what_people_name_as_a_language_is_not_remembered_for_ever() -> None:
    for number in range(1000):
        assert closest(f"x-{number}") == "en"
    assert closest.cache_info().currsize < 1000


def test_the_edition_of_the_catalogues_is_the_same_until_one_changes() -> None:
    assert edition() == edition()
    assert len(edition()) == 64
