"""What each step does: one short function, at most one request that changes anything, everything it
needs passed in."""

from collections.abc import Callable, Coroutine
from typing import Any

from core.domain.requests import Job, Outcome, Step
from core.runtime.steps import connect, copy, export, files, reads, restore, turn
from core.runtime.steps.context import Fetch, Files, StepContext, Voice, Wallet

__all__ = ["STEPS", "Fetch", "Files", "StepContext", "Voice", "Wallet"]

STEPS: dict[Step, Callable[[Job, StepContext], Coroutine[Any, Any, Outcome]]] = {
    Step.GATHER: files.gather,
    Step.CONNECT: connect.connect,
    Step.BRING: files.bring,
    Step.UPLOAD: files.upload,
    Step.SNAPSHOT: turn.snapshot,
    Step.GENERATE: turn.generate,
    Step.CHECK: turn.check,
    Step.NAME: export.name,
    Step.RENDER: export.render,
    Step.POLL: export.poll,
    Step.LINK: export.link,
    Step.REPORT: reads.report,
    Step.BALANCE: reads.balance,
    Step.VERIFY: reads.verify,
    Step.PRICE: connect.price,
    Step.ABANDON: export.abandon,
    Step.COPY: copy.copy,
    Step.RESTORE: restore.restore,
    Step.COLLECT: files.collect,
}
