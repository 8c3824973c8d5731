"""Searches for bytes that break the wire, guided by coverage: `python -m tests.fuzz TARGET
[libFuzzer options]`.

Not part of the test suite, which tries the same functions with hypothesis
(tests/core/nemo/test_fuzz.py, and for files tests/core/media/test_odd_files.py, which knows how
they are built and can be run for longer by itself). It needs atheris, which no requirements file
names: `pip install atheris`. TARGET is stream, answer, draft, words or file:

    python -m tests.fuzz stream -max_total_time=600 -rss_limit_mb=512
    python -m tests.fuzz answer corpus/ -max_len=4096

The recordings are the first inputs where no folder with inputs is named. A finding is written to a
file `crash-…` by libFuzzer; `python -m tests.fuzz stream crash-…` runs it once more.
`-rss_limit_mb` holds the memory to a bound."""

import importlib
import shutil
import sys
import tempfile
from pathlib import Path

RECORDINGS = Path(__file__).parents[1] / "recordings"


def main() -> int:
    """Run one target until libFuzzer has had enough."""
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.stderr.write("atheris is not installed: pip install atheris\n")
        return 2
    with atheris.instrument_imports(include=["core", "httpx_sse"]):
        targets = importlib.import_module("tests.fuzz.targets").TARGETS
    name, *options = sys.argv[1:] or [""]
    if name not in targets:
        sys.stderr.write(f"choose a target: {', '.join(targets)}\n")
        return 2
    if all(option.startswith("-") for option in options):
        options.append(_first_inputs(name))
    atheris.Setup([sys.argv[0], *options], targets[name])
    atheris.Fuzz()
    return 0


def _first_inputs(name: str) -> str:
    """A folder with the recordings that fit, which libFuzzer may add to; it is left for the next
    run."""
    folder = Path(tempfile.gettempdir()) / f"fuzz-{name}"
    folder.mkdir(exist_ok=True)
    for recording in (
        RECORDINGS.glob("*.sse" if name in ("stream", "words") else "*.json")
        if name != "file"
        else ()
    ):
        shutil.copyfile(recording, folder / recording.name)
    return str(folder)


if __name__ == "__main__":
    sys.exit(main())
