"""What words are read with is loaded with the first of them, and once."""

import pytest

from benchmarks.bare.words import SENTENCE
from core.domain.understanding import Intent, certain, courtesy, features, languages, model
from core.domain.understanding.intent_classification import meaning, open_files, read
from core.domain.understanding.keywords import KEYWORDS

LOADED = (
    model.shipped_model,
    model.shipped_classes,
    features.lexicon,
    languages._names,
    certain.triggers,
)


def test_the_sentence_of_the_benchmark_needs_every_table_and_the_model() -> None:
    for cache in (*LOADED, model._pieces, meaning):
        cache.cache_clear()
    read(SENTENCE, "en")
    assert [cache.cache_info().currsize for cache in LOADED] == [1] * len(LOADED)


def test_files_that_are_held_open_are_not_opened_by_the_first_words() -> None:
    for cache in (*LOADED, model._pieces, meaning, model.mapped):
        cache.cache_clear()
    open_files()
    opened = model.mapped.cache_info().misses
    read(SENTENCE, "en")
    assert model.mapped.cache_info().misses == opened > 0


def test_words_are_read_once_however_a_platform_writes_the_language() -> None:
    meaning.cache_clear()
    found = {read("turn this into a video of my grandma", it) for it in ("en", "en-US", "en-GB")}
    assert len(found) == 1
    assert meaning.cache_info().misses == 1


def test_patterns_are_compiled_only_for_words_that_may_hold_a_trigger() -> None:
    for cache in (courtesy._pattern, courtesy._beginnings):
        cache.cache_clear()
    assert courtesy.intent_by_keywords("bitte ein Film", False) is Intent.EDIT
    assert courtesy._pattern.cache_info().currsize <= 1
    assert courtesy.intent_by_keywords("thanks a lot bro", False) is Intent.THANKS
    assert 0 < courtesy._pattern.cache_info().currsize < len(KEYWORDS)


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("please " * 5 + "export", Intent.EXPORT),
        ("please " * 6 + "export", Intent.EDIT),
        ("请" * 10 + "导出", Intent.EXPORT),
        ("请" * 11 + "导出", Intent.EDIT),
        ("导 出 视 频", Intent.EXPORT),
        ("请导 出吧", Intent.EXPORT),
        ("send me\tthe video please", Intent.EXPORT),
        ("sendme the video please", Intent.EDIT),
        ("？", Intent.HELP),
        ("…", Intent.THANKS),
    ],
)
def test_a_short_message_with_a_trigger_is_known_by_patterns_compiled_for_it(
    words: str, intent: Intent
) -> None:
    courtesy._pattern.cache_clear()
    assert courtesy.intent_by_keywords(words, False) is intent
