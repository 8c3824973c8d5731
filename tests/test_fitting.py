"""A result that is too large for its place: a smaller copy beside the link, made once, and the link
alone wherever that does not work."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from core.adapter import Blame, DeliveryError, Posted, Refused, TooLarge, Unsent
from core.messages import Attachment, Button, Command, Form, Gallery, Outbound, Video
from core.runtime.engine.delivering import hand_out
from core.runtime.engine.fitting import LONGEST_FITTING, MOST_RUNS
from core.store import Post
from core.workshop import Workshop
from tests.fakes import CHAT, FakeAdapter
from tests.films import film, handed_out
from tests.outgoing import outgoing
from tests.test_handing_out import Hands, hands
from tests.test_store_contract import say
from tests.world import photo

__all__ = ["hands"]

ROOM = 60_000
BESIDE = "📎 A smaller copy; the link has the full one."


class Narrow(FakeAdapter):
    """A platform with places in which files must be small."""

    def room(self, message: Outbound) -> int:
        return ROOM


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("film") / "v.mp4", size=200_000)


@pytest.fixture
def narrow(hands: Hands) -> Hands:
    adapter = Narrow()
    return replace(
        hands, adapter=adapter, runtime=replace(hands.runtime, adapters={"fake": adapter})
    )


async def owed(hands: Hands, url: str, words: str = "") -> None:
    message = outgoing(CHAT, words or f"Here it is!\n\n🔗 {url}", media=Video(url))
    await hands.runtime.store.post(message, hands.clock())


async def test_a_smaller_copy_is_attached_beside_the_link(narrow: Hands, large: Path) -> None:
    async with handed_out(large) as url:
        await owed(narrow, url)
        await owed(narrow, url, "Here it is!")
        assert await narrow.all() == 2
    first, second = narrow.adapter.shown
    assert first.text == f"Here it is!\n\n🔗 {url}\n\n{BESIDE}"
    assert second.text == f"Here it is!\n\n{BESIDE}\n\n🔗 {url}"
    assert 0 < len(first.video) <= ROOM
    assert first.video[4:8] == b"ftyp"
    assert list((narrow.folder / "work").iterdir()) == []


class Naming(FakeAdapter):
    """A platform that names the clips which it has posted, as Telegram does."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def room(self, message: Outbound) -> int:
        return self._most

    async def send(
        self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        posted = await super().send(message, edit, nonce, again=again)
        return Posted(posted, "clip-1" if message.video else "")


@pytest.mark.parametrize(("room", "kept"), [(ROOM, ""), (10 * ROOM, "clip-1")])
async def test_a_smaller_copy_is_not_kept_as_the_film(
    hands: Hands, large: Path, room: int, kept: str
) -> None:
    store = hands.runtime.store
    naming = replace(hands, runtime=replace(hands.runtime, adapters={"fake": Naming(room)}))
    await say(store, "m1", "make a video", "fake:1", now=hands.clock())
    async with handed_out(large) as url:
        await store.post(outgoing(CHAT, "Here it is!", media=Video(url)), hands.clock(), 1)
        await naming.all()
    found = await store.job(1)
    assert found is not None
    assert found[0].clip == kept


async def test_what_fits_goes_as_it_is(hands: Hands, large: Path) -> None:
    async with handed_out(large) as url:
        await owed(hands, url)
        await hands.all()
    assert hands.adapter.shown[0].video == large.read_bytes()
    assert BESIDE not in hands.adapter.shown[0].text


async def test_the_link_of_a_film_that_does_not_open_goes_with_a_word_about_it(
    hands: Hands, large: Path, tmp_path: Path
) -> None:
    half = tmp_path / "half.mp4"
    half.write_bytes(large.read_bytes()[:1000])
    async with handed_out(half) as url:
        await owed(hands, url, "🎬 Your video is ready!")
        await hands.all()
    (posted,) = hands.adapter.shown
    assert posted.text.startswith("🎬 Your video is made, but its file does not open")
    assert not posted.video
    assert posted.outbound.video
    assert posted.outbound.video.url == url


async def test_what_no_platform_takes_whole_is_fetched_to_be_made_smaller(
    hands: Hands, large: Path
) -> None:
    hands.adapter.largest_upload = ROOM
    async with handed_out(large) as url:
        await owed(hands, url)
        await hands.all()
    assert 0 < len(hands.adapter.shown[0].video) <= ROOM


@pytest.mark.parametrize("workshop", [Workshop(copy_seconds=0.0), Workshop(megabytes=64)])
async def test_where_no_copy_comes_about_the_link_goes_at_once(
    narrow: Hands, large: Path, workshop: Workshop
) -> None:
    narrow = replace(narrow, runtime=replace(narrow.runtime, workshop=workshop))
    async with handed_out(large) as url:
        await owed(narrow, url)
        assert await narrow.one()
    (shown,) = narrow.adapter.shown
    assert (shown.text, shown.video) == (f"Here it is!\n\n🔗 {url}", b"")
    assert list((narrow.folder / "work").iterdir()) == []


async def test_while_others_have_their_copies_it_waits_with_its_film_and_not_for_ever(
    narrow: Hands, large: Path
) -> None:
    free, busy = narrow.runtime.workshop, Workshop(at_once=0)
    waiting = replace(narrow, runtime=replace(narrow.runtime, workshop=busy))
    begun = narrow.clock()
    async with handed_out(large) as url:
        await owed(narrow, url)
        await owed(narrow, url)
        assert await waiting.one()
    assert narrow.adapter.shown == []
    assert [path.name for path in (narrow.folder / "work").iterdir()] == ["out-1-waits.mp4"]
    due = await narrow.runtime.store.post_due()
    assert due is not None
    narrow.clock.now = due
    assert await replace(narrow, runtime=replace(narrow.runtime, workshop=free)).one()
    assert 0 < len(narrow.adapter.shown[0].video) <= ROOM, (
        "what is no more there was fetched before"
    )
    narrow.clock.now = begun + LONGEST_FITTING + 1
    async with handed_out(large) as other:
        shutil.copy(large, narrow.folder / "work" / "out-2-waits.mp4")
        assert await waiting.one()
        assert other
    assert narrow.adapter.shown[1].video == b""


async def test_a_film_that_has_ended_the_process_again_and_again_is_only_linked(
    narrow: Hands, large: Path
) -> None:
    async with handed_out(large) as url:
        await owed(narrow, url)
        post = await narrow.runtime.store.claim_post(narrow.clock())
        assert isinstance(post, Post)
        await hand_out(narrow.runtime, replace(post, claims=MOST_RUNS + 1))
    assert narrow.adapter.shown[0].video == b""
    assert url in narrow.adapter.shown[0].text


async def test_without_pyav_there_is_the_link(
    narrow: Hands, large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib" / "av").mkdir(parents=True)
    (tmp_path / "lib" / "av" / "__init__.py").write_text("raise ImportError")
    monkeypatch.syspath_prepend(tmp_path / "lib")
    async with handed_out(large) as url:
        await owed(narrow, url)
        await narrow.all()
    assert narrow.adapter.shown[0].video == b""


# Copies that were asked for


def copied(form: Form = Form.MOVING) -> Video:
    return Video("", "video-4.gif", copy="7-copy.gif", form=form)


async def test_a_copy_goes_out_from_its_file_and_nothing_of_it_is_left(hands: Hands) -> None:
    (hands.folder / "work").mkdir()
    (hands.folder / "work" / "7-copy.gif").write_bytes(b"GIF89a")
    await hands.runtime.store.post(outgoing(CHAT, "A GIF", media=copied()), hands.clock())
    hands.adapter.failures += [Unsent("a broken line")]
    assert await hands.all() == 2, "also where a first try has failed"
    assert [(shown.text, shown.video) for shown in hands.adapter.shown] == [("A GIF", b"GIF89a")]
    assert list((hands.folder / "work").iterdir()) == []


async def test_a_copy_whose_file_is_gone_is_told_to_be(hands: Hands) -> None:
    await hands.runtime.store.post(outgoing(CHAT, "A GIF", media=copied()), hands.clock())
    assert await hands.all() == 1
    assert hands.said == ["😕 The copy did not work. Nothing was paid; try again in a few minutes."]


async def test_a_copy_that_a_platform_does_not_take_goes_as_a_mere_file_and_then_in_words(
    hands: Hands,
) -> None:
    (hands.folder / "work").mkdir()
    (hands.folder / "work" / "7-copy.gif").write_bytes(b"GIF89a")
    forms: list[Form] = []

    def refuses(message: Outbound) -> DeliveryError | None:
        if message.video is None:
            return None
        forms.append(message.video.form)
        return Refused("no", Blame.CLIP) if message.video.form is Form.MOVING else TooLarge(5)

    hands.adapter.refuses = refuses
    await hands.runtime.store.post(outgoing(CHAT, "A GIF", media=copied()), hands.clock())
    await hands.all()
    assert forms == [Form.MOVING, Form.DOCUMENT]
    assert hands.said == ["😕 The copy could not be sent here. Nothing was paid."]


async def test_a_gallery_that_cannot_be_drawn_or_sent_is_still_there_in_buttons(
    hands: Hands,
) -> None:
    row = (Button("1 · Neon", Command.PRESETS, None, "t:neon"),)
    message = outgoing(CHAT, "Pick a look", media=Gallery(("neon",))).offering(row)
    seen: list[bool] = []

    def refuses(sent: Outbound) -> DeliveryError | None:
        seen.append(sent.gallery is not None and bool(sent.gallery.path))
        return Refused("no pictures here", Blame.FILES) if sent.gallery else None

    hands.adapter.refuses = refuses
    await hands.runtime.store.post(message, hands.clock())
    await hands.all()
    broken = replace(hands.runtime, workshop=Workshop(megabytes=16))
    other = outgoing(CHAT, "Pick another", media=Gallery(("neon", "sign"))).offering(row)
    await hands.runtime.store.post(other, hands.clock())
    await replace(hands, runtime=broken).all()
    assert seen == [True, False, False]
    assert [shown.outbound.buttons for shown in hands.adapter.shown] == [(row,), (row,)]


@pytest.mark.parametrize(
    ("refs", "first", "size"),
    [(("fake:a", "fake:gone"), 1, (824, 241)), (("fake:gone", "fake:a"), 0, (416, 241)),
     (("fake:gone",), 0, None)],
)  # fmt: skip
async def test_photos_of_people_are_drawn_for_one_message_and_kept_nowhere(
    hands: Hands, refs: tuple[str, ...], first: int, size: tuple[int, int] | None
) -> None:
    hands.adapter.files["fake:a"] = photo()
    gallery = Gallery(first=first, photos=tuple(map(Attachment, refs)))
    drawn: list[tuple[int, int] | None] = []

    def seen(sent: Outbound) -> None:
        if sent.gallery is None:
            drawn.append(None)
        else:
            with Image.open(sent.gallery.path) as picture:
                drawn.append(picture.size)

    hands.adapter.refuses = seen
    await hands.runtime.store.post(outgoing(CHAT, "Your photos", media=gallery), hands.clock())
    await hands.all()
    assert (drawn, hands.said) == ([size], ["Your photos"])
    assert list((hands.folder / "work").iterdir()) == []
