"""Marks papers again after a key was found wrong: nobody loses points but by an item that is dropped."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from grader.exam.alternatives import NoKeyError, with_key
from grader.exam.amendments import Amendment
from grader.exam.given import Responses
from grader.exam.marking import MarkedPaper, mark_one
from grader.exam.paper_id import form_of
from grader.exam.printed import part_name
from grader.exam.unusable import unclear
from grader.model.form import ItemResult, Question
from grader.model.item import Bank
from grader.model.score import Score, total

Again = Callable[[Question, Any], ItemResult]
"""Marks a response to a question that has another key than before."""
ACCEPTED = "Another answer is accepted too: {}"
FULL = "Everyone gets the points: {}"
DROPPED = "This question counts for nothing: {}"


@dataclass(frozen=True, slots=True)
class Step:
    """What one amendment, by its index, did to a paper: the score of the whole before and after it."""

    amendment: int
    before: Score
    after: Score


@dataclass(frozen=True, slots=True)
class AmendedPaper:
    """A paper marked again, and what each amendment that is about it did, in their order."""

    marked: MarkedPaper
    steps: tuple[Step, ...] = ()


def amend(
    paper: MarkedPaper,
    responses: Responses,
    bank: Bank,
    amendments: Sequence[Amendment],
    again: Again = mark_one,
) -> AmendedPaper:
    """The paper with the amendments applied one after another."""
    questions = {question.item.id: question for question in paper.questions}
    best = dict(questions)
    results = {result.id: result for result in paper.results}
    seed = responses.seed if responses.paper is None else form_of(responses.paper).seed
    steps = []
    for index, one in enumerate(amendments):
        if one.item not in results or not one.holds_for(responses.paper):
            continue
        if not results[one.item].score.possible:
            continue  # it was dropped
        before = total(result.score for result in results.values())
        if one.also_accept:
            others = _with_other_keys(one, questions[one.item], bank, seed)
            tried = [_beside(best[one.item], other, one.part) for other in others]
            marked = [again(other, responses.answers.get(one.item)) for other in tried]
            chosen = _better(results[one.item], marked)
            if chosen is not None:
                best[one.item] = tried[chosen]
                told = (*results[one.item].amended, _reason(one, ACCEPTED))
                results[one.item] = replace(marked[chosen], amended=told)
        else:
            results[one.item] = _settled(results[one.item], one)
        steps.append(Step(index, before, total(result.score for result in results.values())))
    amended = tuple(results.values())
    # What could not be read, and now need not be, is no finding any more.
    settled = set(unclear(responses, paper.results)) - set(unclear(responses, amended))
    findings = tuple(finding for finding in paper.findings if finding not in settled)
    return AmendedPaper(replace(paper, results=amended, findings=findings), tuple(steps))


def _with_other_keys(one: Amendment, question: Question, bank: Bank, seed: int) -> Iterator[Question]:
    for accepted in one.also_accept:
        # A value that one draw of the item cannot have is no key there.
        with suppress(NoKeyError):
            yield with_key(question, bank.items[one.item], accepted, one.part, seed)


def _beside(best: Question, other: Question, part: str | None) -> Question:
    """The other question; of one in parts only the part meant, beside the keys that did best for the rest.

    The points of parts add up, so that what is best for each is best for all.
    """
    if part is None:
        return other
    parts = (new if part_name(new) == part else old for old, new in zip(best.parts, other.parts, strict=True))
    return replace(best, parts=tuple(parts))


def _better(result: ItemResult, others: Sequence[ItemResult]) -> int | None:
    """Which of the others earns most; None where none earns more than the one that is there.

    Nor is one taken that earns more now and leaves less for a person to give.
    """
    earned = result.score.earned
    better = [
        index
        for index, other in enumerate(others)
        if other.score.earned > earned and _most(other) >= _most(result)
    ]
    return max(better, key=lambda index: others[index].score.earned, default=None)


def _most(result: ItemResult) -> Fraction:
    return result.score.earned + sum((one.points for one in result.pending), Fraction(0))


def _settled(result: ItemResult, one: Amendment) -> ItemResult:
    """The result of an item that counts fully or not at all: nothing in it waits, nothing is unread."""
    possible = Fraction(0) if one.drop else result.score.possible
    earned = Fraction(0) if one.drop else max(result.score.earned, possible)
    return replace(
        result,
        score=Score(earned, possible),
        correct=None if one.drop else True,
        unread="",
        pending=(),
        amended=(*result.amended, _reason(one, DROPPED if one.drop else FULL)),
    )


def _reason(one: Amendment, told: str) -> str:
    return told.format(" ".join(one.reason.split()))


def item_hash(bank: Bank, name: str) -> str:
    """What the bank says of an item, in a hash: by it an audit knows which key was amended."""
    tree: Mapping[str, object] = asdict(bank.items[name])
    text = json.dumps(tree, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
