"""One package or module for each chat platform, and the composition root (`python -m bots`)."""

from bots.garbage import collect_seldom
from bots.installed import check
from bots.sparing import import_without_drawing

__version__ = "0.2.0"

check()
collect_seldom()
import_without_drawing()
