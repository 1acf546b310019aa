"""Which submissions a folder, a list or paths hold, and what each is called."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.batch.incoming import Found, Incoming, find_submissions, read_incoming, refuse_among
from grader.errors import UsageError
from grader.submission import Source, UnreadableError

Files = Callable[..., Path]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Makes files in a folder; a name that ends in `/` is a folder."""

    def files(*names: str) -> Path:
        for name in names:
            path = tmp_path / "in" / name
            if name.endswith("/"):
                path.mkdir(parents=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("x = 1\n", "utf-8")
        return tmp_path / "in"

    return files


def names(found: Found) -> list[str]:
    return [one.name for one in found.submissions]


class TestFolder:
    def test_each_entry_is_one_submission_named_without_its_suffix(self, files: Files) -> None:
        folder = files("carol.py", "bob.ipynb", "alice.tar.gz", "dan.zip", "eve.v2/", "frank.rar", "Ünal.py")
        assert names(find_submissions([folder])) == [
            "alice",
            "bob",
            "carol",
            "dan",
            "eve.v2",
            "frank",
            "Ünal",
        ]

    def test_hidden_files_are_skipped_and_others_are_told(self, files: Files) -> None:
        found = find_submissions([files("a.py", ".hidden.py", ".git/", "notes.md")])
        assert (names(found), found.passed_over) == (["a"], ("notes.md",))

    def test_two_of_one_name_are_refused(self, files: Files) -> None:
        with pytest.raises(UsageError, match=r"a\.ipynb` and `.*a\.py` would both be called `a`"):
            find_submissions([files("a.py", "a.ipynb")])

    def test_one_without_a_submission_is_refused(self, files: Files) -> None:
        with pytest.raises(UsageError, match="there is no submission in"):
            find_submissions([files("notes.md")])

    def test_one_that_is_a_link_is_refused(self, files: Files, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(files("a.py"))
        with pytest.raises(UsageError, match="is a link; give"):
            find_submissions([tmp_path / "link"])


class TestPaths:
    def test_an_archive_is_one_submission(self, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(files("a.zip"))
        assert names(find_submissions([Path("a.zip")])) == ["a"]

    def test_several_are_one_submission_each_folders_too(
        self, files: Files, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(files("week1/a.py", "b/main.py"))
        assert names(find_submissions([Path("week1/a.py"), Path("b")])) == ["b", "week1/a"]

    def test_a_name_does_not_lead_out_of_the_reports(
        self, files: Files, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = files("a.py", "b/")
        monkeypatch.chdir(folder / "b")
        found = find_submissions([Path("../a.py"), folder / "a.py"])
        assert names(found) == ["a", "/".join((*folder.parts[1:], "a"))]

    def test_one_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"there is nothing at `.*nowhere\.py`"):
            find_submissions([tmp_path / "nowhere.py"])


class TestList:
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_it_has_a_path_a_line_from_its_own_folder(self, files: Files, end: str, mark: str) -> None:
        folder = files("week1/a.py", "week1/b.py", "ü n.py")
        lines = [f"{mark}# the first week", "week1/b.py", "", "  week1/a.py", "ü n.py"]
        (folder / "list.txt").write_bytes(end.join(lines).encode("utf-8"))
        found = find_submissions([folder / "list.txt"])
        assert [(one.name, one.path.relative_to(folder)) for one in found.submissions] == [
            ("week1/a", Path("week1/a.py")),
            ("week1/b", Path("week1/b.py")),
            ("ü n", Path("ü n.py")),
        ]

    def test_all_that_is_missing_is_told_at_once(self, files: Files) -> None:
        folder = files("a.py")
        (folder / "list.txt").write_text("a.py\n" + "".join(f"{i}.py\n" for i in range(7)), "utf-8")
        with pytest.raises(UsageError, match=r"nothing at .*0\.py`.*4\.py` and 2 more"):
            find_submissions([folder / "list.txt"])

    @pytest.mark.parametrize(("data", "told"), [(b"\xff", "not UTF-8"), (b"", "no submission")])
    def test_one_that_is_no_list_is_refused(self, files: Files, data: bytes, told: str) -> None:
        folder = files("a.py")
        (folder / "list.txt").write_bytes(data)
        with pytest.raises(UsageError, match=told):
            find_submissions([folder / "list.txt"])


class TestReading:
    def test_a_link_is_the_submissions_own_fault(self, files: Files) -> None:
        folder = files("a.py")
        (folder / "b.py").symlink_to("/etc/passwd")
        (folder / "c.py").symlink_to("/nowhere")
        found = find_submissions([folder])
        told = [str(read_incoming(one, "toolbox", ())) for one in found.submissions[1:]]
        assert told == [f"`{name}.py` is a link. Hand in what it points to." for name in "bc"]

    def test_one_that_has_gone_meanwhile_is_unreadable(self, tmp_path: Path) -> None:
        source = read_incoming(Incoming("a", tmp_path / "a.py"), "toolbox", ())
        assert isinstance(source, UnreadableError)

    def test_code_is_read_and_an_empty_folder_holds_nothing(self, files: Files) -> None:
        a, b = find_submissions([files("a.py", "b/")]).submissions
        assert read_incoming(a, "toolbox", ()) == Source("x = 1\n", "a.py")
        assert read_incoming(b, "toolbox", ()) is None


@pytest.mark.parametrize("out", ["in", "in/out", "in/b/deep"])
def test_results_are_not_written_among_the_submissions(files: Files, tmp_path: Path, out: str) -> None:
    folder = files("a.py")
    with pytest.raises(UsageError, match="among the submissions"):
        refuse_among(tmp_path / out, [folder])
    refuse_among(tmp_path / "beside", [folder])
