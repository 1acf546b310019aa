"""Keeps the results of a batch in an embedded database that a kill at any moment leaves sound."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.batch.work import Result
from grader.errors import UsageError
from grader.files import link_in

NAME = "ledger.sqlite"
APPLICATION = 0x67726164
"""`grad`, which SQLite keeps in the file's header: a ledger is no other program's database."""
SCHEMA = 1
BUSY_SECONDS = 2.0
UNWRITABLE = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
"""What is the disk's or the folder's fault; the ledger itself is sound."""
DAMAGED = "`{path}` is damaged ({why}); move it away and start again, and everything is marked anew"
TAKEN = "another `grade batch` is at work in `{folder}`; wait for it, or write to another folder"

TABLES = """
CREATE TABLE results (
    key TEXT, exercise TEXT, status TEXT, earned TEXT, possible TEXT, message TEXT, seconds REAL,
    broken INTEGER, report TEXT, run INTEGER, PRIMARY KEY (key, exercise)
);
CREATE TABLE differences (
    key TEXT, exercise TEXT, status TEXT, earned TEXT, possible TEXT, report TEXT, run INTEGER,
    PRIMARY KEY (key, exercise)
);
CREATE TABLE roster (
    submission TEXT, exercise TEXT, key TEXT, PRIMARY KEY (submission, exercise)
) WITHOUT ROWID;
CREATE TABLE runs (id INTEGER PRIMARY KEY, again INTEGER, finished INTEGER);
"""
"""`results` outlives runs; `differences` holds what a result was before it was marked again; `roster` says
what the latest run is about; `run` of a result is the run that marked it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a batch: a submission, an exercise, and how it fared; `run` is the one that marked it."""

    submission: str
    result: Result
    run: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A result that was another when it was marked before, with the reports of then and now."""

    submission: str
    before: Result
    after: Result


class Ledger:
    """The ledger in a folder, for one process at a time; a context manager.

    Raises:
        UsageError: it is damaged, of a later version, or in use; the folder cannot be written to.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._run = 0
        self._again = False
        link = link_in(self._path)
        if link:
            raise UsageError(f"`{folder}` cannot be written: `{link}` is a link; give what it points to")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"`{folder}` cannot be written: {error.strerror}") from None
        with self._told():
            self._db = sqlite3.connect(self._path, timeout=BUSY_SECONDS)
        try:
            with self._told():
                self._open()
        except BaseException:
            self._db.close()
            raise

    def _open(self) -> None:
        # Nobody else reads it meanwhile, so it needs no shared memory, which network file systems lack.
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        # What is committed is with the kernel, which SIGKILL does not touch. A power cut may take the last
        # commits, which are then marked again; FULL would wait for the disk at each.
        self._db.execute("PRAGMA synchronous = NORMAL")
        fault = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            raise sqlite3.DatabaseError(fault.splitlines()[-1])
        self._migrate()

    def _migrate(self) -> None:
        schema = self._db.execute("PRAGMA user_version").fetchone()[0]
        application = self._db.execute("PRAGMA application_id").fetchone()[0]
        if self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            header = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA};"
            self._db.executescript(f"BEGIN; {TABLES} {header} COMMIT;")
        elif application != APPLICATION:
            raise sqlite3.DatabaseError("it is not a ledger of `grade batch`")
        elif schema != SCHEMA:
            raise UsageError(
                f"`{self._path}` is of version {schema}, and this program writes {SCHEMA}; "
                "use the `grade` that wrote it, or write to another folder"
            )

    # --- a run ---------------------------------------------------------------------------------------------

    def begin(self, *, again: bool) -> None:
        """Starts a run, or goes on with the one that was not finished; `again` takes no older result."""
        with self._told():
            latest = self._db.execute(
                "SELECT id, again, finished FROM runs ORDER BY id DESC LIMIT 1"
            ).fetchone()
            if latest and not latest[2] and bool(latest[1]) == again:
                self._run = latest[0]
            else:
                row = self._db.execute("INSERT INTO runs (again, finished) VALUES (?, 0)", (again,))
                self._run = row.lastrowid or 0
            self._again = again
            self._db.execute("DELETE FROM roster")
            self._db.commit()

    def enroll(self, submission: str, exercise: str, key: str) -> None:
        """Notes that this run is about a submission; kept with the next results, or at the end."""
        with self._told():
            self._db.execute("INSERT INTO roster VALUES (?, ?, ?)", (submission, exercise, key))

    def knows(self, key: str, exercise: str) -> bool:
        """Whether there is a result that this run need not find again."""
        where = "WHERE key = ? AND exercise = ?" + (" AND run = ?" if self._again else "")
        values = (key, exercise, self._run) if self._again else (key, exercise)
        with self._told():
            return self._db.execute(f"SELECT 1 FROM results {where}", values).fetchone() is not None  # noqa: S608

    def record(self, results: Iterable[Result]) -> None:
        """Keeps results for good; what differs from an older one is kept beside it."""
        with self._told():
            for result in results:
                self._note_difference(result)
                self._db.execute(
                    "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        *(result.key, result.exercise, result.status, result.earned, result.possible),
                        *(result.message, result.seconds, result.is_broken, result.report, self._run),
                    ),
                )
            self._db.commit()

    def _note_difference(self, result: Result) -> None:
        same = (result.key, result.exercise)
        self._db.execute("DELETE FROM differences WHERE key = ? AND exercise = ?", same)
        self._db.execute(
            "INSERT INTO differences SELECT key, exercise, status, earned, possible, report, ? FROM results"
            " WHERE key = ? AND exercise = ? AND (status, earned, possible) IS NOT (?, ?, ?)",
            (self._run, *same, result.status, result.earned, result.possible),
        )

    def finish(self) -> None:
        """Ends the run: the next one is a new one."""
        with self._told():
            self._db.execute("UPDATE runs SET finished = 1 WHERE id = ?", (self._run,))
            self._db.commit()

    # --- what the run is about -----------------------------------------------------------------------------

    @property
    def run(self) -> int:
        return self._run

    def rows(self) -> Iterator[Row]:
        """A line for each submission and exercise of this run, in the order of their names."""
        query = f"SELECT submission, run, {_COLUMNS} FROM roster JOIN results USING (key, exercise) {_ORDER}"  # noqa: S608
        with self._told():
            for submission, run, *columns in self._db.execute(query):
                yield Row(submission, _result(columns), run)

    def differences(self) -> Iterator[Difference]:
        """What this run found otherwise than an earlier one, in the order of the names."""
        now = ", ".join(f"r.{name}" for name in _COLUMNS.split(", "))
        then = "d.status, d.earned, d.possible, d.report"
        tables = "differences d JOIN roster USING (key, exercise) JOIN results r USING (key, exercise)"
        query = f"SELECT submission, {then}, {now} FROM {tables} WHERE d.run = ? {_ORDER}"  # noqa: S608
        with self._told():
            for submission, *columns in self._db.execute(query, (self._run,)):
                (status, earned, possible, report), after = columns[:4], _result(columns[4:])
                before = Result(after.key, after.exercise, status, earned, possible, "", report)
                yield Difference(submission, before, after)

    # --- closing -------------------------------------------------------------------------------------------

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Makes a sentence with a cure of what SQLite raises."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_BUSY:
                raise UsageError(TAKEN.format(folder=self._path.parent)) from None
            if code in UNWRITABLE:
                raise UsageError(f"`{self._path}` cannot be written: {error}") from None
            raise UsageError(DAMAGED.format(path=self._path, why=error)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()


_COLUMNS = "key, exercise, status, earned, possible, message, report, seconds, broken"
_ORDER = "ORDER BY submission, exercise"


def _result(columns: Iterable[Any]) -> Result:
    key, exercise, status, earned, possible, message, report, seconds, broken = columns
    return Result(key, exercise, status, earned, possible, message, report, seconds, bool(broken))
