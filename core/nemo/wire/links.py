"""Links that are handed to people: to their project, and to the page where they register."""

from urllib.parse import quote


def claim_link(web_url: str, claim_token: str) -> str:
    """Opens the project in a browser for whoever holds it (5.2)."""
    return f"{web_url.rstrip('/')}/workspace/claim?ct={quote(claim_token, safe='')}"


def register_link(web_url: str, bind: str) -> str:
    """Registration that keeps the anonymous history (5.3); without a known id, the plain page."""
    page = f"{web_url.rstrip('/')}/register"
    return f"{page}?bind={quote(bind, safe='')}" if bind else page
