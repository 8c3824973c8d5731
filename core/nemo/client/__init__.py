"""The one package that speaks HTTP to the video backend: httpx and httpx-sse around the pure
protocol; and the backend as one request may use it."""

from core.nemo.client.backend import Backend
from core.nemo.client.files import UploadPart
from core.nemo.client.http import NemoClient, Patience, always, at_once

__all__ = ["Backend", "NemoClient", "Patience", "UploadPart", "always", "at_once"]
