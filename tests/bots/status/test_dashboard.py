"""The dashboard asks only for metrics that there are."""

import json
import re
from pathlib import Path

from core.ops.meter import Meter

FILE = Path(__file__).parents[3] / "docs" / "grafana.json"
AT_SCRAPE = {
    "bot_in_flight",
    "bot_outbox",
    "bot_outbox_age_seconds",
    "bot_free_tokens_left",
    "bot_platform_silence_seconds",
    "process_resident_memory_bytes",
}
"""Gauges that are made when somebody asks (tests/bots/status/test_server.py)."""


def test_every_expression_names_metrics_that_are_counted() -> None:
    panels = json.loads(FILE.read_text(encoding="utf-8"))["panels"]
    asked = {
        re.sub("_(total|bucket)$", "", name)
        for panel in panels
        for target in panel["targets"]
        for name in re.findall(r"(?:bot|process)_\w+", target["expr"])
    }
    counted = {metric.name for metric in Meter().registry.collect()}
    assert len(panels) == 12
    assert asked <= counted | AT_SCRAPE
