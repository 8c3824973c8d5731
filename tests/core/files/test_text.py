"""What an operator has written is read where that is certain; whatever else stands there ends in a
reason."""

import os
from pathlib import Path

import pytest

from core.files import Unreadable, contents, decoded

TEXT = "# 我的机器人 ü\nLOG_LEVEL=INFO\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_a_text_is_read_in_whatever_unicode_it_was_saved(encoding: str) -> None:
    marked = "\ufeff" + TEXT if encoding == "utf-32-be" else TEXT
    assert decoded(marked.encode(encoding)) == TEXT


def test_utf_16_from_another_machine_is_read_with_its_mark() -> None:
    assert decoded(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT
    assert decoded(b"\xff\xfe") == decoded(b"") == ""


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("# 我的机器人\n".encode("gbk"), "UTF-8"),
        ("# für\n".encode("latin-1"), "UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text"),
        (b"A=1\0B=2\n", "no text"),
        (b"\xff\xfeA", "UTF-8"),
        (bytes(range(256)), "no text"),
    ],
)
def test_what_is_no_certain_text_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        decoded(raw)


def test_only_a_plain_file_of_sensible_size_is_read(tmp_path: Path) -> None:
    file = tmp_path / "file"
    with pytest.raises(FileNotFoundError):
        contents(file)
    file.write_bytes(b"123")
    assert contents(file, 3) == b"123"
    with pytest.raises(Unreadable, match="larger"):
        contents(file, 2)
    with pytest.raises(Unreadable, match="folder"):
        contents(tmp_path)
    with pytest.raises(Unreadable, match="folder is needed"):
        contents(file / "below")
    with pytest.raises(Unreadable, match="too long"):
        contents(tmp_path / ("x" * 300))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(Unreadable, match="itself"):
        contents(tmp_path / "loop")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreadable, match="no plain file"):
        contents(tmp_path / "pipe")
