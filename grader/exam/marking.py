"""Marks responses: each beside its item, with points and a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.errors import Finding, UsageError
from grader.exam.assembly import assemble, form_of
from grader.exam.blueprint import blueprints, load_blueprint
from grader.exam.responses import Responses, Unclear
from grader.model.form import Form, ItemResult, Question
from grader.model.item import (
    Bank,
    Item,
    Key,
    MultipleChoice,
    Option,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from grader.model.score import Score
from grader.quiz.answers import check_answer, shown_answer
from grader.quiz.schemes import points, scheme_of
from grader.quiz.selection import UnclearError, is_blank, letter, read_letters, read_truth

NONE_TEXT = "None of the above."
BLANK = "Left blank."


@dataclass(frozen=True, slots=True)
class MarkedPaper:
    """The marked items in the order of the paper, and the responses that could not be used."""

    results: tuple[ItemResult, ...]
    findings: tuple[Finding, ...]


def mark_responses(course: Path, bank: Bank, responses: Responses) -> MarkedPaper:
    """Marks a filled-in paper; the form it names is drawn anew from its blueprint and seed.

    Without `paper` the items named are marked, with letters in the bank's order; with it all items of the
    form, of which a missing one is blank.

    Raises:
        UsageError: the form cannot be drawn again: another bank, or no such blueprint.
    """
    if responses.paper is None:
        questions = [loose_question(bank.items[name]) for name in responses.answers if name in bank.items]
    else:
        form = form_again(course, bank, responses.paper)
        questions = [question for section in form.sections for question in section.questions]
    known = {question.item.id for question in questions}
    findings = [*responses.findings, *_unknown(responses, known, bank)]
    results = []
    for question in questions:
        name = question.item.id
        result = mark_one(question, responses.answers.get(name))
        results.append(result)
        if result.correct is None and result.response is not None:
            cure = "mend the answer and mark the paper again; it costs nothing so far"
            findings.append(responses.finding(name, "unclear-answer", f"`{name}`: {result.feedback}", cure))
    return MarkedPaper(tuple(results), tuple(sorted(findings)))


def form_again(course: Path, bank: Bank, paper: str) -> Form:
    """The form with the id `paper`, drawn from its blueprint and seed.

    Raises:
        UsageError: today's bank or blueprint gives another form.
    """
    name, seed = form_of(paper)
    if name not in blueprints(course):
        # Never one at a path: a student could bring a blueprint along.
        raise UsageError(f"paper `{paper}`: the course has no blueprint `{name}`")
    form = assemble(load_blueprint(course, name, topics=bank.topics.values()), bank, seed)
    if form.id != paper:
        raise UsageError(
            f"paper `{paper}` was made from another state of the bank or blueprint (today's is `{form.id}`);"
            " mark it with the state that it was made from"
        )
    return form


def loose_question(item: Item) -> Question:
    """An item on its own: its own points, its type's scheme, the bank's letters."""
    options = len(item.options) if isinstance(item, SingleChoice | MultipleChoice) else 0
    return Question(item, 1, item.worth, scheme_of(item), tuple(range(options)))


def mark_one(question: Question, response: Any) -> ItemResult:
    """One response; one that cannot be understood is not marked, and its feedback says what would be."""
    if isinstance(response, Unclear):
        return _result(question, response.typed, Fraction(0), None, f"Not marked: {response.why}.")
    if is_blank(response):
        return _result(question, None, _blank(question), None, f"{BLANK} {_solution(question)}")
    try:
        earned, correct, feedback = _marked(question, response)
    except UnclearError as error:
        return _result(question, response, Fraction(0), None, f"Not marked: {error}.")
    return _result(question, response, earned, correct, feedback)


def _blank(question: Question) -> Fraction:
    """What a blank answer earns: nothing, unless the scheme pays for the options it rightly leaves alone."""
    options = len(question.order)
    return points(question.scheme, question.points, frozenset(), key_letters(question), options=options)


def _marked(question: Question, response: Any) -> tuple[Fraction, bool | None, str]:
    """Points, whether the response is fully right, and the sentence for the student."""
    match question.item:
        case TrueFalse() as item:
            given = read_truth(response)
            selected, key = frozenset({str(given)}), frozenset({str(item.answer)})
            feedback = "" if given == item.answer else _solution(question)
        case SingleChoice() | MultipleChoice() as item:
            selected, key = read_letters(response, len(question.order)), key_letters(question)
            if isinstance(item, SingleChoice) and len(selected) > 1:
                raise UnclearError("choose one option")
            if not selected:
                raise UnclearError("no option is named")
            feedback = " ".join(_option_feedback(question, selected)) if selected != key else ""
        case ShortAnswer() as item:
            check = check_answer(item, _text(response))
            if check.correct is None:
                return Fraction(0), None, check.feedback
            selected, key = frozenset({str(check.correct)}), frozenset({"True"})
            feedback = check.feedback if check.correct else f"{check.feedback} {_solution(question)}"
    options = max(len(question.order), 2)  # true or false, right or not
    earned = points(
        question.scheme, question.points, selected, key, options=options, credits=_credits(question)
    )
    is_right = selected == key
    return earned, is_right, "Right." if is_right else feedback.strip()


def _credits(question: Question) -> dict[str, Fraction]:
    """The credits that options state, by printed letter."""
    return {
        letter(index): option.credit
        for index, option in enumerate(printed_options(question))
        if not isinstance(option, str) and option.credit is not None
    }


def _text(response: Any) -> str:
    return ", ".join(map(str, response)) if isinstance(response, list | tuple) else str(response)


def key_letters(question: Question) -> frozenset[str]:
    """The printed letters of the right options."""
    options = printed_options(question)
    keys = {letter(i) for i, option in enumerate(options) if isinstance(option, Key)}
    return frozenset(keys or {letter(i) for i, option in enumerate(options) if isinstance(option, str)})


def printed_options(question: Question) -> Sequence[Option]:
    """The options in printed order."""
    item = question.item
    if not isinstance(item, SingleChoice | MultipleChoice):
        return ()
    return [item.options[index] for index in question.order]


def option_text(option: Option) -> str:
    """An option as it is printed."""
    return NONE_TEXT if isinstance(option, str) else option.text


def _option_feedback(question: Question, selected: frozenset[str]) -> Iterator[str]:
    """What the author says to whoever ticked or missed an option, then the explanation."""
    key = key_letters(question)
    for index, option in enumerate(printed_options(question)):
        name = letter(index)
        if (name in selected) == (name in key):
            continue
        told = None if isinstance(option, str) else option.feedback
        yield f"{name} {'is right' if name in key else 'is not right'}{f': {told}' if told else '.'}"
    yield question.item.explanation.strip()


def _solution(question: Question) -> str:
    """The answer with its explanation."""
    match question.item:
        case TrueFalse(answer=answer):
            right = "The statement is true." if answer else "The statement is false."
        case ShortAnswer() as item:
            right = f"The answer is {shown_answer(item)}."
        case _:
            right = f"Right: {', '.join(sorted(key_letters(question)))}."
    return f"{right} {question.item.explanation.strip()}"


def _result(
    question: Question, response: Any, earned: Fraction, correct: bool | None, feedback: str
) -> ItemResult:
    return ItemResult(question.item.id, Score(earned, question.points), response, correct, feedback)


def _unknown(responses: Responses, known: set[str], bank: Bank) -> Iterator[Finding]:
    for name in responses.answers:
        if name in known:
            continue
        if name in bank.items:
            what = f"`{name}` is not on paper `{responses.paper}`"
            yield responses.finding(name, "not-on-paper", what, "take it out, or name its paper")
        else:
            what = f"the bank has no item `{name}`"
            yield responses.finding(name, "unknown-item", what, "mend the id")


RULES: Mapping[str, str] = {
    "unclear-answer": """\
What: an answer cannot be read: two letters where one is wanted, words where a number is.
Why: a guess could cost points that were earned; such an answer is not marked and costs nothing.
Cure: mend the answer as the finding says, then mark the paper again.""",
    "not-on-paper": """\
What: a response is to an item that the paper does not have.
Why: it earns nothing, and perhaps another paper was meant.
Cure: take it out, or name the right paper under `paper:`.""",
    "unknown-item": """\
What: a response is to an item that the bank does not have.
Why: it earns nothing, and a slip in an id would lose an answer.
Cure: copy the id from the paper.""",
}
"""The pages of the rules of this module, for `grade explain`."""
