"""One package for each chat platform, the command line (`python -m bots`), and the composition root
(`compose.py`)."""

from bots.garbage import collect_seldom
from bots.installed import check
from bots.sparing import import_without_drawing

__version__ = "0.2.0"

check()
collect_seldom()
import_without_drawing()
