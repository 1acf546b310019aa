"""Files are written whole or not at all."""

import os
import resource
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.files import write_file


def test_a_file_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in path.parent.iterdir()] == ["b.txt"]


def test_a_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(UsageError, match=r"a\.txt` cannot be written: File too large"):
            write_file(path, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("path", ["/proc/none/report", "/dev/null/report"])
def test_a_place_that_cannot_be_written_is_wrong_usage(path: str) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(Path(path), b"new")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written: Is a directory"):
        write_file(tmp_path, b"new")


def test_a_device_stays_a_device() -> None:
    write_file(Path(os.devnull), b"new")
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("to", ["real.txt", "nowhere.txt", "loop.txt"])
def test_a_link_is_not_written_through(tmp_path: Path, to: str) -> None:
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "loop.txt").symlink_to("link.txt")
    (tmp_path / "link.txt").symlink_to(to)
    with pytest.raises(UsageError, match=r"link\.txt` cannot be written: `.*link\.txt` is a link"):
        write_file(tmp_path / "link.txt", b"new")
    assert (tmp_path / "real.txt").read_bytes() == b"old"
    assert not (tmp_path / "nowhere.txt").exists()
