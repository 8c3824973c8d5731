"""The import contracts hold for what is added tomorrow: probes of the kinds that somebody may add
break them, without anybody having to name the new module."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROBES = {
    "bots/probe.py": ("bots.console", "siblings"),
    "bots/another/run.py": ("bots.discord.translate", "siblings"),
    "bots/third/translate.py": ("asyncio", "decisions"),
    "core/domain/probe.py": ("time", "decisions"),
    "core/nemo/wire/probe.py": ("core.nemo.client", "no circles"),
    "core/runtime/probe.py": ("core.domain.policy.paid_or_free", "closed packages"),
    "core/runtime/engine/probe.py": ("core.store.writer", "closed packages"),
    "core/store/sqlite/probe.py": (
        "core.store.statements.queue",
        "closed rooms of the store",
    ),
}
"""A new module -> what it imports, and the contract that does not allow it, which names it."""

CIRCLE = "core.nemo.wire.probe"
"""Of a circle only its ends are named."""


def linted(folder: Path) -> str:
    """What the contracts say of a copy of the tree."""
    tool = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "COLUMNS": "200"}
    done = subprocess.run(tool, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return done.stdout


def test_a_new_module_is_held_by_the_contracts_whatever_its_name(tmp_path: Path) -> None:
    for name in ("bots", "core"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, (imported, _) in PROBES.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(f"import {imported}\n", encoding="utf-8")
    said = linted(tmp_path)
    broken = set(re.findall(r"^([\w -]+?)(?::.*)? BROKEN", said, re.M))
    assert broken == {contract for _, contract in PROBES.values()}
    for name, (imported, _) in PROBES.items():
        module = name.removesuffix(".py").replace("/", ".")
        assert f"{module} -> {imported} (l.1)" in said or module == CIRCLE
    assert ".wire -> .client (1 import)" in said
