"""The ways: token, follow-up, channel, direct message; each on its own, and nothing lost on
the way."""

import asyncio
from pathlib import Path

import pytest

from bots.discord.run import Discord
from core.adapter import Flooded, Gone, NoSuchMessage, Refused, Unclear, Unsent
from core.messages import Address, Button, Command, Document, Inbound, Video
from tests.bots.discord.conftest import Taken, address, answer, connected, running
from tests.outgoing import altered, outgoing
from tests.servers.discord import Channel, FakeDiscord, Photo

POST = "POST /channels/{channel_id}/messages"
FOLLOW_UP = "POST /webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
TOKEN_SECONDS = 15 * 60
LINK = "https://media.example.com/clip.mp4"


async def asked(dc: FakeDiscord, taken: Taken, name: str = "video", channel: Channel | None = None, **more: object) -> Inbound:  # fmt: skip  # noqa: E501
    """A slash command, taken in."""
    before = len(taken.inbounds)
    photos = [Photo()] if name == "video" else []
    dc.slash(name, {}, photos, channel=channel, **more)  # type: ignore[arg-type]
    await dc.wait_for(lambda: len(taken.inbounds) > before)
    return taken.last


async def mentioned(dc: FakeDiscord, taken: Taken, channel: Channel | None = None) -> Inbound:
    """A message to the bot, taken in."""
    before = len(taken.inbounds)
    dc.says("make a clip", channel=channel, mention=True)
    await dc.wait_for(lambda: len(taken.inbounds) > before)
    return taken.last


def clip(tmp_path: Path, size: int = 1000) -> Video:
    path = tmp_path / "result.mp4"
    path.write_bytes(bytes(size))
    return Video(LINK, "clip.mp4", str(path), 1080, 1920, 10.0, size)


# Hops 1 and 2: the token


async def test_the_first_words_fill_the_deferred_answer_and_the_result_rings_below_it(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken)
    status = answer(said, "Creating …", slot="job-1", silent=True, working=True)
    first = await bot.send(status, None, "n-1")
    await bot.send(altered(status, text="Rendering 40 %"), first, "n-2")
    await bot.send(answer(said, "Here is your video!"), None, "n-3")
    assert dc.transcript() == (
        "Clip (edited): Rendering 40 %\n"  #
        "Clip (rings for Asker): @Asker Here is your video!"
    )
    seen, result = dc.bot_says()
    assert (result.reply_to, result.nonce) == (seen, "n-3")
    assert not dc.calls(FOLLOW_UP)


async def test_the_id_of_an_answer_holds_no_secret(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken)
    (token,) = dc.world.interactions
    for number in range(2):
        assert token not in await bot.send(answer(said, f"words {number}"), None, f"n-{number}")


async def test_a_deleted_status_is_reported_as_gone(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken)
    status = answer(said, "Creating …", slot="job-1", silent=True)
    first = await bot.send(status, None, "n-1")
    dc.deletes(dc.bot_says()[0])
    with pytest.raises(NoSuchMessage):
        await bot.send(altered(status, text="Rendering"), first, "n-2")
    await bot.send(altered(status, text="Rendering"), None, "n-3")
    assert [message.content for message in dc.bot_says()] == ["Rendering"]


async def test_after_a_restart_the_deferred_answer_is_still_filled_in(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path), taken):
        said = await asked(dc, taken)
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        await bot.send(answer(said, "Got your photo."), None, "n-1")
        await bot.send(answer(said, "Here is your video!"), None, "n-2")
    assert [message.content for message in dc.bot_says()] == [
        "Got your photo.",
        f"<@{dc.asker.id}> Here is your video!",
    ]


async def test_after_a_restart_a_result_does_not_overwrite_the_status(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        said = await asked(dc, taken)
        await bot.send(
            answer(said, "Rendering 40 %", slot="job-1", silent=True, working=True), None, "n-1"
        )
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        await bot.send(answer(said, "Here is your video!"), None, "n-2")
    assert [message.content for message in dc.bot_says()] == [
        "Rendering 40 %",
        f"<@{dc.asker.id}> Here is your video!",
    ]


async def test_words_that_were_posted_but_not_noted_are_not_posted_twice(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        said = await asked(dc, taken)
        first = await bot.send(answer(said, "Got your photo."), None, "n-1")
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        assert await bot.send(answer(said, "Got your photo."), None, "n-1") == first
    assert len(dc.bot_says()) == 1


async def test_a_line_cut_while_filling_in_is_tried_again_in_the_same_place(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken)
    dc.cut(ORIGINAL, done=False)
    with pytest.raises(Unsent):
        await bot.send(answer(said, "Got your photo."), None, "n-1")
    await bot.send(answer(said, "Got your photo."), None, "n-1")
    assert dc.transcript() == "Clip: Got your photo."


async def test_a_lost_answer_to_a_result_is_asked_for_again_and_the_result_comes_once(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken)
    await bot.send(answer(said, "Got your photo."), None, "n-1")
    dc.cut(POST)
    with pytest.raises(Unsent):
        await bot.send(answer(said, "Here is your video!"), None, "n-2")
    await bot.send(answer(said, "Here is your video!"), None, "n-2")
    assert len(dc.bot_says()) == 2


async def test_where_the_bot_may_not_write_the_result_is_a_follow_up_without_a_complaint(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken)
    await bot.send(answer(said, "Got your photo."), None, "n-1")
    dc.forbid(dc.general, "send_messages")
    await bot.send(answer(said, "Here is your video!"), None, "n-2")
    assert dc.bot_says()[-1].content == f"<@{dc.asker.id}> Here is your video!"
    assert dc.bot_says()[-1].asked_by


async def test_a_clip_that_only_its_user_may_upload_is_a_follow_up(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    said = await asked(dc, taken, limit=50_000_000)
    await bot.send(answer(said, "Got your photo."), None, "n-1")
    await bot.send(answer(said, "Here!", media=clip(tmp_path, 20_000_000)), None, "n-2")
    assert dc.bot_says()[-1].files
    assert dc.bot_says()[-1].asked_by


async def test_a_lost_answer_to_a_follow_up_is_unclear(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, channel=dc.foreign(), installed="user")
    await bot.send(answer(said, "Got your photo."), None, "n-1")
    dc.cut(FOLLOW_UP)
    with pytest.raises(Unclear):
        await bot.send(answer(said, "Here is your video!"), None, "n-2")


async def test_the_sixth_message_of_an_app_of_the_user_comes_directly(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, channel=dc.foreign(), installed="user")
    for number in range(1, 8):
        await bot.send(answer(said, f"message {number}"), None, f"n-{number}")
    assert [message.content for message in dc.bot_says(dc.dm)] == ["message 7"]


# What only the asker may read


async def test_private_commands_are_answered_for_the_asker_alone(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, "credits")
    await bot.send(answer(said, "You have 100 credits left."), None, "n-1")
    await bot.send(answer(said, "And a hint."), None, "n-2")
    assert dc.transcript(user=dc.onlooker) == ""
    assert dc.transcript(user=dc.asker) == (
        "Clip (only Asker sees this): You have 100 credits left.\n"  #
        "Clip (only Asker sees this): And a hint."
    )


async def test_in_a_direct_chat_nothing_has_to_be_hidden(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, "credits", channel=dc.dm)
    await bot.send(answer(said, "You have 100 credits left.", discreet=True), None, "n-1")
    dc.clock.advance(TOKEN_SECONDS)
    await bot.send(answer(said, "And later 99.", discreet=True), None, "n-2")
    assert dc.transcript(dc.dm) == (
        "Clip: You have 100 credits left.\n"  #
        "Clip (rings for Asker): And later 99."
    )


async def test_a_discreet_answer_to_an_open_command_takes_the_thinking_away(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken)
    await bot.send(answer(said, "Your plan does not allow that.", discreet=True), None, "n-1")
    assert dc.transcript(user=dc.onlooker) == ""
    assert (
        dc.transcript(user=dc.asker)
        == "Clip (only Asker sees this): Your plan does not allow that."
    )


async def test_what_is_private_never_falls_back_to_the_channel(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, "credits")
    dc.clock.advance(TOKEN_SECONDS)
    await bot.send(answer(said, "You have 100 credits left."), None, "n-1")
    assert [message.content for message in dc.bot_says(dc.dm)] == ["You have 100 credits left."]
    assert not any("credits left" in message.content for message in dc.bot_says())


async def test_a_discreet_answer_to_a_message_comes_directly(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    await bot.send(answer(said, "Only for you.", discreet=True), None, "n-1")
    assert not dc.bot_says()
    assert [message.content for message in dc.bot_says(dc.dm)] == ["Only for you."]


# Hop 3: the channel


async def test_a_message_is_answered_in_its_channel_and_rings_for_its_author_alone(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    names = f"<@{dc.onlooker.id}> @everyone <@&{dc.guild.id}>"
    await bot.send(answer(said, f"Done, {names}", silent=False), None, "n-1")
    await bot.send(answer(said, "A status", silent=True), None, "n-2")
    done, status = dc.bot_says()
    assert done.reply_to is not None
    assert done.reply_to.id == int(said.message)
    assert done.pings == {dc.asker.id}
    assert (status.silent, status.pings) == (True, set())


async def test_stars_and_lines_in_somebodys_words_stay_what_they_are(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    await bot.send(
        answer(said, "Title “5 *stars* and __more__” https://x.example/a_b_c"), None, "n-1"
    )
    (shown,) = dc.bot_says()
    assert r"5 \*stars\* and \_\_more\_\_" in shown.content
    assert "https://x.example/a_b_c" in shown.content


@pytest.mark.parametrize("code", [10062, 10015, 50027])
async def test_a_dead_token_leads_to_the_channel(
    dc: FakeDiscord, bot: Discord, taken: Taken, code: int
) -> None:
    said = await asked(dc, taken)
    dc.refuse(ORIGINAL, 401 if code == 50027 else 404, code)
    await bot.send(answer(said, "Got your photo."), None, "n-1")
    result = dc.bot_says()[1]
    assert (result.content, result.asked_by) == (f"<@{dc.asker.id}> Got your photo.", None)
    assert result.pings == {dc.asker.id}


async def test_after_fifteen_minutes_status_and_result_go_on_in_the_channel(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken)
    status = answer(said, "Creating …", slot="job-1", silent=True)
    first = await bot.send(status, None, "n-1")
    dc.clock.advance(TOKEN_SECONDS + 60)
    assert await bot.send(altered(status, text="Rendering 40 %"), first, "n-2") == first
    await bot.send(answer(said, "Here is your video!"), None, "n-3")
    assert dc.transcript() == (
        "Clip (edited): Rendering 40 %\n"  #
        "Clip (rings for Asker): @Asker Here is your video!"
    )
    assert dc.calls(EDIT)
    assert dc.calls(POST)


async def test_the_same_message_sent_twice_is_posted_once(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    result = answer(said, "Here is your video!")
    dc.cut(POST)
    with pytest.raises(Unsent):
        await bot.send(result, None, "store-17")
    first = await bot.send(result, None, "store-17")
    assert await bot.send(result, None, "store-17") == first
    assert len(dc.bot_says()) == 1


async def test_a_reply_to_a_deleted_message_is_posted_all_the_same(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    dc.deletes(dc.sees()[0])
    await bot.send(answer(said, "Here is your video!"), None, "n-1")
    assert [message.content for message in dc.bot_says()] == ["Here is your video!"]


async def test_without_the_right_to_read_history_it_answers_without_a_reply(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    dc.forbid(dc.general, "read_message_history")
    await bot.send(answer(said, "Here is your video!"), None, "n-1")
    assert [message.content for message in dc.bot_says()] == [
        f"<@{dc.asker.id}> Here is your video!"
    ]
    assert dc.bot_says()[0].pings == {dc.asker.id}


async def test_a_status_older_than_an_hour_is_posted_anew(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    status = answer(said, "Creating …", slot="job-1", silent=True)
    first = await bot.send(status, None, "n-1")
    dc.clock.advance(3601)
    with pytest.raises(NoSuchMessage):
        await bot.send(altered(status, text="Rendering"), first, "n-2")


async def test_a_status_is_edited_only_through_the_interaction_that_made_it(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    first, second = await asked(dc, taken), await asked(dc, taken)
    status = await bot.send(answer(first, "Creating …", slot="job-1", silent=True), None, "n-1")
    await bot.send(answer(second, "Got your photo."), None, "n-2")
    await bot.send(answer(second, "Rendering", slot="job-1", silent=True), status, "n-3")
    assert [message.content for message in dc.bot_says()] == ["Rendering", "Got your photo."]


async def test_a_hidden_status_ends_with_its_token(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, "credits")
    status = answer(said, "Asking …", slot="job-1", silent=True)
    first = await bot.send(status, None, "n-1")
    dc.clock.advance(TOKEN_SECONDS)
    with pytest.raises(NoSuchMessage):
        await bot.send(altered(status, text="100 credits"), first, "n-2")
    assert not dc.calls(EDIT)


async def test_a_status_in_an_archived_thread_is_posted_anew(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    thread = dc.thread(dc.general)
    said = await mentioned(dc, taken, thread)
    status = answer(said, "Creating …", slot="job-1", silent=True)
    first = await bot.send(status, None, "n-1")
    thread.archived = True
    with pytest.raises(NoSuchMessage):
        await bot.send(altered(status, text="Rendering"), first, "n-2")
    await bot.send(altered(status, text="Rendering"), None, "n-3")
    assert not thread.archived


# Hop 4 and 5: directly, or not at all


async def test_where_the_bot_may_not_write_it_writes_directly_and_names_what_is_missing(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    dc.forbid(dc.general, "send_messages")
    await bot.send(answer(said, "Here is your video!"), None, "n-1")
    (direct,) = dc.bot_says(dc.dm)
    assert direct.content == (
        f"Here is your video!\n\nℹ️ I could not do that in <#{dc.general.id}>. "
        "To let me, give the bot these permissions there: Send Messages, Attach Files, Embed Links."
    )
    assert direct.pings == {dc.asker.id}


async def test_in_a_thread_the_right_for_threads_is_named_in_the_users_language(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    thread = dc.thread(dc.general)
    said = await mentioned(dc, taken, thread)
    dc.forbid(dc.general, "send_messages_in_threads")
    await bot.send(answer(said, "你的视频好了！", language="zh-Hans"), None, "n-1")
    assert "在子区内发送消息" in dc.bot_says(dc.dm)[0].content


async def test_a_locked_thread_leads_to_a_direct_message(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    thread = dc.thread(dc.general)
    said = await mentioned(dc, taken, thread)
    thread.locked = True
    await bot.send(answer(said, "Here is your video!"), None, "n-1")
    assert dc.bot_says(dc.dm)


async def test_an_app_of_the_user_whose_token_is_over_answers_directly(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, channel=dc.group(), installed="user")
    dc.clock.advance(TOKEN_SECONDS)
    await bot.send(answer(said, "Here is your video!"), None, "n-1")
    assert [message.content for message in dc.bot_says(dc.dm)] == ["Here is your video!"]
    assert len(dc.calls(POST)) == 1


async def test_closed_direct_messages_leave_it_owed(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    person = dc.world.new_person("Closed", open=False)
    dc.says("make a clip", user=person, mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    dc.forbid(dc.general, "view_channel")
    with pytest.raises(Gone):
        await bot.send(answer(taken.last, "Here is your video!"), None, "n-1")


async def test_a_direct_chat_that_was_closed_is_gone_after_one_try(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken, dc.dm)
    dc.refuse(POST, 403, 50007, times=9)
    with pytest.raises(Gone):
        await bot.send(answer(said, "Here is your video!"), None, "n-1")
    assert len(dc.calls(POST)) == 1


# The video


async def test_a_clip_that_fits_is_attached_and_its_link_does_not_unfold(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    said = await mentioned(dc, taken)
    await bot.send(answer(said, "Here it is!", media=clip(tmp_path)), None, "n-1")
    (message,) = dc.bot_says()
    assert message.content == "Here it is!"
    assert [(file.photo.name, len(file.photo.data)) for file in message.files] == [
        ("clip.mp4", 1000)
    ]


@pytest.mark.parametrize("hop", ["token", "channel", "direct"])
async def test_a_clip_over_the_known_limit_is_not_even_tried(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path, hop: str
) -> None:
    large = clip(tmp_path, 10_485_761)
    said = await asked(dc, taken) if hop == "token" else await mentioned(dc, taken)
    await bot.send(answer(said, "Here it is!", media=large, discreet=hop == "direct"), None, "n-1")
    (message,) = dc.bot_says(dc.dm if hop == "direct" else dc.general)
    assert message.content == f"Here it is!\n{LINK}"
    assert not message.files
    assert all(call.size < 1_000_000 for call in dc.requests)


async def test_a_boosted_server_takes_more(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    boosted = dc.world.new_guild("boosted", tier=2)
    channel = dc.world.new_channel(0, "films", guild=boosted)
    dc.joined(boosted)
    said = await mentioned(dc, taken, channel)
    await bot.send(answer(said, "Here it is!", media=clip(tmp_path, 11_000_000)), None, "n-1")
    assert len(dc.bot_says(channel)[0].files) == 1


async def test_the_limit_of_the_interaction_counts_while_its_token_lives(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    said = await asked(dc, taken, limit=20_000_000)
    video = clip(tmp_path, 11_000_000)
    await bot.send(answer(said, "Here it is!", media=video), None, "n-1")
    dc.clock.advance(TOKEN_SECONDS)
    await bot.send(answer(said, "Once more!", media=video), None, "n-2")
    assert [len(message.files) for message in dc.bot_says()] == [1, 0]


@pytest.mark.parametrize(("status", "code"), [(413, 0), (400, 40005)])
@pytest.mark.parametrize("route", [ORIGINAL, POST])
async def test_text_refused_with_its_file_goes_again_without_it(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path, status: int, code: int, route: str
) -> None:
    said = await asked(dc, taken) if route == ORIGINAL else await mentioned(dc, taken)
    dc.refuse(route, status, code)
    await bot.send(answer(said, "Here it is!", media=clip(tmp_path)), None, "n-1")
    (message,) = dc.bot_says()
    assert (message.content, message.files) == (f"Here it is!\n{LINK}", [])


async def test_without_the_right_to_attach_the_link_comes_with_a_hint(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    said = await mentioned(dc, taken)
    dc.forbid(dc.general, "attach_files")
    await bot.send(answer(said, "Here it is!", media=clip(tmp_path)), None, "n-1")
    (message,) = dc.bot_says()
    assert message.content.startswith(f"Here it is!\n{LINK}\n")
    assert "Attach Files" in message.content


async def test_a_clip_without_a_local_copy_is_its_link(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    await bot.send(answer(said, f"Here it is: {LINK}", media=Video(LINK)), None, "n-1")
    assert dc.bot_says()[0].content == f"Here it is: {LINK}"


async def test_a_copy_of_ones_data_comes_as_a_file(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, "mydata")
    await bot.send(answer(said, "Here is what I know.", media=Document('{"a": 1}')), None, "n-1")
    (message,) = dc.bot_says()
    assert [(file.photo.name, file.photo.data) for file in message.files] == [
        ("mydata.json", b'{"a": 1}')
    ]
    assert message.only_for is dc.asker


# Words


async def test_long_words_come_in_several_messages_cut_at_a_paragraph(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    paragraphs = [f"{number} " + "word " * 150 for number in range(6)]
    said = await mentioned(dc, taken)
    button = ((Button("Again", Command.AGAIN, 12),),)
    await bot.send(answer(said, "\n\n".join(paragraphs), buttons=button), None, "n-1")
    shown = dc.bot_says()
    texts = [message.content.removeprefix(f"<@{dc.asker.id}> ") for message in shown]
    assert [text.split()[0] for text in texts] == ["0", "2", "4"]
    assert "".join("".join(texts).split()) == "".join("".join(paragraphs).split())
    assert [message.labels for message in shown] == [[], [], ["Again"]]
    assert [bool(message.pings) for message in shown] == [False, False, True]


async def test_long_words_that_answer_a_command_fill_it_and_follow_it(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, "privacy")
    await bot.send(answer(said, "line\n" * 600), None, "n-1")
    assert [message.only_for for message in dc.bot_says()] == [dc.asker, dc.asker]


async def test_a_status_that_grows_too_long_is_cut(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    status = answer(said, "short", slot="job-1", silent=True)
    first = await bot.send(status, None, "n-1")
    await bot.send(altered(status, text="word " * 1000), first, "n-2")
    assert len(dc.bot_says()) == 1
    assert dc.bot_says()[0].content.endswith("…")


@pytest.mark.parametrize("kind", ["first", "later", "channel", "edit"])
async def test_words_that_the_moderation_dislikes_become_a_neutral_sentence(
    dc: FakeDiscord, bot: Discord, taken: Taken, kind: str
) -> None:
    said = (
        await mentioned(dc, taken)
        if kind in ("channel", "edit")
        else await asked(dc, taken, "help")
    )
    first = (
        await bot.send(answer(said, "Fine.", slot="s"), None, "n-0")
        if kind in ("later", "edit")
        else None
    )
    if kind == "later":
        dc.forbid(dc.general, "send_messages")
    route = {"first": ORIGINAL, "later": FOLLOW_UP, "channel": POST, "edit": EDIT}[kind]
    dc.refuse(route, 400, 200000)
    await bot.send(answer(said, "Rude words", slot="s"), first if kind == "edit" else None, "n-1")
    assert "moderation" in dc.bot_says()[-1].content
    dc.refuse(route, 400, 200000, times=2)
    if kind == "edit":
        with pytest.raises(Refused):
            await bot.send(answer(said, "Rude words"), first, "n-2")
    if kind == "channel":
        await bot.send(answer(said, "Rude words"), None, "n-2")
        assert dc.bot_says(dc.dm)[0].content == "Rude words"


async def test_what_discord_will_never_take_is_refused(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    dc.refuse(POST, 400, 50035)
    with pytest.raises(Refused):
        await bot.send(answer(said, "words"), None, "n-1")


# Waiting, working, toasts


async def test_a_short_wait_is_the_librarys_and_a_long_one_is_this_chats(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    dc.refuse(POST, 429, 0, seconds=0.05)
    await bot.send(answer(said, "words"), None, "n-1")
    dc.refuse(POST, 429, 20016, seconds=120.0)
    with pytest.raises(Flooded) as flooded:
        await bot.send(answer(said, "more words"), None, "n-2")
    assert flooded.value.seconds == 120


async def test_a_burst_is_paced_and_arrives_in_order(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    dc.limit_rate(POST, 3, 0.3)
    for number in range(8):
        await bot.send(answer(said, f"message {number}"), None, f"n-{number}")
    assert [message.content for message in dc.bot_says()] == [
        f"message {number}" for number in range(8)
    ]
    assert len(dc.calls(POST)) <= 9


async def test_what_is_being_sent_comes_to_its_end_before_the_bot_stops(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    held, bot = dc.hold(POST), connected(dc, tmp_path)
    serving = asyncio.create_task(bot.run(taken.receive))
    await dc.wait_for(lambda: dc.gateway.identified)
    said = await mentioned(dc, taken)
    sending = asyncio.create_task(bot.send(answer(said, "Here is your video!"), None, "n-1"))
    await dc.wait_for(lambda: dc.calls(POST))
    serving.cancel()
    await asyncio.wait([serving], timeout=0.2)
    assert not serving.done()
    held.set()
    await asyncio.wait([serving])
    assert sending.done()
    assert len(dc.bot_says()) == 1


async def test_nothing_is_sent_without_a_connection(dc: FakeDiscord, tmp_path: Path) -> None:
    with pytest.raises(Unsent):
        await connected(dc, tmp_path).send(outgoing(Address("discord", "1"), "words"), None, "n-1")


async def test_work_shows_as_typing_until_it_is_done(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken)
    status = answer(said, "Creating …", slot="job-1", silent=True, working=True)
    first = await bot.send(status, None, "n-1")
    await dc.wait_for(lambda: len(dc.general.typing) == 1)
    dc.clock.advance(9)
    await dc.wait_for(lambda: len(dc.general.typing) == 2)
    await bot.send(altered(status, text="Done", working=False), first, "n-2")
    dc.clock.advance(9)
    await bot.send(altered(status, text="Another", slot="job-2"), None, "n-3")
    await dc.wait_for(lambda: len(dc.general.typing) == 3)


async def test_a_result_ends_the_typing_of_its_user_in_that_chat(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    await bot.send(answer(said, "Creating …", slot="job-1", silent=True, working=True), None, "n-1")
    await dc.wait_for(lambda: dc.general.typing)
    await bot.send(answer(said, "Here is your video!"), None, "n-2")
    dc.clock.advance(9)
    other = await mentioned(dc, taken, dc.dm)
    await bot.send(
        answer(other, "Creating …", slot="job-2", silent=True, working=True), None, "n-3"
    )
    await dc.wait_for(lambda: dc.dm.typing)
    assert len(dc.general.typing) == 1


async def test_a_deferred_answer_is_not_left_thinking_when_its_token_ends(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    await asked(dc, taken)
    await asked(dc, taken, "credits", locale="zh-CN")
    dc.clock.advance(14 * 60 + 1)
    await dc.wait_for(lambda: not any(message.thinking for message in dc.bot_says()))
    english, chinese = dc.bot_says()
    assert "comes to you as a new message" in english.content
    assert "新消息" in chinese.content


async def test_a_status_that_nobody_can_edit_later_says_so_in_time(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    place = dc.foreign()
    said = await asked(dc, taken, channel=place, installed="user")
    status = answer(said, "Rendering 40 %", slot="job-1", silent=True, working=True)
    first = await bot.send(status, None, "n-1")
    dc.clock.advance(14 * 60 + 1)
    await dc.wait_for(lambda: "new message" in dc.bot_says(place)[0].content)
    dc.clock.advance(60)
    with pytest.raises(NoSuchMessage):
        await bot.send(altered(status, text="Rendering 50 %"), first, "n-2")
    await bot.send(answer(said, "Here is your video!"), None, "n-3")
    assert [message.content for message in dc.bot_says(dc.dm)] == ["Here is your video!"]


async def test_a_status_below_a_pressed_button_says_so_too(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    place = dc.foreign()
    said = await asked(dc, taken, channel=place, installed="user")
    await bot.send(
        answer(said, "Done", buttons=((Button("Again", Command.AGAIN, 1),),)), None, "n-1"
    )
    dc.presses(dc.bot_says(place)[0], "Again", installed="user")
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    status = answer(taken.last, "Rendering 40 %", slot="job-2", silent=True, working=True)
    await bot.send(status, None, "n-2")
    dc.clock.advance(14 * 60 + 1)
    await dc.wait_for(lambda: "new message" in dc.bot_says(place)[1].content)
    assert dc.bot_says(place)[0].content == "Done"


async def test_a_status_that_the_bot_can_still_edit_keeps_its_words(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken)
    await bot.send(
        answer(said, "Rendering 40 %", slot="job-1", silent=True, working=True), None, "n-1"
    )
    await asked(dc, taken, "help")
    dc.clock.advance(14 * 60 + 1)
    await dc.wait_for(lambda: "new message" in dc.bot_says()[1].content)
    assert dc.bot_says()[0].content == "Rendering 40 %"


async def test_a_toast_is_for_who_pressed_and_comes_in_time_or_not_at_all(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await mentioned(dc, taken)
    await bot.send(
        answer(said, "Done.", buttons=((Button("Again", Command.AGAIN, 12),),)), None, "n-1"
    )
    dc.presses(dc.bot_says()[0], "Again", user=dc.onlooker)
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    toast = answer(taken.last, "That one belongs to somebody else.", toast=True)
    assert await bot.send(toast, None, "n-2")
    assert dc.bot_says()[1].only_for is dc.onlooker
    dc.clock.advance(TOKEN_SECONDS)
    assert await bot.send(toast, None, "n-3") == ""
    assert len(dc.bot_says()) == 2


def test_addresses_are_text_alone(dc: FakeDiscord) -> None:
    assert address(dc.general) == Address("discord", str(dc.general.id), str(dc.guild.id))
