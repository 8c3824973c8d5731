"""What the operator's machine hands over: .env in any state, folders of somebody else, streams that
know few signs."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bots.environment import check_folders, told, variables, written
from core.settings import WrongSetting

ROOT = Path(__file__).parents[2]


def test_the_process_comes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "A=file\nB='with spaces'\nexport C = 3\nD\n", encoding="utf-8-sig"
    )
    assert variables(tmp_path / ".env", {"A": "own"}) == {"A": "own", "B": "with spaces", "C": "3"}
    assert variables(tmp_path / "none", {"A": "own"}) == {"A": "own"}


def test_utf_16_and_crlf_are_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("# 我的\r\nA=1\r\nB=2\r\n".encode("utf-16"))
    assert written(tmp_path / ".env") == {"A": "1", "B": "2"}


@pytest.mark.parametrize("raw", [b"A=1\n# \xce\xd2\n", b"\0\1\2", b"A=" + b"x" * 2**20])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / ".env").write_bytes(raw)
    with pytest.raises(WrongSetting) as refusal:
        written(tmp_path / ".env")
    assert str(refusal.value).startswith(f"{tmp_path / '.env'} cannot be used: it is ")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="it is a folder"):
        written(tmp_path)


@pytest.mark.parametrize(
    ("text", "line"),
    [("A=1\nB='hush\nC=3\n", 2), ('A="hush', 1), ("A: 1", 1), ("A=1\n\n=====\n", 3)],
)
def test_a_line_that_cannot_be_read_is_named_without_its_words(
    tmp_path: Path, text: str, line: int
) -> None:
    (tmp_path / ".env").write_text(text)
    with pytest.raises(WrongSetting, match=f"line {line} cannot be used") as refusal:
        written(tmp_path / ".env")
    assert "hush" not in str(refusal.value).replace(str(tmp_path), "")


def test_a_refusal_of_the_system_is_one_sentence_that_names_the_file() -> None:
    with (
        pytest.raises(WrongSetting, match=r"^/a/file cannot be used: this user may not use it\.$"),
        told("elsewhere"),
    ):
        raise PermissionError(errno.EACCES, "Permission denied", "/a/file")
    with (
        pytest.raises(WrongSetting, match=r"^elsewhere cannot be used: its disk is full\.$"),
        told("elsewhere"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_what_stands_in_place_of_a_folder_of_ours_is_named(tmp_path: Path) -> None:
    check_folders(tmp_path, ["telegram"])
    check_folders(tmp_path / "none", ["telegram"])
    (tmp_path / "telegram").write_text("")
    with pytest.raises(WrongSetting, match="telegram cannot be used: it must be a folder"):
        check_folders(tmp_path, ["telegram"])


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("ascii", b"? caf?"), ("cp1252", b"? caf\xe9"), ("utf-8", "🎬 café".encode())],
)
def test_no_sign_breaks_a_stream_and_a_closed_one_is_let_go(encoding: str, shown: bytes) -> None:
    script = (
        "import os, sys\nfrom bots.environment import open_streams, close_streams\n"
        "open_streams()\nprint('🎬 café', end='')\nprint('🎬', file=sys.stderr)\n"
        "sys.stdout.flush()\nos.close(1)\nprint('nobody reads this')\nclose_streams()"
    )
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, timeout=600)
    assert (done.returncode, done.stdout) == (0, shown)
    assert b"Error" not in done.stderr


def test_streams_that_are_not_there_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    from bots.environment import open_streams

    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    open_streams()
    with sys.stdin as stream:
        assert stream.read() == ""
