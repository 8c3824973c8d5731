"""What the operator sees of a running bot: health, metrics and a page, at a port of their own."""

from bots.status.settings import Settings as Settings
