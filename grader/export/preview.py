"""An item as its author wants to see it: as a student does, then with all that the bank says about it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from grader.exam.questions import asked, rule_of
from grader.exam.solution import near_misses
from grader.export.bodies import answer, body, solved
from grader.export.pages import head, part_head
from grader.model.answer import NearMiss
from grader.model.form import Question
from grader.model.item import Item
from grader.quiz.drawing import Draw, draw
from grader.quiz.parameters import told
from grader.quiz.schemes import scheme_of


def preview_markdown(item: Item, topic: str, seeds: Iterable[int], most: int = 1) -> str:
    """The item as the seeds draw it, in so many different draws at most.

    Raises:
        DrawError: it cannot be drawn.
    """
    lines = [f"# {item.id}", "", _facts(item, topic), "", f"*{rule_of(scheme_of(item), item.worth)}*", ""]
    for seed, drawn in islice(_draws(item, seeds), most):
        title = f"Draw {seed}: {told(drawn.names)}" if item.params else "As it is asked"
        lines += [f"## {title}", "", *_question(asked(drawn.item, 1)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _draws(item: Item, seeds: Iterable[int]) -> Iterator[tuple[int, Draw]]:
    """The draws of the seeds, each of them once."""
    seen = []
    for seed in seeds:
        drawn = draw(item, seed)
        if drawn.names not in seen:
            seen.append(drawn.names)
            yield seed, drawn


def _facts(item: Item, topic: str) -> str:
    facts = [f"`{item.type}`", topic, f"difficulty {item.difficulty} of 5", f"scheme `{scheme_of(item)}`"]
    if item.source:
        facts.append(", ".join(item.source))
    if item.check:
        facts.append("proved by a check")
    return " · ".join(facts)


def _question(question: Question) -> Iterator[str]:
    yield from (head(question), "", body(question), "")
    for part in question.parts:
        yield from (part_head(part), "", body(part), "")
    yield from ("### Key", "")
    for one in question.parts or (question,):
        if question.parts:
            yield from (part_head(one), "")
        yield from (solved(one), "", answer(one), "", *_near_misses(one.item))
        if question.parts:
            yield from (one.item.explanation.strip(), "")
    yield from ("### Explanation", "", question.item.explanation.strip())


def _near_misses(item: object) -> Iterator[str]:
    """What is told to those who give a usual wrong answer."""
    lines = [
        f"- {f'cell {name}, ' if name else ''}`{typed}`{_credit(miss)} — {_line(miss.feedback)}"
        for name, typed, miss in near_misses(item)
    ]
    if lines:
        yield from ("Near misses:", "", *lines, "")


def _line(text: str) -> str:
    return " ".join(text.split())


def _credit(miss: NearMiss) -> str:
    return f" (earns {miss.credit} of the points)" if miss.credit is not None else ""
