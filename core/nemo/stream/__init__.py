"""Frames of one chat turn become what the user sees (docs/backend.md 7.6)."""

from core.nemo.stream.reader import MOST, Reader, TurnCut, TurnEnd, Visible
from core.nemo.stream.slim import LONGEST, slim

__all__ = ["LONGEST", "MOST", "Reader", "TurnCut", "TurnEnd", "Visible", "slim"]
