"""The files that go with a database find the place where they are looked for."""

from pathlib import Path

from bots import bringing


def test_a_folder_is_copied_and_one_that_is_there_is_kept_aside(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, words in ((old, "of now"), (new, "of before")):
        (folder / "discord" / "pending").mkdir(parents=True)
        (folder / "discord" / "pending" / "a.json").write_text(words)
    told = list(bringing.folders(["discord", "telegram"], old, new))
    assert len(told) == 1
    assert (new / "discord" / "pending" / "a.json").read_text() == "of now"
    assert (new / "discord.aside-1" / "pending" / "a.json").read_text() == "of before"
    assert list(bringing.folders(["discord"], new, new)) == [], "it is there already"


def test_large_files_that_all_shared_come_where_one_process_looks(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "discord-photo-1.png").write_bytes(b"large")
    (shared / "notes.txt").write_bytes(b"of somebody else")
    bringing.large(shared, tmp_path / "data", ["discord", "telegram"])
    found = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert found == [tmp_path / "data" / "discord" / "spool" / "photo-1.png"]
    assert found[0].read_bytes() == b"large"
    assert found[0].stat().st_mode & 0o077 == 0
