"""The fault matrix: backend and platforms that are slow, resetting, refusing, talking nonsense, or
away."""
