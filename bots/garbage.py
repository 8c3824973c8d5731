"""How often Python looks for garbage in circles: seldom, since all else goes at once anyway."""

import gc

SELDOM = (50_000, 20, 50)
"""Python's own numbers (700, 10, 10) are for small programs: with them, a fifth of a start is spent
on looking for circles among modules, which are no garbage."""


def collect_seldom() -> None:
    """From now on, and before the large libraries are imported."""
    gc.set_threshold(*SELDOM)


def collect_nothing_yet() -> None:
    """Until `keep_what_is_there`: what a start makes is there to stay."""
    gc.disable()


def keep_what_is_there() -> None:
    """What has been imported stays for as long as the process: it is not looked through any
    more."""
    gc.freeze()
    gc.enable()
