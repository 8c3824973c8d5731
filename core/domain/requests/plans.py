"""The kinds of wishes, the steps that each of them takes, and which of these in one stretch."""

from enum import StrEnum


class Plan(StrEnum):
    """What kind of wish a job is."""

    MAKE = "make"
    EDIT = "edit"
    EXPORT = "export"
    STATUS = "status"
    CREDITS = "credits"
    LOGIN = "login"
    WATCH = "watch"
    ABANDON = "abandon"
    COPY = "copy"
    """A finished video as a GIF, or with fewer bytes: made here, free of charge."""
    RESTORE = "restore"
    """Another version of the project is shown."""
    REEL = "reel"
    """Photos of several people come together, until who opened it says what to make of them."""


class Step(StrEnum):
    """One request at most, then a commit."""

    GATHER = "gather"
    CONNECT = "connect"
    BRING = "bring"
    UPLOAD = "upload"
    SNAPSHOT = "snapshot"
    GENERATE = "generate"
    CHECK = "check"
    NAME = "name"
    RENDER = "render"
    POLL = "poll"
    LINK = "link"
    REPORT = "report"
    BALANCE = "balance"
    VERIFY = "verify"
    PRICE = "price"
    ABANDON = "abandon"
    COPY = "copy"
    RESTORE = "restore"
    COLLECT = "collect"


_TURN = (Step.PRICE, Step.SNAPSHOT, Step.GENERATE, Step.CHECK)
_EXPORT = (Step.NAME, Step.RENDER, Step.POLL, Step.LINK)
PLANS: dict[Plan, tuple[Step, ...]] = {
    Plan.MAKE: (
        Step.GATHER,
        Step.CONNECT,
        Step.BRING,
        Step.UPLOAD,
        *_TURN,
        *_EXPORT,
    ),
    # An edit that leaves something to export comes back as a video too; the export is free.
    Plan.EDIT: (Step.GATHER, Step.CONNECT, *_TURN, *_EXPORT),
    Plan.EXPORT: (Step.CONNECT, *_EXPORT),
    Plan.RESTORE: (Step.CONNECT, Step.RESTORE, *_EXPORT),
    Plan.WATCH: (Step.CONNECT, Step.POLL, Step.LINK),
    Plan.ABANDON: (Step.ABANDON,),
    Plan.COPY: (Step.COPY,),
    Plan.REEL: (Step.COLLECT,),
    Plan.STATUS: (Step.CONNECT, Step.REPORT),
    Plan.CREDITS: (Step.CONNECT, Step.BALANCE),
    Plan.LOGIN: (Step.VERIFY,),
}
USUAL_CREDITS = {Plan.MAKE: 100, Plan.EDIT: 50}
"""What a clip and a change cost as far as is known (docs/backend.md 9)."""
READ_ONLY = frozenset({Plan.STATUS, Plan.CREDITS, Plan.LOGIN, Plan.ABANDON, Plan.COPY, Plan.REEL})
"""Plans that change no draft: they need not wait behind a render."""
QUIET = frozenset({Step.PRICE, Step.SNAPSHOT, Step.CHECK, Step.NAME, Step.POLL, Step.LINK})
"""Steps that change nothing, neither outside nor in what other requests are told: they are taken in
one stretch, with one write for all of them. Whoever is killed in between looks once more.

What changes something has its intent on disk before, and its answer as soon as it is there: no
stretch goes over such a step."""


def stretch(plan: Plan, step: Step) -> tuple[Step, ...]:
    """This step, and those that may be taken with it."""
    steps = PLANS[plan]
    found = [step]
    for after in steps[steps.index(step) + 1 :] if step in QUIET and step in steps else ():
        if after not in QUIET:
            break
        found.append(after)
    return tuple(found)
