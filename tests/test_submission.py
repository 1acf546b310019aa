"""What students hand in: files, notebooks and folders, well formed or not."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from grader import submission
from grader.errors import UsageError
from grader.submission import MAX_SOURCE, Source, UnreadableError, read_source, read_submission

CODE = "def f(x):\n    return x\n"


def notebook(*cells: str | dict[str, Any]) -> str:
    tree = [
        cell if isinstance(cell, dict) else {"cell_type": "code", "source": cell.splitlines(keepends=True)}
        for cell in cells
    ]
    return json.dumps({"cells": tree, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def read(folder: Path, name: str, content: str | bytes) -> Source:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_source(path)


def names_of(source: Source) -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    exec(compile(source.text, "nb", "exec"), namespace)
    return namespace


class TestFiles:
    def test_a_file_may_have_any_name(self, tmp_path: Path) -> None:
        path = tmp_path / "my answer ü.py"
        path.write_text(CODE, "utf-8")
        source = read_submission(path, "softmax_loss")
        assert source is not None
        assert source.text == CODE

    @pytest.mark.parametrize(
        "content", [b"\xef\xbb\xbf" + CODE.encode(), CODE.replace("\n", "\r\n").encode()]
    )
    def test_byte_order_mark_and_windows_line_ends_do_no_harm(self, tmp_path: Path, content: bytes) -> None:
        assert read(tmp_path, "a.py", content).text == CODE

    def test_an_empty_file_is_a_submission_without_functions(self, tmp_path: Path) -> None:
        assert read(tmp_path, "a.py", "").text == ""

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"x = 1\ny = '\xe9'\n", "not UTF-8 text (line 2)"),
            (CODE.encode("utf-16"), "not UTF-8 text"),
            (b"x = 1\0", "NUL bytes"),
            (b"#" * (MAX_SOURCE + 1), "larger than 256 KiB"),
        ],
    )
    def test_what_is_no_source_text_is_told_kindly(self, tmp_path: Path, content: bytes, told: str) -> None:
        with pytest.raises(UnreadableError, match=r"^`a\.py` ") as caught:
            read(tmp_path, "a.py", content)
        assert told in str(caught.value)

    def test_ten_megabytes_are_not_read_whole(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableError, match="larger"):
            read(tmp_path, "a.py", b"x = 1\n" * 1_700_000)

    @pytest.mark.parametrize("name", ["missing.py", "missing.zip", "missing.7z"])
    def test_a_missing_file_is_wrong_usage(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UsageError, match="there is nothing at"):
            read_submission(tmp_path / name, "f")

    def test_a_link_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "secret.py").write_text(CODE, "utf-8")
        (tmp_path / "link.py").symlink_to(tmp_path / "secret.py")
        with pytest.raises(UsageError, match="link"):
            read_submission(tmp_path / "link.py", "f")
        with pytest.raises(UsageError, match="link"):
            read_source(tmp_path / "link.py")

    def test_a_pipe_is_refused_at_once(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.py")
        with pytest.raises(UsageError, match="not a regular file"):
            read_submission(tmp_path / "pipe.py", "f")


class TestFolders:
    def test_a_folder_that_becomes_a_link_while_it_is_read_is_read_to_the_end(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, text in (("mine", "a = 1\n"), ("secret", "b = 1\n")):
            (tmp_path / name).mkdir()
            (tmp_path / name / "f.py").write_text(text, "utf-8")
        choose = submission._choice

        def swap(*arguments: Any) -> Any:
            (tmp_path / "mine").rename(tmp_path / "moved")
            (tmp_path / "mine").symlink_to("secret")
            return choose(*arguments)

        monkeypatch.setattr(submission, "_choice", swap)
        source = read_submission(tmp_path / "mine", "f")
        assert source is not None
        assert source.text == "a = 1\n"

    def test_the_exercises_own_name_wins(self, tmp_path: Path) -> None:
        (tmp_path / "viterbi.py").write_text("a = 1\n", "utf-8")
        (tmp_path / "notes.py").write_text("b = 1\n", "utf-8")
        source = read_submission(tmp_path, "viterbi")
        assert source is not None
        assert source.name == "viterbi.py"

    def test_the_only_candidate_is_taken(self, tmp_path: Path) -> None:
        (tmp_path / "main.py").write_text(CODE, "utf-8")
        (tmp_path / "readme.txt").write_text("hello", "utf-8")
        source = read_submission(tmp_path, "viterbi")
        assert source is not None
        assert source.name == "main.py"

    def test_several_candidates_are_all_named(self, tmp_path: Path) -> None:
        for name in ("a.py", "b.ipynb"):
            (tmp_path / name).write_text("", "utf-8")
        with pytest.raises(UnreadableError, match=r"`a\.py`, `b\.ipynb`"):
            read_submission(tmp_path, "viterbi")

    def test_the_file_of_another_exercise_is_no_candidate(self, tmp_path: Path) -> None:
        (tmp_path / "max_pool.py").write_text(CODE, "utf-8")
        assert read_submission(tmp_path, "viterbi", others=["max_pool", "viterbi"]) is None

    def test_an_empty_folder_holds_nothing(self, tmp_path: Path) -> None:
        assert read_submission(tmp_path, "viterbi") is None


class TestNotebooks:
    def test_code_cells_make_the_source(self, tmp_path: Path) -> None:
        text = notebook(
            {"cell_type": "markdown", "source": "# Title"}, "import math", "def f(x):\n    return x"
        )
        source = read(tmp_path, "a.ipynb", text)
        assert names_of(source)["f"](3) == 3
        assert source.place(source.text.splitlines().index("    return x") + 1) == "cell 3, line 2"

    @pytest.mark.parametrize(
        "cell",
        [
            "%matplotlib inline\nimport math",
            "!pip install numpy",
            "files = !ls",
            "when = %timeit -o f(1)",
            "%%bash\nrm -rf nothing",
            "%%html\n<b>bold</b>",
            "f?",
            "?f",
            "if True:\n    %time f(1)",
            "this is no python at all",
            "%%time\ny = 1",
        ],
    )
    def test_magics_do_no_harm(self, tmp_path: Path, cell: str) -> None:
        source = read(tmp_path, "a.ipynb", notebook(cell, "def f(x):\n    return x"))
        assert names_of(source)["f"](3) == 3
        assert "rm -rf" not in source.text

    @pytest.mark.parametrize(
        "cell",
        [
            "(\n" + " " * 200_000 + "(",
            "(\n" + "\n" * 200_000,
            "a" * 200_000 + " =",
            "a." * 100_000 + "(",
            "%%time\n" * 30_000,
        ],
        ids=["spaces", "lines", "name", "dots", "magics"],
    )
    def test_no_cell_takes_long_to_read(self, tmp_path: Path, cell: str) -> None:
        source = read(tmp_path, "a.ipynb", notebook(cell, "def f(x):\n    return x"))
        assert names_of(source)["f"](3) == 3

    def test_too_much_code_is_refused_before_it_is_parsed(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableError, match="more than 256 KiB of code"):
            read(tmp_path, "a.ipynb", notebook("x = 1\n" * 500_000))

    def test_a_remainder_at_the_start_of_a_line_is_no_magic(self, tmp_path: Path) -> None:
        source = read(tmp_path, "a.ipynb", notebook("y = (7\n% 4)"))
        assert names_of(source)["y"] == 3

    def test_a_cell_whose_source_is_one_string_is_read_too(self, tmp_path: Path) -> None:
        text = notebook({"cell_type": "code", "source": "def f(x):\n    return x"})
        assert names_of(read(tmp_path, "a.ipynb", text))["f"](3) == 3

    def test_a_slip_in_a_solution_is_kept_for_its_author_to_see(self, tmp_path: Path) -> None:
        source = read(tmp_path, "a.ipynb", notebook("def f(x:\n    return x"))
        assert "def f(x:" in source.text

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", '{"cells": 3}', '{"cells": [{}]}', "[" * 100_000, "null"]
    )
    def test_what_is_no_notebook_is_told_kindly(self, tmp_path: Path, text: str) -> None:
        with pytest.raises(UnreadableError, match="is not a Jupyter notebook"):
            read(tmp_path, "a.ipynb", text)
