"""When something was said is read from its id."""

import discord
import pytest

from bots.discord.translate.places import said_at


@pytest.mark.parametrize("snowflake", [0, 175928847299117063, 1575450833342955521])
def test_an_id_tells_the_time_as_the_library_reads_it(snowflake: int) -> None:
    assert said_at(snowflake) == discord.utils.snowflake_time(snowflake).timestamp()
