"""Small working doubles of the ports: an adapter that keeps what it was told to post, and a clock
set by hand."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.adapter import DeliveryError, FileGone, Receive
from core.messages import Address, Attachment, Inbound, Outbound
from tests import messages

CHAT = Address("fake", "chat-1")


@dataclass
class Clock:
    """Seconds since the epoch, as the test says."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Shown:
    """One message as a person sees it, with everything that it has said before."""

    id: str
    outbound: Outbound
    before: list[str] = field(default_factory=list)
    video: bytes = b""

    @property
    def text(self) -> str:
        return self.outbound.text


class FakeAdapter:
    """A platform in memory. `files` are what people sent, by ref; `failures` are raised by the next
    sends, `stumbles` after the next have been posted."""

    platform = "fake"
    edit_seconds = 0.0
    largest_download = 0
    largest_upload = 50 * 1024 * 1024

    def __init__(self, repeatable: bool = False) -> None:
        self.repeatable = repeatable
        self.files: dict[str, bytes] = {}
        self.shown: list[Shown] = []
        self.failures: list[Exception] = []
        self.stumbles: list[Exception] = []
        self.refuses: Callable[[Outbound], DeliveryError | None] = lambda message: None
        self.nonces: list[str] = []
        self.fetched: list[str] = []
        self._changed = asyncio.Event()
        self._said = 0
        self._receive: Receive | None = None
        self._running = asyncio.Event()

    async def run(self, receive: Receive) -> None:
        self._receive = receive
        self._running.set()
        await asyncio.Event().wait()

    async def send(
        self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        if self.failures:
            raise self.failures.pop(0)
        if problem := self.refuses(message):
            raise problem
        self.nonces.append(nonce)
        video = b""
        if message.video and message.video.path:
            video = await asyncio.to_thread(Path(message.video.path).read_bytes)
        elif message.video and message.video.url not in message.text:
            message = message.saying(f"{message.text}\n{message.video.url}", message.spans)
        if edit is None:
            self.shown.append(Shown(f"p{len(self.shown) + 1}", message, video=video))
            there = self.shown[-1]
        else:
            there = next(shown for shown in self.shown if shown.id == edit)
            there.before.append(there.text)
            there.outbound = message
        self._changed.set()
        if self.stumbles:
            raise self.stumbles.pop(0)
        return there.id

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        self.fetched.append(attachment.ref)
        if attachment.ref not in self.files:
            raise FileGone(attachment.ref)
        target = folder / f"fetched-{attachment.ref.rpartition(':')[2]}"
        await asyncio.to_thread(target.write_bytes, self.files[attachment.ref])
        return target

    async def says(
        self, words: str = "", *photos: bytes, user: str = "user-1", **more: object
    ) -> Inbound:
        """A user says something, with files."""
        await self._running.wait()
        self._said += 1
        refs: list[Attachment] = []
        for photo in photos:
            ref = f"fake:{self._said}-{len(refs)}"
            self.files[ref] = photo
            refs.append(Attachment(ref, f"photo-{len(refs) + 1}.jpg", bytes=len(photo)))
        inbound = messages.asked(
            id=f"fake:{id(self)}:{self._said}",
            user=user,
            address=CHAT,
            text=words,
            attachments=tuple(refs),
            order=self._said,
            **more,  # type: ignore[arg-type]
        )
        assert self._receive is not None
        await self._receive(inbound)
        return inbound

    async def tells(
        self, files: tuple[Attachment, ...], words: str = "", user: str = "user-1"
    ) -> None:
        """A user sends files that already have a reference."""
        await self._running.wait()
        self._said += 1
        assert self._receive is not None
        await self._receive(
            messages.said(
                f"fake:{id(self)}:{self._said}", user, CHAT, words, files, order=self._said
            )
        )

    async def presses(self, label: str, user: str = "user-1") -> None:
        """A user presses the newest button with this label."""
        buttons = [
            b
            for shown in self.shown
            for row in shown.outbound.buttons
            for b in row
            if label in b.label
        ]
        pressed = buttons[-1]
        await self.says(pressed.text, user=user, command=pressed.command, job=pressed.job)

    async def until(
        self, condition: Callable[["FakeAdapter"], bool], seconds: float = 300.0
    ) -> None:
        """Wait until what is shown fulfils the condition."""
        async with asyncio.timeout(seconds):
            while not condition(self):
                self._changed.clear()
                await self._changed.wait()

    async def result(self, number: int = 1, seconds: float = 300.0) -> Shown:
        """The so-manieth message with a video, or a failed test that shows the conversation."""
        try:
            await self.until(lambda _: len(self.videos) >= number, seconds)
        except TimeoutError:
            raise AssertionError(f"no video; the conversation was:\n{self.transcript()}") from None
        return self.videos[number - 1]

    @property
    def videos(self) -> list[Shown]:
        return [shown for shown in self.shown if shown.outbound.video is not None]

    def transcript(self) -> str:
        """What a person would read, with the earlier words of edited messages."""
        return "\n".join(" → ".join([*shown.before, shown.text]) for shown in self.shown)
