"""`grade batch`: marks many submissions, in several processes or on a cluster."""

import os
from pathlib import Path

import click

from grader.batch.cluster import ClusterEngine
from grader.batch.engine import Engine, LocalEngine
from grader.batch.incoming import find_submissions, refuse_among
from grader.batch.ledger import Ledger
from grader.batch.run import Batch, run_batch
from grader.batch.summary import SCORES, Tally, write_outputs
from grader.batch.work import Place
from grader.cli import FULL, LOST, OURS, USAGE
from grader.cli.course import the_course
from grader.cli.ticker import Ticker
from grader.course import load_exercises
from grader.errors import UsageError, no_such
from grader.model.exercise import Exercise
from grader.sandbox.client import Isolation
from grader.sandbox.text import printable
from grader.submission import SUFFIXES

GO_ON = "stopped; what was marked is kept in `{out}`, and the same command goes on from there"
MAX_TOLD = 10


@click.command()
@click.argument("submissions", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path), help="The folder for results."
)
@click.option(
    "--exercise", "names", metavar="NAME", multiple=True, help="Mark for this one only; repeatable."
)
@click.option("--workers", type=click.IntRange(min=1), help="Processes at work; without it, one a processor.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True)
@click.option("--scheduler", metavar="ADDRESS", help="The scheduler of a dask cluster, for `--engine dask`.")
@click.option("--again", is_flag=True, help="Mark everything again and report every score that differs.")
@click.option(
    "--isolation",
    type=click.Choice([str(one) for one in Isolation]),
    default=str(Isolation.STRICT),
    show_default=True,
    help="What is to keep the submissions apart.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when something needs a look.")
def batch(
    submissions: tuple[Path, ...],
    out: Path,
    names: tuple[str, ...],
    workers: int | None,
    engine: str,
    scheduler: str | None,
    isolation: str,
    *,
    again: bool,
    exit_zero: bool,
) -> int:
    """Mark many submissions: a folder of them, a list of paths in a `.txt` file, or the paths themselves.

    The results go to a folder: `scores.csv`, `summary.json` and `reports/`, and a ledger, so that the same
    command goes on after an interruption and marks only what is new or changed.

    Exits with 0 when all were marked, whatever the scores; with 1 when a submission is in quarantine or
    `--again` found another score; with 2 for wrong usage or when it was refused or stopped; with 3 when a
    test is at fault.
    """
    if (engine == "dask") != (scheduler is not None):
        raise UsageError("`--engine dask` and `--scheduler ADDRESS` go together")
    if scheduler and workers:
        raise UsageError("a cluster has the workers it has; leave `--workers` out")
    found = find_submissions(submissions)
    refuse_among(out, submissions)
    course = the_course("solutions")
    exercises = load_exercises(course)
    chosen = _chosen(names, exercises)
    _refuse_files_of_many(chosen, [one.path for one in found.submissions])
    todo = Batch(Place(str(course), isolation), found.submissions, chosen, frozenset(exercises), again)

    try:
        with Ticker() as ticker, Ledger(out) as ledger, _engine(scheduler, workers) as running:
            site = run_batch(todo, ledger, running, ticker)
            tally = write_outputs(out, ledger, site, found.passed_over)
            ledger.finish()
    except KeyboardInterrupt:
        click.echo(printable(GO_ON.format(out=out)), err=True)
        return USAGE
    click.echo(printable(_told(tally, out, found.passed_over)))
    return _exit_code(tally, exit_zero=exit_zero)


def _chosen(names: tuple[str, ...], exercises: dict[str, Exercise]) -> list[Exercise]:
    for name in names:
        if name not in exercises:
            raise no_such("exercise", name, exercises)
    if not exercises:
        raise UsageError("this course has no exercises; see `exercises/` in the README")
    return [exercises[name] for name in sorted(set(names) or exercises)]


def _refuse_files_of_many(exercises: list[Exercise], paths: list[Path]) -> None:
    single = next((path for path in paths if path.suffix.lower() in SUFFIXES and path.is_file()), None)
    if single and len(exercises) > 1:
        raise UsageError(f"`{single}` is one file; say for which exercise: `--exercise NAME`")


def _engine(scheduler: str | None, workers: int | None) -> Engine:
    if scheduler:
        return ClusterEngine(scheduler)
    return LocalEngine(workers or _processors())


def _processors() -> int:
    """Those that this process may use, fewer in a container than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _told(tally: Tally, out: Path, passed_over: tuple[str, ...]) -> str:
    lines = [
        f"submissions: {tally.submissions:,}; new results: {tally.marked:,}, "
        f"from the ledger: {tally.from_ledger:,}; see `{out / SCORES}`"
    ]
    quarantined = [f"`{one['submission']}`: {one['reason']}" for one in tally.quarantined]
    differences = [f"`{one['submission']}`, `{one['exercise']}`" for one in tally.differences]
    broken = [f"`{one['test']}` of `{one['exercise']}`" for one in tally.broken]
    lines += _listed("in quarantine, not judged", quarantined)
    lines += _listed("another score than before", differences)
    lines += _listed("tests at fault, not the submissions", broken)
    lines += _listed("passed over, being no submission", [f"`{name}`" for name in passed_over])
    return "\n".join(lines)


def _listed(head: str, entries: list[str]) -> list[str]:
    if not entries:
        return []
    rest = len(entries) - MAX_TOLD
    more = [f"  and {rest:,} more in `summary.json`"] if rest > 0 else []
    return [f"{head}:", *(f"  {entry}" for entry in entries[:MAX_TOLD]), *more]


def _exit_code(tally: Tally, *, exit_zero: bool) -> int:
    if tally.broken:
        return OURS
    return LOST if (tally.quarantined or tally.differences) and not exit_zero else FULL
