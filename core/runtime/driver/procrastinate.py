"""The driver on procrastinate, where several processes share a database: it says which job is due,
once to one of them. What becomes of the job is ours: its own row says who has it.

Its tasks are written by the database itself (core/store/postgres/0003_waking.sql), and are gone
when they have been looked at."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.sql import queries
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from core.net import POSTGRES_LINE
from core.runtime.driver import Carry, Take, ended

log = structlog.get_logger()

POLL_SECONDS = 0.5
"""New tasks are heard of at once; those that have become due are seen so late at most."""
AGAIN_SECONDS = 1.0
"""After the database was away."""
PATIENCE = 3.0
"""Seconds for a connection: the pauses between the pool's own tries grow, so it is made anew."""
AWAY = (ConnectorException, PoolTimeout)
QUIET = ("procrastinate", "psycopg.pool")
"""Loggers that tell of each task, or of each try to reach a database that is away."""


class _Connector(PsycopgConnector):
    """Notes each look at the queue. A task that cannot be taken away stays, which does no harm: it
    is looked at once more, or goes with its worker."""

    def __init__(self, looked: Callable[[], None]) -> None:
        super().__init__()
        self._looked = looked

    async def execute_query_one_async(self, query: Any, **arguments: Any) -> dict[str, Any]:
        found: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
        if query == queries["fetch_job"]:
            self._looked()
        return found

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        try:
            await super().execute_query_async(query, **arguments)
        except AWAY:
            if query != queries["finish_job"]:
                raise


class ProcrastinateDriver:
    """`most` pieces of each queue at once; on cancel, running pieces get `grace` seconds before
    they are cancelled. They outlive a line to the database that breaks."""

    def __init__(
        self, url: str, most: Mapping[str, int], clock: Callable[[], float], grace: float = 8.0
    ) -> None:
        for name in QUIET:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._url, self._most, self._clock, self._grace = url, most, clock, grace
        self._running: set[asyncio.Task[None]] = set()
        self._patient = True
        self.ending = False
        self.turned = 0.0

    def wake(self, at: float = 0.0) -> None:
        """It hears of every new task from the database."""

    def give_up(self) -> None:
        """No more grace, until it runs again."""
        self._patient = False

    async def run(self, take: Take, carry: Carry) -> None:
        """Carry out what is due until cancelled, also after the database was away."""
        del take
        self.ending, self._patient = False, True
        work = asyncio.create_task(self._working(carry), name="procrastinate")
        try:
            await asyncio.shield(work)
        finally:
            self.ending = True  # before anything else: what runs goes on to no further step
            work.cancel()
            ending = ended(self._running, self._grace if self._patient else 0)
            await asyncio.gather(work, ending, return_exceptions=True)
            await ended(self._running, 0)  # one that had just been fetched

    async def _working(self, carry: Carry) -> None:
        while True:
            app = self._app(carry)
            try:
                async with _pool(self._url) as pool:
                    await pool.wait(PATIENCE)
                    async with app.open_async(pool):
                        await self._workers(app)
            except AWAY as problem:
                log.warning(
                    "the queue of requests cannot be read, trying again", error=_line(problem)
                )
            await asyncio.sleep(AGAIN_SECONDS)

    def _app(self, carry: Carry) -> App:
        app = App(connector=_Connector(self._look))

        async def task(context: JobContext, job: int) -> None:
            piece = asyncio.ensure_future(carry(job, context.job.queue))
            self._running.add(piece)
            piece.add_done_callback(self._running.discard)
            await asyncio.shield(piece)  # a worker that ends with its line takes nothing along

        app.task(name="carry", pass_context=True)(task)
        return app

    def _look(self) -> None:
        self.turned = self._clock()

    async def _workers(self, app: App) -> None:
        """One for each queue; where one has ended, its line is broken, and the others end too."""
        workers = [asyncio.create_task(_worker(app, *each)) for each in self._most.items()]
        try:
            over, _ = await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
            for worker in over:
                worker.result()
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)


def _pool(url: str) -> AsyncConnectionPool[Any]:
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=4,
        timeout=PATIENCE,
        kwargs=dict(POSTGRES_LINE),
        open=False,
        check=AsyncConnectionPool.check_connection,
    )


async def _worker(app: App, queue: str, most: int) -> None:
    await app.run_worker_async(
        queues=[queue],
        concurrency=most,
        install_signal_handlers=False,
        fetch_job_polling_interval=POLL_SECONDS,
        shutdown_graceful_timeout=0,  # the pieces themselves get their time
        delete_jobs="always",  # what is left of them is in our rows and in the log
    )


def _line(problem: Exception) -> str:
    """What is wrong, without what the address holds."""
    cause = problem.__cause__ or problem
    return str(cause).strip().partition("\n")[0] or type(cause).__name__
