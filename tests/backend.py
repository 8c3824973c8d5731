"""The look-alike of the service as walks take it: without pauses, with small films, each made once
in a run of the suite, by whichever worker needs it first."""

import os
from pathlib import Path
from typing import Any

from bots.sandbox.standin.app import StandIn

FOLDER = "FILMS_OF_THIS_RUN"
"""The variable that names the folder; tests/conftest.py sets it."""


def quick_standin(**options: Any) -> StandIn:
    """A stand-in with these options besides."""
    kept = Path(os.environ[FOLDER]) if FOLDER in os.environ else None
    return StandIn(**{"video_height": 90, "speed": 0, "films": kept, **options})
