"""The vault: sealed text is unreadable, keys rotate, the key file is private and made once."""

import base64
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vault import Vault, WrongKey, load

ONE, TWO = b"1" * 32, b"2" * 32


@given(st.text())
def test_what_was_sealed_can_be_opened(text: str) -> None:
    vault = Vault([ONE])
    assert vault.open(vault.seal(text)) == text


def test_sealed_text_shows_nothing_and_differs_each_time() -> None:
    vault = Vault([ONE])
    first, second = vault.seal("nmv_usr_secret"), vault.seal("nmv_usr_secret")
    assert first != second
    assert "secret" not in first
    assert b"secret" not in base64.urlsafe_b64decode(first)


def test_the_first_key_seals_and_all_keys_open() -> None:
    old, both = Vault([ONE]), Vault([TWO, ONE])
    assert both.open(old.seal("token")) == "token"
    assert Vault([TWO]).open(both.seal("token")) == "token"
    with pytest.raises(WrongKey):
        old.open(both.seal("token"))


@pytest.mark.parametrize(
    "sealed", ["", "rubbish", "gAAAAA==", "ü", "nmv_usr_plain_text_from_before"]
)
def test_text_that_was_never_sealed_is_a_wrong_key(sealed: str) -> None:
    with pytest.raises(WrongKey):
        Vault([ONE]).open(sealed)


def test_a_changed_byte_is_noticed() -> None:
    sealed = Vault([ONE]).seal("token")
    changed = sealed[:30] + ("A" if sealed[30] != "A" else "B") + sealed[31:]
    with pytest.raises(WrongKey):
        Vault([ONE]).open(changed)


@pytest.mark.parametrize("keys", [[], [b"short"], [ONE, b""]])
def test_a_vault_without_proper_keys_is_refused(keys: list[bytes]) -> None:
    with pytest.raises(WrongKey):
        Vault(keys)


def test_neither_keys_nor_text_show_in_words_about_the_vault() -> None:
    vault = Vault([ONE, TWO])
    assert repr(vault) == str(vault) == "Vault(2 keys)"
    with pytest.raises(WrongKey) as wrong:
        vault.open("nmv_usr_plain")
    assert "nmv" not in str(wrong.value)


def test_a_sentence_from_the_environment_leads_to_the_same_key_each_time(tmp_path: Path) -> None:
    sealed = load("a long random sentence", tmp_path / "key").seal("token")
    assert load(" a long random sentence ", tmp_path / "key").open(sealed) == "token"
    assert not (tmp_path / "key").exists()
    with pytest.raises(WrongKey):
        load("another sentence", tmp_path / "key").open(sealed)


def test_sentences_rotate_with_the_newest_first(tmp_path: Path) -> None:
    old = load("old", tmp_path / "key").seal("token")
    vault = load("new, old,", tmp_path / "key")
    assert vault.open(old) == "token"
    assert load("new", tmp_path / "key").open(vault.seal("token")) == "token"


def test_without_a_sentence_a_private_file_is_made_once(tmp_path: Path) -> None:
    file = tmp_path / "data" / "key"
    sealed = load(None, file).seal("token")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.name for entry in file.parent.iterdir()] == ["key"]
    assert load("", file).open(sealed) == "token"


def test_moving_from_the_file_to_a_sentence_opens_what_was_sealed_before(tmp_path: Path) -> None:
    sealed = load(None, tmp_path / "key").seal("token")
    vault = load("a sentence", tmp_path / "key")
    assert vault.open(sealed) == "token"
    with pytest.raises(WrongKey):
        load(None, tmp_path / "key").open(vault.seal("token"))


def test_a_file_that_others_may_read_is_closed_to_them(tmp_path: Path) -> None:
    load(None, tmp_path / "key")
    (tmp_path / "key").chmod(0o644)
    load(None, tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"\n", b"rubbish!\n", b"c2hvcnQ=\n"])
def test_a_file_without_a_key_stops_the_start_instead_of_being_replaced(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(WrongKey):
        load(None, tmp_path / "key")
    assert (tmp_path / "key").read_bytes() == content


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    vaults: list[Vault] = []
    together = threading.Barrier(8)

    def start() -> None:
        together.wait()
        vaults.append(load(None, tmp_path / "key"))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {vault.open(vaults[0].seal("token")) for vault in vaults} == {"token"}


def _folder(file: Path) -> None:
    file.mkdir()


def _pipe(file: Path) -> None:
    os.mkfifo(file)


def _link_to_nowhere(file: Path) -> None:
    file.symlink_to(file.parent / "none" / "key")


def _empty(file: Path) -> None:
    file.touch()


def _short(file: Path) -> None:
    file.write_text("YWJj\n")


@pytest.mark.parametrize("made", [_folder, _pipe, _link_to_nowhere, _empty, _short])
@pytest.mark.parametrize("secret", [None, "a sentence"])
def test_whatever_stands_in_place_of_the_key_is_named(
    tmp_path: Path, made: Callable[[Path], None], secret: str | None
) -> None:
    made(tmp_path / "secrets.key")
    with pytest.raises(WrongKey) as refusal:
        load(secret, tmp_path / "secrets.key")
    assert str(refusal.value).startswith(str(tmp_path / "secrets.key"))


def test_a_key_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WrongKey, match="a file stands where a folder is needed"):
        load(None, tmp_path / "file" / "secrets.key")
