"""The terminal chat: over pipes, and over a pseudo-terminal with a small screen of our own behind
it."""

import asyncio
import io
import os
import pty
import re
import subprocess
import sys
import tty
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input.vt100 import Vt100Input
from prompt_toolkit.output.vt100 import Vt100_Output

from bots.console.arguments import Walk, check_out, joined, to_walk
from bots.console.board import ANSWER_SECONDS, Board
from bots.console.files import fetch, save, to_attachment
from bots.console.lines import Spoken, find_in, read
from bots.console.pipe import Pipe
from bots.console.script import Script, to_script
from bots.console.shape import clipped, coarse, size, wrapped
from bots.console.terminal import Terminal
from core.adapter import FileGone, Receive
from core.i18n import text
from core.messages import (
    Address,
    Attachment,
    Button,
    Command,
    Document,
    Gallery,
    Inbound,
    Outbound,
    Video,
)
from core.settings import WrongSetting
from tests.outgoing import altered, outgoing

ADDRESS = Address("console", "terminal")
LONG = 300.0
"""Seconds until what must come counts as lost, also where the machine has much else to do."""
CANCEL = ((Button("Cancel", Command.CANCEL, 7),),)
CONFIRM = ((Button("Go ahead", Command.CONFIRM, 7),),)
EXPORT, NEW = Button("Export", Command.EXPORT, 7), Button("New", Command.NEW)


def status(words: str, job: int = 7) -> Outbound:
    return outgoing(
        ADDRESS, words, slot=f"job-{job}", silent=True, working=True, buttons=CANCEL, job=job
    )


def ended(job: int = 7) -> Outbound:
    """A status that is taken away, after its result."""
    return outgoing(ADDRESS, "⤵️", slot=f"job-{job}", silent=True, over=True, job=job, last=True)


def receipt(words: str = "Used 100.", job: int = 7) -> Outbound:
    return outgoing(ADDRESS, words, slot=f"job-{job}", silent=True, job=job, last=True)


def result(words: str = "Ready!", path: Path | None = None, job: int = 7) -> Outbound:
    video = Video("http://x.example/v.mp4", path=str(path)) if path else None
    return outgoing(ADDRESS, words, media=video, buttons=((EXPORT, NEW),), job=job, last=True)


# Lines


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for name in (
        "cat.jpg",
        "My Photo (1).jpg",
        "Ann's.png",
        "voice.mp3",
        "turn",
        "日落.jpg",
        "a,b.jpg",
    ):
        (tmp_path / name).write_bytes(b"x" * 2000)
    (tmp_path / "folder.jpg").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("line", "files", "words"),
    [
        ("make a video", [], "make a video"),
        ("cat.jpg make a video", ["cat.jpg"], "make a video"),
        ("make a video of cat.jpg please", ["cat.jpg"], "make a video of please"),
        ("cat.jpg, voice.mp3; mix them", ["cat.jpg", "voice.mp3"], "mix them"),
        ("'My Photo (1).jpg' go", ["My Photo (1).jpg"], "go"),
        ('"My Photo (1).jpg" go', ["My Photo (1).jpg"], "go"),
        (r"My\ Photo\ \(1\).jpg go", ["My Photo (1).jpg"], "go"),
        ("{folder}/My Photo (1).jpg go on", ["My Photo (1).jpg"], "go on"),
        ("./cat.jpg go", ["cat.jpg"], "go"),
        (r"'{folder}/Ann'\''s.png' go", ["Ann's.png"], "go"),
        ("Ann's.png don't crop it", ["Ann's.png"], "don't crop it"),
        ("file://{folder}/My%20Photo%20(1).jpg go", ["My Photo (1).jpg"], "go"),
        ("cat.jpg cat.jpg go", ["cat.jpg"], "go"),
        ("cat.jpg", ["cat.jpg"], ""),
        ("日落.jpg 做成视频", ["日落.jpg"], "做成视频"),
        ("a,b.jpg go", ["a,b.jpg"], "go"),
        ("turn this", [], "turn this"),
        ('add the title "Summer 2026" please', [], 'add the title "Summer 2026" please'),
        ("it's 9/16 and/or 1:1", [], "it's 9/16 and/or 1:1"),
        ("https://a.example/x.jpg go", [], "https://a.example/x.jpg go"),
        ("http://a.example/cat.jpg", [], "http://a.example/cat.jpg"),
        ("", [], ""),
    ],
)
def test_a_path_in_a_line_is_an_attachment(
    line: str, files: list[str], words: str, shelf: Path
) -> None:
    spoken = read(line.replace("{folder}", str(shelf)), find_in(shelf))
    assert [path.name for path in spoken.files] == files
    assert all(path.is_absolute() for path in spoken.files)
    assert (spoken.words, spoken.missing) == (words, ())


def test_a_path_under_the_home_folder_may_begin_with_a_tilde(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(shelf))
    assert read("~/cat.jpg go", find_in(Path("/"))) == Spoken("go", (shelf / "cat.jpg",))
    assert read("~nobody-here/x.jpg", find_in(shelf)).missing == ("~nobody-here/x.jpg",)


@pytest.mark.parametrize(
    "line", ["dog.jpg go", "'dog.jpg' go", "folder.jpg go", "/nowhere/dog.HEIC, go"]
)
def test_what_looks_like_a_picture_and_is_none_is_named(line: str, shelf: Path) -> None:
    spoken = read(line, find_in(shelf))
    assert not spoken.files
    assert spoken.missing[0] in line


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("/new", Spoken(command=Command.NEW)),
        ("/NEW", Spoken(command=Command.NEW)),
        ("/skill how-to-create-ai-video", Spoken("how-to-create-ai-video", command=Command.SKILL)),
        ("/frobnicate now", Spoken(unknown="/frobnicate")),
        ("2", Spoken("2", number=2)),
        ("[12]", Spoken("[12]", number=12)),
        ("2 seconds", Spoken("2 seconds")),
        ("2026", Spoken("2026")),
    ],
)
def test_commands_and_numbers_are_read(line: str, spoken: Spoken, shelf: Path) -> None:
    assert read(line, find_in(shelf)) == spoken


def test_a_command_may_have_files(shelf: Path) -> None:
    assert read("/video cat.jpg make it move", find_in(shelf)) == Spoken(
        "make it move", (shelf / "cat.jpg",), Command.VIDEO
    )


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b.jpg", "."])
def test_odd_names_are_no_files(name: str, shelf: Path) -> None:
    assert find_in(shelf)(name) is None


# Board and shape


def test_numbers_count_the_newest_buttons_then_those_of_running_statuses() -> None:
    board = Board()
    board.show(result(job=5))
    board.show(status("Creating"))
    assert board.choices(result()) == ["[1] Export  [2] New"]
    assert board.choices(status("Creating")) == ["[3] Cancel"]
    assert board.pressed(2) == NEW
    assert board.pressed(3) == CANCEL[0][0]
    assert board.pressed(4) is board.pressed(0) is None


def test_a_message_without_buttons_has_no_line_for_them() -> None:
    assert Board().choices(outgoing(ADDRESS, "by the way")) == []


@pytest.mark.parametrize(
    "messages",
    [
        [status("Creating"), result(), ended()],
        [status("Creating"), result(), receipt()],
        [status("Creating"), result(), status("Rendering 98 %"), ended()],
        [result(), ended()],
        [result()],
        [altered(status("Cancelled."), working=False, last=True)],
        [outgoing(ADDRESS, "Hello")],
        [status("Creating"), outgoing(ADDRESS, "Shall I?", buttons=CONFIRM, job=7)],
    ],
)
def test_nothing_more_is_expected_when_the_last_words_are_there(messages: list[Outbound]) -> None:
    board = Board(quiet=0.05)
    board.said()
    assert board.busy
    for message in messages:
        board.show(message)
    assert board.patience() == 0.05
    assert not board.busy
    assert board.running == []


@pytest.mark.parametrize(
    ("messages", "seconds"),
    [
        ([], ANSWER_SECONDS),
        ([status("Creating")], None),
        ([status("Creating"), result(job=5)], None),
        ([result(job=5), receipt(job=5), status("Creating")], None),
    ],
)
def test_what_is_still_to_come_is_waited_for(
    messages: list[Outbound], seconds: float | None
) -> None:
    board = Board()
    board.said()
    for message in messages:
        board.show(message)
    assert board.patience() == seconds
    assert board.busy


def test_a_job_that_asked_goes_on_when_the_user_has_spoken() -> None:
    board = Board()
    board.show(status("Creating"))
    board.show(outgoing(ADDRESS, "Shall I?", buttons=CONFIRM, job=7))
    board.said()
    assert board.patience() is None


def test_long_labels_have_lines_of_their_own_and_pages_show_their_address() -> None:
    rows = (
        (Button("x" * 50, Command.VIDEO),),
        (Button("y" * 50, Command.VIDEO),),
        (Button("Page", url="http://p"),),
    )
    board, message = Board(), outgoing(ADDRESS, "?", buttons=rows)
    board.show(message)
    assert board.choices(message) == [f"[1] {'x' * 50}", f"[2] {'y' * 50}", "Page → http://p"]


def test_a_message_without_buttons_leaves_the_old_ones_valid() -> None:
    board = Board()
    board.show(result())
    board.show(outgoing(ADDRESS, "by the way"))
    assert board.pressed(1) == EXPORT


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("one two three", 20, ["one two three"]),
        (
            "a line that is longer than twenty columns",
            20,
            ["a line that is", "longer than twenty", "columns"],
        ),
        ("first\nsecond", 20, ["first", "second"]),
        (
            "see https://a.example/a/very/long/address here",
            20,
            ["see https://a.example/a/very/long/address here"],
        ),
        ("把照片拖到这里，写上想要的效果。", 20, ["把照片拖到这里，写上", "想要的效果。"]),
        ("一二三四五六七八九十，好", 20, ["一二三四五六七八九十，", "好"]),
        ("一二三四五六七八九《十》", 20, ["一二三四五六七八九", "《十》"]),
        ("x" * 30, 20, ["x" * 30]),
        ("", 20, [""]),
    ],
)
def test_words_are_wrapped_and_links_stay_whole(words: str, width: int, lines: list[str]) -> None:
    assert wrapped(words, width) == lines


def test_a_status_is_cut_to_one_line() -> None:
    assert clipped("one\ntwo", 10) == "two"
    assert clipped("a long status line", 10) == "a long st…"
    assert clipped("正在制作你的视频", 10) == "正在制作…"


def test_a_percentage_is_worth_a_line_every_quarter() -> None:
    assert coarse("Rendering 3 %…") == coarse("Rendering 24 %…") != coarse("Rendering 25 %…")
    assert coarse("Uploading 2 of 3…") == "Uploading 2 of 3…"


def test_sizes_read_well() -> None:
    assert [size(n) for n in (0, 900, 2048, 2_202_010)] == ["1 kB", "1 kB", "2 kB", "2.1 MB"]


# Files


async def test_a_reference_is_a_path_that_can_be_fetched_again(shelf: Path, tmp_path: Path) -> None:
    attachment = to_attachment(shelf / "cat.jpg")
    assert (attachment.ref, attachment.name, attachment.bytes) == (
        f"file://{shelf}/cat.jpg",
        "cat.jpg",
        2000,
    )
    work = tmp_path / "work"
    work.mkdir()
    first, second = await fetch(attachment, work), await fetch(attachment, work)
    assert first != second
    assert first.read_bytes() == second.read_bytes() == b"x" * 2000


async def test_a_file_that_was_moved_away_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FileGone):
        await fetch(Attachment(f"file:{tmp_path}/gone.jpg"), tmp_path)
    assert not list(tmp_path.iterdir())


async def test_clips_are_saved_under_the_next_free_number(tmp_path: Path) -> None:
    (tmp_path / "clip").write_bytes(b"mp4")
    (tmp_path / "video-2.mp4").write_bytes(b"mine")
    saved = await asyncio.gather(
        *(save(Video("", path=str(tmp_path / "clip")), tmp_path) for _ in range(3))
    )
    assert {path.name for path in saved} == {"video-1.mp4", "video-3.mp4", "video-4.mp4"}
    assert (tmp_path / "video-2.mp4").read_bytes() == b"mine"


# Pipes


Send = Callable[[Outbound, str | None, str], Awaitable[str]]


class Core:
    """Stands in for the engine: keeps what was taken in and answers as told, some time later."""

    def __init__(self, *answers: Outbound) -> None:
        self.inbounds: list[Inbound] = []
        self.answers = list(answers)
        self.said = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._send: Send | None = None

    def talking_to(self, send: Send) -> Receive:
        self._send = send

        async def receive(inbound: Inbound) -> None:
            self.inbounds.append(inbound)
            self.said.set()
            self._tasks.add(asyncio.create_task(self.answer()))

        return receive

    async def answer(self) -> None:
        assert self._send
        slots: dict[str, str] = {}
        for number, message in enumerate(self.answers):
            await asyncio.sleep(0)
            known = slots.get(message.slot) if message.slot else None
            slots[message.slot] = await self._send(message, known, f"n{number}")


@asynccontextmanager
async def piped(
    chat_folder: Path, core: Core, language: str = "en"
) -> AsyncIterator[tuple[int, io.StringIO, asyncio.Task[None]]]:
    """A chat that reads a pipe and writes to memory."""
    source, typing = os.pipe()
    shown = io.StringIO()
    chat = Pipe(source, shown, chat_folder, language, quiet=0.05)
    task = asyncio.create_task(chat.run(core.talking_to(chat.send)))
    try:
        yield typing, shown, task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        with suppress(OSError):
            os.close(typing)


async def say(core: Core, folder: Path, typed: bytes, language: str = "en") -> str:
    """Type everything, close the pipe, and wait until the chat ends by itself."""
    async with piped(folder, core, language) as (typing, shown, task):
        os.write(typing, typed)
        os.close(typing)
        await asyncio.wait_for(task, LONG)
        return shown.getvalue()


async def test_lines_become_inbounds_with_ids_of_their_own(shelf: Path) -> None:
    core = Core(result())
    await say(core, shelf, b"cat.jpg make a video\r\n\n  /status\nhello", "zh")
    first, second, third = core.inbounds
    assert (first.text, [file.name for file in first.attachments], first.command) == (
        "make a video",
        ["cat.jpg"],
        None,
    )
    assert (second.command, third.text) == (Command.STATUS, "hello")
    assert len({inbound.id for inbound in core.inbounds}) == 3
    assert all(
        inbound.address == ADDRESS and inbound.place.private and inbound.addressed
        for inbound in core.inbounds
    )
    assert first.order < second.order < third.order
    assert first.sender.language == "zh"


async def test_the_end_of_the_input_waits_for_the_result(shelf: Path) -> None:
    (shelf / "clip").write_bytes(b"mp4")
    running = (status("Creating"), status("Creating"), status("Rendering 40 %"))
    shown = await say(
        Core(*running, result("Ready!", shelf / "clip"), receipt()), shelf, b"cat.jpg go\n"
    )
    assert (
        shown == "Creating\nRendering 40 %\nReady!\n💾 Saved as ./video-1.mp4\n[1] Export "
        " [2] New\n\nUsed 100.\n\n"
    )
    assert (shelf / "video-1.mp4").read_bytes() == b"mp4"


async def test_while_something_runs_the_chat_stays_open(shelf: Path) -> None:
    core = Core(status("Creating"))
    async with piped(shelf, core) as (typing, _, task):
        os.write(typing, b"go\n")
        os.close(typing)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(task), 0.5)


async def test_a_cancelled_request_is_over_and_says_so(shelf: Path) -> None:
    shown = await say(Core(status("Creating"), receipt("Cancelled.")), shelf, b"go\n")
    assert "Cancelled." in shown


async def test_a_number_presses_the_button(shelf: Path) -> None:
    core = Core(result())
    async with piped(shelf, core) as (typing, shown, _):
        os.write(typing, b"go\n")
        await until(lambda: "[2] New" in shown.getvalue())
        core.said.clear()
        os.write(typing, b"2\n")
        await asyncio.wait_for(core.said.wait(), LONG)
        os.write(typing, b"1\n9\n")
        await until(lambda: len(core.inbounds) == 4)
    pressed = core.inbounds[1:]
    assert [(one.command, one.job, one.text) for one in pressed] == [
        (Command.NEW, None, ""),
        (Command.EXPORT, 7, ""),
        (None, None, "9"),
    ]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONG):
        while not condition():  # noqa: ASYNC110  (a screen tells nobody that it has changed)
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("typed", "key", "params"),
    [
        (b"/frobnicate\n", "console.unknown_command", {"command": "/frobnicate"}),
        (b"dog.jpg make a video\n", "console.not_found", {"name": "dog.jpg"}),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_what_only_the_terminal_can_know_is_answered_there(
    typed: bytes, key: str, params: dict[str, str], language: str, shelf: Path
) -> None:
    core = Core(result())
    assert text(key, language, **params) in await say(core, shelf, typed + b"/quit\n", language)
    assert core.inbounds == []


async def test_who_quits_a_pipe_before_the_answer_is_told(shelf: Path) -> None:
    assert text("console.left_early", "en") in await say(Core(), shelf, b"go\n/quit\n")


async def test_quit_ends_the_chat_though_the_pipe_stays_open(shelf: Path) -> None:
    async with piped(shelf, Core(result())) as (typing, _, task):
        os.write(typing, b"/quit\n")
        await asyncio.wait_for(task, LONG)


async def test_words_cut_in_the_middle_of_a_character_arrive_whole(shelf: Path) -> None:
    core = Core(result())
    async with piped(shelf, core) as (typing, _, task):
        for byte in "把这张照片做成视频 \xff".encode() + b"\xff\n":
            os.write(typing, bytes([byte]))
        os.close(typing)
        await asyncio.wait_for(task, LONG)
    assert core.inbounds[0].text == "把这张照片做成视频 ÿ\ufffd"


async def test_a_file_can_be_the_input(shelf: Path) -> None:
    (shelf / "lines").write_text("one\ntwo\n")
    core, shown = Core(result()), io.StringIO()
    with (shelf / "lines").open("rb") as lines:
        chat = Pipe(lines.fileno(), shown, shelf, "en", quiet=0.05)
        await asyncio.wait_for(chat.run(core.talking_to(chat.send)), LONG)
    assert [inbound.text for inbound in core.inbounds] == ["one", "two"]


async def test_a_clip_that_cannot_be_saved_leaves_the_link(shelf: Path) -> None:
    shown = await say(Core(result("Ready! http://x", shelf / "not-there.mp4")), shelf, b"go\n")
    assert "http://x" in shown
    assert text("console.not_saved", "en") in shown


async def test_a_copy_of_what_is_kept_is_saved(shelf: Path) -> None:
    (shelf / "my-data-1.json").write_text("mine")
    shown = await say(
        Core(outgoing(ADDRESS, "All of it", media=Document('{"chat": "日落"}'))),
        shelf,
        b"/mydata\n",
    )
    assert shown.startswith(f"All of it\n{text('console.saved', 'en', path='./my-data-2.json')}\n")
    assert (shelf / "my-data-2.json").read_text(encoding="utf-8") == '{"chat": "日落"}'


@pytest.mark.parametrize(("first", "saved"), [(0, True), (1, False)])
async def test_a_picture_in_place_of_a_film_is_saved_and_others_are_not(
    shelf: Path, first: int, saved: bool
) -> None:
    (shelf / "drawn.jpg").write_bytes(b"picture")
    there = str(shelf / "drawn.jpg")
    gallery = Gallery(first=first, path=there, photos=(Attachment(there),))
    shown = await say(Core(outgoing(ADDRESS, "Look", media=gallery)), shelf, b"go\n")
    line = text("console.saved", "en", path="./photos-1.jpg")
    assert shown.startswith(f"Look\n{line}\n" if saved else "Look\n\n")
    assert (shelf / "photos-1.jpg").exists() is saved


async def test_a_picture_that_cannot_be_saved_leaves_the_words(shelf: Path) -> None:
    gallery = Gallery(first=0, path=str(shelf / "not-there.jpg"), photos=(None,))
    shown = await say(Core(outgoing(ADDRESS, "Look", media=gallery)), shelf, b"go\n")
    assert shown.startswith("Look\n")


async def test_an_edit_keeps_the_id_of_its_message(shelf: Path) -> None:
    chat = Pipe(0, io.StringIO(), shelf, "en")
    first = await chat.send(status("Creating"), None, "n1")
    assert await chat.send(status("Rendering"), first, "n2") == first
    assert await chat.send(result(), None, "n3") != first


def test_without_a_terminal_the_chat_reads_a_pipe(tmp_path: Path) -> None:
    """In a process of its own, whose input and output are pipes."""
    script = (
        "import os, pathlib, bots.console as c; print(type(c.connect(os.environ, "
        "pathlib.Path('x'))).__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input="",
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "Pipe"


# A real terminal


class Screen:
    """What a terminal of 80 columns shows, from the few control sequences that a prompt uses;
    answers where it is."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = [[]]
        self.row = self.column = 0
        self.seen: list[str] = []

    def feed(self, data: str) -> str:
        """Take in output; what the terminal says in return."""
        answer = ""
        for control, number, final, character in re.findall(
            r"(\x1b\[[?>]?([\d;]*)([A-Za-z]))|(.)", data, re.S
        ):
            if control:
                answer += self._obey(
                    final, int(number.split(";")[0] or 0) if number.split(";")[0] else 0
                )
            else:
                self._put(character)
        self.seen.append(self.text())
        return answer

    def _obey(self, final: str, count: int) -> str:
        match final:
            case "A":
                self.row = max(0, self.row - max(1, count))
            case "B":
                self.row += max(1, count)
            case "C":
                self.column += max(1, count)
            case "D":
                self.column = max(0, self.column - max(1, count))
            case "J":
                self._line()[self.column :] = []
                self.rows[self.row + 1 :] = []
            case "K":
                self._line()[self.column :] = []
            case "n":
                return f"\x1b[{self.row + 1};{self.column + 1}R"
        return ""

    def _put(self, character: str) -> None:
        match character:
            case "\r":
                self.column = 0
            case "\n":
                self.row += 1
            case "\x08":
                self.column = max(0, self.column - 1)
            case "\x1b" | "\x07":
                pass
            case _:
                line = self._line()
                line.extend(" " * (self.column + 1 - len(line)))
                line[self.column] = character
                self.column += 1

    def _line(self) -> list[str]:
        while len(self.rows) <= self.row:
            self.rows.append([])
        return self.rows[self.row]

    def text(self) -> str:
        return "\n".join("".join(row).rstrip() for row in self.rows)


@asynccontextmanager
async def terminal(
    folder: Path, core: Core
) -> AsyncIterator[tuple[int, Screen, asyncio.Task[None]]]:
    """A chat on a pseudo-terminal, whose other end is a screen and a keyboard."""
    keyboard, device = pty.openpty()
    tty.setraw(device)
    os.set_blocking(keyboard, False)
    screen, loop = Screen(), asyncio.get_running_loop()

    def show() -> None:
        with suppress(BlockingIOError):
            answer = screen.feed(os.read(keyboard, 65_536).decode(errors="replace"))
            if answer:
                os.write(keyboard, answer.encode())

    with (
        os.fdopen(device, "r", closefd=False) as typed,
        os.fdopen(device, "w", closefd=False) as drawn,
    ):
        output = Vt100_Output(drawn, lambda: Size(rows=40, columns=80), term="xterm")
        chat = Terminal(folder / "keep", folder, "en", Vt100Input(typed), output)
        loop.add_reader(keyboard, show)
        task = asyncio.create_task(chat.run(core.talking_to(chat.send)))
        try:
            yield keyboard, screen, task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            loop.remove_reader(keyboard)
    os.close(keyboard)
    os.close(device)


async def test_at_the_prompt_a_status_changes_in_place_and_a_result_stays(shelf: Path) -> None:
    (shelf / "clip").write_bytes(b"mp4")
    core = Core()
    async with terminal(shelf, core) as (keyboard, screen, task):
        await until(lambda: "›" in screen.text() and len(core.inbounds) == 1)
        assert core.inbounds[0].command is Command.START
        core.answers = [status("Creating your video")]
        os.write(keyboard, b"cat.jpg go\r")
        begun = ("› cat.jpg go", "📎 cat.jpg (2 kB)", "Creating your video   [1] Cancel")
        await until(lambda: all(line in screen.text() for line in begun))
        os.write(keyboard, b"half a wo")
        await until(lambda: "› half a wo" in screen.text())
        core.answers = [
            status("Rendering 40 %"),
            result("Ready!", shelf / "clip"),
            ended(),
        ]
        core.inbounds.clear()
        os.write(keyboard, b"rd\r")
        there = r"› half a word.*Ready!.*Saved as \./video-1\.mp4.*\[1\] Export  \[2\] New\s*›\s*$"
        await until(lambda: re.search(there, screen.text(), re.DOTALL) is not None)
        assert core.inbounds[0].text == "half a word"
        assert "Rendering" not in screen.text()
        assert "Creating" not in screen.text()
        os.write(keyboard, b"/quit\r")
        await asyncio.wait_for(task, LONG)


async def test_typed_words_survive_a_message_that_comes_in_between(shelf: Path) -> None:
    core = Core()
    async with terminal(shelf, core) as (keyboard, screen, _):
        await until(lambda: "›" in screen.text() and len(core.inbounds) == 1)
        os.write(keyboard, b"make it sho")
        await until(lambda: "› make it sho" in screen.text())
        core.answers = [outgoing(ADDRESS, "By the way")]
        await core.answer()
        await until(
            lambda: (
                "By the way" in screen.text() and screen.text().rstrip().endswith("› make it sho")
            )
        )


async def test_earlier_lines_come_back_after_a_restart(shelf: Path) -> None:
    for expected in ("", "/credits"):
        core = Core(result())
        async with terminal(shelf, core) as (keyboard, screen, task):
            await until(lambda core=core: len(core.inbounds) == 1)  # type: ignore[misc]
            await until(lambda screen=screen: screen.text().rstrip().endswith("›"))  # type: ignore[misc]
            if expected:
                os.write(keyboard, b"\x1b[A")
                await until(lambda screen=screen: screen.text().rstrip().endswith("› /credits"))  # type: ignore[misc]
                os.write(keyboard, b"\r")
            else:
                os.write(keyboard, b"/credits\r")
            await until(lambda core=core: len(core.inbounds) == 2)  # type: ignore[misc]
            assert core.inbounds[1].command is Command.CREDITS
            os.write(keyboard, b"\x04")
            await asyncio.wait_for(task, LONG)


async def test_ctrl_c_first_clears_the_line_and_then_leaves(shelf: Path) -> None:
    core = Core()
    async with terminal(shelf, core) as (keyboard, screen, task):
        await until(lambda: "›" in screen.text())
        os.write(keyboard, b"oops")
        await until(lambda: "› oops" in screen.text())
        os.write(keyboard, b"\x03")
        await until(lambda: screen.text().rstrip().endswith("›"))
        assert not task.done()
        os.write(keyboard, b"\x03")
        await asyncio.wait_for(task, LONG)


@pytest.mark.parametrize("leaving", [b"/quit\r", b"\x04", b"\x03"])
async def test_who_leaves_while_something_is_made_is_told_first(
    shelf: Path, leaving: bytes
) -> None:
    core, warning = Core(), text("console.still_busy", "en")[:30]
    async with terminal(shelf, core) as (keyboard, screen, task):
        await until(lambda: "›" in screen.text() and len(core.inbounds) == 1)
        core.answers = [status("Creating your video")]
        os.write(keyboard, b"cat.jpg go\r")
        await until(lambda: "Creating your video" in screen.text())
        os.write(keyboard, leaving)
        await until(lambda: warning in screen.text() and screen.text().rstrip().endswith("›"))
        assert not task.done()
        os.write(keyboard, b"another word\r")
        await until(lambda: len(core.inbounds) == 3)
        os.write(keyboard, leaving)
        await until(
            lambda: screen.text().count(warning) == 2 and screen.text().rstrip().endswith("›")
        )
        os.write(keyboard, leaving)
        await asyncio.wait_for(task, LONG)


async def test_paths_and_commands_are_completed(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shelf)
    core = Core()
    async with terminal(shelf, core) as (keyboard, screen, _):
        await until(lambda: "›" in screen.text())
        os.write(keyboard, b"My\t")
        await until(lambda: r"› My\ Photo\ (1).jpg" in screen.text())
        os.write(keyboard, b"\x15/cred\t")
        await until(lambda: "› /credits" in screen.text())


# The walk without a prompt


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["make a video"], ("make a video",)),
        (["make", "a", "video"], ("make a video",)),
        (["make a video", "make it shorter"], ("make a video", "make it shorter")),
        (["make a video", "export"], ("make a video", "export")),
        (["export", "make a video"], ("export", "make a video")),
        (["make a video", "export", "undo"], ("make a video", "export", "undo")),
        (["把照片做成视频", "加个标题"], ("把照片做成视频", "加个标题")),
        ([], ()),
    ],
)
def test_arguments_are_lines(arguments: list[str], lines: tuple[str, ...]) -> None:
    assert joined(arguments) == lines


async def walk(script: Script, core: Core) -> None:
    await asyncio.wait_for(script.run(core.talking_to(script.send)), LONG)


async def test_a_walk_prints_the_conversation_and_keeps_the_clip(shelf: Path) -> None:
    (shelf / "clip").write_bytes(b"mp4")
    shown, out = io.StringIO(), shelf / "films" / "out.mp4"
    core = Core(status("Creating"), status("Creating"), result("Ready!", shelf / "clip"), ended())
    script = to_script(
        [str(shelf / "cat.jpg"), "make a video", "make it shorter"], out, shown, "en"
    )
    script.board = Board(quiet=0.05)
    await walk(script, core)
    assert script.arrived == out
    assert out.read_bytes() == b"mp4"
    assert [(one.text, [file.name for file in one.attachments]) for one in core.inbounds] == [
        ("make a video", ["cat.jpg"]),
        ("make it shorter", []),
    ]
    assert shown.getvalue().startswith(
        f"you  📎 cat.jpg  make a video\n  …  Creating\nbot  Ready!\n     💾 Saved as {out}\n"
    )
    assert shown.getvalue().count("Creating") == 1
    assert "you  make it shorter\n" in shown.getvalue()


async def test_clips_of_one_line_lie_side_by_side(shelf: Path) -> None:
    """One video of each: none takes another's place."""
    for name in ("a", "b"):
        (shelf / name).write_bytes(name.encode())
    shown, out = io.StringIO(), shelf / "out.mp4"
    script = to_script(["make one video of each"], out, shown, "en")
    script.board = Board(quiet=0.05)
    await walk(script, Core(result("One", shelf / "a"), result("Two", shelf / "b")))
    assert (out.read_bytes(), (shelf / "out-2.mp4").read_bytes()) == (b"a", b"b")
    assert script.arrived == shelf / "out-2.mp4"
    assert f"💾 Saved as {shelf / 'out-2.mp4'}" in shown.getvalue()


async def test_a_growing_status_is_printed_piece_by_piece(shelf: Path) -> None:
    growing = [
        status("Look"),
        status("Look\n\nMusic"),
        status("Rendering 3 %"),
        status("Rendering 9 %"),
    ]
    grown = [status("Look\n\nMusic\n\nTitle"), status("Rendering 60 %"), ended(), result()]
    printed = await say(Core(*growing, *grown), shelf, b"go\n")
    assert printed.startswith("Look\nMusic\nRendering 3 %\nTitle\nRendering 60 %\nReady!\n")


async def test_a_walk_that_brings_no_clip_says_so(shelf: Path) -> None:
    shown = io.StringIO()
    script = to_script(["make a video"], shelf / "out.mp4", shown, "en")
    script.board = Board(quiet=0.05)
    core = Core(outgoing(ADDRESS, "That did not work."))
    await walk(script, core)
    assert script.arrived is None
    assert text("console.no_video", "en") in shown.getvalue()
    assert not (shelf / "out.mp4").exists()
    assert [file.name for file in core.inbounds[0].attachments] == ["sample.jpg"]


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [
        ("dog.jpg", "I can't find dog.jpg."),
        ("./my dog.jpg", "I can't find ./my dog.jpg."),
        ("~nobody-here/x.HEIC", "I can't find"),
        ("./folder", "./folder is a folder."),
        ("--ot", "--ot is no option"),
        ("-x", "-x is no option"),
        ("-dog.jpg", "I can't find -dog.jpg."),
        ("sealed.jpg", "cannot be read by this user"),
    ],
)
def test_a_walk_with_a_wrong_argument_is_not_even_begun(
    shelf: Path, argument: str, sentence: str
) -> None:
    (shelf / "folder").mkdir()
    (shelf / "sealed.jpg").write_bytes(b"x")
    (shelf / "sealed.jpg").chmod(0)
    if argument == "sealed.jpg" and os.access(shelf / "sealed.jpg", os.R_OK):
        pytest.skip("root reads everything")
    with pytest.raises(WrongSetting) as refusal:
        to_walk([argument, "make a video"], shelf)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize("name", ["-cat.jpg", "new\nline.jpg", "half\udcff.jpg", "emoji 🎬.jpg"])
def test_a_photo_may_have_any_name(shelf: Path, name: str) -> None:
    (shelf / name).write_bytes(b"a cat")
    assert to_walk([name, "make a video"], shelf) == Walk((shelf / name,), ("make a video",))


@pytest.mark.parametrize(
    "words",
    ["do it like ./this", "and/or", "-", "- softer", "watch https://a.example/a.mp4", "1/2"],
)
def test_words_that_only_look_like_a_path_are_words(shelf: Path, words: str) -> None:
    assert to_walk([words], shelf).lines == (words,)


async def test_a_name_that_is_no_text_leads_to_its_file(shelf: Path, tmp_path: Path) -> None:
    path = shelf / "half\udcff 50%.jpg"
    path.write_bytes(b"a cat")
    attachment = to_attachment(path)
    assert attachment.ref.isascii()
    assert (await fetch(attachment, tmp_path)).read_bytes() == b"a cat"
    earlier = Attachment(f"file:{shelf / 'cat.jpg'}")
    assert (await fetch(earlier, tmp_path)).read_bytes() == (shelf / "cat.jpg").read_bytes()


@pytest.mark.parametrize(
    ("out", "problem"),
    [
        (".", "it is a folder"),
        ("folder", "it is a folder"),
        ("cat.jpg/film.mp4", "is no folder"),
        ("x" * 300, "its name is too long"),
        ("film.mp4", ""),
        ("new/deep/film.mp4", ""),
        ("cat.jpg", ""),
    ],
)
def test_a_film_that_could_not_be_saved_is_not_even_begun(
    shelf: Path, out: str, problem: str
) -> None:
    (shelf / "folder").mkdir()
    if not problem:
        check_out(shelf / out)
        return
    with pytest.raises(WrongSetting, match="--out cannot be used") as refusal:
        check_out(shelf / out)
    assert problem in str(refusal.value)


async def test_a_film_that_cannot_be_saved_is_said_so_and_is_no_success(shelf: Path) -> None:
    (shelf / "clip").write_bytes(b"mp4")
    shown, core = io.StringIO(), Core(result(path=shelf / "clip"))
    script = to_script(["make a video"], shelf / "deep" / "out.mp4", shown, "en")
    (shelf / "deep").write_text("a file has come in the way")
    script.board = Board(quiet=0.05)
    await walk(script, core)
    assert text("console.not_saved", "en") in shown.getvalue()
    assert script.arrived is None


async def test_a_walk_without_words_has_words_of_its_own(shelf: Path) -> None:
    core = Core(result())
    script = to_script([str(shelf / "cat.jpg")], shelf / "out.mp4", io.StringIO(), "zh")
    script.board = Board(quiet=0.05)
    await walk(script, core)
    assert core.inbounds[0].text == text("console.try_words", "zh")
