"""Connections that each go the way their address needs, straight or by a proxy: for aiohttp, and
for httpx."""

from core.net.connections.connector import Connector
from core.net.connections.transport import Transport

__all__ = ["Connector", "Transport"]
