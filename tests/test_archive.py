"""Submissions in archives: packed by every common tool, by careless hands, and to do harm."""

import bz2
import gzip
import io
import json
import lzma
import os
import random
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import archive
from grader.archive import MAX_ENTRIES, MAX_UNPACKED, ArchiveError, read_members
from grader.errors import UsageError
from grader.submission import MAX_ARCHIVE, MAX_SOURCE, Source, UnreadableError, read_submission

CODE = b"def f(x):\n    return x\n"
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": "a = 1\nb = 2"}]}).encode()
SUFFIXES = [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"]
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".tar": bytes,
    ".tar.gz": partial(gzip.compress, mtime=0),
    ".tgz": partial(gzip.compress, mtime=0),
    ".tar.bz2": bz2.compress,
    ".tar.xz": lzma.compress,
}

Files = list[tuple[str, bytes]]


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as packed:
        for name, content in files:
            info = zipfile.ZipInfo("x")
            # Set later, since ZipInfo mends names.
            info.filename = name
            info.compress_type = method
            packed.writestr(info, content)
    return stream.getvalue()


def tarred(files: Files, form: int = tarfile.PAX_FORMAT) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form) as packed:
        for name, content in files:
            header = tarfile.TarInfo(name)
            header.size = len(content)
            packed.addfile(header, io.BytesIO(content))
    return stream.getvalue()


def special(kind: bytes, name: str = "viterbi.py", link: str = "", content: bytes = b"") -> bytes:
    """A header as tarfile would not write it, and what follows it."""
    header = tarfile.TarInfo(name)
    header.type, header.linkname, header.size = kind, link, len(content)
    return header.tobuf(tarfile.GNU_FORMAT) + content + b"\0" * (-len(content) % 512)


def packed(suffix: str, files: Files) -> bytes:
    return zipped(files) if suffix == ".zip" else PACKERS[suffix](tarred(files))


def read(folder: Path, name: str, data: bytes, exercise: str = "viterbi") -> Source | None:
    path = folder / name
    path.write_bytes(data)
    return read_submission(path, exercise, others=["max_pool", "viterbi"])


def text_of(source: Source | None) -> str:
    assert source is not None
    return source.text


@pytest.mark.parametrize("suffix", SUFFIXES)
class TestEveryKind:
    def test_the_only_file_is_the_submission(self, tmp_path: Path, suffix: str) -> None:
        source = read(tmp_path, f"Hand in{suffix}", packed(suffix, [("main.py", CODE)]))
        assert source == Source(CODE.decode(), "main.py")

    def test_the_case_of_the_suffix_does_not_matter(self, tmp_path: Path, suffix: str) -> None:
        source = read(tmp_path, f"A{suffix.upper()}", packed(suffix, [("main.py", CODE)]))
        assert text_of(source) == CODE.decode()

    def test_the_exercises_own_name_wins(self, tmp_path: Path, suffix: str) -> None:
        files = [("a.py", b""), ("viterbi.ipynb", NOTEBOOK), ("viterbi.py", CODE), ("z.py", b"")]
        assert text_of(read(tmp_path, f"a{suffix}", packed(suffix, files))) == CODE.decode()

    def test_an_archive_without_code_holds_nothing(self, tmp_path: Path, suffix: str) -> None:
        assert read(tmp_path, f"a{suffix}", packed(suffix, [])) is None
        assert read(tmp_path, f"a{suffix}", packed(suffix, [("readme.md", b"hello")])) is None

    def test_byte_order_mark_and_windows_line_ends_do_no_harm(self, tmp_path: Path, suffix: str) -> None:
        content = b"\xef\xbb\xbf" + CODE.replace(b"\n", b"\r\n")
        assert text_of(read(tmp_path, f"a{suffix}", packed(suffix, [("a.py", content)]))) == CODE.decode()

    def test_a_notebook_keeps_its_cells(self, tmp_path: Path, suffix: str) -> None:
        source = read(tmp_path, f"a{suffix}", packed(suffix, [("work.ipynb", NOTEBOOK)]))
        assert source is not None
        assert source.name == "work.ipynb"
        assert source.place(2) == "cell 1, line 2"

    def test_two_files_of_one_name_are_refused(self, tmp_path: Path, suffix: str) -> None:
        files = [("hw/viterbi.py", CODE), ("hw/./viterbi.py", b"")]
        with pytest.raises(UnreadableError, match=r"`a\..*` holds `hw/viterbi\.py` more than once"):
            read(tmp_path, f"a{suffix}", packed(suffix, files))

    def test_a_thousand_entries_are_enough(self, tmp_path: Path, suffix: str) -> None:
        files = [(f"{number}.txt", b"") for number in range(MAX_ENTRIES - 1)] + [("viterbi.py", CODE)]
        assert text_of(read(tmp_path, f"a{suffix}", packed(suffix, files))) == CODE.decode()
        with pytest.raises(UnreadableError, match="holds more than 1,000 entries"):
            read(tmp_path, f"a{suffix}", packed(suffix, [*files, ("more.txt", b"")]))

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"#" * (MAX_SOURCE + 1), "larger than 256 KiB"),
            (b"x = '\xe9'", "not UTF-8 text"),
            (b"x = 1\0", "NUL bytes"),
        ],
    )
    def test_what_is_no_source_text_is_told_as_outside(
        self, tmp_path: Path, suffix: str, content: bytes, told: str
    ) -> None:
        with pytest.raises(UnreadableError, match=rf"^`main\.py` .*{told}"):
            read(tmp_path, f"a{suffix}", packed(suffix, [("hw/main.py", content)]))

    def test_the_suffix_must_tell_the_truth(self, tmp_path: Path, suffix: str) -> None:
        for other in SUFFIXES:
            if suffix.replace("tgz", "tar.gz") == other.replace("tgz", "tar.gz"):
                continue
            with pytest.raises(UnreadableError, match=rf"not a `\{suffix}` archive\. Pack it again"):
                read(tmp_path, f"a{suffix}", packed(other, [("main.py", CODE)]))

    @pytest.mark.parametrize("data", [b"", b"PK", b"hello" * 1000, random.Random(0).randbytes(2000)])
    def test_what_is_no_archive_is_told_kindly(self, tmp_path: Path, suffix: str, data: bytes) -> None:
        with pytest.raises(UnreadableError, match="is damaged, or not"):
            read(tmp_path, f"a{suffix}", data)

    def test_a_cut_archive_is_never_taken_for_a_whole_one(self, tmp_path: Path, suffix: str) -> None:
        files = [("hw/notes.txt", bytes(range(256)) * 5), ("hw/viterbi.py", CODE)]
        data = packed(suffix, files)
        end = len(tarred(files).rstrip(b"\0")) if suffix == ".tar" else len(data)
        for length in range(0, end, max(1, end // 300)):
            with pytest.raises(UnreadableError):
                read(tmp_path, f"a{suffix}", data[:length])

    def test_nothing_is_written(self, tmp_path: Path, suffix: str) -> None:
        read(tmp_path, f"a{suffix}", packed(suffix, [("hw/viterbi.py", CODE), ("../x.txt", b"x")]))
        assert [path.name for path in tmp_path.iterdir()] == [f"a{suffix}"]


class TestPlaces:
    @pytest.mark.parametrize(
        "names",
        [
            ["hw1/viterbi.py"],
            ["a/b/c/viterbi.py", "a/b/c/data.npz"],
            ["hw1/viterbi.py", "hw1/tests/test_it.py", "hw1/tests/viterbi.py"],
            ["viterbi.py", "__MACOSX/._viterbi.py", "__MACOSX/notes.py", ".DS_Store", "._viterbi.py"],
            ["hw1/viterbi.py", "hw1/.ipynb_checkpoints/viterbi-checkpoint.ipynb"],
            ["hw1/viterbi.py", "hw1/__pycache__/viterbi.cpython-311.pyc", "__pycache__/a.py"],
            ["hw1/viterbi.py", ".git/hooks/sample.py", ".vscode/run.py"],
            ["max_pool.py", "more/viterbi.py"],
            ["./viterbi.py"],
            ["hw1\\viterbi.py", "hw1\\notes.txt"],
            ["viterbi.py", "VITERBI.PY"],
            ["viterbi.py", "Viterbi.py"],
        ],
    )
    def test_the_file_is_found_where_it_lies(self, tmp_path: Path, names: list[str]) -> None:
        files = [(name, CODE if "viterbi.py" in name else b"other = 1") for name in names]
        for suffix in (".zip", ".tar"):
            source = read(tmp_path, f"a{suffix}", packed(suffix, files))
            assert source == Source(CODE.decode(), "viterbi.py")

    @pytest.mark.parametrize(
        "name",
        [
            "../viterbi.py",
            "hw/../viterbi.py",
            "..\\viterbi.py",
            "/viterbi.py",
            "\\viterbi.py",
            "//host/viterbi.py",
            ".hidden/viterbi.py",
            "__MACOSX/viterbi.py",
            "x" * 2000 + "/viterbi.py",
            "VITERBI.PY",
            "viterbi.py.txt",
            "viterbi.py/",
            "max_pool.py",
        ],
    )
    def test_what_is_no_candidate_is_passed_over(self, tmp_path: Path, name: str) -> None:
        for suffix in (".zip", ".tar"):
            if suffix == ".tar" and name.endswith("/"):
                continue
            assert read(tmp_path, f"a{suffix}", packed(suffix, [(name, CODE)])) is None

    def test_a_name_with_a_nul_is_not_cut_at_it(self, tmp_path: Path) -> None:
        data = zipped([("viterbi.py_.txt", CODE)]).replace(b"viterbi.py_", b"viterbi.py\0")
        assert read(tmp_path, "a.zip", data) is None

    def test_several_candidates_are_named_with_their_places(self, tmp_path: Path) -> None:
        data = zipped([("b/viterbi.py", CODE), ("a/viterbi.py", CODE), ("a/notes.py", b"")])
        with pytest.raises(UnreadableError, match=r"`a/viterbi\.py`, `b/viterbi\.py`\. Which one is it\?"):
            read(tmp_path, "a.zip", data)

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("a\x1b[31m\nb.py", r"a\x1b[31m\nb.py"),
            ("a\u202eb.py", r"a\u202eb.py"),
            ("\x7fü.py", r"\x7fü.py"),
        ],
    )
    def test_a_name_cannot_steer_the_terminal(self, tmp_path: Path, name: str, shown: str) -> None:
        for suffix in (".zip", ".tar"):
            source = read(tmp_path, f"a{suffix}", packed(suffix, [(name, CODE)]))
            assert source is not None
            assert source.name == shown
            with pytest.raises(UnreadableError) as caught:
                read(tmp_path, f"a{suffix}", packed(suffix, [(name, CODE), ("other.py", b"")]))
            assert str(caught.value).isprintable()

    def test_a_name_that_is_no_utf8_is_shown_all_the_same(self, tmp_path: Path) -> None:
        source = read(tmp_path, "a.tar", tarred([("\udcff.py", CODE)], tarfile.GNU_FORMAT))
        assert source is not None
        assert source.name == r"\udcff.py"


class TestThePathItself:
    def test_a_link_to_an_archive_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "secret.zip").write_bytes(zipped([("a.py", CODE)]))
        (tmp_path / "a.zip").symlink_to(tmp_path / "secret.zip")
        with pytest.raises(UsageError, match="link"):
            read_submission(tmp_path / "a.zip", "f")

    def test_a_pipe_is_refused_at_once(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.tar.gz")
        with pytest.raises(UsageError, match="not a regular file"):
            read_submission(tmp_path / "a.tar.gz", "f")

    def test_a_folder_is_a_folder_whatever_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "a.zip").mkdir()
        (tmp_path / "a.zip" / "main.py").write_bytes(CODE)
        assert text_of(read_submission(tmp_path / "a.zip", "f")) == CODE.decode()

    @pytest.mark.parametrize("name", ["a.7z", "a.RAR", "a.gz", "viterbi.py.gz", "a.bz2", "a.xz", "a.tar.zst"])
    def test_other_kinds_are_wrong_usage_and_the_right_ones_are_named(
        self, tmp_path: Path, name: str
    ) -> None:
        with pytest.raises(UsageError, match=r"not read \(`\.zip`, `\.tar`, `\.tar\.gz`, `\.tgz`"):
            read(tmp_path, name, b"")

    def test_an_archive_beyond_the_limit_is_not_read_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        with path.open("wb") as file:
            file.truncate(MAX_ARCHIVE * 100)  # a hole, which takes no room
        with pytest.raises(UnreadableError, match=r"`a\.zip` is larger than 8192 KiB"):
            read_submission(path, "f")


class TestZip:
    def test_files_that_are_only_stored_are_read(self, tmp_path: Path) -> None:
        source = read(tmp_path, "a.zip", zipped([("a.py", CODE)], zipfile.ZIP_STORED))
        assert text_of(source) == CODE.decode()

    def test_a_bomb_is_not_unpacked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        data = zipped([("viterbi.py", b"\0" * 100 * 2**20)])
        given: list[int] = []
        whole = zipfile.ZipExtFile._read1  # type: ignore[attr-defined]

        def counting(file: zipfile.ZipExtFile, size: int) -> bytes:
            part: bytes = whole(file, size)
            given.append(len(part))
            return part

        monkeypatch.setattr(zipfile.ZipExtFile, "_read1", counting)
        with pytest.raises(UnreadableError, match="larger than 256 KiB"):
            read(tmp_path, "a.zip", data)
        assert 0 < sum(given) <= 2 * MAX_SOURCE

    @pytest.mark.parametrize("declared", [0, 1, 10, 2**31])
    def test_the_declared_size_is_not_believed(self, tmp_path: Path, declared: int) -> None:
        data = bytearray(zipped([("viterbi.py", b"#" * 2**20)]))
        at = data.rindex(b"PK\1\2")
        struct.pack_into("<L", data, at + 24, declared)
        with pytest.raises(UnreadableError):
            read(tmp_path, "a.zip", bytes(data))

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_rare_compression_is_told_kindly(self, tmp_path: Path, method: int) -> None:
        with pytest.raises(UnreadableError, match=r"`a\.zip` is compressed in a rare way"):
            read(tmp_path, "a.zip", zipped([("a.py", CODE)], method))

    def test_compression_unknown_to_python_is_told_kindly(self, tmp_path: Path) -> None:
        data = bytearray(zipped([("a.py", CODE)]))
        struct.pack_into("<H", data, data.rindex(b"PK\1\2") + 10, 93)
        with pytest.raises(UnreadableError, match="compressed in a rare way"):
            read(tmp_path, "a.zip", bytes(data))

    @pytest.mark.parametrize("flags", [0x1, 0x41])
    def test_a_password_is_told_kindly(self, tmp_path: Path, flags: int) -> None:
        data = bytearray(zipped([("a.py", CODE)]))
        struct.pack_into("<H", data, data.rindex(b"PK\1\2") + 8, flags)
        with pytest.raises(UnreadableError, match=r"`a\.zip` is protected by a password"):
            read(tmp_path, "a.zip", bytes(data))

    @pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR, stat.S_IFSOCK])
    def test_only_regular_files_are_candidates(self, tmp_path: Path, kind: int) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as made:
            info = zipfile.ZipInfo("viterbi.py")
            info.external_attr = (kind | 0o777) << 16
            made.writestr(info, "/etc/passwd")
        assert read(tmp_path, "a.zip", stream.getvalue()) is None

    def test_a_changed_byte_in_the_code_is_noticed(self, tmp_path: Path) -> None:
        data = zipped([("a.py", CODE)], zipfile.ZIP_STORED).replace(b"return x", b"return y")
        with pytest.raises(UnreadableError, match="is damaged"):
            read(tmp_path, "a.zip", data)

    def test_entries_by_the_hundred_thousand_are_refused_before_they_are_listed(self, tmp_path: Path) -> None:
        entry = struct.pack("<4s42x", b"PK\1\2")
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(entry) * 150_000, 0, 0)
        with pytest.raises(UnreadableError, match="more than 1,000 entries"):
            read(tmp_path, "a.zip", entry * 150_000 + end)


class TestTar:
    @pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
    @pytest.mark.parametrize(
        "name", ["viterbi.py", f"{'folder' * 15}/{'x' * 80}/viterbi.py", f"{'ü' * 60}/viterbi.py"]
    )
    def test_every_dialect_is_read(self, tmp_path: Path, form: int, name: str) -> None:
        source = read(tmp_path, "a.tar", tarred([("x.txt", b"x" * 700), (name, CODE)], form))
        assert source == Source(CODE.decode(), "viterbi.py")

    @pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
    def test_a_very_long_name_is_read(self, form: int) -> None:
        name = "/".join(["some folder"] * 40) + "/viterbi.py"
        members = read_members(tarred([(name, CODE), ("b.py", b"")], form), "a.tar")
        assert [str(path) for path in members] == [name, "b.py"]
        assert next(iter(members.values()))(3) == CODE[:3]

    @pytest.mark.parametrize(
        "kind",
        [
            tarfile.SYMTYPE,
            tarfile.LNKTYPE,
            tarfile.CHRTYPE,
            tarfile.BLKTYPE,
            tarfile.FIFOTYPE,
            tarfile.DIRTYPE,
        ],
    )
    def test_only_regular_files_are_candidates(self, tmp_path: Path, kind: bytes) -> None:
        data = special(kind, link="/etc/passwd") + tarred([("more/main.py", CODE)])
        source = read(tmp_path, "a.tar", data)
        assert source == Source(CODE.decode(), "main.py")

    def test_a_link_and_a_file_of_one_name_are_refused(self, tmp_path: Path) -> None:
        data = special(tarfile.SYMTYPE, link="/etc/passwd") + tarred([("viterbi.py", CODE)])
        with pytest.raises(UnreadableError, match="more than once"):
            read(tmp_path, "a.tar", data)

    def test_a_folder_may_be_listed_twice(self, tmp_path: Path) -> None:
        data = special(tarfile.DIRTYPE, "hw/") * 2 + tarred([("hw/viterbi.py", CODE)])
        assert text_of(read(tmp_path, "a.tar", data)) == CODE.decode()

    @pytest.mark.parametrize("suffix", [".tar.gz", ".tar.bz2", ".tar.xz"])
    def test_a_bomb_is_not_unpacked(self, tmp_path: Path, suffix: str) -> None:
        data = PACKERS[suffix](b"\0" * 100 * 2**20)
        with pytest.raises(UnreadableError, match=rf"`a\{suffix}` unpacks to more than 64 MiB"):
            read(tmp_path, f"a{suffix}", data)

    @pytest.mark.parametrize("suffix", [".tar.gz", ".tar.bz2", ".tar.xz"])
    def test_the_stream_is_stopped_at_its_limit(self, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = tarred([("viterbi.py", CODE)])
        monkeypatch.setattr(archive, "MAX_UNPACKED", len(whole))
        assert read_members(PACKERS[suffix](whole), f"a{suffix}")
        monkeypatch.setattr(archive, "MAX_UNPACKED", len(whole) - 1)
        with pytest.raises(ArchiveError, match="unpacks to more"):
            read_members(PACKERS[suffix](whole), f"a{suffix}")

    def test_a_stream_that_asks_for_gigabytes_is_refused(self, tmp_path: Path) -> None:
        filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 2**20}]
        data = bytearray(lzma.compress(tarred([("viterbi.py", CODE)]), filters=filters))
        assert text_of(read(tmp_path, "a.tar.xz", bytes(data))) == CODE.decode()
        # A block's header: its size, flags, filter, length of properties, size of dictionary, padding, CRC.
        assert data[14:16] == b"\x21\x01"
        data[16] = 40
        head = bytes(data[12 : 12 + (data[12] + 1) * 4 - 4])
        struct.pack_into("<L", data, 12 + len(head), zlib.crc32(head))
        with pytest.raises(UnreadableError, match="is damaged, or not"):
            read(tmp_path, "a.tar.xz", bytes(data))

    def test_padding_after_the_stream_does_no_harm_and_rubbish_is_noticed(self, tmp_path: Path) -> None:
        data = gzip.compress(tarred([("viterbi.py", CODE)]))
        assert text_of(read(tmp_path, "a.tgz", data + b"\0" * 512)) == CODE.decode()
        with pytest.raises(UnreadableError):
            read(tmp_path, "a.tgz", data + b"rubbish")

    @pytest.mark.parametrize(
        "data",
        [
            special(tarfile.XHDTYPE, content=b"1" * 2**20),
            special(tarfile.XHDTYPE, content=b"1 a\n" * 10),
            special(tarfile.XHDTYPE, content=b"-9 path=x\n"),
            special(tarfile.XHDTYPE, content=b"0 path=x\n"),
            special(tarfile.XHDTYPE, content="² path=x\n".encode()),
            special(tarfile.XHDTYPE, content=b"path=x\n"),
        ],
        ids=["digits", "short", "negative", "zero", "superscript", "no length"],
    )
    def test_a_broken_header_is_refused_at_once(self, tmp_path: Path, data: bytes) -> None:
        with pytest.raises(UnreadableError, match="is damaged"):
            read(tmp_path, "a.tar", data + tarred([("viterbi.py", CODE)]))

    @pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
    def test_ten_thousand_headers_for_one_file_overflow_nothing(self, tmp_path: Path, kind: bytes) -> None:
        data = special(kind, content=b"") * 10_000 + tarred([("viterbi.py", CODE)])
        assert text_of(read(tmp_path, "a.tar", data)) == CODE.decode()

    @pytest.mark.parametrize("size", [-1, -512, -1024, 2**40, MAX_UNPACKED])
    def test_a_size_that_cannot_be_is_refused_at_once(self, tmp_path: Path, size: int) -> None:
        header = tarfile.TarInfo("viterbi.py")
        header.size = size
        data = header.tobuf(tarfile.GNU_FORMAT) + b"\0" * 2048
        with pytest.raises(UnreadableError, match="is damaged"):
            read(tmp_path, "a.tar", data)


FILES: Files = [("hw/viterbi.py", CODE), ("hw/work.ipynb", NOTEBOOK), ("n" * 90 + "/" + "n" * 90, b"x" * 99)]


class TestFuzzed:
    """Whatever the bytes, they make a source, nothing, or one of our sentences."""

    def survives(self, suffix: str, data: bytes) -> None:
        told = f"`a{suffix}` told"
        try:
            members = read_members(data, f"a{suffix}")
            parts = [member(50) for member in members.values()]
        except ArchiveError as error:
            parts, told = [], str(error)
        assert all(len(part) <= 50 for part in parts)
        assert told.startswith(f"`a{suffix}` ")
        assert told.isprintable()

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_cut_anywhere(self, suffix: str) -> None:
        data = packed(suffix, FILES)
        for length in range(0, len(data), 1 if len(data) < 2000 else 7):
            self.survives(suffix, data[:length])

    @pytest.mark.parametrize("suffix", SUFFIXES)
    @given(st.data())
    def test_with_bytes_changed(self, suffix: str, data: st.DataObject) -> None:
        whole = bytearray(packed(suffix, FILES))
        places = st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255))
        for place, value in data.draw(st.lists(places, min_size=1, max_size=8)):
            whole[place] = value
        self.survives(suffix, bytes(whole))

    @pytest.mark.parametrize("suffix", [".tar.gz", ".tar.bz2", ".tar.xz"])
    @settings(max_examples=100)
    @given(st.binary(max_size=2000))
    def test_with_rubbish_well_packed(self, suffix: str, data: bytes) -> None:
        self.survives(suffix, PACKERS[suffix](data))

    @settings(max_examples=300)
    @given(st.data())
    def test_with_tar_headers_whose_sums_are_right(self, data: st.DataObject) -> None:
        whole = bytearray(tarred(FILES, data.draw(st.sampled_from([0, 1, 2]))))
        for place, value in data.draw(
            st.lists(st.tuples(st.integers(0, 511), st.integers(0, 255)), max_size=6)
        ):
            whole[place] = value
        whole[148:156] = b" " * 8
        whole[148:156] = b"%06o\0 " % sum(whole[:512])
        self.survives(".tar", bytes(whole))

    @settings(max_examples=200)
    @given(st.data())
    def test_with_a_zip_directory_changed(self, data: st.DataObject) -> None:
        whole = bytearray(zipped(FILES))
        start = whole.index(b"PK\1\2")
        places = st.tuples(st.integers(start, len(whole) - 1), st.integers(0, 255))
        for place, value in data.draw(st.lists(places, min_size=1, max_size=4)):
            whole[place] = value
        self.survives(".zip", bytes(whole))
