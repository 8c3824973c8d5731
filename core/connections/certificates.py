"""The certificates that HTTPS trusts: read once, for reading them takes longer than making a
client."""

import os
import ssl
from functools import cache

import certifi


@cache
def trusted_certificates() -> ssl.SSLContext:
    """Mozilla's list, which is there also where the system has none; or the operator's own in
    SSL_CERT_FILE."""
    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())
