"""Whether Python and the libraries are there, and what an installation without them leaves out."""

import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec

from bots import __version__
from bots.installed import REMEDY, problem
from core.ops.findings import Finding, note, well, wrong

ABOUT = "Python"
OPTIONAL = {
    "av": ("PyAV is left out: no sandbox, no OGG sound, no covers of clips.", "media"),
}
"""A library that is not needed, and what is missing without it."""


def findings(optional: Mapping[str, tuple[str, str]] = OPTIONAL) -> Iterator[Finding]:
    """What this Python has, and which of the optional libraries it lacks."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sentence := problem(sys.version_info[:2]):
        yield wrong(ABOUT, sentence.removesuffix(REMEDY).strip(), REMEDY, "libraries")
        return
    yield well(ABOUT, f"{version}, photo-to-video-bot {__version__}, all libraries.", "libraries")
    for name, (words, extra) in optional.items():
        if find_spec(name) is None:
            remedy = f'Install it with the extra "{extra}", or the whole requirements.txt.'
            yield note(ABOUT, words, remedy, f"without-{name}")
