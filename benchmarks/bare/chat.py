"""A bare bot on Telegram that has videos made: as benchmarks.bare.request, with the same calls to
the Bot API around it. `python -m benchmarks.bare.chat` with a Plan as JSON; says what it took."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.bare.request import Script
from benchmarks.measuring import arguments, say, spent

READY = "Your video is ready!"
App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """`calls` and `writes` as in bare.request; `messages`, `edits` and `actions` are how often the
    Bot API is called for one person besides the photo and the video."""

    url: str
    token: str
    api: str
    people: int
    warm: int
    calls: tuple[str, ...]
    writes: int
    messages: int
    edits: int
    actions: int


class Bot:
    """Answers each photo with a video."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan, self._folder, self._script = plan, folder, Script(plan.url, folder)
        self._done, self._begun = 0, 0.0
        self.took: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    async def handle(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """One person."""
        message, plan = update.message, self._plan
        assert message is not None
        status = await message.reply_text("📷 Got your photo.")
        for _ in range(plan.messages - 1):
            status = await message.reply_text("Setting things up…")
        file = await message.photo[-1].get_file()
        await file.download_to_drive(self._folder / f"{update.update_id}.jpg")
        working = asyncio.create_task(self._tell(message, status))
        name = f"u{update.update_id}"
        clip = await self._script.request(name, plan.calls, plan.writes)
        await working
        await message.reply_video(clip, caption=READY, supports_streaming=True)
        self._count()

    async def _tell(self, message: Message, status: Message) -> None:
        for _ in range(self._plan.actions):
            await message.reply_chat_action("upload_video")
        for number in range(self._plan.edits):
            await status.edit_text(f"Creating your video… {number}")

    def _count(self) -> None:
        self._done += 1
        if self._done == self._plan.warm:
            self._begun = spent()
            say("warm")
        if self._done == self._plan.warm + self._plan.people:
            self.took.set_result(spent() - self._begun)


async def follow(plan: Plan) -> float:
    """Serve until everybody has a video."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        bot = Bot(plan, Path(folder))
        builder = Application.builder().token(plan.token).base_url(f"{plan.api}/bot")
        app: App = builder.base_file_url(f"{plan.api}/file/bot").concurrent_updates(True).build()
        app.add_handler(MessageHandler(filters.PHOTO, bot.handle))
        async with app:
            await app.start()
            assert app.updater is not None
            await app.updater.start_polling()
            try:
                return await bot.took
            finally:
                await app.updater.stop()
                await app.stop()


if __name__ == "__main__":
    say(asyncio.run(follow(Plan(**arguments()[0]))))
