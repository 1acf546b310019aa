"""Runs all benchmarks at sizes that take a quarter of an hour and writes `benchmarks/RESULTS.md`.

A benchmark that cannot be run says why in its place; the others go on.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import assembly
import bank
import batch
import cold
import floor
import sandbox
import scale
from measure import Figure, Result, machine
from ours import add_program
from peers import add_cache

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """\
# What was measured

Written by `make bench` on {machine}.

All ratios are of medians, measured in turn in one run; below 1 is less than the other. The exercise is
`benchmarks/course`: ten tests, five of them properties of 100 examples, drawn from the same seeds for every
grader. `grade` ran with strict isolation, and with whatever it keeps of an exercise at hand.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--output", type=Path, default=RESULTS, help="where to write the tables")
    parser.add_argument(
        "--submissions", type=int, default=batch.SUBMISSIONS, help="the size of the batch (b)"
    )
    parser.add_argument("--sample", type=int, default=15, help="how many of them each other grader marks")
    parser.add_argument("--right", type=int, default=floor.SUBMISSIONS, help="right submissions of (c)")
    parser.add_argument("--synthetic", type=int, default=2_000, help="submissions of (d)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of (a, c, f, g); (b) has 1, (e) 15")
    add_program(parser)
    add_cache(parser)
    options = parser.parse_args()
    scale.end_with_the_batch()
    grade, cache = options.grade, options.cache
    sizes = batch.Sizes(options.submissions, min(options.sample, options.submissions))
    results = list(
        _measured(
            ("(a)", lambda: cold.measure(grade, cache, options.rounds), [cold.figure(None)]),
            ("(b)", lambda: batch.measure(grade, cache, sizes), batch.figures({})),
            ("(c)", lambda: floor.measure(grade, options.right, options.rounds), [floor.figure(None)]),
            ("(d)", lambda: scale.measure(grade, options.synthetic, scale.WORKERS), [scale.figure(None)]),
            ("(e)", lambda: sandbox.measure(sandbox.ROUNDS), []),
            ("(f)", lambda: bank.measure(bank.ITEMS, options.rounds), [bank.figure(None)]),
            ("(g)", lambda: assembly.measure(assembly.ITEMS, options.rounds), [assembly.figure(None)]),
        )
    )
    options.output.write_text(_page(results), "utf-8")
    print(f"written to {options.output.name}")


def _measured(*benchmarks: tuple[str, Callable[[], Result], Sequence[Figure]]) -> Iterator[Result]:
    for name, run, unmeasured in benchmarks:
        try:
            result = run()
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            print(f"{name} {error}", file=sys.stderr)
            what = str(error).splitlines()[0] if str(error) else type(error).__name__
            result = Result(f"{name} Not measured", (), (), [what.replace(str(Path.cwd()), ".")], unmeasured)
        print(result.text(), flush=True)
        yield result


def _page(results: Sequence[Result]) -> str:
    figures = [figure for result in results for figure in result.figures]
    parts = [HEAD.format(machine=machine()), _table(("figure", "to reach", "measured"), _cells(figures))]
    for result in results:
        parts.append(f"## {result.title}")
        if result.rows:
            parts.append(_table(result.headings, result.rows))
        parts.append("\n".join(f"- {note}" for note in result.notes))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _cells(figures: Sequence[Figure]) -> list[Sequence[str]]:
    return [figure.cells() for figure in figures]


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its first column to the left and the others to the right."""
    marks = ["---"] + ["--:"] * (len(headings) - 1)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, marks, *rows))


if __name__ == "__main__":
    main()
