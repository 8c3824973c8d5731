"""The stand-in as a program of its own."""

import subprocess
import sys
import urllib.request


def test_it_prints_its_address_and_answers_there() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bots.sandbox.standin"], stdout=subprocess.PIPE, text=True
    ) as program:
        try:
            assert program.stdout is not None
            url = program.stdout.readline().strip()
            assert url.startswith("http://127.0.0.1:")
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"{url}/_control/calls", timeout=5) as answer:
                assert answer.read() == b'{"overlaps": 0}'
        finally:
            program.terminate()
