"""The fake refuses what the real server refuses: asked by the library itself, where the library
allows the question."""

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError

from tests.servers.telegram import USER, FakeTelegram, photograph
from tests.servers.telegram.spec import description

GROUP = -1_000_000_000_300


@pytest.fixture
async def library(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    telegram.user_sends("hello")
    telegram.add_group(GROUP, forum=True, topics=[5])
    async with Bot(
        telegram.token, base_url=f"{telegram.url}/bot", base_file_url=f"{telegram.url}/file/bot"
    ) as bot:
        yield bot


def keyboard(label: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


REFUSALS: list[tuple[Callable[[Bot], Awaitable[object]], str]] = [
    (lambda bot: bot.send_message(USER, "x" * 4097), "message is too long"),
    (lambda bot: bot.send_message(USER, "😀" * 2049), "message is too long"),
    (lambda bot: bot.send_message(USER, " "), "message text is empty"),
    (lambda bot: bot.send_message(9999, "x"), "chat not found"),
    (lambda bot: bot.send_message(GROUP, "x", message_thread_id=1), "message thread not found"),
    (lambda bot: bot.send_message(GROUP, "x", message_thread_id=6), "message thread not found"),
    (
        lambda bot: bot.send_chat_action(GROUP, "typing", message_thread_id=6),
        "message thread not found",
    ),
    (lambda bot: bot.send_chat_action(USER, "dancing"), "wrong parameter action"),
    (
        lambda bot: bot.send_message(USER, "x", reply_parameters=ReplyParameters(77)),
        "to be replied not found",
    ),
    (lambda bot: bot.edit_message_text("x", USER, 77), "message to edit not found"),
    (lambda bot: bot.edit_message_text("x", USER, 101), "message can't be edited"),
    (lambda bot: bot.send_media_group(USER, [InputMediaPhoto(photograph())]), "2-10 items"),
    (lambda bot: bot.send_video(USER, InputFile(b"", filename="a.mp4")), "file must be non-empty"),
    (lambda bot: bot.send_video(USER, "FILE-video-77"), "wrong file identifier"),
    (lambda bot: bot.get_file("FILE-photo-77"), "wrong file_id"),
    (lambda bot: bot.answer_callback_query("77"), "query is too old"),
    (lambda bot: bot.set_my_commands([BotCommand("Start", "x")]), "bot_command_invalid"),
    (lambda bot: bot.set_webhook("http://bot.example"), "bad webhook"),
    (
        lambda bot: bot.send_message(USER, "x", reply_markup=keyboard("a", "中" * 22)),
        "button_data_invalid",
    ),
]


@pytest.mark.parametrize(("ask", "sentence"), REFUSALS, ids=[sentence for _, sentence in REFUSALS])
async def test_refusals(
    library: Bot, ask: Callable[[Bot], Awaitable[object]], sentence: str
) -> None:
    with pytest.raises(BadRequest) as caught:
        await ask(library)
    assert sentence in caught.value.message.lower() or sentence in caught.value.message


async def test_an_edit_that_changes_nothing_is_refused_and_one_of_the_buttons_alone_is_not(
    library: Bot,
) -> None:
    posted = await library.send_message(USER, "x")
    with pytest.raises(BadRequest, match="not modified"):
        await posted.edit_text("x")
    await posted.edit_text("x", reply_markup=keyboard("a", "v1:new::"))


async def test_too_large_an_upload_is_a_413(telegram: FakeTelegram, library: Bot) -> None:
    telegram.world.upload_limit = 10
    with pytest.raises(NetworkError, match="Too Large"):
        await library.send_video(USER, InputFile(b"x" * 11, filename="a.mp4"))


async def test_a_blocked_bot_is_told_so(telegram: FakeTelegram, library: Bot) -> None:
    telegram.user_blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await library.send_message(USER, "x")


async def test_a_wrong_token_is_unknown(telegram: FakeTelegram) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=f"{telegram.url}/bot"):
            pass


async def test_getupdates_and_a_webhook_exclude_one_another(library: Bot) -> None:
    await library.set_webhook("https://bot.example/hook")
    with pytest.raises(Exception, match="webhook is active"):
        await library.get_updates()


async def test_commands_and_descriptions_come_back_as_set(library: Bot) -> None:
    commands = (BotCommand("new", "Start afresh"),)
    await library.set_my_commands(commands, language_code="zh")
    assert await library.get_my_commands(language_code="zh") == commands
    assert await library.get_my_commands() == ()


async def test_the_library_reads_every_kind_of_message(
    telegram: FakeTelegram, library: Bot
) -> None:
    telegram.user_sends("caption @PhotoToVideoTestBot", photo=photograph(), reply_to=101)
    telegram.user_sends(document=("a.pdf", b"pdf", "application/pdf"))
    updates = await library.get_updates(allowed_updates=["message"])
    assert [update.message.message_id for update in updates if update.message] == [101, 102, 103]
    assert updates[1].message is not None
    assert updates[1].message.reply_to_message is not None
    assert updates[1].message.parse_caption_entities() != {}


VIOLATIONS: list[tuple[str, dict[str, str], str]] = [
    ("sendMessage", {"chat_id": "1001", "text": "x", "colour": "red"}, "no parameter colour"),
    ("sendMessage", {"text": "x"}, "needs chat_id"),
    (
        "sendMessage",
        {"chat_id": "1001", "text": "x", "disable_notification": "1"},
        "must be Boolean",
    ),
    (
        "sendMessage",
        {"chat_id": "1001", "text": "x", "reply_markup": '{"inline_keyboard":[[{"label":"x"}]]}'},
        "label",
    ),
    ("sendVideo", {"chat_id": "1001", "video": "x", "duration": "1.5"}, "must be Integer"),
    ("setChatMenuButton", {"menu_button": '{"type":"menu"}'}, "must be"),
    ("getUpdates", {"allowed_updates": "message"}, "must be a list"),
    ("sendVidio", {"chat_id": "1001"}, "no method"),
]


@pytest.mark.skipif(description() is None, reason="the machine-readable Bot API is not at hand")
@pytest.mark.parametrize(("method", "values", "sentence"), VIOLATIONS)
async def test_what_the_bot_api_does_not_know_is_a_violation(
    method: str, values: dict[str, str], sentence: str
) -> None:
    strict = FakeTelegram()
    async with strict, aiohttp.ClientSession() as session:
        strict.user_sends("hello")
        async with session.post(f"{strict.url}/bot{strict.token}/{method}", data=values) as answer:
            assert answer.status == 400
        assert sentence in " ".join(strict.world.violations)
        strict.world.violations.clear()


async def test_leaving_the_fake_with_a_violation_fails_the_test() -> None:
    strict = await FakeTelegram().__aenter__()
    async with Bot(strict.token, base_url=f"{strict.url}/bot") as bot:
        await bot.delete_webhook(drop_pending_updates=True)
    with pytest.raises(AssertionError, match="dropped"):
        await strict.__aexit__(None, None, None)


async def test_a_transcript_shows_the_chat_as_a_person_sees_it(
    telegram: FakeTelegram, library: Bot
) -> None:
    telegram.user_sends("make it move", photo=photograph())
    buttons = keyboard("Cancel", "v1:cancel:1:")
    posted = await library.send_message(
        USER, "On it", disable_notification=True, reply_markup=buttons
    )
    await posted.edit_text("Done")
    assert telegram.transcript() == "\n".join(
        ["user: hello", "user: <photo> make it move", "bot: Done (silent, edited 1x)"]
    )
