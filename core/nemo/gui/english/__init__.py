"""Button talk in English: a clause that begins like an instruction and names a thing to click."""

from core.nemo.gui.english.clicks import read
from core.nemo.gui.english.words import breaks, continues, leads_in

__all__ = ["breaks", "continues", "leads_in", "read"]
