"""What is set apart in words is so on Discord, and every other sign is shown as it is."""

import pytest

from bots.discord.run import Discord
from bots.discord.translate import marked, pieces
from bots.discord.translate.marks import carried_over
from core.domain.formatting import read_markdown
from core.messages import Address, Span, Style
from core.sanitize import STOP
from tests.bots.discord.conftest import Taken, answer
from tests.outgoing import outgoing
from tests.servers.discord import FakeDiscord

ROWS = (
    ("# Done\n\n**Video**: *smooth* - x", "**Done**\n\n**Video**: *smooth* - x"),
    ("snake_case 2*3*4 ||x|| ~ \\", "snake\\_case 2\\*3\\*4 \\|\\|x\\|\\| \\~ \\\\"),
    ("see [the sea](https://e.com/a_b)", "see the sea (https://e.com/a_b)"),
    ("`a` ``b`c`` `` `d ``", "`a` ``b`c`` `` `d ``"),
    ("> a **b**\n> - c", "> a **b**\n> • c"),
    ("```\nx=`1`\n\ny\n```\n~~old~~", "```\nx=`1`\n\ny\n```\n~~old~~"),
    ("**a***b* **c *d* e**", f"**a**{STOP}*b* **c *d* e**"),
    ("- a\n1. b\n\n| x | y |\n|-|-|", "• a\n1. b\n\n**x · y**"),
)


@pytest.mark.parametrize(("source", "shown"), ROWS)
def test_the_words_of_the_service_are_shown_as_meant(source: str, shown: str) -> None:
    rich = read_markdown(source)

    assert marked(rich.text, rich.spans) == shown


def test_our_own_words_are_never_read_as_marks() -> None:
    text = "# h\n  - x\n> q\n-# s [a](b) * _ #tag -5 <3\nhttps://e.com/a_b*c"

    assert marked(text) == (
        "\\# h\n  \\- x\n\\> q\n\\-# s \\[a](b) \\* \\_ #tag -5 <3\nhttps://e.com/a_b*c"
    )


def test_spans_that_cross_or_lie_outside_are_left_out() -> None:
    spans = [Span(0, 3, Style.BOLD), Span(2, 4, Style.ITALIC), Span(3, 9, Style.CODE)]

    assert marked("abcdef", spans) == "**abc**def"
    assert marked("a```b", [Span(0, 5, Style.BLOCK)]) == f"```\na`{STOP}``b\n```"


def test_each_part_of_a_long_answer_is_whole_in_itself() -> None:
    parts = carried_over(
        ["a **b", "c** *d", "e* `f **", "g` \\*\\* h", "```\nx **", "y\n``` z https://a**b"]
    )

    assert parts == [
        "a **b**",
        "**c** *d*",
        "*e* `f **`",
        "`g` \\*\\* h",
        "```\nx **```",
        "```\ny\n``` z https://a**b",
    ]


def test_a_long_bold_answer_is_bold_in_every_piece() -> None:
    rich = read_markdown(f"**{'many words ' * 500}end**")

    found = pieces(
        outgoing(Address("discord", "1"), marked(rich.text, rich.spans)), "n", attached=False
    )

    assert len(found) > 2
    assert all(piece.content.startswith("**") and piece.content.endswith("**") for piece in found)
    assert all(len(piece.content) <= 2000 for piece in found)


async def test_an_answer_arrives_in_discords_own_marks(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.says("make a clip", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    rich = read_markdown("**Done**: a_b")

    await bot.send(answer(taken.last, rich.text, spans=rich.spans), None, "n-1")

    assert dc.bot_says()[-1].content.endswith("**Done**: a\\_b")
