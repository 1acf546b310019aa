"""Says what of a filled-in paper could not be used: answers that cannot be read, or are to other items."""

from collections.abc import Iterable, Iterator, Mapping

from grader.errors import Finding
from grader.exam.again import Forms
from grader.exam.given import Responses
from grader.model.form import ItemResult

FEW = 3
"""Answers to other items from which on another paper may have been meant, not a slip in an id."""


def unclear(responses: Responses, results: Iterable[ItemResult]) -> Iterator[Finding]:
    """A finding for each answer that cannot be read."""
    cure = "mend the answer and mark the paper again; it costs nothing so far"
    for result in results:
        if result.unread:
            what = f"`{result.id}`: {result.unread}"
            yield responses.finding(result.id, "unclear-answer", what, cure)


def unknown(responses: Responses, known: set[str], forms: Forms) -> Iterator[Finding]:
    """A finding for each answer to an item that was not asked; one for all of another form's."""
    strange = [name for name in responses.answers if name not in known]
    elsewhere = {name for name in strange if name in forms.bank.items}
    for name in strange:
        if name not in elsewhere:
            what = f"the bank has no item `{name}`"
            yield responses.finding(name, "unknown-item", what, "mend the id")
    is_most = len(elsewhere) >= FEW and 2 * len(elsewhere) > len(responses.answers)
    if responses.paper is not None and is_most:
        yield _of_another_form(responses, responses.paper, elsewhere, forms)
        return
    for name in sorted(elsewhere):
        what = f"`{name}` is not on paper `{responses.paper}`"
        yield responses.finding(name, "not-on-paper", what, "take it out, or name its paper")


def _of_another_form(responses: Responses, paper: str, elsewhere: set[str], forms: Forms) -> Finding:
    """That most answers are to items of another form, and of which if it is a parallel one."""
    fitting = [
        form.id
        for form in forms.parallel(paper)
        if elsewhere <= {question.item.id for question in form.questions}
    ]
    what = f"{len(elsewhere)} of {len(responses.answers)} answers are to items that paper `{paper}` lacks"
    cure = f"they are on `{fitting[0]}`" if fitting else "see which paper the student had"
    return responses.finding("", "wrong-form", what, f"{cure}; write its id under `paper:` and mark it again")


RULES: Mapping[str, str] = {
    "unclear-answer": """\
What: an answer cannot be read: two letters where one is wanted, words where a number is.
Why: a guess could cost points that were earned; such an answer is not marked and costs nothing.
Cure: mend the answer as the finding says, then mark the paper again.""",
    "not-on-paper": """\
What: a response is to an item that the paper does not have.
Why: it earns nothing, and perhaps another paper was meant.
Cure: take it out, or name the right paper under `paper:`.""",
    "wrong-form": """\
What: most answers are to items that the paper named does not have.
Why: the letters of an option are those of one form; marked as another, right answers earn nothing.
It is not marked, and counts nowhere.
Cure: find out which paper the student had, write its id under `paper:`, and mark the paper again.""",
    "unknown-item": """\
What: a response is to an item that the bank does not have.
Why: it earns nothing, and a slip in an id would lose an answer.
Cure: copy the id from the paper.""",
}
"""The pages of the rules of this module, for `grade explain`."""
