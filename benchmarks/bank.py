"""(f) Ten thousand items: seconds and memory for reading, validating and judging a question bank.

`python benchmarks/bank.py --items 10000` repeats the shipped bank with other ids, beside items of every type
and with parameters, and reads it in a process of its own for each step.
"""

import argparse
import json
import re
import resource
import statistics
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from grader.audit.bank import RULES
from grader.audit.content import Content
from grader.bank import read_bank
from grader.bank.starters import BODIES, starter
from grader.yaml_tree import read_tree
from measure import Figure, Result, command, in_words, timed

BANK = Path(__file__).parent.parent / "question_bank"
ITEMS = 10_000
ROUNDS = 3
REACH = 10.0
"""Seconds of a processor for reading and validating all of them."""
STARTERS_A_FILE = 2
"""How often each ready item stands in a file, most of the parameterised ones among them."""
_ID = re.compile(r"^(\s*- id: \S+)", re.MULTILINE)


def read_files(folder: Path) -> int:
    return sum(len(read_tree(path).data["items"]) for path in sorted(folder.glob("*.yaml")))


def read_and_validate(folder: Path) -> int:
    bank, findings = read_bank(folder)
    if findings:
        raise RuntimeError(str(findings[0]))
    return len(bank.items)


def judge(folder: Path) -> int:
    content = Content(read_bank(folder)[0])
    for rule in RULES:
        list(rule(content))
    return len(content.bank.items)


STEPS: Mapping[str, Callable[[Path], int]] = {
    "read the YAML": read_files,
    "read and validate": read_and_validate,
    "read, validate and judge": judge,
}


def write_bank(folder: Path, items: int) -> int:
    """Copies of the shipped bank with other ids until there are so many items; how many there are."""
    written, copy = 0, 0
    while written < items:
        for name, body in _topics():
            path = folder / f"{name}-{copy}.yaml"
            text = _ID.sub(rf"\g<1>-{copy}", body)
            path.write_text(f"topic: {name}\nitems:\n{text}", "utf-8")
            written += len(_ID.findall(body))
        copy += 1
    return written


def _topics() -> Iterator[tuple[str, str]]:
    for path in sorted(BANK.glob("*.yaml")):
        yield path.stem, path.read_text("utf-8").partition("items:\n")[2]
    ready = [
        textwrap.indent(starter(kind, f"ready-{kind.replace('_', '-')}-{n}", "001/F1.01", "none"), "  ")
        for n in range(STARTERS_A_FILE)
        for kind in BODIES
    ]
    yield "ready", "\n".join(ready)


def measure(items: int, rounds: int) -> Result:
    """A row for each step, each measured in fresh processes."""
    with tempfile.TemporaryDirectory() as folder:
        count = write_bank(Path(folder), items)
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 2**20
        spent = {step: [_in_a_process(step, Path(folder)) for _ in range(rounds)] for step in STEPS}
    rows, spent_cpu = [], {}
    for step, measured in spent.items():
        wall = statistics.median(one["wall"] for one in measured)
        cpu = spent_cpu[step] = statistics.median(one["cpu"] for one in measured)
        memory = max(one["memory"] for one in measured)
        rows.append((step, f"{wall:.2f}", f"{cpu:.2f}", f"{count / wall:.0f}", f"{memory:.0f}"))
    return Result(
        f"(f) A question bank of {count} items",
        ("step", "seconds", "of processor", "items a second", "MiB at most"),
        rows,
        [f"{in_words(rounds)}, each in a process of its own, on {size:.1f} MiB of YAML"],
        [figure(spent_cpu["read and validate"])],
    )


def figure(seconds: float | None) -> Figure:
    return Figure("(f) seconds of a processor to read and validate 10,000 items", REACH, seconds, "s")


def _in_a_process(step: str, folder: Path) -> dict[str, float]:
    told: dict[str, float] = json.loads(
        command([sys.executable, Path(__file__), "--step", step, "--folder", folder], folder=BANK.parent)
    )
    return told


def _step(name: str, folder: Path) -> None:
    spent = timed(lambda: STEPS[name](folder))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(json.dumps({"wall": spent.wall, "cpu": spent.cpu, "memory": memory}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--step", choices=list(STEPS), help="one step in this process (used by itself)")
    parser.add_argument("--folder", type=Path, help="with --step: the bank")
    options = parser.parse_args()
    if options.step:
        _step(options.step, options.folder)
    else:
        print(measure(options.items, options.rounds).text(), end="")


if __name__ == "__main__":
    main()
