"""(g) Five disjoint forms of 30 questions from 1,000 items, and from ever larger banks.

`python benchmarks/assembly.py --items 1000 2000 5000 10000` draws banks of so many items at random, and
assembles the forms of one blueprint with bounds for topics, difficulty, minutes and keys in a process of its
own for each. Then it asks for what is not there, and times how long it takes to name it.
"""

import argparse
import json
import random
import resource
import statistics
import sys
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from grader.errors import ContentError
from grader.exam.assembly import assemble_forms
from grader.exam.certificate import certify
from grader.model.answer import NumberAnswer
from grader.model.blueprint import Blueprint, Bounds, Counts, Difficulty, Parallel, Plan
from grader.model.item import (
    Bank,
    Distractor,
    Item,
    Key,
    MultipleChoice,
    Option,
    Place,
    ShortAnswer,
    TrueFalse,
)
from measure import Figure, Result, command, in_words, timed

ITEMS = (1_000, 2_000, 5_000, 10_000)
ROUNDS = 3
FORMS = 5
TOPICS = 20
REACH = 10.0
"""Seconds for five forms from the smallest of these banks."""
WORDS = tuple(f"word{n}" for n in range(400))
SHARED = "and no item stands on two forms"
Level = Literal[1, 2, 3, 4, 5]
LEVELS: tuple[Level, ...] = (1, 1, 2, 2, 2, 3, 3, 3, 4, 5)
"""Difficulties as often as they are met in the shipped bank."""

BLUEPRINT = Blueprint(
    "bench",
    "Benchmark",
    100,
    (
        Plan("True or false", "true_false", count=10, points=Fraction(2), true_statements=Counts(4, 6)),
        Plan(
            "Multiple choice",
            "multiple_choice",
            count=10,
            points=Fraction(4),
            key_sizes={"1": Counts(2, 4), "2": Counts(3, 5)},
        ),
        Plan("Short answers", "short_answer", count=10),
    ),
    points=Bounds(Fraction(98), Fraction(104)),
    expected_minutes=Bounds(Fraction(65), Fraction(75)),
    topics={f"topic-{n}": Counts(1, 3) for n in range(TOPICS)},
    difficulty=Difficulty(
        Bounds(Fraction("2.4"), Fraction("2.8")),
        Bounds(Fraction("0.9"), Fraction("1.3")),
        {"5": Counts(1, 3)},
    ),
    forms=FORMS,
    parallel=Parallel(difficulty=Fraction("0.1"), minutes=Fraction(5)),
)


def bank_of(size: int) -> Bank:
    """So many items with topics, types, difficulties and sources as chance gives them."""
    rng = random.Random(size)  # noqa: S311 (a draw, not a secret)
    items: dict[str, Item] = {}
    for n in range(size):
        level = rng.choice(LEVELS)
        stem = " ".join(rng.choice(WORDS) for _ in range(12))
        # Every fifth entry of the curriculum has two questions.
        source = (f"001/{n - 1 if n % 5 == 4 else n}",)
        items[f"item-{n}"] = _item(rng, f"item-{n}", stem, level, source)
    places = {name: Place(Path("bench.yaml"), 1, 1) for name in items}
    return Bank(items, {name: f"topic-{n % TOPICS}" for n, name in enumerate(items)}, places)


def _item(rng: random.Random, name: str, stem: str, level: Level, source: tuple[str, ...]) -> Item:
    kind = rng.choice(("true_false", "multiple_choice", "short_answer"))
    if kind == "true_false":
        item: Item = TrueFalse(type="true_false", stem=stem, explanation="So.", answer=rng.random() < 0.5)
    elif kind == "short_answer":
        answer, points = NumberAnswer("1"), Fraction(rng.choice((4, 4, 4, 5)))
        item = ShortAnswer(type="short_answer", stem=stem, explanation="So.", answer=answer, points=points)
    else:
        keys = rng.choice((1, 1, 2, 2, 3))
        options: tuple[Option, ...] = (*map(Key, WORDS[:keys]), *map(Distractor, WORDS[keys:4]))
        item = MultipleChoice(type="multiple_choice", stem=stem, explanation="So.", options=options)
    return replace(item, id=name, difficulty=level, source=source)


def without_topic(bank: Bank, topic: str) -> Bank:
    """The same bank with all but one of the items of a topic under another."""
    first = next(name for name, own in bank.topics.items() if own == topic)
    topics = {name: "other" if own == topic and name != first else own for name, own in bank.topics.items()}
    return replace(bank, topics=topics)


def assembled(items: int, seed: int) -> None:
    """Assembles the forms and holds them to the blueprint.

    Raises:
        RuntimeError: a bound is not kept.
    """
    bank = bank_of(items)
    clauses = certify(BLUEPRINT, bank, assemble_forms(BLUEPRINT, bank, seed)).clauses
    if any(slack is not None and slack < 0 for clause in clauses for slack in clause.slack):
        raise RuntimeError("the forms are not what was asked for")


def refused(items: int, seed: int) -> None:
    """Asks for what is not there.

    Raises:
        RuntimeError: the shortage is not named.
    """
    try:
        assemble_forms(BLUEPRINT, without_topic(bank_of(items), "topic-3"), seed)
    except ContentError as error:
        told = [finding.what for finding in error.findings]
        if told == [f"topic `topic-3`: 1 eligible item, 1 needed in each of {FORMS} forms, {SHARED}"]:
            return
        raise RuntimeError(str(told)) from None
    raise RuntimeError("what is not there was found")


STEPS = {"assemble": assembled, "refuse": refused}


def measure(sizes: Sequence[int], rounds: int) -> Result:
    """A row for each size, each measured in fresh processes."""
    rows, smallest = [], None
    for items in sizes:
        spent = {step: [_in_a_process(step, items, seed) for seed in range(rounds)] for step in STEPS}
        wall, cpu = (
            {step: statistics.median(one[what] for one in own) for step, own in spent.items()}
            for what in ("wall", "cpu")
        )
        memory = max(one["memory"] for own in spent.values() for one in own)
        smallest = smallest or wall["assemble"]
        cells = (wall["assemble"], cpu["assemble"], wall["refuse"])
        rows.append((str(items), *(f"{cell:.1f}" for cell in cells), f"{memory:.0f}"))
    return Result(
        f"(g) {FORMS} disjoint forms of 30 questions",
        ("items", "seconds", "of processor", "seconds to name a shortage", "MiB at most"),
        rows,
        [f"{in_words(rounds)}, each with another seed, in a process of its own that makes its bank first"],
        [figure(smallest)],
    )


def figure(seconds: float | None) -> Figure:
    return Figure(
        f"(g) seconds for {FORMS} disjoint forms of 30 from {ITEMS[0]:,} items", REACH, seconds, "s"
    )


def _in_a_process(step: str, items: int, seed: int) -> dict[str, float]:
    arguments = ["--step", step, "--items", str(items), "--seed", str(seed)]
    told: dict[str, float] = json.loads(
        command([sys.executable, Path(__file__), *arguments], folder=Path(__file__).parent)
    )
    return told


def _step(name: str, items: int, seed: int) -> None:
    spent = timed(lambda: STEPS[name](items, seed))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(json.dumps({"wall": spent.wall, "cpu": spent.cpu, "memory": memory}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=ITEMS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--step", choices=list(STEPS), help="one step in this process (used by itself)")
    parser.add_argument("--seed", type=int, default=0, help="with --step: which papers")
    options = parser.parse_args()
    if options.step:
        _step(options.step, options.items[0], options.seed)
    else:
        print(measure(options.items, options.rounds).text(), end="")


if __name__ == "__main__":
    main()
