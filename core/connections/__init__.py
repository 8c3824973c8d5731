"""Connections that each go the way their address needs, straight or by a proxy: for aiohttp, for
httpx, and for one question by itself; and whom HTTPS trusts."""

from core.connections.asking import Answer, Asking, Unreachable
from core.connections.connector import Connector, trusted_certificates
from core.connections.transport import Transport

__all__ = ["Answer", "Asking", "Connector", "Transport", "Unreachable", "trusted_certificates"]
