"""Whether the video service can be reached, by which proxies, and whether this machine's clock is
right."""

from collections.abc import AsyncIterator

from core.connections import Answer, Asking, Unreachable
from core.ops.findings import Finding, note, well, wrong
from core.settings import Settings

MOST_SKEW = 60.0
"""Seconds by which a clock may be wrong: beyond it certificates and links that run out fail."""


async def findings(settings: Settings, asking: Asking) -> AsyncIterator[Finding]:
    """What is found on the way out."""
    url = settings.nemo_api_url
    for finding in _ways(asking, url):
        yield finding
    about = "Video service"
    try:
        answer = await asking.get(url)
    except Unreachable as problem:
        remedy = "Look at the network, PROXY_URL and NEMO_API_URL; requests wait until it is back."
        yield wrong(about, f"it cannot be reached: {problem}.", remedy, "nemo-unreachable")
        return
    if answer.status >= 500:
        yield note(
            about, f"it answers with {answer.status}.", "It may pass; try again.", "nemo-5xx"
        )
    else:
        paid = "a token of your own pays" if settings.nemo_token else "each user gets free tokens"
        yield well(about, f"it answers; {paid}.", "nemo")
    yield clock(answer)


def clock(answer: Answer) -> Finding:
    """How this machine's clock stands against the other side's."""
    about = "Clock"
    if answer.skew is None:
        return note(about, "nobody told the time.", "", "clock-unknown")
    if abs(answer.skew) > MOST_SKEW:
        way = "ahead" if answer.skew > 0 else "behind"
        said = f"it is {abs(answer.skew):.0f} seconds {way}."
        return wrong(about, said, "Set it by NTP: timedatectl set-ntp true", "clock")
    return well(about, "right.", "clock")


def _ways(asking: Asking, url: str) -> list[Finding]:
    proxy = asking.proxies.for_url(url)
    if asking.proxies.plain is None and asking.proxies.secure is None:
        return []
    said = f"{proxy.address} leads to the video service." if proxy else "not for the video service."
    return [well("Proxy", said, "proxy")]
