"""What the bot says, as a person sees it; and every way in which Telegram says no."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from telegram.error import NetworkError, TimedOut

from bots.telegram.delivery.errors import to_delivery_error
from bots.telegram.run import Telegram
from core.adapter import (
    DeliveryError,
    Flooded,
    Gone,
    Moved,
    NoSuchMessage,
    Refused,
    TooLarge,
    Unclear,
    Unsent,
)
from core.messages import Address, Button, Command, Document, Form, Said, Ticket, Video
from tests.bots.telegram.conftest import HERE, NOW, PACE, Taken, connected, running, words
from tests.outgoing import altered
from tests.servers.telegram import USER, FakeTelegram

ROWS = (
    (Button("🔁 Again", Command.AGAIN, 12), Button("Export", Command.EXPORT, 12)),
    (Button("Open the project", url="https://nemovideo.example/p/1"),),
)


@pytest.fixture(autouse=True)
def known(telegram: FakeTelegram) -> None:
    """Bots cannot open a conversation: the user has written before."""
    telegram.user_sends("hello")


async def test_a_text_is_posted_with_its_buttons(adapter: Telegram, telegram: FakeTelegram) -> None:
    posted = await adapter.send(words("On it.", buttons=ROWS), None, "n1")
    (seen,) = telegram.said()
    assert (str(seen.id), seen.text, seen.silent) == (posted, "On it.", False)
    assert seen.buttons == (
        (("🔁 Again", "v1:again:12:"), ("Export", "v1:export:12:")),
        (("Open the project", "https://nemovideo.example/p/1"),),
    )


async def test_markup_characters_arrive_as_they_are(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    text = "*stars* _lines_ <b>tags</b> [x](y) `code` \\ | ~ > # + - = {1.0} !"
    await adapter.send(words(text), None, "n1")
    assert telegram.said()[0].text == text


async def test_silent_messages_do_not_ring_and_replies_name_the_message(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    await adapter.send(words("quiet", silent=True, reply_to=str(telegram.last_id())), None, "n1")
    (seen,) = telegram.said()
    assert (seen.silent, seen.reply_to) == (True, telegram.chat()[0].id)


async def test_a_reply_to_a_deleted_message_is_posted_all_the_same(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    asked = telegram.last_id()
    telegram.user_deletes(asked)
    await adapter.send(words("here", reply_to=str(asked)), None, "n1")
    assert telegram.said()[0].text == "here"


async def test_a_text_beyond_the_limit_ends_at_a_paragraph(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    await adapter.send(words("\n\n".join(["A sentence. " * 80] * 10)), None, "n1")
    (seen,) = telegram.said()
    assert len(seen.text) <= 4096
    assert seen.text.endswith("A sentence.…")


async def test_a_copy_of_ones_data_is_a_json_file_with_words(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    await adapter.send(
        words("This is all.", media=Document('{"jobs": []}'), buttons=ROWS), None, "n1"
    )
    (seen,) = telegram.said()
    assert (seen.text, seen.document, len(seen.labels)) == ("This is all.", b'{"jobs": []}', 3)
    assert (
        seen.body["document"] | {"file_name": "data.json", "mime_type": "application/json"}
        == seen.body["document"]
    )


async def test_a_copy_for_a_topic_that_is_gone_goes_into_the_chat(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    there = Address("telegram", str(USER), "77")
    await adapter.send(
        altered(words("This is all.", media=Document("{}")), address=there), None, "n1"
    )
    assert [(seen.document, seen.thread) for seen in telegram.said()] == [(b"{}", None)]


async def test_links_are_not_unfolded(adapter: Telegram, telegram: FakeTelegram) -> None:
    await adapter.send(words("see https://nemovideo.example"), None, "n1")
    assert telegram.said()[0].body["link_preview_options"] == {"is_disabled": True}


async def test_an_edit_changes_the_message_in_place(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    posted = await adapter.send(words("Uploading…", buttons=ROWS), None, "n1")
    assert await adapter.send(words("Creating…"), posted, "n2") == posted
    (seen,) = telegram.said()
    assert (seen.text, seen.labels, seen.edits) == ("Creating…", [], 1)


async def test_an_edit_that_changes_nothing_counts_as_done(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    posted = await adapter.send(words("Creating…", buttons=ROWS), None, "n1")
    assert await adapter.send(words("Creating…", buttons=ROWS), posted, "n2") == posted
    assert telegram.said()[0].edits == 0


async def test_a_status_that_the_user_deleted_is_reported_so_that_a_new_one_is_posted(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    posted = await adapter.send(words("Creating…"), None, "n1")
    telegram.user_deletes(int(posted))
    with pytest.raises(NoSuchMessage):
        await adapter.send(words("Rendering…"), posted, "n2")


async def test_words_under_a_clip_are_edited_as_its_caption(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    clip = telegram.bot_posted(text="Your video", video=b"mp4")
    await adapter.send(words("Your video, once more", buttons=ROWS), str(clip), "n1")
    (seen,) = telegram.said()
    assert (seen.text, seen.labels, seen.video) == (
        "Your video, once more",
        ["🔁 Again", "Export", "Open the project"],
        b"mp4",
    )


async def test_a_user_who_blocked_the_bot_is_gone(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    telegram.user_blocks()
    with pytest.raises(Gone):
        await adapter.send(words("hello?"), None, "n1")


async def test_a_chat_that_never_was_is_gone(adapter: Telegram) -> None:
    with pytest.raises(Gone):
        await adapter.send(
            altered(words("hello?"), address=Address("telegram", "4711")), None, "n1"
        )


async def test_a_flood_names_the_seconds_of_that_chat_alone(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    telegram.user_sends("hi", user=2002)
    telegram.refuse(
        "sendMessage", 429, "Too Many Requests: retry after 17", retry_after=17, chat=USER
    )
    with pytest.raises(Flooded) as caught:
        await adapter.send(words("one"), None, "n1")
    assert caught.value.seconds == 17
    await adapter.send(altered(words("two"), address=Address("telegram", "2002")), None, "n2")
    assert [seen.text for seen in telegram.said(2002)] == ["two"]


async def test_a_group_that_became_a_supergroup_has_moved(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    telegram.add_group(-500)
    telegram.group_migrates(-500, -1_000_000_000_500)
    with pytest.raises(Moved) as caught:
        await adapter.send(altered(words("hello"), address=Address("telegram", "-500")), None, "n1")
    assert caught.value.address == Address("telegram", "-1000000000500")


async def test_a_lost_answer_to_a_message_is_unclear_and_to_an_edit_is_not(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    telegram.drop("sendMessage")
    with pytest.raises(Unclear):
        await adapter.send(words("one"), None, "n1")
    (seen,) = telegram.said()
    telegram.drop("editMessageText")
    with pytest.raises(Unsent):
        await adapter.send(words("two"), str(seen.id), "n2")
    assert await adapter.send(words("two"), str(seen.id), "n2") == str(seen.id)
    assert telegram.transcript().splitlines()[1:] == ["bot: two (edited 1x)"]


@pytest.mark.parametrize(
    ("code", "description", "error"),
    [
        (403, "Forbidden: user is deactivated", Gone),
        (403, "Forbidden: bot was kicked from the supergroup chat", Gone),
        (400, "Bad Request: chat not found", Gone),
        (400, "Bad Request: not enough rights to send text messages to the chat", Gone),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Gone),
        (400, "Bad Request: BUTTON_DATA_INVALID", Refused),
        (413, "Request Entity Too Large", TooLarge),
        (500, "Internal Server Error", Unclear),
        (401, "Unauthorized", Unsent),
    ],
)
async def test_each_refusal_becomes_what_the_core_can_act_on(
    adapter: Telegram,
    telegram: FakeTelegram,
    code: int,
    description: str,
    error: type[DeliveryError],
) -> None:
    telegram.refuse("sendMessage", code, description)
    with pytest.raises(error):
        await adapter.send(words("hello"), None, "n1")


@pytest.mark.parametrize(
    ("error", "becomes"),
    [
        (TimedOut("Pool timeout: All connections in the connection pool are occupied."), Unsent),
        (TimedOut(), Unclear),
        (NetworkError("httpx.ReadError: "), Unclear),
        (NetworkError("Bad Gateway"), Unclear),
    ],
)
def test_only_what_surely_never_left_is_unsent(
    error: NetworkError, becomes: type[DeliveryError]
) -> None:
    assert type(to_delivery_error(error, HERE)) is becomes
    assert type(to_delivery_error(error, HERE, repeatable=True)) is Unsent


async def test_a_telegram_that_cannot_be_reached_has_been_sent_nothing(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    await telegram._runner.cleanup()
    with pytest.raises(Unsent):
        await adapter.send(words("hello"), None, "n1")


async def test_after_the_end_nothing_is_sent(adapter: Telegram) -> None:
    await adapter.close()
    with pytest.raises(Unsent):
        await adapter.send(words("hello"), None, "n1")


# Chat actions


async def test_work_shows_until_its_status_ends(adapter: Telegram, telegram: FakeTelegram) -> None:
    status = words("Creating…", slot="job-7", working=True)
    posted = await adapter.send(status, None, "n1")
    await telegram.wait_for(lambda: len(telegram.world.actions) >= 3)
    assert set(telegram.world.actions) == {(USER, None, "upload_video")}
    await adapter.send(words("Done", slot="job-7"), posted, "n2")
    await _quiet(telegram)


async def test_a_toast_without_a_press_is_nothing(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    assert await adapter.send(words("not yours", toast=True), None, "n1") == ""
    assert telegram.requests == []


async def test_a_status_that_cannot_be_posted_shows_no_work(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    await adapter.send(words("Creating…", slot="job-7", working=True), None, "n1")
    telegram.user_blocks()
    with pytest.raises(Gone):
        await adapter.send(words("Rendering…", slot="job-7", working=True), None, "n2")
    await _quiet(telegram)


async def test_a_refused_chat_action_ends_the_show_and_nothing_else(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    telegram.refuse("sendChatAction", 429, "Too Many Requests: retry after 9", retry_after=9)
    await adapter.send(words("Creating…", slot="job-7", working=True), None, "n1")
    await telegram.wait_for(lambda: telegram.calls("sendChatAction"))
    await _quiet(telegram)
    assert telegram.world.actions == []


async def _quiet(telegram: FakeTelegram) -> None:
    """Several times the pause between two actions, and none comes (one may be under way)."""
    await asyncio.sleep(0.1)
    before = len(telegram.calls("sendChatAction"))
    await asyncio.sleep(0.2)
    assert len(telegram.calls("sendChatAction")) == before


# Buttons


async def test_a_press_names_the_stored_job_and_is_answered_at_once(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    posted = await bot.send(words("Done", buttons=ROWS), None, "n1")
    update = telegram.presses(int(posted), "🔁 Again", user=2002, language="zh")
    await telegram.wait_for(lambda: len(taken.inbounds) == 2)
    pressed = taken.inbounds[1]
    assert pressed.id.endswith(f":{update}")
    assert (pressed.command, pressed.job, pressed.user) == (Command.AGAIN, 12, "2002")
    assert (pressed.sender.language, pressed.message, pressed.address) == ("zh", posted, HERE)
    assert pressed.ticket == Ticket("9001", NOW + 15)
    await telegram.wait_for(lambda: telegram.world.queries["9001"] == "")


async def test_a_toast_answers_the_press(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    async with running(connected(telegram, tmp_path, replace(PACE, answer=60)), taken) as patient:
        posted = await patient.send(words("Done", buttons=ROWS), None, "n1")
        telegram.presses(int(posted), "Export", user=2002)
        await telegram.wait_for(lambda: len(taken.inbounds) == 2)
        toast = words(
            "That button belongs to somebody else. " * 9,
            ticket=taken.inbounds[1].ticket,
            toast=True,
        )
        await patient.send(toast, None, "n2")
    shown = telegram.world.queries["9001"]
    assert shown
    assert shown.startswith("That button belongs to somebody else.")
    assert len(shown) <= 200
    assert len(telegram.calls("answerCallbackQuery")) == 1
    assert len(telegram.said()) == 1


async def test_after_a_toast_no_empty_answer_follows(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    posted = await bot.send(words("Done", buttons=ROWS), None, "n1")
    telegram.presses(int(posted), "Export", user=2002)
    await telegram.wait_for(lambda: len(taken.inbounds) == 2)
    await bot.send(words("not yours", ticket=taken.inbounds[1].ticket, toast=True), None, "n2")
    before = len(telegram.calls("answerCallbackQuery"))
    await asyncio.sleep(0.3)  # the empty answer would come now
    assert len(telegram.calls("answerCallbackQuery")) == before


async def test_a_toast_that_comes_too_late_is_dropped(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    posted = await bot.send(words("Done", buttons=ROWS), None, "n1")
    telegram.presses(int(posted), "Export")
    await telegram.wait_for(lambda: telegram.world.queries["9001"] == "")
    await bot.send(words("too late", ticket=Ticket("9001", NOW), toast=True), None, "n2")
    assert [seen.text for seen in telegram.said()] == ["Done"]


async def test_a_suggestion_too_long_for_the_button_data_comes_back_in_full(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    wish = "把这些照片做成一个十秒的竖屏视频，配上轻快的音乐和标题"
    posted = await bot.send(
        words("怎么做？", buttons=((Button(wish, text=wish, job=3),),)), None, "n1"
    )
    telegram.presses(int(posted), wish)
    await telegram.wait_for(lambda: len(taken.inbounds) == 2)
    assert taken.inbounds[1].happened == Said(wish)


async def test_a_button_under_a_message_that_telegram_no_longer_shows_still_works(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    posted = await bot.send(words("Done", buttons=ROWS), None, "n1")
    telegram.presses(int(posted), "🔁 Again")
    telegram.world.updates[-1].payload["message"] = {
        "chat": telegram.world.chats[USER].shown(), "message_id": int(posted), "date": 0
    }  # fmt: skip
    await telegram.wait_for(lambda: len(taken.inbounds) == 2)
    assert (taken.inbounds[1].command, taken.inbounds[1].job) == (Command.AGAIN, 12)


@pytest.mark.parametrize(
    "result",
    [
        '{"message_id": 77, "date": "soon", "chat": 7}',
        '{"message_id": 77, "date": 1, "chat": [], "entities": 7}',
    ],
)
async def test_what_is_posted_counts_as_posted_also_where_the_library_cannot_read_the_answer(
    adapter: Telegram, telegram: FakeTelegram, result: str
) -> None:
    telegram.answer_raw("sendMessage", 200, f'{{"ok": true, "result": {result}}}')
    assert await adapter.send(words("words"), None, "n1") == "77"


async def test_a_clip_keeps_its_id_where_the_library_cannot_read_the_rest_of_the_answer(
    adapter: Telegram, telegram: FakeTelegram, tmp_path: Path
) -> None:
    (clip := tmp_path / "clip.mp4").write_bytes(b"x" * 64)
    more = (
        '"date": 1, "chat": {"id": 7, "type": "private"}, "video": {"file_id": "F", '
        '"duration": 1e19}'
    )
    telegram.answer_raw("sendVideo", 200, f'{{"ok": true, "result": {{"message_id": 77, {more}}}}}')
    posted = await adapter.send(
        words("words", media=Video("", path=str(clip), form=Form.BARE)), None, "n1"
    )
    assert (posted, getattr(posted, "ref", "")) == ("77", "telegram:F")


async def test_a_defect_before_anything_is_posted_stays_one(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        await adapter.send(words("words"), "no number", "n1")
    assert telegram.said() == []
