"""Exports (10): start, poll, cancel, download; the videos are really made, one at a time, and the
same one once."""

from bots.sandbox.standin.exports.requests import cancel as cancel
from bots.sandbox.standin.exports.requests import download as download
from bots.sandbox.standin.exports.requests import poll as poll
from bots.sandbox.standin.exports.requests import start as start
