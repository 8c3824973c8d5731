"""Groups and topics: who is meant, where the answer goes, and what privacy mode hides."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bots.telegram.run import Telegram
from core.adapter import Refused
from core.messages import Address, Button, Command, Inbound, Moved, Presence
from tests import messages
from tests.bots.telegram.conftest import Taken, connected, running, words
from tests.outgoing import altered
from tests.servers.telegram import BOT_NAME, USER, FakeTelegram, photograph

GROUP = -1_000_000_000_700
PLACE = Address("telegram", str(GROUP))


@pytest.fixture
async def telegram(request: pytest.FixtureRequest) -> Any:
    """Privacy mode is off unless the test says otherwise, so that the bot itself has to tell what
    is meant for it."""
    async with FakeTelegram(privacy=getattr(request, "param", False)) as fake:
        yield fake.add_group(GROUP)


async def heard(telegram: FakeTelegram, taken: Taken) -> list[Inbound]:
    """What has arrived when everything that was sent is confirmed."""
    await telegram.wait_for(lambda: len(telegram.confirmed()) == len(telegram.world.updates))
    return taken.inbounds


@pytest.mark.parametrize(
    ("said", "command", "text"),
    [
        (f"@{BOT_NAME} make it move", None, "make it move"),
        (f"make it @{BOT_NAME.lower()} move", None, "make it move"),
        ("/status", Command.STATUS, ""),
        (f"/video@{BOT_NAME} a cat", Command.VIDEO, "a cat"),
        (f"@{BOT_NAME} /help", Command.HELP, ""),
        (f"/nonsense@{BOT_NAME}", Command.HELP, ""),
    ],
)
async def test_what_names_the_bot_is_meant_for_it(
    bot: Telegram,
    telegram: FakeTelegram,
    taken: Taken,
    said: str,
    command: Command | None,
    text: str,
) -> None:
    telegram.user_sends(said, chat=GROUP)
    (inbound,) = await heard(telegram, taken)
    assert (inbound.addressed, inbound.place.private, inbound.address) == (True, False, PLACE)
    assert (inbound.command, inbound.text) == (command, text)


@pytest.mark.parametrize(
    "said",
    [
        "nice weather",
        "/status@AnotherBot",
        "/nonsense",
        "@AnotherBot hello",
        f"mail me at x@{BOT_NAME}.example",
    ],
)
async def test_the_talk_of_others_is_not_even_taken_in(
    bot: Telegram, telegram: FakeTelegram, taken: Taken, said: str
) -> None:
    telegram.user_sends(said, chat=GROUP)
    assert await heard(telegram, taken) == []


async def test_a_single_photo_of_others_is_not_taken_in_either(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends("my holiday", photo=photograph(), chat=GROUP)
    assert await heard(telegram, taken) == []


@pytest.mark.parametrize(("who", "admin"), [(USER, True), (2002, False)])
async def test_who_may_change_the_groups_settings_is_asked_of_telegram(
    bot: Telegram, telegram: FakeTelegram, taken: Taken, who: int, admin: bool
) -> None:
    telegram.world.chats[GROUP].admins.add(USER)
    telegram.user_sends("/settings off", chat=GROUP, user=who)
    telegram.user_sends("/status", chat=GROUP, user=who)
    settings, status = await heard(telegram, taken)
    assert (settings.sender.admin, settings.text, settings.place.space) == (
        admin,
        "off",
        str(GROUP),
    )
    assert (status.sender.admin, len(telegram.calls("getChatMember"))) == (False, 1)


async def test_nobody_administers_a_private_chat_or_when_telegram_does_not_say(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends("/settings")
    telegram.refuse("getChatMember", 400, "Bad Request: user not found")
    telegram.user_sends("/settings", chat=GROUP)
    assert [inbound.sender.admin for inbound in await heard(telegram, taken)] == [False, False]


async def test_a_mention_by_name_counts_too(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends("Photo to Video, make it move", chat=GROUP)
    message = telegram.world.updates[-1].payload
    message["entities"] = [
        {"type": "text_mention", "offset": 0, "length": 14, "user": telegram.world.bot}
    ]
    (inbound,) = await heard(telegram, taken)
    assert (inbound.addressed, inbound.text) == (True, ", make it move")


async def test_a_reply_to_the_bot_is_meant_for_it(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    clip = telegram.bot_posted(GROUP, video=b"mp4")
    telegram.user_sends("make the title larger", chat=GROUP, reply_to=clip)
    (inbound,) = await heard(telegram, taken)
    assert (inbound.addressed, inbound.attachments) == (True, ())


async def test_a_reply_with_a_mention_brings_the_photo_of_somebody_else(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends("my holiday", photo=photograph(), chat=GROUP, user=2002)
    theirs = telegram.last_id(GROUP)
    telegram.user_sends(f"@{BOT_NAME} animate this", chat=GROUP, reply_to=theirs)
    (wish,) = await heard(telegram, taken)
    photo = telegram.chat(GROUP)[0].body["photo"][-1]["file_id"]
    assert [attachment.ref for attachment in wish.attachments] == [f"telegram:photo:{photo}"]
    assert (wish.user, wish.text, wish.place.space) == (str(USER), "animate this", str(GROUP))


async def test_a_photo_quoted_from_another_chat_comes_too(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends("here", photo=photograph())
    photo = telegram.chat()[-1].body["photo"]
    telegram.user_sends(f"@{BOT_NAME} animate this", chat=GROUP)
    telegram.world.updates[-1].payload["external_reply"] = {
        "origin": {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "Somebody"},
        "photo": photo,
    }
    inbounds = await heard(telegram, taken)
    assert inbounds[1].attachments == inbounds[0].attachments


async def test_the_items_of_an_album_are_taken_in_and_only_one_is_addressed(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends_album(
        (photograph(), ""), (photograph(), f"@{BOT_NAME} dance"), (photograph(), ""), chat=GROUP
    )
    inbounds = await heard(telegram, taken)
    assert [inbound.addressed for inbound in inbounds] == [False, True, False]
    assert len({inbound.album for inbound in inbounds}) == 1
    assert {messages.partial(inbound) for inbound in inbounds} == {False}


@pytest.mark.parametrize("telegram", [True], indirect=True)
async def test_privacy_mode_hides_items_of_an_album_and_that_is_told(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends_album((photograph(), ""), (photograph(), f"@{BOT_NAME} dance"), chat=GROUP)
    (inbound,) = await heard(telegram, taken)
    assert (inbound.addressed, messages.partial(inbound)) == (True, True)


@pytest.mark.parametrize("telegram", [True], indirect=True)
async def test_an_administrator_sees_the_whole_album(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.add_group(GROUP, admin=True)
    telegram.user_sends_album((photograph(), ""), (photograph(), f"@{BOT_NAME} dance"), chat=GROUP)
    inbounds = await heard(telegram, taken)
    assert [messages.partial(inbound) for inbound in inbounds] == [False, False]
    assert len(telegram.calls("getChatMember")) == 1


@pytest.mark.parametrize("telegram", [True], indirect=True)
async def test_albums_in_private_are_whole(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends_album((photograph(), ""), (photograph(), "dance"))
    assert [messages.partial(inbound) for inbound in await heard(telegram, taken)] == [False, False]


@pytest.mark.parametrize("telegram", [True], indirect=True)
async def test_where_it_cannot_be_found_out_nothing_is_claimed(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.refuse("getChatMember", 500, "Internal Server Error")
    telegram.user_sends_album((photograph(), f"@{BOT_NAME} dance"), (photograph(), ""), chat=GROUP)
    (inbound,) = await heard(telegram, taken)
    assert not messages.partial(inbound)


async def test_the_echo_of_a_channel_and_other_bots_are_not_people(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends(f"@{BOT_NAME} one", chat=GROUP)
    telegram.world.updates[-1].payload |= {"is_automatic_forward": True}
    telegram.user_sends(f"@{BOT_NAME} two", chat=GROUP)
    telegram.world.updates[-1].payload["from"] |= {"is_bot": True}
    assert await heard(telegram, taken) == []


def written_as(telegram: FakeTelegram, stand_in: int, chat: dict[str, Any] | None) -> None:
    """The last message comes in the name of a chat, as Telegram shows it."""
    message = telegram.world.updates[-1].payload
    message["from"] = {"id": stand_in, "is_bot": True, "first_name": "Group"}
    if chat is not None:
        message["sender_chat"] = chat


CHANNEL = {"id": -1_000_000_001_999, "type": "channel", "title": "A channel"}
ANONYMOUS, AS_CHANNEL, SERVICE = 1087968824, 136817688, 777000


@pytest.mark.parametrize(
    ("stand_in", "chat", "admin"),
    [
        (ANONYMOUS, {"id": GROUP, "type": "supergroup", "title": "The group"}, True),
        (AS_CHANNEL, CHANNEL, False),
        (SERVICE, CHANNEL, False),
    ],
)
async def test_whoever_writes_in_the_name_of_a_chat_is_not_one_person(
    bot: Telegram,
    telegram: FakeTelegram,
    taken: Taken,
    stand_in: int,
    chat: dict[str, Any],
    admin: bool,
) -> None:
    telegram.user_sends(f"@{BOT_NAME} three", chat=GROUP)
    written_as(telegram, stand_in, chat)
    telegram.user_sends(f"@{BOT_NAME} four", chat=GROUP)
    masked, plain = await heard(telegram, taken)
    assert (masked.sender.masked, masked.place.aside, masked.sender.admin) == (True, None, admin)
    assert (plain.sender.masked, plain.place.aside) == (False, Address("telegram", str(USER)))


async def test_who_presses_a_button_is_known_also_where_nobody_writes_under_their_name(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    posted = await bot.send(
        altered(words("Done", buttons=((Button("Again", Command.AGAIN, 3),),)), address=PLACE),
        None,
        "n1",
    )
    telegram.presses(int(posted), "Again", chat=GROUP)
    message = telegram.world.updates[-1].payload["message"]
    message["sender_chat"] = CHANNEL
    (inbound,) = await heard(telegram, taken)
    assert (inbound.sender.masked, inbound.user, inbound.place.aside) == (
        False,
        str(USER),
        Address("telegram", str(USER)),
    )


async def test_thrown_out_of_a_group_and_let_in_again(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.removes_bot(GROUP)
    telegram._membership(GROUP, USER, "left", "member")
    telegram._membership(GROUP, USER, "member", "member")
    inbounds = await heard(telegram, taken)
    assert [(inbound.address, inbound.happened, inbound.place.private) for inbound in inbounds] == [
        (PLACE, Presence(False), False),
        (PLACE, Presence(True), False),
    ]


@pytest.mark.parametrize("services", [("to", "from"), ("to",), ("from",)])
async def test_a_move_to_a_supergroup_is_told_from_either_side(
    bot: Telegram, telegram: FakeTelegram, taken: Taken, services: tuple[str, ...]
) -> None:
    telegram.add_group(-500)
    telegram.group_migrates(-500, GROUP, services=services)
    inbounds = await heard(telegram, taken)
    assert {(inbound.address, inbound.happened) for inbound in inbounds} == {
        (Address("telegram", "-500"), Moved(PLACE))
    }
    assert [inbound.addressed for inbound in inbounds] == [False] * len(services)


# Topics


@pytest.fixture
def forum(telegram: FakeTelegram) -> FakeTelegram:
    telegram.add_group(GROUP, forum=True, topics=[5])
    return telegram


async def test_a_message_in_a_topic_is_answered_in_that_topic(
    bot: Telegram, forum: FakeTelegram, taken: Taken
) -> None:
    forum.user_sends(f"@{BOT_NAME} hello", chat=GROUP, thread=5)
    (inbound,) = await heard(forum, taken)
    assert inbound.address == replace(PLACE, thread="5")
    await bot.send(
        altered(words("hi", slot="job-1", working=True), address=inbound.address), None, "n1"
    )
    await forum.wait_for(lambda: (GROUP, 5, "upload_video") in forum.world.actions)
    assert [seen.thread for seen in forum.said(GROUP)] == [5]


async def test_the_general_topic_is_named_in_chat_actions_and_nowhere_else(
    bot: Telegram, forum: FakeTelegram, taken: Taken
) -> None:
    forum.user_sends(f"@{BOT_NAME} hello", chat=GROUP)
    (inbound,) = await heard(forum, taken)
    assert inbound.address == replace(PLACE, thread="1")
    await bot.send(
        altered(words("hi", slot="job-1", working=True), address=inbound.address), None, "n1"
    )
    await forum.wait_for(lambda: (GROUP, 1, "upload_video") in forum.world.actions)
    assert [seen.text for seen in forum.said(GROUP)] == ["hi"]
    assert "message_thread_id" not in forum.calls("sendMessage")[0].values


async def test_a_topic_that_was_deleted_is_answered_in_the_chat(
    adapter: Telegram, forum: FakeTelegram
) -> None:
    await adapter.send(altered(words("hi"), address=replace(PLACE, thread="6")), None, "n1")
    assert [(seen.text, seen.thread) for seen in forum.said(GROUP)] == [("hi", None)]


async def test_the_note_that_opened_a_topic_is_no_message_to_reply_to(
    bot: Telegram, forum: FakeTelegram, taken: Taken
) -> None:
    """In a topic that the bot itself opened, every plain message shows as a reply to the bot's
    note."""
    note = forum.bot_posted(GROUP, thread=5)
    forum.world.posts[GROUP, note].body = {
        "forum_topic_created": {"name": "Clips", "icon_color": 7322096}
    }
    forum.user_sends("just talking", chat=GROUP, thread=5, reply_to=note)
    assert await heard(forum, taken) == []


async def test_a_chain_of_replies_outside_a_topic_is_no_topic(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.user_sends(f"@{BOT_NAME} hello", chat=GROUP)
    telegram.world.updates[-1].payload["message_thread_id"] = 4242
    (inbound,) = await heard(telegram, taken)
    assert inbound.address == PLACE


async def test_a_button_in_a_topic_is_answered_there(
    bot: Telegram, forum: FakeTelegram, taken: Taken
) -> None:
    there = replace(PLACE, thread="5")
    row = ((Button("Again", Command.AGAIN, 3),),)
    posted = await bot.send(altered(words("Done", buttons=row), address=there), None, "n1")
    forum.presses(int(posted), "Again", chat=GROUP)
    (inbound,) = await heard(forum, taken)
    assert (inbound.address, inbound.place.private, inbound.job) == (there, False, 3)


async def test_privacy_switched_off_is_known_from_the_account_itself(
    tmp_path: Path, taken: Taken
) -> None:
    async with FakeTelegram(privacy=False) as open_bot:
        open_bot.add_group(GROUP)
        async with running(connected(open_bot, tmp_path), taken):
            open_bot.user_sends_album(
                (photograph(), f"@{BOT_NAME} dance"), (photograph(), ""), chat=GROUP
            )
            await open_bot.wait_for(lambda: len(taken.inbounds) == 2)
        assert open_bot.calls("getChatMember") == []


async def test_what_is_for_one_reader_goes_out_of_the_group(
    bot: Telegram, telegram: FakeTelegram
) -> None:
    telegram.user_sends("hello")
    secret = altered(words("You are 40."), address=PLACE, user=str(USER), discreet=True)
    await bot.send(altered(secret, reply_to=str(telegram.last_id())), None, "n-1")
    assert [seen.text for seen in telegram.said()] == ["You are 40."]
    assert telegram.said(GROUP) == []


@pytest.mark.parametrize("user", ["", str(GROUP), "1087968824"])
async def test_whoever_stands_for_others_has_no_chat_of_their_own(
    bot: Telegram, telegram: FakeTelegram, user: str
) -> None:
    message = altered(words("Nothing is kept."), address=PLACE, user=user, discreet=True)
    await bot.send(message, None, "n-1")
    assert [seen.text for seen in telegram.said(GROUP)] == ["Nothing is kept."]


async def test_a_reader_who_has_shut_the_door_does_not_close_the_group(
    bot: Telegram, telegram: FakeTelegram
) -> None:
    telegram.user_sends("hello")
    telegram.user_blocks()
    secret = altered(words("You are 40."), address=PLACE, user=str(USER), discreet=True)
    with pytest.raises(Refused):
        await bot.send(secret, None, "n-1")
    assert telegram.said(GROUP) == []
