"""`python -m tests.measures`: size and shape of the house in figures, for docs/measures.md.

`--long` lists the files, functions and lists of parameters that are longer than aimed at. `--walk`
sends a photo through the whole bot, and lists the modules that its way leads through: those of bots
and core in which something ran between the update and the result; `--walk telegram` begins and ends
on Telegram. `--page` writes the figures of
docs/measures.md anew.
"""
