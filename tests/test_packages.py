"""What the project is delivered in: a wheel that holds all it needs, a container, units and files
for platforms that say what the code says."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from bots import __version__
from core.settings import Settings, read, variables
from tests.pages import settings_classes

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "docs" / "systemd" / "photo-to-video-bot.service"
NOBODY = 65534
Step = tuple[str, str]


def dockerfile() -> list[Step]:
    """The instructions in their order, lines that go on joined, comments left out."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(" ", 1)[0], " ".join(line.split(" ", 1)[1].split())) for line in lines]


def values(name: str) -> list[str]:
    return [value for step, value in dockerfile() if step == name]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built of exactly what the Dockerfile copies, by the command that it runs."""
    source = tmp_path_factory.mktemp("src")
    for value in values("COPY"):
        if not value.startswith("--from"):
            *names, target = value.split()
            for name in names:
                _copied(ROOT / name, source / target / ("" if target == "./" else "."), name)
    (install,) = [run for run in values("RUN") if run.endswith(" .")]
    assert "--no-deps" in install
    out = source / "out"
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "-w", str(out), "."], cwd=source, check=True, timeout=600)
    (built,) = out.glob("*.whl")
    return built


def _copied(source: Path, target: Path, name: str) -> None:
    left_out = shutil.ignore_patterns("__pycache__")
    if source.is_dir():
        shutil.copytree(source, target, ignore=left_out, dirs_exist_ok=True)
    else:
        shutil.copy(source, target / name)


def test_the_wheel_alone_makes_a_film_for_another_user(wheel: Path, tmp_path: Path) -> None:
    installed, home = tmp_path / "installed", tmp_path / "home"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    home.mkdir()
    entry = _entry(installed)
    other = _other_user()
    if other is not None:
        for path in (tmp_path, *tmp_path.rglob("*"), *tmp_path.parents):
            if str(path).startswith(str(tmp_path.parents[1])):
                path.chmod(path.stat().st_mode | 0o755)
        os.chown(home, NOBODY, NOBODY)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(installed),
        "HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-c", entry, "try", "make a 1-second video", "--out", "film.mp4"]
    done = subprocess.run(
        command, cwd=home, env=environment, user=other,
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert (home / "film.mp4").read_bytes()[4:8] == b"ftyp"
    assert "Traceback" not in done.stderr


def _other_user() -> int | None:
    """One with no right of ours, where there can be one who may run this Python at all."""
    if os.geteuid() != 0:
        return None
    try:
        done = subprocess.run(
            [sys.executable, "-c", "import typer"], user=NOBODY, cwd="/", timeout=60
        )
    except PermissionError:
        return None
    return NOBODY if done.returncode == 0 else None


def _entry(installed: Path) -> str:
    """What the command of the wheel runs."""
    (file,) = installed.glob("*.dist-info/entry_points.txt")
    name, module, call = re.findall(r"(\S+) = ([\w.]+):(\w+)", file.read_text(encoding="utf-8"))[0]
    assert name == Path(json.loads(values("ENTRYPOINT")[0])[0]).name
    return f"from {module} import {call}; {call}()"


def test_the_wheel_says_what_it_is(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
        (name,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        told = archive.read(name).decode()
        names = set(archive.namelist())
    assert f"Version: {__version__}\n" in told
    assert {"Provides-Extra: sandbox", "Provides-Extra: voice"} <= set(told.splitlines())
    asked = [sys.executable, "-c", _entry(tmp_path), "--version"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path)}
    said = subprocess.run(
        asked, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert said == f"photo-to-video-bot {__version__}\n"
    kept = subprocess.run(
        ["git", "ls-files", "bots", "core"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    assert set(kept) - names == set()


def test_the_image_is_built_as_images_should_be() -> None:
    bases = [value.split()[0] for value in values("FROM")]
    assert [re.fullmatch(r"python:3\.\d+-slim", base) is not None for base in bases] == [True] * 2
    assert values("USER") == ["10001"]
    assert values("VOLUME") == ["/data"]
    assert len(values("HEALTHCHECK")) == 1
    assert json.loads(values("ENTRYPOINT")[0])
    assert all("--require-hashes" in run for run in values("RUN") if "requirements" in run)
    named = {name for value in values("ENV") for name in re.findall(r"([A-Z_]+)=", value)}
    assert named - known() == {"PYTHONUNBUFFERED"}
    assert not [name for name in named if re.search("TOKEN|KEY|SECRET", name)]


def test_what_is_copied_into_the_image_is_let_through() -> None:
    let = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"}
    named = {
        name
        for value in values("COPY")
        if not value.startswith("--from")
        for name in value.split()[:-1]
    }
    assert named == let


def known() -> set[str]:
    return {name.upper() for cls in settings_classes() for name in variables(cls)}


def test_every_file_for_a_platform_names_settings_that_there_are() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["bot"]
    (render,) = yaml.safe_load((ROOT / "render.yaml").read_text(encoding="utf-8"))["services"]
    fly = tomllib.loads((ROOT / "fly.toml").read_text(encoding="utf-8"))
    railway = json.loads((ROOT / "railway.json").read_text(encoding="utf-8"))
    unit = re.findall(r"^Environment=(\w+)=", UNIT.read_text(encoding="utf-8"), re.M)
    asked = {row["key"] for row in render["envVars"]}
    assert {*compose["environment"], *asked, *fly["env"], *unit} <= known()
    assert compose["volumes"] == ["data:/data"]
    assert render["disk"]["mountPath"] == fly["mounts"][0]["destination"] == "/data"
    assert railway["deploy"]["numReplicas"] == render["numInstances"] == 1
    assert (ROOT / railway["build"]["dockerfilePath"]).exists()
    databases = {compose["environment"]["DATABASE_URL"], fly["env"]["DATABASE_URL"]}
    assert databases == {"sqlite:////data/bot.sqlite"}


def test_the_examples_for_several_processes_name_settings_and_roles_that_there_are() -> None:
    example = yaml.safe_load((ROOT / "docs" / "compose-postgres.yaml").read_text(encoding="utf-8"))
    unit = UNIT.with_name("photo-to-video-bot@.service").read_text(encoding="utf-8")
    assert {*re.findall(r"^Environment=(\w+)=", unit, re.M)} <= known()
    assert {"Restart=always", "RestartPreventExitStatus=2"} <= set(unit.splitlines())
    for role in ("gateway", "worker"):
        environment = example["services"][role]["environment"]
        assert {*environment} - {"PGPASSWORD"} <= known()
        assert read(Settings, {**environment, "SECRETS_KEY": "x"}).role == role


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_the_unit_gives_the_bot_no_right_that_it_does_not_need() -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNIT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    (level,) = re.findall(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert float(level) <= 3


def test_the_unit_starts_what_there_is_and_is_told_when_to_stop_trying() -> None:
    told = dict(re.findall(r"^(\w+)=(.*)$", UNIT.read_text(encoding="utf-8"), re.M))
    assert shlex.split(told["ExecStart"])[1:] == ["-m", "bots"]
    assert (told["Type"], told["RestartPreventExitStatus"]) == ("notify", "2")
