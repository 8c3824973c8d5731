"""What is set apart in words arrives as entities, counted as Telegram counts."""

from telegram.error import BadRequest

from bots.telegram.delivery.errors import to_delivery_error
from bots.telegram.run import Telegram
from bots.telegram.translate import to_entities
from core.domain.formatting import Rich, joined, read_markdown
from core.messages import Outbound, Span, Style
from core.runtime.engine.refusals import poorer
from tests.bots.telegram.conftest import HERE, words
from tests.servers.telegram import USER, FakeTelegram

FAMILY = "👩‍👩‍👧"
ANSWER = f"# {FAMILY} Done\n\n**سلام** *2* `x_y`\n\n> quoted\n\n```\nblock\n```\n~~old~~"


def told(rich: Rich, **more: object) -> Outbound:
    return words(rich.text, spans=rich.spans, **more)


def test_offsets_are_utf_16_units() -> None:
    rich = read_markdown("🎬 **👩 b**")

    found = to_entities(rich.text, rich.spans)
    assert found
    (bold,) = found

    assert (bold.type, bold.offset, bold.length) == ("bold", 3, 4)


def test_what_lies_outside_or_in_code_is_left_out() -> None:
    spans = (
        Span(0, 9, Style.BOLD),
        Span(-1, 2, Style.BOLD),
        Span(2, 2, Style.BOLD),
        Span(0, 3, Style.CODE),
        Span(1, 2, Style.ITALIC),
        Span(3, 4, Style.ITALIC),
    )

    found = to_entities("abcd", spans) or []

    assert [(it.type, it.offset, it.length) for it in found] == [("code", 0, 3), ("italic", 3, 1)]
    assert to_entities("abcd", ()) is None
    assert (
        len(to_entities("ab" * 300, [Span(at, at + 1, Style.BOLD) for at in range(300)]) or ())
        == 100
    )


async def test_formatting_arrives_and_an_edit_keeps_it(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    telegram.user_sends("hello")
    rich = read_markdown(ANSWER)
    posted = await adapter.send(told(rich), None, "n1")
    (seen,) = telegram.said(USER)

    assert seen.text == f"{FAMILY} Done\n\nسلام 2 x_y\n\nquoted\n\nblock\nold"
    types = ["bold", "bold", "italic", "code", "blockquote", "pre", "strikethrough"]
    assert [entity["type"] for entity in seen.body["entities"]] == types
    whole = seen.text.encode("utf-16-le")
    apart = [
        whole[2 * it["offset"] : 2 * (it["offset"] + it["length"])].decode("utf-16-le")
        for it in seen.body["entities"]
    ]
    assert apart == [f"{FAMILY} Done", "سلام", "2", "x_y", "quoted", "block", "old"]

    await adapter.send(told(joined([rich, "And more."], "\n")), posted, "n2")
    (seen,) = telegram.said(USER)
    assert [entity["type"] for entity in seen.body["entities"]] == types


def test_where_formatting_is_refused_the_words_go_plain() -> None:
    problem = to_delivery_error(BadRequest("can't parse entities: unsupported"), HERE)
    rich = read_markdown("**a** b")

    less = poorer(told(rich), problem)

    assert less == words("a b")
