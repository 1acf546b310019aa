"""What the ledger keeps, and what it says when it cannot."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from grader.batch.ledger import NAME, Ledger
from grader.batch.work import Result
from grader.errors import UsageError

REPORT = '{"tests": []}'


def result(key: str = "k", earned: str = "1/3") -> Result:
    return Result(key, "toolbox", "graded", earned, "2", "A sentence.", REPORT, 0.5)


def test_a_result_comes_back_as_it_was(tmp_path: Path) -> None:
    given = replace(result(), is_broken=True)
    with Ledger(tmp_path) as ledger:
        ledger.begin(again=False)
        ledger.enroll("alice", "toolbox", "k")
        ledger.record([given])
        assert [(row.submission, row.result) for row in ledger.rows()] == [("alice", given)]


def test_what_is_recorded_is_there_after_a_kill(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.begin(again=False)
    ledger.record([result()])
    other = tmp_path / "other"
    other.mkdir()
    for path in list(tmp_path.glob(f"{NAME}*")):  # as the kernel has it, while the first is still open
        (other / path.name).write_bytes(path.read_bytes())
    with Ledger(other) as found:
        assert found.knows("k", "toolbox")
    ledger.__exit__(None, None, None)


def test_lines_come_in_the_order_of_names_and_copies_share_a_result(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin(again=False)
        for name in ("b", "ä", "a", "B"):
            ledger.enroll(name, "toolbox", "k")
        ledger.record([result()])
        assert [row.submission for row in ledger.rows()] == ["B", "a", "b", "ä"]


def test_again_takes_no_older_result_but_its_own_after_an_interruption(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin(again=False)
        ledger.record([result("k"), result("l")])
        ledger.finish()
        ledger.begin(again=True)
        assert not ledger.knows("k", "toolbox")
        ledger.record([result("k")])
    with Ledger(tmp_path) as ledger:
        ledger.begin(again=True)
        assert (ledger.knows("k", "toolbox"), ledger.knows("l", "toolbox")) == (True, False)
        ledger.finish()
        ledger.begin(again=True)
        assert not ledger.knows("k", "toolbox")


def test_a_difference_is_told_by_the_run_that_found_it(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        for earned, told in (("1", []), ("2", [("1", "2")]), ("2", [])):
            ledger.begin(again=True)
            ledger.enroll("alice", "toolbox", "k")
            ledger.record([result(earned=earned)])
            assert [(d.before.earned, d.after.earned) for d in ledger.differences()] == told
            ledger.finish()


class TestRefusal:
    def test_a_second_batch_in_one_folder_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("grader.batch.ledger.BUSY_SECONDS", 0.1)
        with Ledger(tmp_path), pytest.raises(UsageError, match="another `grade batch` is at work"):
            Ledger(tmp_path)

    @pytest.mark.parametrize(("start", "end"), [(0, 100), (40, 60), (4096, 12_288), (8192, None)])
    def test_a_damaged_ledger_is_told_with_a_cure_and_left_alone(
        self, tmp_path: Path, start: int, end: int | None
    ) -> None:
        with Ledger(tmp_path) as ledger:
            ledger.begin(again=False)
            ledger.record([result(str(i)) for i in range(200)])
        path = tmp_path / NAME
        data = bytearray(path.read_bytes())
        data[start:end] = b"\xa5" * (end - start) if end else b""  # overwritten, or cut off
        path.write_bytes(data)
        with pytest.raises(UsageError, match=r"is damaged \(.*\); move it away and start again"):
            Ledger(tmp_path)
        assert path.read_bytes() == data

    def test_a_database_of_another_program_is_left_alone(self, tmp_path: Path) -> None:
        with sqlite3.connect(tmp_path / NAME) as database:
            database.execute("CREATE TABLE mine (x)")
        database.close()
        with pytest.raises(UsageError, match="not a ledger"):
            Ledger(tmp_path)

    def test_a_ledger_of_a_later_version_is_left_alone(self, tmp_path: Path) -> None:
        with Ledger(tmp_path):
            pass
        with sqlite3.connect(tmp_path / NAME) as database:
            database.execute("PRAGMA user_version = 9")
        database.close()
        with pytest.raises(UsageError, match="is of version 9"):
            Ledger(tmp_path)

    def test_a_folder_that_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", "utf-8")
        with pytest.raises(UsageError, match="cannot be written"):
            Ledger(tmp_path / "file" / "out")
        (tmp_path / "link").symlink_to(tmp_path)
        with pytest.raises(UsageError, match="is a link"):
            Ledger(tmp_path / "link")
