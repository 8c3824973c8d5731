"""The two translations as tables and properties, without a server."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import CallbackQuery, Chat, Message, MessageEntity, PhotoSize, Update, User
from telegram.constants import ChatType

from bots.telegram.translate import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Kind,
    Me,
    changed_post,
    clip_of,
    cut,
    in_part,
    kind_of,
    new_post,
    post_thread,
    to_inbound,
    to_keyboard,
    to_words,
    with_link,
)
from bots.telegram.translate.attachments import DOWNLOAD_LIMIT, _photo
from bots.telegram.translate.outbound import action_thread
from core.messages import (
    Address,
    Album,
    Attachment,
    Button,
    Command,
    Document,
    Inbound,
    Outbound,
    Place,
    Presence,
    Said,
    Sender,
    Video,
)
from tests.outgoing import outgoing

ME = Me(7, "the_bot")
RESTRICTED = [
    *[
        f"can_send_{what}"
        for what in ("messages", "polls", "audios", "documents", "photos", "videos", "video_notes")
    ],
    *[
        f"can_{what}"
        for what in ("change_info", "invite_users", "pin_messages", "manage_topics", "edit_tag")
    ],
    *(
        "can_send_other_messages",
        "can_send_voice_notes",
        "can_add_web_page_previews",
        "can_react_to_messages",
    ),
]
SOMEBODY, OTHER = User(1, "Somebody", is_bot=False), User(2, "Other", is_bot=False)


@given(st.text(alphabet=st.sampled_from("ab .\n。😀中"), max_size=300), st.integers(10, 120))
def test_a_cut_text_fits_and_loses_no_word(text: str, limit: int) -> None:
    head, rest = cut(text, limit)
    assert len(head.encode("utf-16-le")) // 2 <= limit
    if rest or head != text:
        assert head.endswith("…")
        assert "".join((head[:-1] + rest).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "head", "rest"),
    [
        ("short", "short", ""),
        ("one paragraph\n\nand another one", "one paragraph…", "and another one"),
        ("one sentence. and another one", "one sentence.…", "and another one"),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaa…", "aaaaaaaaaaa"),
        ("a aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a aaaaaaaaaaaaaaaaa…", "aaaaaaaaaaa"),
        ("😀" * 12, "😀" * 9 + "…", "😀" * 3),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(text: str, head: str, rest: str) -> None:
    assert cut(text, 20) == (head, rest)


def test_the_limits_are_those_of_the_bot_api() -> None:
    assert (TEXT_LIMIT, CAPTION_LIMIT) == (4096, 1024)


def test_a_link_is_added_once() -> None:
    video = Video("https://cdn.example/a.mp4")
    assert with_link("Here", video) == "Here\nhttps://cdn.example/a.mp4"
    assert with_link("", video) == "https://cdn.example/a.mp4"
    assert (
        with_link("Here: https://cdn.example/a.mp4 !", video) == "Here: https://cdn.example/a.mp4 !"
    )
    assert with_link("Here", Video("")) == "Here"


@pytest.mark.parametrize(
    ("thread", "posts", "acts"), [("", None, None), ("1", None, 1), ("5", 5, 5)]
)
def test_threads_for_messages_and_actions(thread: str, posts: int | None, acts: int | None) -> None:
    place = Address("telegram", "-1", thread)
    assert (post_thread(place), action_thread(place)) == (posts, acts)


def test_no_buttons_is_no_keyboard_and_empty_rows_are_left_out() -> None:
    assert to_keyboard(()) is None
    assert to_keyboard(((),)) is None
    keyboard = to_keyboard(((), (Button("a", Command.NEW),)))
    assert keyboard is not None
    assert len(keyboard.inline_keyboard) == 1


def test_the_largest_size_that_can_be_fetched_is_taken() -> None:
    sizes = tuple(
        PhotoSize(f"f{edge}", f"u{edge}", edge, edge, file_size=size)
        for edge, size in ((2560, DOWNLOAD_LIMIT + 1), (90, 2_000), (1280, None), (320, 20_000))
    )
    assert _photo(sizes).ref == "telegram:photo:f1280"
    assert _photo(sizes[:1]).bytes == DOWNLOAD_LIMIT + 1


def test_a_press_without_a_message_or_without_data_is_no_wish() -> None:
    for query in (
        CallbackQuery("q", SOMEBODY, "c", data="v1:new::", inline_message_id="i"),
        CallbackQuery("q", SOMEBODY, "c", game_short_name="g"),
    ):
        assert to_inbound(Update(1, callback_query=query), ME, 0.0) is None


def test_an_update_of_another_kind_says_nothing() -> None:
    assert to_inbound(Update(1), ME, 0.0) is None


def test_a_restricted_member_is_inside_as_long_as_telegram_says_so() -> None:
    rights = dict.fromkeys(RESTRICTED, True)
    user = {"id": 7, "is_bot": True, "first_name": "bot"}

    def restricted(inside: bool) -> dict[str, object]:
        return {
            "status": "restricted",
            "user": user,
            "is_member": inside,
            "until_date": 0,
            **rights,
        }

    raw = {
        "update_id": 1,
        "my_chat_member": {
            "chat": {"id": -5, "type": Chat.GROUP, "title": "t"},
            "from": {"id": 1, "is_bot": False, "first_name": "Somebody"},
            "date": 1,
            "old_chat_member": restricted(True),
            "new_chat_member": restricted(False),
        },
    }
    update = Update.de_json(raw, None)
    inbound = to_inbound(update, ME, 0.0)
    assert inbound is not None
    assert inbound.happened == Presence(False)


HERE = Address("telegram", "5", "1")
FILE, POSTED, LINKED = (
    Video("https://cdn.example/a.mp4", path="/a.mp4"),
    Video("", ref="telegram:file"),
    Video("https://cdn.example/a.mp4"),
)


@pytest.mark.parametrize(
    ("message", "edit", "kind"),
    [
        (outgoing(HERE, "words"), None, Kind.TEXT),
        (outgoing(HERE, "words"), "9", Kind.EDIT),
        (outgoing(HERE, "words", FILE), None, Kind.CLIP),
        (outgoing(HERE, "words", POSTED), "9", Kind.CLIP),
        (outgoing(HERE, "words", LINKED), None, Kind.TEXT),
        (outgoing(HERE, "words", LINKED), "9", Kind.EDIT),
        (outgoing(HERE, "words", media=Document("{}")), "9", Kind.DOCUMENT),
        (outgoing(HERE, "words", FILE, toast=True), "9", Kind.TOAST),
    ],
)
def test_each_message_is_one_kind_of_post(message: Outbound, edit: str | None, kind: Kind) -> None:
    assert kind_of(message, edit) is kind
    assert clip_of(message) == (message.video if message.video in (FILE, POSTED) else None)
    assert to_words(message) == ("words" if message.video in (None, POSTED) else LINKED_WORDS)


LINKED_WORDS = "words\nhttps://cdn.example/a.mp4"


def test_a_new_post_names_what_it_answers_and_an_edit_what_it_changes() -> None:
    rows = ((Button("a", Command.NEW),),)
    said = outgoing(HERE, "words", buttons=rows, reply_to="7", silent=True)
    post, quiet = new_post(said), new_post(outgoing(Address("telegram", "5", "3"), "words"))
    assert (post["chat_id"], post["message_thread_id"]) == ("5", None)
    assert (post["disable_notification"], post["reply_parameters"].message_id) == (True, 7)
    assert post["reply_markup"] == to_keyboard(rows)
    assert set(quiet.values()) == {"5", 3, None}
    assert changed_post(said, "9") == {
        "chat_id": "5",
        "message_id": 9,
        "reply_markup": to_keyboard(rows),
    }


def test_what_is_no_item_of_an_album_is_no_part_of_one() -> None:
    said = Inbound("1", Sender("7"), Place(Address("telegram", "7")), Presence(True))
    assert in_part(said) == said


def test_an_item_whose_others_are_hidden_is_a_part() -> None:
    place, photo = Place(Address("telegram", "-7")), Attachment("telegram:1")
    said = Inbound("1", Sender("7"), place, Said("go", (photo,), album=Album("a")))
    part = in_part(said).happened
    assert part == Said("go", (photo,), album=Album("a", partial=True))
    assert in_part(said).place == place


@pytest.mark.parametrize(
    ("words", "private", "user", "command"),
    [
        ("/stats", True, SOMEBODY, Command.STATS),
        ("/stats", True, OTHER, Command.HELP),
        ("/stats@the_bot", False, SOMEBODY, Command.STATS),
        ("/stats@the_bot", False, OTHER, Command.HELP),
        ("/stats", False, SOMEBODY, None),
        ("/stats", False, OTHER, None),
    ],
)
def test_a_command_of_the_admins_is_one_for_them_alone_and_by_name(
    words: str, private: bool, user: User, command: Command | None
) -> None:
    chat = Chat(user.id, ChatType.PRIVATE) if private else Chat(-1, ChatType.GROUP)
    message = Message(1, datetime.fromtimestamp(0, UTC), chat, from_user=user, text=words)
    found = to_inbound(Update(1, message=message), replace(ME, admins=frozenset({"1"})), 0.0)
    assert (found.command if found else None) is command


@pytest.mark.parametrize(
    ("words", "name", "whom"),
    [("/ban@the_bot", "", "2"), ("/ban@the_bot 5", "", "5"), ("/ban@the_bot Other", "Other", "2")],
)
def test_somebody_is_meant_by_an_answer_by_an_id_or_by_a_name_from_the_list(
    words: str, name: str, whom: str
) -> None:
    chat, at = Chat(-1, ChatType.GROUP), datetime.fromtimestamp(0, UTC)
    theirs = Message(1, at, chat, from_user=OTHER, text="rubbish")
    place = MessageEntity(MessageEntity.TEXT_MENTION, words.find(name), len(name), user=OTHER)
    message = Message(
        2, at, chat, from_user=SOMEBODY, text=words,
        entities=[place] if name else [], reply_to_message=None if name else theirs,
    )  # fmt: skip
    found = to_inbound(Update(1, message=message), replace(ME, admins=frozenset({"1"})), 0.0)
    assert found is not None
    assert (found.command, found.text) == (Command.BAN, whom)
