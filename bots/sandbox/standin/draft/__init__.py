"""The stand-in's own timeline, and how it is written as a draft in the short keys t, tt, sg, d, m
(milliseconds).

The keys are the documented ones; all others are inventions of the stand-in, some of them there only
to be carried back untouched (a number above 2^53, a null, a raw line separator).
"""

from bots.sandbox.standin.draft.layout import LONGEST as LONGEST
from bots.sandbox.standin.draft.layout import canvas as canvas
from bots.sandbox.standin.draft.layout import laid_out as laid_out
from bots.sandbox.standin.draft.layout import natural_ms as natural_ms
from bots.sandbox.standin.draft.reading import NotExportable as NotExportable
from bots.sandbox.standin.draft.reading import exportable as exportable
from bots.sandbox.standin.draft.reading import read as read
from bots.sandbox.standin.draft.reading import same as same
from bots.sandbox.standin.draft.timeline import LARGEST as LARGEST
from bots.sandbox.standin.draft.timeline import LIGHTEST as LIGHTEST
from bots.sandbox.standin.draft.timeline import PLACES as PLACES
from bots.sandbox.standin.draft.timeline import SMALLEST as SMALLEST
from bots.sandbox.standin.draft.timeline import USUAL as USUAL
from bots.sandbox.standin.draft.timeline import Bed as Bed
from bots.sandbox.standin.draft.timeline import Piece as Piece
from bots.sandbox.standin.draft.timeline import Timeline as Timeline
from bots.sandbox.standin.draft.timeline import Voice as Voice
from bots.sandbox.standin.draft.timeline import Words as Words
from bots.sandbox.standin.draft.writing import Json as Json
from bots.sandbox.standin.draft.writing import write as write
