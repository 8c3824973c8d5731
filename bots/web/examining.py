"""What the doctor says of the page in the browser: whether its port can be had, and who gets in."""

import socket

from bots.web.settings import Settings, loopback
from core.ops.findings import Finding, note, well, wrong

ABOUT = "Web"


def findings(settings: Settings, *, runs: bool) -> list[Finding]:
    """Tries the port unless a bot runs here, which has it."""
    where = f"{settings.web_host}, port {settings.web_port}"
    if not runs and (problem := _taken(settings)):
        remedy = "Stop what uses it, or set WEB_PORT to another one."
        return [wrong(ABOUT, f"{where} cannot be used: {problem}.", remedy, "web-port")]
    found = [well(ABOUT, f"the page can be served at {where}.", "web")]
    if not settings.web_port:
        said = "WEB_PORT=0 is another port at each start."
        found.append(note(ABOUT, said, "Set it to one that can be remembered.", "web-any-port"))
    if not loopback(settings.web_host):
        said = "others reach the page, and it speaks no TLS by itself."
        remedy = "Let a proxy do that: see docs/web.md."
        found.append(note(ABOUT, said, remedy, "web-open"))
    return found


def _taken(settings: Settings) -> str:
    """Why the port cannot be had, empty where it can."""
    family = socket.AF_INET6 if ":" in settings.web_host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((settings.web_host, settings.web_port))
    except OSError as problem:
        return problem.strerror or type(problem).__name__
    return ""
