"""Files come to disk in pieces, within the limit, and nothing tells the address that has the token
in it."""

import errno
import traceback
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bots.telegram.delivery import files
from bots.telegram.run import Telegram
from core.adapter import DeliveryError, FileGone, Flooded, TooLarge, Unavailable, Unsent
from core.messages import Attachment
from tests.bots.telegram.conftest import Taken, connected, running
from tests.servers.telegram import FakeTelegram, photograph

LIMIT = 20_971_520


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder that need not be there yet."""
    return tmp_path / "inbox" / "deep"


def sent(
    telegram: FakeTelegram, data: bytes, size: int | None = None, name: str = "IMG 1.HEIC"
) -> Attachment:
    telegram.user_sends(document=(name, data, "image/heic"), size=size)
    shown = telegram.chat()[-1].body["document"]
    return Attachment(f"telegram:{shown['file_id']}", name, "image/heic", shown["file_size"])


async def test_a_file_comes_byte_for_byte_under_a_name_of_our_own(
    adapter: Telegram, telegram: FakeTelegram, inbox: Path
) -> None:
    data = bytes(range(256)) * 8000
    attachment = sent(telegram, data, name="../../etc/passwd.heic")
    first, second = await adapter.fetch(attachment, inbox), await adapter.fetch(attachment, inbox)
    assert first.read_bytes() == second.read_bytes() == data
    assert first != second
    assert (first.parent, first.suffix) == (inbox, ".heic")


async def test_a_server_of_ones_own_is_called_as_it_is_written(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    url = telegram.url.replace("http://", "http://me:p%40ss@") + "/"
    adapter = connected(telegram, tmp_path, TELEGRAM_API_URL=url)
    try:
        assert (await adapter.fetch(sent(telegram, b"a cat"), tmp_path)).read_bytes() == b"a cat"
    finally:
        await adapter.close()


@pytest.mark.parametrize(
    ("server", "path", "address"),
    [
        ("http://me:p%40ss@[::1]:81/a%20b/file/bot1:A", "/photos/a b%.jpg", "/photos/a%20b%25.jpg"),
        ("https://bot.example/file/bot1:A", "/photos/1?x#y.jpg", "/photos/1%3Fx%23y.jpg"),
        ("https://бот.example/file/bot1:A", "/фото.jpg", "/%D1%84%D0%BE%D1%82%D0%BE.jpg"),
    ],
)
def test_only_the_path_of_a_file_is_made_fit_for_an_address(
    server: str, path: str, address: str
) -> None:
    assert files._encoded(server + path, server) == server + address
    elsewhere = "https://files.example:8443/a.jpg?key=a%20b"
    assert files._encoded(elsewhere, server) == elsewhere


async def test_what_telegram_does_not_hand_out_is_refused_before_asking(
    adapter: Telegram, telegram: FakeTelegram, inbox: Path
) -> None:
    with pytest.raises(TooLarge) as caught:
        await adapter.fetch(sent(telegram, b"x", size=LIMIT + 1), inbox)
    assert caught.value.limit == LIMIT
    assert telegram.calls("getFile") == []


async def test_the_limit_itself_is_asked_for(
    adapter: Telegram, telegram: FakeTelegram, inbox: Path
) -> None:
    assert (await adapter.fetch(sent(telegram, b"x", size=LIMIT), inbox)).read_bytes() == b"x"


async def test_a_size_that_nobody_told_is_refused_by_telegram(
    adapter: Telegram, telegram: FakeTelegram, inbox: Path
) -> None:
    attachment = Attachment(sent(telegram, b"x", size=LIMIT + 1).ref)
    with pytest.raises(TooLarge) as caught:
        await adapter.fetch(attachment, inbox)
    assert caught.value.limit == LIMIT


async def test_a_file_that_grows_beyond_the_limit_is_given_up(
    adapter: Telegram, telegram: FakeTelegram, inbox: Path
) -> None:
    attachment = sent(telegram, bytes(LIMIT + 1), size=5)
    with pytest.raises(TooLarge):
        await adapter.fetch(attachment, inbox)
    assert [*inbox.iterdir()] == []


async def test_an_unknown_file_may_be_there_again_soon(adapter: Telegram, inbox: Path) -> None:
    """Telegram has one sentence for a wrong id and for a file that it has not at hand just now."""
    with pytest.raises(Unavailable):
        await adapter.fetch(Attachment("telegram:photo:FILE-photo-4711"), inbox)


@pytest.mark.parametrize(
    ("code", "sentence", "expected"),
    [
        (400, "Bad Request: invalid file_id", FileGone),
        (400, "Bad Request: a sentence that nobody has heard before", Unavailable),
        (403, "Forbidden: bot was kicked from the supergroup chat", Unavailable),
        (500, "Internal Server Error", Unsent),
        (502, "Bad Gateway", Unsent),
    ],
)
async def test_only_what_surely_never_comes_back_is_gone(
    adapter: Telegram,
    telegram: FakeTelegram,
    inbox: Path,
    code: int,
    sentence: str,
    expected: type[DeliveryError],
) -> None:
    attachment = sent(telegram, b"x")
    telegram.refuse("getFile", code, sentence)
    with pytest.raises(expected):
        await adapter.fetch(attachment, inbox)


async def test_a_pause_while_fetching_is_kept(
    adapter: Telegram, telegram: FakeTelegram, inbox: Path
) -> None:
    attachment = sent(telegram, b"x")
    telegram.refuse("getFile", 429, "Too Many Requests: retry after 17", retry_after=17)
    with pytest.raises(Flooded) as caught:
        await adapter.fetch(attachment, inbox)
    assert caught.value.seconds == 17
    telegram.refuse("(download)", 429, "")
    with pytest.raises(Flooded) as caught:
        await adapter.fetch(attachment, inbox)
    assert caught.value.seconds == 5


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
async def test_a_full_disk_is_not_called_telegrams_fault(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    file = await adapter._account.bot.get_file(
        sent(telegram, bytes(3_000_000)).ref.rpartition(":")[2]
    )
    assert file.file_path
    with pytest.raises(OSError, match="while a file was fetched") as caught:
        await files._stream(file.file_path, Path("/dev/full"))
    assert caught.value.errno == errno.ENOSPC


async def test_a_file_without_a_path_is_asked_for_again(
    adapter: Telegram, telegram: FakeTelegram, inbox: Path
) -> None:
    attachment = sent(telegram, b"x")
    telegram.answer_raw(
        "getFile", 200, '{"ok": true, "result": {"file_id": "a", "file_unique_id": "b"}}'
    )
    with pytest.raises(Unavailable):
        await adapter.fetch(attachment, inbox)


@pytest.mark.parametrize(
    "trouble",
    ["getFile dropped", "getFile 500", "hotel", "cut in the middle", "HTTP 502", "HTTP 404"],
)
async def test_trouble_leaves_no_half_file_and_tells_no_token(
    adapter: Telegram, telegram: FakeTelegram, inbox: Path, trouble: str
) -> None:
    attachment = sent(telegram, bytes(3_000_000))
    match trouble:
        case "getFile dropped":
            telegram.drop("getFile")
        case "getFile 500":
            telegram.answer_raw("getFile", 500, "oops")
        case "hotel":
            telegram.answer_raw("getFile", 200, "<h1>Welcome to the hotel's network</h1>")
        case "cut in the middle":
            telegram.drop("(download)")
        case _:
            telegram.refuse("(download)", int(trouble[-3:]), "")
    expected: type[DeliveryError] = Unavailable if trouble == "HTTP 404" else Unsent
    with pytest.raises(expected) as caught:
        await adapter.fetch(attachment, inbox)
    assert [*inbox.glob("*")] == []
    assert telegram.token.partition(":")[2] not in "".join(traceback.format_exception(caught.value))


async def test_a_server_that_cannot_be_reached_is_asked_later(
    adapter: Telegram, telegram: FakeTelegram, inbox: Path
) -> None:
    attachment = sent(telegram, b"x")
    await telegram._runner.cleanup()
    with pytest.raises(Unsent):
        await adapter.fetch(attachment, inbox)


async def test_a_server_of_ones_own_gives_large_files_from_disk(
    tmp_path: Path, inbox: Path
) -> None:
    async with FakeTelegram(local=tmp_path / "server") as telegram:
        adapter = connected(telegram, tmp_path, TELEGRAM_LOCAL_MODE="1")
        attachment = sent(telegram, b"large", size=900_000_000)
        path = await adapter.fetch(attachment, inbox)
        assert (path.parent, path.read_bytes()) == (inbox, b"large")
        assert telegram.calls("(download)") == []
        assert (adapter.largest_upload, adapter.largest_download) == (2_000_000_000, 0)
        await adapter.close()


async def test_a_server_of_ones_own_on_another_machine_is_named_in_the_log(
    tmp_path: Path, inbox: Path
) -> None:
    async with FakeTelegram() as telegram:
        adapter = connected(telegram, tmp_path, TELEGRAM_LOCAL_MODE="1")
        with capture_logs() as logs, pytest.raises(FileGone):
            await adapter.fetch(sent(telegram, b"x"), inbox)
        await adapter.close()
    assert "TELEGRAM_LOCAL_MODE" in logs[0]["event"]


async def test_the_token_is_in_no_log_line(
    telegram: FakeTelegram,
    tmp_path: Path,
    inbox: Path,
    taken: Taken,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Everything that the library and its HTTP client log at the level of a production run, and our
    own lines."""
    telegram.drop("getUpdates", times=2, done=False)
    telegram.refuse("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID")
    adapter = connected(telegram, tmp_path)
    with capture_logs() as logs:
        async with running(adapter, taken):
            telegram.user_sends("hello", photo=photograph())
            await telegram.wait_for(lambda: taken.inbounds)
            await adapter.fetch(taken.inbounds[0].attachments[0], inbox)
    said = caplog.text + repr(logs) + "".join(capfd.readouterr())
    assert telegram.token.partition(":")[2] not in said
