"""All that a step may use: what the store knows of its job, the backend as its payer may use it,
the platform's files and the clock, handed in for one step."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from core.domain.conversation import Chat
from core.domain.formatting import read_markdown
from core.domain.requests import Account, Job, Notice, Payer, Progress
from core.domain.tokens import PaymentOptions
from core.i18n import text
from core.media import Prepared
from core.messages import Attachment
from core.nemo import draft, gui
from core.nemo.client import Backend
from core.nemo.draft import Digest
from core.nemo.errors import Cut, NemoError, NotSent, Trouble
from core.settings import Settings
from core.skills import Skill
from core.store import Claimed
from core.variables import SecretStr
from core.vault import Vault


@dataclass(frozen=True, slots=True)
class Wallet:
    """A user's account with the keys to it, and the operator's token, if there is one."""

    account: Account
    vault: Vault
    operator: SecretStr | None = None

    def token(self, payer: Payer | None) -> str:
        """The token of whoever pays, opened; empty where there is none. Raises WrongKey."""
        match payer:
            case Payer.OPERATOR:
                return self.operator.get_secret_value() if self.operator else ""
            case Payer.OWN:
                return self._opened(self.account.own)
            case _:
                return self._opened(self.account.token)

    def _opened(self, sealed: str) -> str:
        return self.vault.open(sealed) if sealed else ""


HICCUPS = (NotSent, Cut, Trouble)
CALL_TRIES = 3
LONGEST_CALL_PAUSE = 4.0
NICE_TO_KNOW_SECONDS = 15.0
"""Seconds after which what is merely nice to know is not asked for again."""

T = TypeVar("T")
U = TypeVar("U")
Fetch = Callable[[Attachment, Path], Awaitable[Path]]
Prepare = Callable[[Path, Path, str], Awaitable[Prepared]]
Shrink = Callable[[Path, Path, int], Awaitable[int]]


SHOWN, READ = 600, 4_000
"""Characters at the end of what the backend says that are shown, and that are looked through for
button talk."""
LOOK_AGAIN = 1.0
"""Seconds until it is looked at again if there was nothing new to show."""


def ending(words: str) -> str:
    """The last lines of what was said: of a long answer all would be read at every word that
    comes."""
    return words if len(words) <= READ else words[-READ:].partition("\n")[2] or words[-READ:]


def plain(words: str) -> str:
    """The same without signs of formatting, also of what is set apart and has not ended yet."""
    for mark in ("**", "`"):
        if words.count(mark) % 2:
            head, _, tail = words.rpartition(mark)
            words = head + tail
    return read_markdown(words).text


class Voice:
    """Words on the way of a step, into the status message of its job: `say` puts them there, and
    `every` are the seconds that the platform likes between two."""

    def __init__(
        self, job: Job, say: Callable[[Notice], Awaitable[None]], clock: Callable[[], float],
        every: float,
    ) -> None:  # fmt: skip
        self._job, self._say, self._clock, self._every = job, say, clock, every
        self._next, self._shown = 0.0, ""

    async def heard(self, words: str) -> None:
        """Show the end of what the backend is saying, no faster than the platform likes."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + min(self._every, LOOK_AGAIN)
        said = draft.for_people(plain(gui.translate(ending(words)).text), self._job.language)
        if not said or said == self._shown:
            return
        self._next, self._shown = now + self._every, said
        await self.tell(text("status.said", self._job.language, words=said[-SHOWN:]))

    async def tell(self, words: str) -> None:
        """Put words into the status message at once."""
        await self._say(Notice(words))


@dataclass(frozen=True, slots=True)
class Files:
    """How a file comes here: `fetch` brings it from the platform, `prepare` makes it one that the
    backend takes, and `copy` a finished film one of fewer bytes; `folder` is for local copies."""

    fetch: Fetch
    prepare: Prepare
    copy: Shrink
    folder: Path


@dataclass(frozen=True, slots=True)
class StepContext:
    """One step's tools. `now` is the time at which it was taken up (seconds since the epoch).

    `anybody` is the backend without a token; `identifier` makes a fresh unguessable name."""

    claimed: Claimed
    settings: Settings
    skill: Skill
    anybody: Backend
    wallet: Wallet
    payment_options: PaymentOptions
    files: Files
    voice: Voice
    now: float
    identifier: Callable[[], str]

    @property
    def chat(self) -> Chat:
        """The chat of the job, as it is known."""
        return self.claimed.chat

    @property
    def account(self) -> Account:
        """The account of the job's user."""
        return self.wallet.account

    @property
    def backend(self) -> Backend:
        """The backend with the token of whoever pays for this job; a job keeps its payer (D5).
        Raises WrongKey."""
        return self.paid_by(self.claimed.job.progress.connection.payer)

    def paid_by(self, payer: Payer | None) -> Backend:
        """The same with somebody's token."""
        return self.anybody.with_token(self.wallet.token(payer))

    async def state(self, job: Job) -> Digest:
        """The state of the job's project. Raises NemoError."""
        return await self.backend.state(job.progress.session.id, job.language)

    async def patiently(self, asked: Callable[[], Awaitable[T]]) -> T:
        """An answer that is merely nice to know: passing trouble is asked through on the spot.

        What a job cannot do without is not asked for like this: its pauses are rows with a due
        time, which outlive a restart (core.domain.recovery.backoff). Raises NemoError."""
        from stamina import retry_context  # no start needs it

        first = self.settings.nemo_retry_seconds
        tries = retry_context(
            HICCUPS,
            CALL_TRIES,
            NICE_TO_KNOW_SECONDS,
            wait_initial=first,
            wait_max=max(first, LONGEST_CALL_PAUSE),
            wait_jitter=first,
        )
        async for attempt in tries:
            with attempt:
                return await asked()
        raise AssertionError("the last attempt returns or raises")

    async def alongside(
        self, needed: Coroutine[Any, Any, T], nice: Coroutine[Any, Any, U]
    ) -> tuple[T, U]:
        """Both answers, asked for at the same time. Where what is needed fails, the other is
        dropped, and the failure raised."""
        asked = asyncio.create_task(nice)
        try:
            return await needed, await asked
        finally:
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)

    async def available(self) -> int | None:
        """The balance; None where it cannot be had, which never holds a request up."""
        try:
            return (await self.patiently(self.backend.credits)).available
        except NemoError:
            return None

    async def settled(self, job: Job) -> Progress:
        """With what the turn has cost, where the balance can be had before and after it."""
        known = job.progress.price
        if known.balance is None:
            return job.progress
        charged = self.claimed.charged
        usual = charged.price(job.plan) if charged.beside else None
        return replace(job.progress, price=known.after(await self.available(), usual))
