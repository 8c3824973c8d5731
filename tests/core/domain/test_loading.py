"""What words are read with is loaded in one go, also where somebody has read some before."""

from core.domain import intents
from core.domain.intents import Intent
from core.domain.understanding import classes, concepts, model, spoken, tables
from core.domain.understanding.loading import load

LOADED = (model.shipped, classes.shipped, concepts.lexicon, spoken._names, tables.triggers)


def test_one_sentence_loads_every_table_and_the_model() -> None:
    for cache in LOADED:
        cache.cache_clear()
    load()
    assert [cache.cache_info().currsize for cache in LOADED] == [1] * len(LOADED)


def test_patterns_are_compiled_only_for_words_that_may_hold_a_trigger() -> None:
    for cache in (intents._pattern, intents._beginnings):
        cache.cache_clear()
    assert intents.classify("bitte ein Film", False) is Intent.EDIT
    assert intents._pattern.cache_info().currsize <= 1
    assert intents.classify("thanks a lot bro", False) is Intent.THANKS
    assert 0 < intents._pattern.cache_info().currsize < len(intents.KEYWORDS)
