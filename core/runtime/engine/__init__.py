"""The shell around the decisions: take in, carry out, hand out; each movement ends in exactly one
durable write."""

from core.runtime.engine.engine import Engine, Finished, Runtime

__all__ = ["Engine", "Finished", "Runtime"]
