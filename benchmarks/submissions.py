"""Writes synthetic submissions for the exercise `deep`, 3 right ones to 2 wrong, the same in every run.

`python benchmarks/submissions.py FOLDER --count 200` makes FOLDER/s00000/deep.py and so on.
"""

import argparse
import ast
import itertools
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

VARIANTS = Path(__file__).with_name("variants")
SPREAD = 7
"""A step through the slips, prime to their number, so that a small sample has some of each function."""
FUNCTIONS = ("softmax_loss", "batchnorm_forward", "batchnorm_backward", "max_pool_backward")
NAMES = {
    "shifted": ("shifted", "z", "stable"),
    "totals": ("totals", "sums", "norm"),
    "centered": ("centered", "x_mu", "deviations"),
    "inverse": ("inverse", "inv_std", "istd"),
    "window": ("window", "patch", "region"),
}
"""What students call the same thing; none of the others' names occurs in a variant."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What one student hands in, and whether it deserves all points."""

    name: str
    text: str
    is_right: bool


def submissions(count: int) -> Iterator[Submission]:
    """The first `count` of an endless list; no two have the same bytes."""
    return map(submission, range(count))


def right_submissions(count: int) -> Iterator[Submission]:
    """The first `count` that are right."""
    return map(submission, islice(filter(_is_right, itertools.count()), count))


def submission(index: int) -> Submission:
    """The one at a place of the list."""
    chance = random.Random(index)  # noqa: S311 (not a secret)
    parts = {name: chance.choice(_variants("right", name)) for name in FUNCTIONS}
    if not _is_right(index):
        slips = _slips()
        slips[SPREAD * (index // 5 * 2 + index % 5 - 3) % len(slips)](parts)
    text = _renamed("\n\n".join(["import numpy as np\n", *parts.values()]), chance)
    return Submission(f"s{index:05}", f'"""Handed in by student {index}."""\n\n{text}\n', _is_right(index))


def write(folder: Path, made: Iterator[Submission]) -> list[Submission]:
    """Puts each into a folder of its own, as a course's portal hands them over."""
    written = []
    for one in made:
        (folder / one.name).mkdir(parents=True)
        (folder / one.name / "deep.py").write_text(one.text, "utf-8")
        written.append(one)
    return written


def _is_right(index: int) -> bool:
    return index % 5 < 3


@cache
def _variants(file: str, name: str) -> tuple[str, ...]:
    """The ways in which one function is written in a file of variants, under its own name."""
    text = (VARIANTS / f"{file}.py").read_text("utf-8")
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    segments = [ast.get_source_segment(text, node) or "" for node in found if node.name.startswith(name)]
    return tuple(re.sub(rf"\bdef {name}__\w+", f"def {name}", segment) for segment in segments)


def _slips() -> list[Callable[[dict[str, str]], None]]:
    """Everything that makes a right submission wrong."""
    mistakes = [(name, text) for name in FUNCTIONS for text in _variants("wrong", name)]
    return [
        *(lambda parts, name=name, text=text: parts.update({name: text}) for name, text in mistakes),
        lambda parts: parts.update(max_pool_backward=_todo("max_pool_backward")),
        lambda parts: parts.update({name: _todo(name) for name in FUNCTIONS}),
        lambda parts: parts.pop("batchnorm_backward") and None,
        lambda parts: parts.update(softmax_loss="def softmax_loss(x, y)\n    return 0.0, x"),
        lambda parts: parts.update(batchnorm_forward="raise RuntimeError('to be done')"),
    ]


def _todo(name: str) -> str:
    return f'def {name}(*arguments):\n    # TODO\n    raise NotImplementedError("{name}")'


def _renamed(text: str, chance: random.Random) -> str:
    for name, choices in NAMES.items():
        text = re.sub(rf"\b{name}\b", chance.choice(choices), text)
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()
    made = write(arguments.folder, submissions(arguments.count))
    right = sum(one.is_right for one in made)
    print(f"{right} right and {len(made) - right} wrong submissions in {arguments.folder}")


if __name__ == "__main__":
    main()
