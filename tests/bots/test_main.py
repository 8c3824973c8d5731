"""The start: a wrong value stops it with one sentence; what only the operator can mend comes
without a traceback."""

import ctypes
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import av
import pytest
from filelock import FileLock

import bots
from core.skills import SHIPPED
from tests import forking
from tests.process import Bot, until

ROOT = Path(__file__).parents[2]


def start(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """`python -m bots` with these variables, its input closed; a real one where the interpreter
    itself has to heed them."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")
    }
    env = {
        **plain,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder / 'bot.sqlite'}",
        **variables,
    }
    if forking.available() and "LANG" not in variables:
        return forking.ran(arguments, folder, env)
    command = [sys.executable, "-m", "bots", *arguments]
    return subprocess.run(
        command, cwd=folder, env=env, input="", capture_output=True, text=True, timeout=600
    )


@pytest.mark.parametrize(
    ("variable", "value", "part"),
    [
        ("NEMO_RENDER_POLL_SECONDS", "soon", "NEMO_RENDER_POLL_SECONDS cannot be used"),
        ("BOTS", "telegram", "TELEGRAM_BOT_TOKEN cannot be used"),
        ("NEMO_SKILL", "photos", "NEMO_SKILL cannot be used: there is no photos"),
    ],
)
def test_a_wrong_value_is_one_sentence(
    tmp_path: Path, variable: str, value: str, part: str
) -> None:
    done = start(tmp_path, **{variable: value})
    assert done.returncode == 2
    assert done.stderr.startswith(part)
    assert "Example: " in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stdout + done.stderr


def test_a_profile_with_an_unknown_key_stops_the_start_with_file_and_line(tmp_path: Path) -> None:
    text = (SHIPPED / "best-image-to-video-ai.md").read_text(encoding="utf-8")
    own = tmp_path / "skills" / "own.md"
    own.parent.mkdir()
    own.write_text(
        text.replace("slug: best-image-to-video-ai", "slug: own\ncolour: red"), encoding="utf-8"
    )
    done = start(tmp_path, SKILLS_FOLDER=str(own.parent))
    assert (done.returncode, done.stderr.strip()) == (2, f"{own}, line 3: unknown key colour")
    gone = start(tmp_path, SKILLS_FOLDER=str(tmp_path / "gone"))
    assert (gone.returncode, gone.stderr.strip()) == (
        2,
        f"{tmp_path / 'gone'}: there is no skill file (*.md)",
    )
    looks = start(tmp_path, PRESETS_FOLDER=str(tmp_path / "gone"))
    assert (looks.returncode, looks.stderr.strip()) == (
        2,
        f"{tmp_path / 'gone' / 'presets.toml'}: there is no such file",
    )


def _without_the_rights_of_root() -> None:
    """Also root is stopped by the mode of a file then."""
    if hasattr(os, "geteuid") and not os.geteuid():
        for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, right, 0, 0, 0)


@pytest.mark.skipif(
    sys.platform != "linux", reason="the rights of root are taken away as Linux does it"
)
def test_a_file_that_may_not_be_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=INFO\n")
    (tmp_path / ".env").chmod(0)
    command = [sys.executable, "-m", "bots", "backup", "copy"]
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "PYTHONIOENCODING": "ascii",
    }
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        preexec_fn=_without_the_rights_of_root,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"\.env cannot be used: this user may not use it\..*\n", done.stderr)


@pytest.mark.parametrize(
    ("command", "program"), [("backup", "pg_dump --format=custom"), ("restore", "pg_restore")]
)
def test_postgres_has_programs_of_its_own_for_copies(
    tmp_path: Path, command: str, program: str
) -> None:
    url = "postgresql://bot:hidden@db.example/bot"
    done = start(tmp_path, command, "copy", DATABASE_URL=url)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert program in done.stderr
    assert "'postgresql://bot@db.example/bot'" in done.stderr
    assert "hidden" not in done.stderr


def test_a_second_bot_on_the_same_database_is_told_so(tmp_path: Path) -> None:
    with FileLock(f"{tmp_path / 'bot.sqlite'}.lock"):
        done = start(tmp_path)
    assert done.returncode == 2
    assert "already running on this database" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite").write_text("my notes " * 200)
    done = start(tmp_path)
    assert done.returncode == 2
    assert "left as it is" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "bot.sqlite").read_text().startswith("my notes")


@pytest.mark.parametrize(
    ("language", "beginning"),
    [("en_GB.UTF-8", "No bot token is set"), ("zh_CN.UTF-8", "还没有设置机器人令牌")],
)
def test_without_a_token_one_line_says_so_and_what_to_set(
    tmp_path: Path, language: str, beginning: str
) -> None:
    done = start(tmp_path, LANG=language, PYTHONUTF8="1")
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    assert line.startswith(beginning)
    assert "TELEGRAM_BOT_TOKEN" in line
    assert "DISCORD_BOT_TOKEN" in line


@pytest.mark.parametrize("arguments", [[], ["try", "make a video"]])
def test_a_small_installation_says_in_one_sentence_what_it_lacks(
    tmp_path: Path, arguments: list[str]
) -> None:
    start_without = (
        f"import sys; sys.modules['av'] = None; sys.argv[1:] = {arguments}; import bots.__main__ "
        "as b; b.main()"
    )
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", start_without]
    done = subprocess.run(
        command, cwd=tmp_path, env=env, input="", capture_output=True, text=True, timeout=600
    )
    assert (done.returncode, done.stdout) == (2, "")
    (sentence,) = done.stderr.splitlines()
    assert "PyAV" in sentence
    assert "TELEGRAM_BOT_TOKEN" in sentence


def test_the_version_is_told(tmp_path: Path) -> None:
    done = start(tmp_path, "--version", BOTS="telegramm")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"photo-to-video-bot {bots.__version__}\n",
        "",
    )


def test_the_help_says_where_the_film_is_saved(tmp_path: Path) -> None:
    said = " ".join(start(tmp_path, "try", "--help", COLUMNS="200").stdout.split())
    assert "video.mp4 if left out" in said


def test_try_without_a_video_is_no_success(tmp_path: Path) -> None:
    done = start(tmp_path, "try", "make a video [[fault:error-code]]", "--out", "a.mp4")
    assert done.returncode == 1
    assert not (tmp_path / "a.mp4").exists()


def test_the_sandbox_gives_as_many_credits_as_are_set(tmp_path: Path) -> None:
    done = start(tmp_path, "try", "a 1-second video", SANDBOX_CREDITS="0")
    assert done.returncode == 1
    assert "💳 Your free credits are used up." in done.stdout


async def test_try_leaves_nothing_behind_when_it_is_ended(tmp_path: Path) -> None:
    mine = tmp_path / "temporary"
    mine.mkdir()
    there = Bot(tmp_path, {"TMPDIR": str(mine)})
    await there.start("try", "a 60-second video")
    try:
        await until(lambda: "Got your photo" in there.log)
        assert list(mine.glob("photo-to-video-*/bot.sqlite"))
        there.signal(signal.SIGTERM)
        assert await there.ended() == 1
    finally:
        await there.kill()
    assert list(mine.glob("photo-to-video-*")) == []
    assert "Traceback" not in there.log


def test_try_makes_a_playable_film_of_a_sample_photo(tmp_path: Path) -> None:
    done = start(tmp_path, "try", "a 1-second video", "--out", "films/a.mp4", SANDBOX_CREDITS="100")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("you  📎 sample.jpg  a 1-second video\n")
    assert "A stand-in on this computer makes the video, and nothing leaves it." in done.stdout
    assert "💾 Saved as films/a.mp4" in done.stdout
    assert "💳 Used 100 credits, none left." in done.stdout, (
        "as with the video service, one video is free"
    )
    assert "🔎 Details" in done.stdout
    with av.open(str(tmp_path / "films" / "a.mp4")) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert (picture.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert (picture.width, picture.height) == (1920, 1080)
        assert (film.duration or 0) / av.time_base == pytest.approx(1, abs=0.3)
