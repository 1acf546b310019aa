"""(a) One cold grading of an exercise of ten tests, beside other graders with the same tests.

`python benchmarks/cold.py` gives each grader its turn in every round, with the same right submission. What
`grade` records once per exercise is at hand: an untimed run goes before.
"""

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import floor
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
from submissions import right_submissions, write

ROUNDS = 5
REACH = 0.25
OURS, CALLS = "grade", "the student's calls alone"


def measure(program: Program, cache: Path | None, rounds: int) -> Result:
    """The table, and the ratio to bare pytest."""
    with tempfile.TemporaryDirectory(prefix="cold-") as folder, peers(cache) as ready:
        work = Path(folder)
        made = write(work / "in", right_submissions(rounds))

        def ours(number: int) -> Spent:
            return program.mark(work / "in" / made[number].name / "deep.py", work / "report.json")

        first = ours(0)
        calls = floor.recorded()
        runs: dict[str, Callable[[int], Spent]] = {
            OURS: ours,
            CALLS: lambda number: floor.alone(calls, [made[number]]),
        }
        for peer in ready:
            if not peer.trouble:
                runs[peer.name] = lambda number, peer=peer: peer.mark([made[number]])  # type: ignore[misc]
        return _result(in_turn(rounds, runs), ready, first, rounds)


def _result(spent: Mapping[str, Sequence[Spent]], ready: Sequence[Peer], first: Spent, rounds: int) -> Result:
    bare = spent.get(ready[0].name)
    rows = [_row(name, spent[name], spent[OURS], bare) for name in (OURS, CALLS)]
    for peer in ready:
        if peer.trouble:
            rows.append((peer.name, *("not installed",) * 6))
        else:
            rows.append(_row(peer.name, spent[peer.name], spent[OURS], bare))
    notes = [
        f"{in_words(rounds)}.",
        f"The untimed run of `grade` before the first round took {first.wall:.2f} s.",
        *remarks(ready),
    ]
    ratio = median_ratio(spent[OURS], bare) if bare else None
    headings = (
        "one right submission",
        "wall s",
        "min - max",
        "CPU s",
        "to pytest",
        "grade to it",
        "in CPU",
    )
    return Result("(a) One cold grading of ten tests", headings, rows, notes, [figure(ratio)])


def figure(ratio: float | None) -> Figure:
    return Figure("one cold `grade` to bare `pytest -q`", REACH, ratio)


def _row(
    name: str, spent: Sequence[Spent], ours: Sequence[Spent], bare: Sequence[Spent] | None
) -> tuple[str, ...]:
    walls = [one.wall for one in spent]
    return (
        name,
        f"{median_wall(spent):.2f}",
        f"{min(walls):.2f} - {max(walls):.2f}",
        f"{median_cpu(spent):.2f}",
        f"{median_ratio(spent, bare):.2f} x" if bare else "",
        "" if name == OURS else f"{median_ratio(ours, spent):.3f} x",
        "" if name == OURS else f"{median_cpu_ratio(ours, spent):.3f} x",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    add_program(parser)
    add_cache(parser)
    options = parser.parse_args()
    print(measure(options.grade, options.cache, options.rounds).text())


if __name__ == "__main__":
    main()
