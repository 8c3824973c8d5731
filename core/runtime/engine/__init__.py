"""The shell around the decisions: take in, carry out, hand out; each movement ends in exactly one
durable write."""

from core.runtime.engine.engine import Engine, Finished
from core.runtime.engine.queues import FILES, WORDS
from core.runtime.engine.runtime import Places, Runtime, sure
from core.runtime.engine.shelf import Shelf

__all__ = ["FILES", "WORDS", "Engine", "Finished", "Places", "Runtime", "Shelf", "sure"]
