"""What was found, for whoever is asked for help: without a secret, a path or a name."""

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path

from core.files import open_private
from core.ops.findings import Finding

PERSONAL = re.compile(r"""(?<!\w)(?:[A-Za-z]:\\|~?/)[^\s:;,]+|"[^"]*"|@\w+""")
"""Paths, what stands in quotes, and names of accounts."""
OPEN = {
    "Does the host answer?": {"nemo": "yes", "nemo-5xx": "with errors", "nemo-unreachable": "no"},
    "Is a free token given?": {"live-token": "yes", "live-token-Busy": "the quota is used up"},
    "May a free account open the editor?": {"live-claim": "yes", "live-no-claim": "no"},
    "Does a new project say what binds it to an account?": {
        "live-bind": "yes",
        "live-no-bind": "no",
    },
    "Are the values that say who calls checked?": {
        "live-attribution-checked": "yes",
        "live-attribution-free": "no",
    },
}
"""What the description of the service leaves open (docs/backend.md), and the answer that a finding
gives. What only a paid turn can tell stays open."""
NOT_ASKED = "not asked"


def report(findings: Sequence[Finding], version: str, now: float) -> str:
    """JSON: version, time (UTC), every finding by its code, and what it says of the service."""
    codes = {finding.code for finding in findings}
    whole = {
        "version": version,
        "made": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now)),
        "findings": [
            {
                "sign": finding.sign.name.lower(),
                "about": finding.about,
                "code": finding.code,
                "said": PERSONAL.sub("…", finding.said),
            }
            for finding in findings
        ],
        "video service": {
            question: next((said for code, said in answers.items() if code in codes), NOT_ASKED)
            for question, answers in OPEN.items()
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def write(file: Path, text: str) -> None:
    """For the operator's eyes alone until it is passed on. Raises OSError."""
    with open_private(file) as out:
        out.write(text.encode())
