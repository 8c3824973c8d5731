"""The shell around the decisions: take in, carry out, hand out; each movement ends in exactly one
durable write."""

from core.runtime.engine.engine import FILES, WORDS, Engine, Finished, Runtime
from core.runtime.engine.places import Places

__all__ = ["FILES", "WORDS", "Engine", "Finished", "Places", "Runtime"]
