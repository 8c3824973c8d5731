"""The finished clip in the chat: playable from its tile, in one message, once."""

import asyncio
import io
import shutil
from dataclasses import replace
from pathlib import Path

import av
import pytest
from PIL import Image

from bots.telegram.run import Telegram
from core.adapter import Blame, FileGone, Flooded, Posted, Refused, TooLarge, Unclear, Unsent
from core.messages import Address, Button, Command, Form, Video
from tests.bots.telegram.conftest import connected, words
from tests.core.workshop.test_workshop import origins
from tests.outgoing import altered
from tests.servers.telegram import USER, FakeTelegram, photograph

URL = "https://cdn.nemovideo.example/a.mp4"


@pytest.fixture(autouse=True)
def known(telegram: FakeTelegram) -> None:
    telegram.user_sends("make it move", photo=photograph(1200, 900, "orange"))


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of a real clip, red and then green."""
    path = tmp_path_factory.mktemp("filmed") / "clip.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 360, 640, "yuv420p"
        for number in range(20):
            picture = Image.new("RGB", (360, 640), "red" if number < 5 else "green")
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode())
    return path


@pytest.fixture
def video(filmed: Path, tmp_path: Path) -> Video:
    copy = shutil.copy(filmed, tmp_path / "local.mp4")
    size = Path(copy).stat().st_size
    return Video(URL, path=str(copy), width=360, height=640, seconds=1.96, bytes=size)


def cover(telegram: FakeTelegram) -> str:
    return f"telegram:photo:{telegram.chat()[0].body['photo'][-1]['file_id']}"


def colour(tile: bytes | None) -> tuple[int, ...]:
    assert tile is not None
    with Image.open(io.BytesIO(tile)) as image:
        pixel = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(pixel, tuple)
    return tuple(round(part / 64) for part in pixel)


async def test_a_clip_arrives_byte_for_byte_with_all_that_its_tile_needs(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    row = ((Button("Edit", Command.EDIT, 7),),)
    posted = await adapter.send(words(f"Here it is: {URL}", media=video, buttons=row), None, "n1")
    (seen,) = telegram.said()
    assert seen.video == Path(video.path).read_bytes()
    (call,) = telegram.calls("sendVideo")
    assert {
        name: call.values.get(name)
        for name in ("width", "height", "duration", "supports_streaming")
    } == {
        "width": "360",
        "height": "640",
        "duration": "2",
        "supports_streaming": "true",
    }
    assert (call.files["video"].name, call.files["video"].mime) == ("clip.mp4", "video/mp4")
    assert (seen.text, seen.labels, seen.silent) == (f"Here it is: {URL}", ["Edit"], False)
    assert colour(seen.thumbnail) == colour(_square("green"))
    assert isinstance(posted, Posted)
    assert (posted, posted.ref) == (str(seen.id), f"telegram:{seen.body['video']['file_id']}")


async def test_cover_and_tile_are_the_users_own_photo(
    adapter: Telegram, telegram: FakeTelegram, video: Video, tmp_path: Path
) -> None:
    await adapter.send(words("Here", media=replace(video, cover=cover(telegram))), None, "n1")
    (seen,) = telegram.said()
    assert f"telegram:photo:{seen.cover}" == cover(telegram)
    assert colour(seen.thumbnail) == colour(_square("orange"))
    with Image.open(io.BytesIO(seen.thumbnail or b"")) as tile:
        assert tile.size == (180, 320)
    assert [path.name for path in tmp_path.iterdir()] == ["local.mp4"]


async def test_a_cover_that_telegram_no_longer_has_is_left_out(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    await adapter.send(
        words("Here", media=replace(video, cover="telegram:photo:FILE-photo-77")), None, "n1"
    )
    (seen,) = telegram.said()
    assert (seen.video, seen.cover) == (Path(video.path).read_bytes(), "")


async def test_a_photo_that_was_sent_as_a_file_cannot_be_a_cover_and_is_not_tried(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    telegram.user_sends(document=("photo.png", photograph(), "image/png"))
    file = telegram.chat()[-1].body["document"]["file_id"]
    await adapter.send(words("Here", media=replace(video, cover=f"telegram:{file}")), None, "n1")
    (seen,) = telegram.said()
    assert (seen.cover, len(telegram.calls("sendVideo"))) == ("", 1)
    assert colour(seen.thumbnail) == colour(_square("green"))


async def test_a_photo_that_cannot_be_had_any_more_leaves_the_tile_to_the_clip(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    telegram.refuse("getFile", 400, "Bad Request: file is temporarily unavailable")
    await adapter.send(words("Here", media=replace(video, cover=cover(telegram))), None, "n1")
    (seen,) = telegram.said()
    assert f"telegram:photo:{seen.cover}" == cover(telegram)
    assert colour(seen.thumbnail) == colour(_square("green"))


async def test_a_photo_that_cannot_be_decoded_leaves_the_tile_to_the_clip(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    telegram.user_sends(photo=b"no picture")
    file = telegram.chat()[-1].body["photo"][-1]["file_id"]
    await adapter.send(
        words("Here", media=replace(video, cover=f"telegram:photo:{file}")), None, "n1"
    )
    assert colour(telegram.said()[0].thumbnail) == colour(_square("green"))


async def test_a_clip_that_nobody_can_decode_goes_without_a_tile(
    adapter: Telegram, telegram: FakeTelegram, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.mp4"
    odd.write_bytes(b"not a clip")
    await adapter.send(words("Here", media=Video(URL, path=str(odd))), None, "n1")
    assert (telegram.said()[0].video, telegram.said()[0].thumbnail) == (b"not a clip", None)


async def test_the_end_waits_for_a_clip_that_is_being_sent(
    telegram: FakeTelegram, tmp_path: Path, video: Video
) -> None:
    adapter, others = connected(telegram, tmp_path), {*origins()}
    sending = asyncio.create_task(adapter.send(words("Here", media=video), None, "n1"))
    await asyncio.sleep(0)
    await adapter.close()
    assert {*origins()} <= others  # what made its tile is gone
    assert await sending == str(telegram.said()[0].id)


async def test_a_bare_clip_has_no_pictures_and_a_document_is_no_video(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    await adapter.send(words("Here", media=replace(video, form=Form.BARE)), None, "n1")
    assert (
        "thumbnail"
        not in telegram.calls("sendVideo")[0].values | telegram.calls("sendVideo")[0].files
    )
    await adapter.send(words("Here", media=replace(video, form=Form.DOCUMENT)), None, "n2")
    assert [seen.text for seen in telegram.said()] == ["Here"] * 2
    assert len(telegram.calls("sendDocument")) == 1


@pytest.mark.parametrize(
    ("sentence", "blame"),
    [
        ("BUTTON_URL_INVALID", Blame.BUTTONS),
        ("inline keyboard button text is empty", Blame.BUTTONS),
        ("IMAGE_PROCESS_FAILED", Blame.PICTURES),
        ("message to be replied not found", Blame.REPLY),
        ("VIDEO_CONTENT_TYPE_INVALID", Blame.CLIP),
        ("a sentence of next year", None),
    ],
)
async def test_a_refusal_tells_what_to_leave_out_where_it_says_so(
    adapter: Telegram, telegram: FakeTelegram, video: Video, sentence: str, blame: Blame | None
) -> None:
    telegram.refuse("sendVideo", 400, f"Bad Request: {sentence}")
    with pytest.raises(Refused) as caught:
        await adapter.send(words("Here", media=video), None, "n1")
    assert caught.value.blame == blame


async def test_beside_a_clip_its_link_is_not_said(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    await adapter.send(words("Here", media=video), None, "n1")
    assert telegram.said()[0].text == "Here"


async def test_a_clip_without_a_file_is_a_text_with_the_page_shown_large(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    await adapter.send(words("Too large to upload", media=Video(URL)), None, "n1")
    (seen,) = telegram.said()
    assert (seen.text, seen.video) == (f"Too large to upload\n{URL}", None)
    assert seen.body["link_preview_options"] == {"url": URL, "prefer_large_media": True}


async def test_a_clip_is_always_a_new_message_since_edits_do_not_ring(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    status = await adapter.send(words("Rendering…", slot="job-7", silent=True), None, "n1")
    posted = await adapter.send(words("Here", media=video, slot="job-7"), status, "n2")
    assert [str(seen.id) for seen in telegram.said()] == [status, posted]


async def test_more_than_telegram_takes_is_refused_before_the_upload(
    telegram: FakeTelegram, tmp_path: Path, adapter: Telegram
) -> None:
    large = tmp_path / "large.mp4"
    with large.open("wb") as out:
        out.truncate(50_000_001)
    with pytest.raises(TooLarge) as caught:
        await adapter.send(words("Here", media=Video(URL, path=str(large))), None, "n1")
    assert caught.value.limit == adapter.largest_upload == 50_000_000
    assert telegram.calls("sendVideo") == []


async def test_a_413_is_too_large_and_not_trouble_of_the_network(
    tmp_path: Path, video: Video
) -> None:
    async with FakeTelegram(upload_limit=1000) as small:
        small.user_sends("hello")
        adapter = connected(small, tmp_path)
        with pytest.raises(TooLarge):
            await adapter.send(words("Here", media=video), None, "n1")
        await adapter.close()


async def test_a_clip_whose_answer_was_lost_is_unclear(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    telegram.drop("sendVideo")
    with pytest.raises(Unclear):
        await adapter.send(words("Here", media=video), None, "n1")
    assert len(telegram.said()) == 1


async def test_a_flood_on_a_clip_names_its_seconds(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    telegram.refuse("sendVideo", 429, "Too Many Requests: retry after 209", retry_after=209)
    with pytest.raises(Flooded) as caught:
        await adapter.send(words("Here", media=video), None, "n1")
    assert caught.value.seconds == 209


async def test_where_clips_are_not_allowed_the_link_comes_as_a_text(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    telegram.refuse("sendVideo", 400, "Bad Request: not enough rights to send videos to the chat")
    await adapter.send(words("Here", media=video), None, "n1")
    (seen,) = telegram.said()
    assert (seen.text, seen.video) == (f"Here\n{URL}", None)


async def test_a_posted_clip_is_posted_again_without_an_upload(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    posted = await adapter.send(words("Here", media=video), None, "n1")
    assert isinstance(posted, Posted)
    again = await adapter.send(words("Again", media=Video(URL, ref=posted.ref)), None, "n2")
    assert isinstance(again, Posted)
    assert again.ref == posted.ref
    assert telegram.said()[1].video == Path(video.path).read_bytes()
    assert telegram.calls("sendVideo")[1].files == {}


async def test_a_clip_that_telegram_forgot_is_uploaded_or_said_to_be_gone(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    with pytest.raises(FileGone):
        await adapter.send(
            words("Again", media=Video(URL, ref="telegram:FILE-video-999")), None, "n1"
        )
    await adapter.send(
        words("Again", media=replace(video, ref="telegram:FILE-video-999")), None, "n2"
    )
    assert telegram.said()[0].video == Path(video.path).read_bytes()


async def test_a_clip_for_a_topic_that_is_gone_goes_into_the_chat_from_its_first_byte(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    telegram.add_group(-1_000_000_000_900, forum=True, topics=[5])
    there = Address("telegram", "-1000000000900", "6")
    await adapter.send(altered(words("Here", media=video), address=there), None, "n1")
    (seen,) = telegram.said(-1_000_000_000_900)
    assert (seen.thread, seen.video) == (None, Path(video.path).read_bytes())


async def test_the_chat_shows_that_a_clip_is_on_its_way(
    adapter: Telegram, telegram: FakeTelegram, video: Video
) -> None:
    await adapter.send(words("Here", media=video), None, "n1")
    assert set(telegram.world.actions) <= {(USER, None, "upload_video")}
    assert adapter._delivery.working._tasks == {}


async def test_a_local_copy_that_vanished_can_be_tried_again(adapter: Telegram) -> None:
    with pytest.raises(Unsent):
        await adapter.send(words("Here", media=Video(URL, path="/nowhere/clip.mp4")), None, "n1")


async def test_a_clip_of_many_pieces_arrives_whole(
    adapter: Telegram, telegram: FakeTelegram, tmp_path: Path
) -> None:
    large = tmp_path / "large.mp4"
    with large.open("wb") as out:
        out.truncate(20_000_000)
    await adapter.send(words("Here", media=Video(URL, path=str(large), seconds=3)), None, "n1")
    assert telegram.said()[0].video == bytes(20_000_000)


def _square(name: str) -> bytes:
    return photograph(16, 16, name)
