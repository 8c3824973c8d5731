"""What the process that decodes may say of the file it has made."""

import json
from pathlib import Path

import pytest

from core.media import DamagedFile, Prepared
from core.workshop.answers import prepared_of


def answer(path: Path) -> bytes:
    return json.dumps({"path": str(path), "name": "x", "mime": "y", "bytes": 1}).encode()


def test_the_file_that_was_asked_for_is_sent(tmp_path: Path) -> None:
    target = tmp_path / "7-1.jpg"
    target.write_bytes(b"four")
    assert prepared_of(answer(target), target, "image/jpeg") == Prepared(
        target, "7-1.jpg", "image/jpeg", 4
    )


@pytest.mark.parametrize("linked", [False, True])
def test_no_other_file_is_sent_whatever_is_said(tmp_path: Path, linked: bool) -> None:
    secret, target = tmp_path / "bot.key", tmp_path / "7-1.jpg"
    secret.write_bytes(b"secret")
    if linked:
        target.symlink_to(secret)
    with pytest.raises(DamagedFile):
        prepared_of(answer(target if linked else secret), target, "image/jpeg")
