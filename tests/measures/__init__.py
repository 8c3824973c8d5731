"""`python -m tests.measures`: size and shape of the house in figures, for docs/measures.md.

With `--walk` a photo is sent through the whole bot, and the modules that its way leads through
are counted: those of bots and core in which something ran between the update and the result.
"""
