"""The commands of this program that are measured: one cold grading, and a batch."""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import Spent, command, timed
from submissions import Submission

COURSE = Path(__file__).with_name("course")
ISOLATION = ("--isolation", "strict")


@dataclass(frozen=True, slots=True)
class Program:
    """`grade` as it is installed somewhere."""

    path: Path

    def mark(self, submission: Path, output: Path) -> Spent:
        """What one cold `grade deep` costs.

        Raises:
            RuntimeError: it did not give full marks.
        """
        to_json = ("--format", "json", "--output", output)
        line = self._line("deep", "--submission", submission, *to_json, *ISOLATION)
        spent = timed(lambda: command(line, folder=output.parent))
        score = json.loads(output.read_text("utf-8"))["score"]
        if score["earned"] != score["possible"]:
            raise RuntimeError(f"`grade deep` gave {score['earned']} points for a right submission")
        return spent

    def batch_line(self, folder: Path, out: Path, workers: int) -> list[str]:
        """The command that marks a folder of submissions."""
        return self._line("batch", folder, "-o", out, "--workers", str(workers), *ISOLATION)

    def batch(self, folder: Path, out: Path, batch: Sequence[Submission], *, workers: int = 1) -> Spent:
        """What `grade batch` costs for the submissions that lie in a folder.

        Raises:
            RuntimeError: right ones did not all get full marks, or wrong ones did.
        """
        spent = timed(lambda: command(self.batch_line(folder, out, workers), folder=out.parent))
        hold(out, batch)
        return spent

    def _line(self, *arguments: str | Path) -> list[str]:
        return [str(word) for word in (self.path, "--course", COURSE, *arguments)]


def hold(out: Path, batch: Sequence[Submission]) -> None:
    """Holds the scores of a batch to what each submission deserves.

    Raises:
        RuntimeError: one has another score, or none.
    """
    with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
        full = {row["submission"]: row["earned"] == row["possible"] for row in csv.DictReader(file)}
    wrong = [one.name for one in batch if full.get(one.name) is not one.is_right]
    if wrong or len(full) != len(batch):
        raise RuntimeError(f"{len(full)} scores for {len(batch)} submissions; not as deserved: {wrong[:5]}")


def add_program(parser: argparse.ArgumentParser) -> None:
    """The option that all benchmarks of the whole program have."""
    parser.add_argument(
        "--grade",
        type=lambda text: Program(Path(text).absolute()),
        default=Program(Path(sys.executable).with_name("grade")),
        metavar="PATH",
        help="the program to measure (default: the one installed beside this Python)",
    )
