"""A picture that takes long."""

import shutil
from pathlib import Path

import pytest
from PIL import Image


@pytest.fixture(scope="session")
def _slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("slow") / "a.tiff"
    Image.new("RGB", (9000, 9000)).save(path, compression="tiff_deflate")
    return path


@pytest.fixture
def slow(tmp_path: Path, _slow: Path) -> Path:
    """A picture that is small on disk and large once decoded: its process is caught at its work."""
    return Path(shutil.copy(_slow, tmp_path))
