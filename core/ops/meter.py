"""What the process counts of its own work, for /metrics: no person, no words, no token is in it."""

from collections import deque
from collections.abc import Mapping, MutableMapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

SECONDS = (0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1800)
"""Bounds of what takes from moments to half an hour."""
REMEMBERED = 20_000
"""Waits for first words that the page can draw."""
SHORT = (0.0005, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3)


class Meter:
    """One registry of its own, so that two bots in one process do not share their figures."""

    def __init__(self) -> None:
        self.registry = here = CollectorRegistry()
        ProcessCollector(registry=here)
        PlatformCollector(registry=here)
        GCCollector(registry=here)
        self.requests = Counter(
            "bot_requests", "Requests that are over", ["plan", "outcome"], registry=here
        )
        self.request_seconds = Histogram(
            "bot_request_seconds",
            "From asking to the end",
            ["plan"],
            buckets=SECONDS,
            registry=here,
        )
        self.phases = Histogram(
            "bot_phase_seconds", "Time in each step", ["step"], buckets=SECONDS, registry=here
        )
        self.credits = Counter("bot_credits_spent", "By who paid", ["payer"], registry=here)
        self.words = Histogram(
            "bot_words_seconds", "From owing words to posting them", ["platform"],
            buckets=SECONDS, registry=here,
        )  # fmt: skip
        self.refusals = Counter(
            "bot_delivery_failures", "Messages that did not go out", ["platform", "error"],
            registry=here,
        )  # fmt: skip
        self.troubles = Counter(
            "bot_troubles", "Lines of the log from warning on", ["event", "error"], registry=here
        )
        self.lag = Histogram(
            "bot_loop_lag_seconds", "How late the event loop was", buckets=SHORT, registry=here
        )
        self.first_words: deque[tuple[float, float]] = deque(maxlen=REMEMBERED)
        self._gauges: dict[str, Gauge] = {}
        self._since: dict[int, float] = {}

    def moved(self, request: int, step: str, over: bool, now: float) -> None:
        """A request has left a step, and with it everything if it is `over`."""
        since = self._since.pop(request, None)
        if since is not None:
            self.phases.labels(step).observe(max(0.0, now - since))
        if not over:
            self._since[request] = now

    def posted(self, platform: str, owed: float, now: float) -> None:
        """A new message has gone out that was owed since then."""
        seconds = max(0.0, now - owed)
        self.words.labels(platform).observe(seconds)
        self.first_words.append((now, seconds))

    def show(self, name: str, about: str, values: Mapping[Any, float], *labels: str) -> None:
        """Set a gauge to these values, each under its labels (a tuple); what is gone is gone."""
        if name not in self._gauges:
            self._gauges[name] = Gauge(name, about, labels, registry=self.registry)
        gauge = self._gauges[name]
        if labels:
            gauge.clear()
        for key, value in values.items():
            (gauge.labels(*key) if labels else gauge).set(value)

    def hear(
        self, _: object, method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """A processor of structlog: counts what is logged from warning on, by its fixed words."""
        if method in ("warning", "error", "exception", "critical"):
            error = str(event.get("error", ""))
            kind = error if error.isidentifier() else ""  # a sentence may hold anything
            self.troubles.labels(str(event.get("event", "")), kind).inc()
        return event
