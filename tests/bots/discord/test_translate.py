"""The pure half of the adapter: ids, tickets, texts and wishes, by tables and by properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.discord import translate
from bots.discord.translate import Choices, Grant, Handle, Sent
from bots.discord.translate.outbound import LABEL_LIMIT, MENTION, TEXT_LIMIT, split
from core.messages import Address, Button, Command, Ticket, Video
from tests.outgoing import outgoing

HERE = Address("discord", "7", "1")
LINK = "https://media.example.com/clip.mp4"
number = st.integers(1, 2**63).map(str)


@given(
    interaction=number,
    token=st.text("abcdefghijklmnopqrstuvwxyzABCDEF0123456789-_.", min_size=1),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    limit=st.integers(0, 10**9),
)
def test_a_grant_survives_being_stored(
    interaction: str, token: str, flags: tuple[bool, bool, bool], limit: int
) -> None:
    grant = Grant(interaction, "42", token, *flags, limit, "zh")
    ticket = grant.ticket(1000.0)
    assert translate.to_grant(ticket) == grant
    assert ticket.expires == 1000.0 + 14 * 60
    assert token not in repr(grant).replace(interaction, "") or len(token) < 8


@pytest.mark.parametrize(
    "value", ["", "1/2/3", "1/2/t/1111/5/en", "1/2/t/111/five/en", "a callback id"]
)
def test_a_ticket_of_another_making_grants_nothing(value: str) -> None:
    assert translate.to_grant(Ticket(value, 1.0)) is None
    assert translate.to_grant(None) is None


@given(
    channel=number, message=number, interaction=number, original=st.booleans(), hidden=st.booleans()
)
def test_a_handle_survives_being_stored(
    channel: str, message: str, interaction: str, original: bool, hidden: bool
) -> None:
    for handle in (
        Handle(channel, message),
        Handle(channel, message, interaction, original, hidden),
    ):
        assert translate.to_handle(str(handle)) == handle


@pytest.mark.parametrize("text", ["", "12", "c:1", "c:1/2/3", "o:1/2", "x:1/2", "telegram:5"])
def test_an_id_of_another_making_names_nothing(text: str) -> None:
    assert translate.to_handle(text) is None


def test_rows_are_arranged_as_discord_can_show_them() -> None:
    row = tuple(Button(str(place), Command.SKILL, text=str(place)) for place in range(7))
    double = (Button("0", Command.SKILL, text="0"), Button("Page", url="https://example.com"))
    endless = (Button("Page", url="https://example.com/" + "x" * 600),)
    shown = translate.arranged((row, double, endless, ()))
    assert [[button.label for button in line] for line in shown] == [
        ["0", "1", "2", "3", "4"],
        ["5", "6"],
        ["Page"],
    ]


@pytest.mark.parametrize(
    ("words", "shown"), [("", "…"), ("Again", "Again"), ("x" * 90, "x" * 79 + "…")]
)
def test_a_label_is_never_empty_nor_too_long(words: str, shown: str) -> None:
    assert translate.label(Button(words)) == shown
    assert len(shown) <= LABEL_LIMIT


@given(st.text(st.sampled_from("ab 。.\n"), max_size=400), st.integers(4, 60))
def test_split_texts_fit_and_lose_no_word(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert parts
    assert all(len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("short", ["short"]),
        ("one two\n\nthree four", ["one two", "three four"]),
        ("one two. three four", ["one two.", "three four"]),
        ("一二三四五六七八。九十十一十二", ["一二三四五六七八。", "九十十一十二"]),
        ("x" * 25, ["x" * 12, "x" * 12, "x"]),
    ],
)
def test_a_text_is_cut_where_a_reader_would(text: str, parts: list[str]) -> None:
    assert split(text, 12) == parts


@given(st.text(max_size=9000))
def test_every_piece_leaves_room_for_the_name_of_who_is_rung(text: str) -> None:
    message = outgoing(HERE, text, user="9" * 20, media=Video(LINK))
    for piece in translate.pieces(message, "n" * 25, attached=False):
        assert len(f"<@{piece.ping}> {piece.content}") <= TEXT_LIMIT
        assert len(piece.nonce) <= 25
    assert len(f"<@{'9' * 20}> ") <= MENTION
    assert len(translate.headed(text)) <= TEXT_LIMIT


def test_pieces_have_different_nonces_and_only_the_last_rings() -> None:
    found = translate.pieces(
        outgoing(HERE, "word " * 1000, user="5", reply_to="6"), "store-17", attached=False
    )
    assert len({piece.nonce for piece in found}) == len(found) == 3
    assert [piece.ping for piece in found] == ["", "", "5"]
    assert [piece.reply_to for piece in found] == ["6", "", ""]
    assert [piece.silent for piece in found] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "attached", "shown"),
    [
        ("Done!", False, f"Done!\n{LINK}"),
        ("Done!", True, "Done!"),
        (f"Done: {LINK}", False, f"Done: {LINK}"),
        (f"Done: {LINK}", True, f"Done: <{LINK}>"),
        (f"Done: <{LINK}>", True, f"Done: <{LINK}>"),
        ("", False, LINK),
    ],
)
def test_the_link_is_there_and_unfolds_only_without_the_clip(
    text: str, attached: bool, shown: str
) -> None:
    assert translate.with_link(outgoing(HERE, text, Video(LINK)), attached=attached) == shown


@pytest.mark.parametrize("video", [None, Video("")])
def test_without_a_link_the_words_stay_as_they_are(video: Video | None) -> None:
    assert translate.with_link(outgoing(HERE, "Done!", video), attached=True) == "Done!"


@pytest.mark.parametrize(
    ("choices", "language", "wish"),
    [
        (Choices(), "en", "make it move"),
        (Choices(aspect="1:1"), "en", "make it move Aspect ratio 1:1."),
        (
            Choices(length=5, music=" piano "),
            "en",
            "make it move Make it 5 seconds long. Music: piano.",
        ),
        (Choices(title="Hi"), "zh", "make it move 加上标题“Hi”。"),
    ],
)
def test_choices_are_added_to_the_prompt_as_sentences(
    choices: Choices, language: str, wish: str
) -> None:
    assert translate.to_wish(" make it move ", choices, language) == wish


def test_choices_without_a_prompt_are_a_wish_as_well() -> None:
    assert translate.to_wish("", Choices(length=10), "en") == "Make it 10 seconds long."


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("photo.JPG", ".jpg"),
        ("../../etc/passwd", ""),
        ("照片 1.png", ".png"),
        (".hidden", ".hidden"),
        ("archive.照片", ""),
        ("...", ""),
        ("", ""),
        ("CON.jpeg", ".jpeg"),
        ("x" * 300 + ".heic", ".heic"),
        ("endless." + "x" * 300, ""),
    ],
)
def test_of_a_file_name_only_a_harmless_ending_counts(name: str, kept: str) -> None:
    assert translate.ending(name) == kept


def test_half_a_character_in_a_name_or_in_words_stops_nothing() -> None:
    found = translate.sent_json(
        {"id": "1", "filename": "half \ud83d.jpg", "size": 3, "url": "https://cdn.example.com"}
    )
    assert found.name == "half .jpg"


def test_the_link_of_a_file_is_not_shown_in_logs() -> None:
    assert "secret" not in repr(
        Sent(1, "a.jpg", "image/jpeg", 3, "https://cdn.example.com/a.jpg?hm=secret")
    )
