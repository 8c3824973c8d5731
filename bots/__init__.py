"""One package or module for each chat platform, and the composition root (`python -m bots`)."""
