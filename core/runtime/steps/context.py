"""All that a step may use: the backend, the platform's files, the keys and the clock, handed in for
one step."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from stamina import retry_context

from core.domain.accounts import PaymentOptions
from core.domain.admission import Spending
from core.domain.conversation import Chat
from core.domain.requests import Account, Job, Payer, Progress
from core.media import Prepared
from core.messages import Attachment
from core.nemo import wire
from core.nemo.client import NemoClient
from core.nemo.digest import Digest
from core.nemo.errors import Cut, NemoError, NotSent, Trouble
from core.nemo.wire import Attribution, Call
from core.settings import Settings
from core.skills import Skill
from core.vault import Vault

HICCUPS = (NotSent, Cut, Trouble)
CALL_TRIES = 3
LONGEST_CALL_PAUSE = 4.0
NICE_TO_KNOW_SECONDS = 15.0
"""Seconds after which what is merely nice to know is not asked for again."""

T = TypeVar("T")
Fetch = Callable[[Attachment, Path], Awaitable[Path]]
Prepare = Callable[[Path, Path, str], Awaitable[Prepared]]
Heard = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class StepContext:
    """One step's tools. `now` is the time at which it was taken up, `work` the folder for local
    copies.

    `usual` is how many seconds such a request takes and `price` how many credits, 0 if unknown.
    `heard` shows what the backend is saying while it works, `tell` puts words into the status
    message as they are; `identifier` makes a fresh unguessable name. `room` is how many paid
    requests the daily limits leave, None for any number; `spending` the credits of the last thirty
    days."""

    nemo: NemoClient
    vault: Vault
    settings: Settings
    skill: Skill
    attribution: Attribution
    fetch: Fetch
    prepare: Prepare
    heard: Heard
    tell: Heard
    work: Path
    chat: Chat
    account: Account
    payment_options: PaymentOptions
    now: float
    usual: float
    price: float
    identifier: Callable[[], str]
    room: int | None = None
    spending: Spending = Spending()

    async def ask(self, call: Call) -> dict[str, Any]:
        """A call that may be repeated, for what is merely nice to know: passing trouble is asked
        through on the spot.

        What a job cannot do without is not asked for like this: its pauses are rows with a due
        time, which outlive a restart (core.domain.recovery.backoff). Raises NemoError."""
        return await self.patiently(lambda: self.nemo.send(call))

    async def patiently(self, asked: Callable[[], Awaitable[T]]) -> T:
        """The same for any way of asking."""
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

    async def project(self, job: Job) -> Digest:
        """The state of the job's project. Raises NemoError."""
        call = wire.state(self.token(job), self.attribution, job.progress.session.id)
        return await self.nemo.project(call, job.language)

    async def available(self, job: Job) -> int | None:
        """The balance; None where it cannot be had, which never holds a request up."""
        try:
            call = wire.credits(self.token(job), self.attribution)
            return wire.read_credits(await self.ask(call)).available
        except NemoError:
            return None

    async def settled(self, job: Job) -> Progress:
        """With what the turn has cost, where the balance can be had before and after it."""
        known = job.progress.price
        if known.balance is None:
            return job.progress
        return replace(job.progress, price=known.after(await self.available(job)))

    def token(self, job: Job) -> str:
        """The token that this job uses, opened; a job keeps its payer (D5)."""
        return self.token_of(job.progress.connection.payer)

    def token_of(self, payer: Payer | None) -> str:
        """The token of whoever pays, opened; empty where there is none."""
        match payer:
            case Payer.OPERATOR:
                token = self.settings.nemo_token
                return token.get_secret_value() if token else ""
            case Payer.OWN:
                return self.vault.open(self.account.own) if self.account.own else ""
            case _:
                return self.vault.open(self.account.token) if self.account.token else ""
