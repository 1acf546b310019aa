"""(b) A batch of right and wrong submissions, 3 to 2, beside other graders with the same tests.

`python benchmarks/batch.py` marks 200 with `grade batch`. The others would take up to half an hour for 200,
so they mark the first of the same list, and the cost of one submission is compared.
"""

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import (
    Figure,
    Result,
    Spent,
    in_turn,
    in_words,
    median_cpu,
    median_cpu_ratio,
    median_ratio,
    median_wall,
)
from ours import Program, add_program
from peers import Peer, add_cache, peers, remarks
from submissions import Submission, submissions, write

SUBMISSIONS, SAMPLE, ROUNDS, WORKERS = 200, 20, 1, 2
REACH = {"bare pytest": 0.03, "otter run 7.0.0": 0.015}
OURS = ("grade batch, 1 worker", f"grade batch, {WORKERS} workers")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is marked: by `grade`, by each of the others, and how often."""

    submissions: int = SUBMISSIONS
    sample: int = SAMPLE
    rounds: int = ROUNDS


def measure(program: Program, cache: Path | None, sizes: Sizes) -> Result:
    """The table, and the ratios to bare pytest and to otter; all per submission on one core."""
    with tempfile.TemporaryDirectory(prefix="batch-") as folder, peers(cache) as ready:
        work = Path(folder)
        batch = write(work / "in", submissions(sizes.submissions))
        first = program.batch(write_one(work / "first"), work / "out-first", batch[:1])
        runs: dict[str, Callable[[int], Spent]] = {
            name: _ours(program, work, batch, workers)
            for name, workers in zip(OURS, (1, WORKERS), strict=True)
        }
        sample = batch[: sizes.sample]
        for peer in ready:
            if not peer.trouble:
                runs[peer.name] = lambda _, peer=peer: _each(peer.mark(sample), len(sample))  # type: ignore[misc]
        return _result(in_turn(sizes.rounds, runs), ready, first, sizes)


def write_one(folder: Path) -> Path:
    """A folder with the first submission alone: marking it leaves at hand what is recorded once."""
    write(folder, submissions(1))
    return folder


def _ours(program: Program, work: Path, batch: Sequence[Submission], workers: int) -> Callable[[int], Spent]:
    def run(number: int) -> Spent:
        out = work / f"out-{workers}-{number}"
        return _each(program.batch(work / "in", out, batch, workers=workers), len(batch))

    return run


def _each(spent: Spent, count: int) -> Spent:
    return Spent(spent.wall / count, spent.cpu / count)


def _result(
    spent: Mapping[str, Sequence[Spent]], ready: Sequence[Peer], first: Spent, sizes: Sizes
) -> Result:
    counts = dict.fromkeys(spent, sizes.sample) | dict.fromkeys(OURS, sizes.submissions)
    rows = [_row(name, counts[name], costs, spent[OURS[0]]) for name, costs in spent.items()]
    rows += [(peer.name, *("not installed",) * 5) for peer in ready if peer.trouble]
    notes = [
        f"{in_words(sizes.rounds)}; 3 right to 2 wrong; whole commands, start included.",
        f"The others marked the first {sizes.sample} of the same submissions, not all {sizes.submissions}.",
        "nbgrader marks its sample in one command, the rest of the others one command a submission.",
        f"`grade batch` of one before all others, not counted: {first.wall:.2f} s.",
        *remarks(ready),
    ]
    ratios = {name: median_ratio(spent[OURS[0]], spent[name]) for name in REACH if name in spent}
    headings = ("a batch", "marked", "wall ms each", "CPU ms each", "1 worker to it", "in CPU")
    return Result(f"(b) A batch of {sizes.submissions}", headings, rows, notes, figures(ratios))


def figures(ratios: Mapping[str, float]) -> list[Figure]:
    what = "a submission of a batch, on one core, to {}"
    return [Figure(what.format(name), reach, ratios.get(name)) for name, reach in REACH.items()]


def _row(name: str, count: int, spent: Sequence[Spent], ours: Sequence[Spent]) -> tuple[str, ...]:
    each = (f"{1e3 * seconds:.0f}" for seconds in (median_wall(spent), median_cpu(spent)))
    ratios = (median_ratio(ours, spent), median_cpu_ratio(ours, spent))
    return (name, str(count), *each, *(f"{ratio:.4f} x" for ratio in ratios))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--submissions", type=int, default=SUBMISSIONS, help="how many `grade` marks")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many each of the others marks")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    add_program(parser)
    add_cache(parser)
    options = parser.parse_args()
    sizes = Sizes(options.submissions, min(options.sample, options.submissions), options.rounds)
    print(measure(options.grade, options.cache, sizes).text())


if __name__ == "__main__":
    main()
