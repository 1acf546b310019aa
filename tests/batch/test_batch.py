"""What a batch writes, keeps, tells and refuses; its work is done in this process."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.batch import work
from grader.cli.mark import mark
from grader.grading import Marker
from grader.model.report import ExerciseReport
from grader.sandbox import probes, process
from grader.submission import Source, UnreadableError
from tests.batch.conftest import BROKEN, Batch
from tests.cli.test_isolation import WALLS

FORMULAS = ("=1+1", "+a", "-b", "@c")


class TestResults:
    def test_the_summary_counts_and_rates(self, batch: Batch) -> None:
        batch.hand_in({"alice.py": batch.reference, "bob.py": BROKEN, "notes.md": ""})
        (batch.submissions / "nothing").mkdir()
        done = batch.run()
        assert "submissions: 3; new results: 3, from the ledger: 0" in done.stdout
        assert "passed over, being no submission:\n  `notes.md`" in done.stdout
        summary = batch.summary()
        assert summary["statuses"] == {"graded": 2, "not_submitted": 1}
        assert (summary["submissions"], summary["passed_over"]) == (3, ["notes.md"])
        toolbox = summary["exercises"][0]
        assert (toolbox["possible"], toolbox["mean"], toolbox["median"]) == (5.5, 5.5 / 3, 0)
        assert toolbox["tests"][1] == {
            "id": "test_double_is_twice_x",
            "title": "`y` is twice `x`, and `total` its sum.",
            "passed": 1,
            "of": 3,
            "rate": 1 / 3,
        }

    def test_a_report_is_what_grade_writes(self, batch: Batch) -> None:
        batch.hand_in({"bob.py": BROKEN})
        batch.run()
        path, alone = str(batch.submissions / "bob.py"), batch.out / "alone.json"
        options = ["--isolation", "process", "--format", "json", "--output", str(alone)]
        CliRunner().invoke(mark, ["toolbox", "--submission", path, *options], standalone_mode=False)
        ours, theirs = batch.report("bob"), json.loads(alone.read_text("utf-8"))
        for tree in (ours, theirs):
            for test in tree["exercises"][0]["tests"]:
                test["seconds"] = 0
        assert ours == theirs

    def test_no_cell_is_a_formula_and_any_name_is_a_file(self, batch: Batch) -> None:
        names = [*FORMULAS, "ä ö 中文", 'quote",comma', "x" * 250]
        (batch.submissions / "README.md").write_text("", "utf-8")
        for name in names:
            (batch.submissions / f"{name}.py").symlink_to("/nowhere")  # quick, and a sentence each
        assert batch.run().code == 0
        text = (batch.out / "scores.csv").read_text("utf-8")
        assert not any(line.startswith(("=", "+", "-", "@")) for line in text.splitlines())
        assert set(batch.scores()) == {*(f"'{name}" for name in FORMULAS), *names[len(FORMULAS) :]}
        assert len(list((batch.out / "reports").iterdir())) == len(names)

    def test_a_message_is_no_formula_either(self, batch: Batch) -> None:
        batch.hand_in({"a.py": "raise ValueError('=1+1')\n", "b.py": "raise ValueError('\\t=1')\n"})
        batch.run()
        for row in batch.scores().values():
            assert not row["message"].startswith(("=", "+", "-", "@", "\t", "\r"))

    def test_a_list_is_marked_from_its_own_folder(self, batch: Batch) -> None:
        batch.hand_in({"one/a.py": batch.reference, "two/a.py": BROKEN})
        (batch.submissions / "list.txt").write_bytes(b"one/a.py\r\n# later\r\ntwo/a.py\r\n")
        assert batch.run(paths=(str(batch.submissions / "list.txt"),)).code == 0
        assert list(batch.scores()) == ["one/a", "two/a"]
        assert batch.report("one/a")["score"]["earned"] == 5.5

    def test_copies_are_marked_once(self, batch: Batch) -> None:
        batch.hand_in({f"{name}/toolbox.py": batch.reference for name in ("a", "b", "c")})
        batch.run()
        with sqlite3.connect(batch.out / "ledger.sqlite") as ledger:
            assert ledger.execute("SELECT count(*) FROM results").fetchone() == (1,)
        ledger.close()
        assert {row["earned"] for row in batch.scores().values()} == {"5.5"}

    def test_several_exercises_make_one_report(self, batch: Batch) -> None:
        add_second_exercise(batch.course)
        batch.hand_in({"alice/toolbox.py": batch.reference, "alice/second.py": BROKEN})
        assert batch.run().code == 0
        report = batch.report("alice")
        assert [(one["id"], one["score"]["earned"]) for one in report["exercises"]] == [
            ("second", 0),
            ("toolbox", 5.5),
        ]
        assert report["score"] == {"earned": 5.5, "possible": 11}
        assert len((batch.out / "scores.csv").read_text("utf-8").splitlines()) == 3

    def test_a_broken_test_is_told_and_exits_with_3(self, batch: Batch) -> None:
        with batch.tests.open("a", encoding="utf-8") as file:
            file.write("\n\ndef test_ours(student):\n    no_such_name\n")
        batch.hand_in({"alice.py": batch.reference})
        done = batch.run("--exit-zero")
        assert done.code == 3
        assert "tests at fault, not the submissions:\n  `test_ours` of `toolbox`" in done.stdout
        assert batch.summary()["broken"] == [{"exercise": "toolbox", "test": "test_ours"}]


class TestLedger:
    def test_what_is_unchanged_is_not_run_twice(self, batch: Batch) -> None:
        batch.hand_in({"alice.py": batch.reference, "bob.py": BROKEN})
        batch.run()
        before = (batch.out / "scores.csv").read_bytes()
        written = (batch.out / "reports/alice.json").stat().st_mtime_ns
        assert "new results: 0, from the ledger: 2" in batch.run().stdout
        assert (batch.out / "scores.csv").read_bytes() == before
        assert (batch.out / "reports/alice.json").stat().st_mtime_ns == written
        batch.hand_in({"bob.py": batch.reference})
        assert "new results: 1, from the ledger: 1" in batch.run().stdout
        assert batch.scores()["bob"]["earned"] == "5.5"

    def test_who_is_no_longer_handed_in_is_no_longer_listed(self, batch: Batch) -> None:
        batch.hand_in({"alice.py": batch.reference, "bob.py": BROKEN})
        batch.run()
        (batch.submissions / "bob.py").unlink()
        batch.run()
        assert list(batch.scores()) == ["alice"]

    def test_again_marks_all_and_reports_what_differs(self, batch: Batch) -> None:
        batch.hand_in({"alice.py": batch.reference, "bob.py": BROKEN})
        batch.run()
        with sqlite3.connect(batch.out / "ledger.sqlite") as ledger:
            changed = "UPDATE results SET earned = '9/2', report = replace(report, 'passed', 'failed')"
            ledger.execute(f"{changed} WHERE earned = '11/2'")
        ledger.close()
        assert batch.run().code == 0
        assert batch.scores()["alice"]["earned"] == "4.5"

        done = batch.run("--again")
        assert done.code == 1
        assert "another score than before:\n  `alice`, `toolbox`" in done.stdout
        (difference,) = batch.summary()["differences"]
        assert difference["submission"] == "alice"
        assert difference["before"] == {"status": "graded", "score": {"earned": 4.5, "possible": 5.5}}
        assert difference["after"] == {"status": "graded", "score": {"earned": 5.5, "possible": 5.5}}
        assert len(difference["tests"]) == 6
        assert batch.scores()["alice"]["earned"] == "5.5"
        assert batch.run("--again").code == 0
        assert batch.summary()["differences"] == []

    def test_a_changed_exercise_is_marked_anew(self, batch: Batch) -> None:
        batch.hand_in({"alice.py": batch.reference})
        batch.run()
        batch.change_tests("points(2)", "points(3)")
        assert "new results: 1" in batch.run().stdout
        assert batch.scores()["alice"]["possible"] == "6.5"


class TestQuarantine:
    def test_what_fails_our_own_code_twice_is_set_apart_with_its_reason(
        self, batch: Batch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        as_usual = Marker.grade

        def stumbles(marker: Marker, source: Source | UnreadableError | None) -> ExerciseReport:
            if isinstance(source, Source) and source.name == "odd.py":
                raise KeyboardInterrupt
            return as_usual(marker, source)

        monkeypatch.setattr(Marker, "grade", stumbles)
        batch.hand_in({"alice.py": batch.reference, "odd.py": "x = 1\n"})
        done = batch.run()
        assert done.code == 1
        assert "in quarantine, not judged:\n  `odd`: The grader itself failed on it" in done.stdout
        scores = batch.scores()
        assert (scores["alice"]["earned"], scores["odd"]["earned"]) == ("5.5", "")
        assert "KeyboardInterrupt" in scores["odd"]["message"]
        assert batch.summary()["quarantined"] == [
            {"submission": "odd", "exercise": "toolbox", "reason": scores["odd"]["message"]}
        ]
        report = batch.report("odd")
        assert (report["status"], report["score"], report["exercises"]) == ("refused", None, [])
        assert report["message"] == scores["odd"]["message"]

        again = batch.run("--exit-zero")
        assert (again.code, "new results: 0" in again.stdout) == (0, True)

    def test_where_nobody_can_be_marked_the_machine_is_blamed(
        self, batch: Batch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Marker, "grade", full)
        monkeypatch.setattr("grader.batch.run.MAX_IN_A_ROW", 3)
        batch.hand_in({f"s{i}.py": f"# {i}\n" for i in range(5)})
        done = batch.run()
        assert done.code == 2
        assert "3 submissions in a row could not be marked" in done.stderr
        assert "No space left on device" in done.stderr


class TestRefusal:
    def test_wrong_usage_is_told_before_any_work(self, batch: Batch) -> None:
        batch.hand_in({"alice.py": batch.reference})
        for options, told in (
            (["--exercise", "toolbix"], "Did you mean `toolbox`?"),
            (["--engine", "dask"], "go together"),
            (["--scheduler", "tcp://127.0.0.1:1"], "go together"),
            (["--engine", "dask", "--scheduler", "x", "--workers", "1"], "leave `--workers` out"),
        ):
            done = batch.run(*options)
            assert (done.code, told in done.stderr) == (2, True), done.stderr
        done = batch.run(paths=("nowhere",))
        assert (done.code, "there is nothing at `nowhere`" in done.stderr) == (2, True)
        assert not batch.out.exists()

    @pytest.mark.parametrize(("out", "told"), [("file/out", "cannot be written"), ("in/out", "among the")])
    def test_a_place_for_results_that_will_not_do_is_told(self, batch: Batch, out: str, told: str) -> None:
        batch.hand_in({"alice.py": batch.reference})
        (batch.course.parent / "file").write_text("", "utf-8")
        batch.out = batch.course.parent / out.replace("in/", "submissions/")
        done = batch.run()
        assert (done.code, told in done.stderr) == (2, True)

    def test_a_file_for_several_exercises_is_refused(self, batch: Batch) -> None:
        add_second_exercise(batch.course)
        batch.hand_in({"alice.py": batch.reference})
        done = batch.run()
        assert (done.code, "say for which exercise: `--exercise NAME`" in done.stderr) == (2, True)
        assert batch.run("--exercise", "toolbox").code == 0
        assert batch.scores()["alice"]["earned"] == "5.5"

    def test_tests_that_cannot_be_collected_are_a_finding(self, batch: Batch) -> None:
        batch.tests.write_text("def test_x(:\n", "utf-8")
        batch.hand_in({"alice.py": batch.reference})
        done = batch.run()
        assert (done.code, "tests-unreadable" in done.stderr) == (2, True)

    @WALLS
    def test_strict_isolation_that_does_not_hold_marks_nothing(
        self, batch: Batch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        work._Bench.drop()
        monkeypatch.setattr(probes, "prove", lambda _: [probes.Probe("reads a file", got_through=True)])
        batch.hand_in({"alice.py": batch.reference})
        done = batch.run(isolation="strict")
        assert done.code == 2
        assert "does not hold here, as a submission reads a file" in done.stderr
        assert "`grade doctor`" in done.stderr

    def test_strict_isolation_that_is_not_there_marks_nothing(
        self, batch: Batch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        work._Bench.drop()
        command = process._command
        monkeypatch.setattr(process, "_command", lambda mode, descriptor: command("open", descriptor))
        batch.hand_in({"alice.py": batch.reference})
        done = batch.run(isolation="strict")
        assert (done.code, "is not to be had here" in done.stderr) == (2, True)
        assert not (batch.out / "scores.csv").exists()


def add_second_exercise(course: Path) -> None:
    """A copy of the toolbox under another name."""
    for part in ("exercises", "solutions"):
        folder = shutil.copytree(course / part / "toolbox", course / part / "second")
        (Path(folder) / "toolbox.py").rename(Path(folder) / "second.py")
