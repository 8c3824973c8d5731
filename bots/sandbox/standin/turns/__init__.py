"""The chat turn, `POST /run_sse` (7): checks the request, pays, and plays the beats of the turn
into the stream."""

from bots.sandbox.standin.turns.requests import run_sse as run_sse
