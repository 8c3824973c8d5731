"""A bot that takes messages has loaded before what it reads them with."""

from pathlib import Path

from core.domain.understanding import classes, concepts, languages, model
from tests.fakes import FakeAdapter
from tests.world import bot


async def test_the_first_message_waits_for_no_table_and_no_model(tmp_path: Path) -> None:
    caches = (model.shipped, classes.shipped, concepts.lexicon, languages._names)
    for cache in (*caches, classes._pieces):
        cache.cache_clear()
    async with bot(tmp_path, "http://127.0.0.1:9", FakeAdapter()):
        assert [cache.cache_info().currsize for cache in caches] == [1, 1, 1, 1]
