"""Commands, menus, forms and buttons as people use them, in both languages, before and after a
restart."""

from dataclasses import replace
from pathlib import Path

import pytest

from bots.discord.run import Discord
from bots.discord.settings import Settings
from core.domain.conversation.commands import SPECS, Menu, Readers, Spec
from core.i18n import text
from core.messages import Button, Called, Command
from core.settings import read
from core.skills.profile import Localized
from tests.bots.discord.conftest import (
    DEFAULT,
    PACE,
    PROFILES,
    Taken,
    address,
    answer,
    connected,
    running,
)
from tests.servers.discord import FakeDiscord, Interaction, Photo

COMMANDS = "PUT /applications/{application_id}/commands"
SHOWN = [spec for spec in SPECS if Menu.SLASH not in spec.left_out]
OPEN_A_FORM = {Command.VIDEO, Command.EDIT, Command.LOGIN}


async def opened(dc: FakeDiscord, asked: Interaction) -> Interaction:
    await dc.wait_for(lambda: asked.modal)
    return asked


def words_of(form: Interaction) -> list[str]:
    """What a form says: its title, labels and descriptions."""
    assert form.modal is not None
    labels = [part[key] for part in form.modal["components"] for key in ("label", "description")]
    return [form.modal["title"], *labels]


# Slash commands


async def test_discord_is_told_every_command_that_its_row_does_not_leave_out(
    dc: FakeDiscord, bot: Discord
) -> None:
    await dc.wait_for(lambda: dc.world.commands)
    told = {each["name"]: each for each in dc.world.commands if each.get("type", 1) == 1}
    assert set(told) == {spec.command for spec in SHOWN}
    for spec in SHOWN:
        found = told[spec.command]
        assert found["description"] == text(f"discord.about_{spec.command}", "en")
        named = found["name_localizations"].get("ja", found["name"])
        assert named == text(f"discord.name_{spec.command}", "ja")
        guilds_only = Menu.PRIVATE in spec.left_out and Menu.ADMINS not in spec.left_out
        places = [0] if guilds_only else [0, 1, 2]
        # what it is for is said in private too
        assert found["contexts"] == ([0, 1] if spec.command is Command.REEL else places)


@pytest.mark.parametrize(
    "spec",
    [spec for spec in SHOWN if spec.command not in OPEN_A_FORM],
    ids=lambda spec: spec.command,
)
async def test_every_plain_command_is_handed_on(
    dc: FakeDiscord, bot: Discord, taken: Taken, spec: Spec
) -> None:
    asked = dc.slash(spec.command)
    await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.command, taken.last.text) == (spec.command, "")
    assert asked.original is not None
    assert asked.original.ephemeral == (spec.readers is not Readers.ALL)


@pytest.mark.parametrize("name", [Command.UNDO, Command.REDO])
async def test_a_version_may_be_named_by_its_number(
    dc: FakeDiscord, bot: Discord, taken: Taken, name: Command
) -> None:
    dc.slash(name, {"version": 2})
    await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.command, taken.last.text) == (name, "2")


async def test_the_choices_of_video_become_words_in_the_users_language(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    slug = list(PROFILES)[1]
    choices = {
        "aspect": "9:16",
        "length": 15,
        "title": "夏天",
        "music": "soft piano",
        "skill": slug,
    }
    dc.slash("video", {"prompt": "make it move"} | choices, [Photo()])
    dc.slash("video", {"prompt": "动起来"} | choices, [Photo()], locale="zh-CN")
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    english, chinese = sorted((said.text for said in taken.inbounds), reverse=False)
    assert english == (
        "make it move Make it 15 seconds long. Aspect ratio 9:16."
        ' Add the title "夏天". Music: soft piano.'
    ), "in one line: lines are words for one photo each"
    assert chinese == "动起来 时长 15 秒。 画幅比例 9:16。 加上标题“夏天”。 音乐：soft piano。"


@pytest.mark.parametrize("with_photo", [True, False])
async def test_the_profile_chosen_for_a_video_is_no_part_of_its_words(
    dc: FakeDiscord, bot: Discord, taken: Taken, with_photo: bool
) -> None:
    slug = list(PROFILES)[1]
    asked = dc.slash(
        "video", {"prompt": "make it move", "skill": slug}, [Photo()] if with_photo else []
    )
    if not with_photo:
        dc.submits(await opened(dc, asked), photos=[Photo()])
    await dc.wait_for(lambda: taken.inbounds)
    files = taken.last.attachments
    assert taken.last.happened == Called(Command.VIDEO, "make it move", files, skill=slug)
    assert len(files) == 1


async def test_video_takes_ten_photos_in_order(dc: FakeDiscord, bot: Discord, taken: Taken) -> None:
    dc.slash("video", {"prompt": "go"}, [Photo(f"{number}.jpg") for number in range(10)])
    await dc.wait_for(lambda: taken.inbounds)
    assert [file.name for file in taken.last.attachments] == [
        f"{number}.jpg" for number in range(10)
    ]


async def test_a_prompt_is_completed_with_the_suggestions_of_the_profile(
    dc: FakeDiscord, bot: Discord
) -> None:
    suggestions = PROFILES[DEFAULT].suggestions
    english = dc.types("video", "prompt", "")
    chinese = dc.types("video", "prompt", "", locale="zh-CN")
    wanted = suggestions["en"][0]
    some = dc.types("video", "prompt", wanted[:12].upper())
    await dc.wait_for(lambda: english.choices and chinese.choices and some.choices)
    assert [choice["value"] for choice in english.choices or []] == [
        line[:100] for line in suggestions["en"]
    ]
    assert [choice["value"] for choice in chinese.choices or []] == [
        line[:100] for line in suggestions["zh"]
    ]
    assert wanted[:100] in [choice["value"] for choice in some.choices or []]


async def test_choices_of_skill_and_language_are_handed_on(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    slug = list(PROFILES)[2]
    dc.slash("skill", {"skill": slug})
    await dc.wait_for(lambda: taken.inbounds)
    dc.slash("language", {"language": "zh-Hans"})
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert [(said.command, said.text) for said in taken.inbounds] == [
        (Command.SKILL, slug),
        (Command.LANGUAGE, "zh-Hans"),
    ]


async def test_admins_set_up_their_server(dc: FakeDiscord, bot: Discord, taken: Taken) -> None:
    dc.slash("settings", {"state": "on", "channels": "here", "language": "zh-Hans", "daily": 3})
    await dc.wait_for(lambda: taken.inbounds)
    assert taken.last.text == f"on channels={dc.general.id} language=zh-Hans daily=3"
    assert (taken.last.place.space, taken.last.sender.admin) == (str(dc.guild.id), False)
    command = next(command for command in dc.world.commands if command["name"] == "settings")
    assert command["default_member_permissions"] == str(1 << 5)
    assert (command["contexts"], command["integration_types"]) == ([0], [0])


# Forms


async def test_video_without_a_photo_opens_a_form_that_takes_ten(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    form = await opened(dc, dc.slash("video", {"prompt": "make it move", "length": 10}))
    assert words_of(form)[:2] == ["Make a video", "Photos"]
    sent = dc.submits(
        form, photos=[Photo(f"{number}.jpg", bytes([number])) for number in range(10)]
    )
    await dc.wait_for(lambda: taken.inbounds)
    said = taken.last
    assert (said.id, said.command) == (f"dc:i:{sent.id}", Command.VIDEO)
    assert said.text == "make it move Make it 10 seconds long."
    assert [file.name for file in said.attachments] == [f"{number}.jpg" for number in range(10)]
    assert (await bot.fetch(said.attachments[3], tmp_path)).read_bytes() == bytes([3])
    await bot.send(answer(said, "Got your 10 photos."), None, "n-1")
    assert dc.transcript() == "Clip: Got your 10 photos."


async def test_a_form_may_come_back_without_a_photo(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    form = await opened(dc, dc.slash("video", locale="zh-CN"))
    assert words_of(form)[0] == "做一个视频"
    dc.submits(form, {"words": "一段关于海的视频"})
    await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.text, taken.last.attachments, taken.last.sender.language) == (
        "一段关于海的视频",
        (),
        "zh-CN",
    )


async def test_a_form_that_was_opened_before_a_restart_still_counts(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path), taken):
        form = await opened(dc, dc.slash("video"))
    async with running(dc, connected(dc, tmp_path), taken):
        dc.submits(form, {"words": "make it move"}, [Photo()])
        await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.text, len(taken.last.attachments)) == ("make it move", 1)


async def test_edit_takes_words_or_opens_a_form(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.slash("edit", {"change": "make it 15 seconds"})
    await dc.wait_for(lambda: taken.inbounds)
    form = await opened(dc, dc.slash("edit"))
    dc.submits(form, {"words": "softer music"})
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert [(said.command, said.text) for said in taken.inbounds] == [
        (Command.EDIT, "make it 15 seconds"),
        (Command.EDIT, "softer music"),
    ]


async def test_a_token_is_given_in_a_form_and_answered_privately(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    form = await opened(dc, dc.slash("login"))
    sent = dc.submits(form, {"words": " nmv_usr_secret "})
    await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.command, taken.last.text) == (Command.LOGIN, "nmv_usr_secret")
    assert sent.original is not None
    assert sent.original.ephemeral
    await bot.send(answer(taken.last, "Welcome back!"), None, "n-1")
    assert "nmv_usr" not in dc.transcript()


# The menu on a message


async def test_the_menu_on_anybodys_message_brings_its_photos(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    message = dc.says(
        "my holidays, do not steal", [Photo("a.jpg", b"A"), Photo("b.jpg", b"B")], user=dc.onlooker
    )
    asked = dc.menu("Make a video", message)
    await dc.wait_for(lambda: taken.inbounds)
    said = taken.last
    assert (said.id, said.user, said.command) == (
        f"dc:i:{asked.id}",
        str(dc.asker.id),
        Command.VIDEO,
    )
    assert said.text == ""
    dc.deletes(message)
    assert [(await bot.fetch(file, tmp_path)).read_bytes() for file in said.attachments] == [
        b"A",
        b"B",
    ]


async def test_the_menu_on_ones_own_message_takes_its_words_too(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    message = dc.says("make this a 10-second clip", [Photo()])
    dc.menu("Make a video", message)
    await dc.wait_for(lambda: taken.inbounds)
    assert taken.last.text == "make this a 10-second clip"


async def test_the_menu_works_in_a_server_where_the_bot_is_not(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    message = dc.says("", [Photo("x.jpg", b"X")], channel=dc.foreign(), user=dc.onlooker)
    dc.menu("Make a video", message, installed="user")
    await dc.wait_for(lambda: taken.inbounds)
    assert (await bot.fetch(taken.last.attachments[0], tmp_path)).read_bytes() == b"X"


async def test_the_menu_on_a_message_without_photos_says_so_to_the_asker_alone(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.menu("Make a video", dc.says("only words"), locale="zh-CN")
    await dc.wait_for(lambda: dc.bot_says())
    assert (dc.bot_says()[0].content[:11], dc.bot_says()[0].only_for) == (
        "那条消息里没有照片。请",
        dc.asker,
    )
    assert not taken.inbounds


# Buttons

ROWS = (
    (Button("Edit", Command.EDIT, 12), Button("Again", Command.AGAIN, 12)),
    (Button("Export", Command.EXPORT, 12, "check"), Button("New", Command.NEW), Button("Open", url="https://nemovideo.com/workspace/claim?ct=1")),
)  # fmt: skip


async def test_buttons_work_after_a_restart_and_for_everybody(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        dc.says("hello", mention=True)
        await dc.wait_for(lambda: taken.inbounds)
        await bot.send(answer(taken.last, "Here is your video!", buttons=ROWS), None, "n-1")
    result = dc.bot_says()[0]
    assert result.labels == ["Edit", "Again", "Export", "New", "Open"]
    dc.clock.advance(21 * 24 * 3600)
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        again = dc.presses(result, "Again")
        await dc.wait_for(lambda: len(taken.inbounds) == 2)
        dc.presses(result, "Export", user=dc.onlooker, locale="zh-CN")
        await dc.wait_for(lambda: len(taken.inbounds) == 3)
        mine, theirs = taken.inbounds[1:]
        assert (mine.id, mine.command, mine.job, mine.text) == (
            f"dc:i:{again.id}",
            Command.AGAIN,
            12,
            "",
        )
        assert (theirs.user, theirs.command, theirs.job) == (
            str(dc.onlooker.id),
            Command.EXPORT,
            12,
        )
        assert (theirs.text, theirs.sender.language, theirs.address) == (
            "check",
            "zh-CN",
            address(dc.general),
        )
        assert again.seconds_to_answer < 1
        await bot.send(
            answer(theirs, "That one belongs to somebody else.", discreet=True), None, "n-2"
        )
        await bot.send(answer(mine, "On it!"), None, "n-3")
    assert result.content == "Here is your video!"
    assert [(message.content, message.only_for) for message in dc.bot_says()[1:]] == [
        ("That one belongs to somebody else.", dc.onlooker),
        (f"<@{dc.asker.id}> On it!", None),
    ]


async def test_the_edit_button_opens_a_form_that_names_its_video(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.says("hello", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    await bot.send(answer(taken.last, "Here is your video!", buttons=ROWS), None, "n-1")
    form = await opened(dc, dc.presses(dc.bot_says()[0], "Edit"))
    dc.submits(form, {"words": "make it longer"})
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert (taken.last.command, taken.last.job, taken.last.text) == (
        Command.EDIT,
        12,
        "make it longer",
    )
    await bot.send(answer(taken.last, "On it!"), None, "n-2")
    assert [message.content for message in dc.bot_says()] == ["Here is your video!", "On it!"]


async def test_a_change_that_a_button_names_needs_no_form(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.says("hello", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    rows = (
        (
            Button("Playful", Command.EDIT, 12, "a1"),
            Button("Remove the music", Command.EDIT, 12, "strip:audio"),
        ),
    )
    await bot.send(answer(taken.last, "Which style?", buttons=rows), None, "n-1")
    for number, (label, words) in enumerate(
        (("Playful", "a1"), ("Remove the music", "strip:audio")), 2
    ):
        dc.presses(dc.bot_says()[0], label)
        await dc.wait_for(lambda number=number: len(taken.inbounds) == number)  # type: ignore[misc]
        assert (taken.last.command, taken.last.job, taken.last.text) == (Command.EDIT, 12, words)
        await bot.send(answer(taken.last, "On it!"), None, f"n-{number}")


async def test_a_button_under_a_private_answer_is_answered_privately(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.slash("help")
    await dc.wait_for(lambda: taken.inbounds)
    await bot.send(
        answer(taken.last, "Help", buttons=((Button("中文", Command.LANGUAGE, text="zh"),),)),
        None,
        "n-1",
    )
    dc.presses(dc.bot_says()[0], "中文")
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    await bot.send(answer(taken.last, "好的"), None, "n-2")
    assert [message.only_for for message in dc.bot_says()] == [dc.asker, dc.asker]


@pytest.mark.parametrize("custom_id", ["v0:again:12", "something-else", "v1:dance:12:", "v1:x"])
async def test_a_button_from_another_time_answers_with_words(
    dc: FakeDiscord, bot: Discord, taken: Taken, custom_id: str
) -> None:
    dc.says("hello", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    await bot.send(
        answer(taken.last, "Here!", buttons=((Button("Again", Command.AGAIN, 12),),)), None, "n-1"
    )
    message = dc.bot_says()[0]
    message.components[0]["components"][0]["custom_id"] = custom_id
    dc.presses(message, "Again")
    await dc.wait_for(lambda: len(dc.bot_says()) == 2)
    assert "/help" in dc.bot_says()[1].content
    assert dc.bot_says()[1].only_for is dc.asker
    assert len(taken.inbounds) == 1


async def test_a_command_that_no_longer_exists_answers_with_words(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.world.commands.append({"id": "1", "type": 1, "name": "dance", "options": []})
    dc.slash("dance")
    await dc.wait_for(lambda: dc.bot_says())
    assert "changed" in dc.bot_says()[0].content


async def test_buttons_that_do_not_fit_are_left_out(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.says("hello", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    many = tuple(Button(f"{number}", Command.SKILL, text=f"s{number}") for number in range(40))
    again = Button("x" * 100, Command.NEW)
    await bot.send(answer(taken.last, "Choose", buttons=((again, again), many)), None, "n-1")
    labels = dc.bot_says()[0].labels
    assert labels[0] == "x" * 79 + "…"
    assert labels[1:] == [f"{number}" for number in range(20)]


# Telling Discord


async def test_commands_are_registered_once_and_again_when_they_change(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    for _ in range(2):
        async with running(dc, connected(dc, tmp_path), taken):
            pass
    assert dc.world.syncs == 1
    (tmp_path / "commands.sha256").write_text("other commands")
    async with running(dc, connected(dc, tmp_path), taken):
        pass
    assert dc.world.syncs == 2


async def test_a_title_in_another_language_makes_them_other_commands(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    first = PROFILES[DEFAULT]
    titles = Localized[str]({**first.title.root, "de": "Etwas anderes"})
    for profiles in (PROFILES, {**PROFILES, DEFAULT: replace(first, title=titles)}):
        adapter = Discord(read(Settings, dc.environment), tmp_path, profiles, DEFAULT, PACE)
        async with running(dc, adapter, taken):
            pass
    assert dc.world.syncs == 2


async def test_a_refused_registration_does_not_stop_the_bot(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    dc.refuse(COMMANDS, 400, 50035)
    async with running(dc, connected(dc, tmp_path), taken):
        dc.says("hello", mention=True)
        await dc.wait_for(lambda: taken.inbounds)
    async with running(dc, connected(dc, tmp_path), taken):
        pass
    assert dc.world.syncs == 1


async def test_commands_are_named_in_each_language_and_usable_everywhere(
    dc: FakeDiscord, bot: Discord
) -> None:
    commands = {command["name"]: command for command in dc.world.commands}
    video = commands["video"]
    assert video["name_localizations"]["zh-CN"] == "视频"
    assert (video["contexts"], video["integration_types"]) == ([0, 1, 2], [0, 1])
    assert commands["Make a video"]["name_localizations"]["zh-CN"] == "做成视频"
    for command in commands.values():
        for part in (command, *command.get("options", [])):
            assert {"zh-CN", "zh-TW"} <= part["name_localizations"].keys(), part["name"]
        skills = [
            choice for option in command.get("options", []) for choice in option.get("choices", [])
        ]
        assert all(
            "zh-CN" in choice["name_localizations"]
            for choice in skills
            if choice["value"] in PROFILES
        )
