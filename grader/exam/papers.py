"""Marks the papers of many students: what is the matter with one keeps no other from its marks."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from grader.errors import ContentError, Finding, GradeError
from grader.exam.again import Forms
from grader.exam.amending import Step, amend
from grader.exam.amendments import Amendments
from grader.exam.collecting import HandedIn
from grader.exam.deciding import with_marks
from grader.exam.given import Responses
from grader.exam.marking import MarkCode, mark_one, mark_with
from grader.exam.marks import Key, Mark, Marks, waiting
from grader.exam.paper_id import UnknownPaperError, form_of
from grader.exam.responses import read_responses
from grader.model.form import Form, ItemResult, Question, Section
from grader.model.score import Score, total


@dataclass(frozen=True, slots=True)
class Standing:
    """What a student's paper came to; where it could not be marked, `error` says why.

    `before` is the score without amendments, `steps` what each of them did. `is_apart` says that it names no
    paper among others that do: it is marked, and counts for nothing that is said of the class.
    """

    student: str
    path: Path
    paper: str | None = None
    form: Form | None = None
    results: tuple[ItemResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: GradeError | None = None
    before: Score | None = None
    steps: tuple[Step, ...] = ()
    is_apart: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """What was asked, beside each result."""
        return self.form.questions if self.form else ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """Those of the paper; none for items on their own."""
        return self.form.sections if self.form and self.paper else ()

    @property
    def score(self) -> Score:
        return total(result.score for result in self.results)

    @property
    def waiting(self) -> Fraction:
        """The points that a person has still to decide about."""
        return sum((one.points for result in self.results for one in result.pending), Fraction(0))

    @property
    def is_full(self) -> bool:
        return not self.error and not self.findings and self.score.is_full


@dataclass(slots=True)
class PaperMarker:
    """Marks one paper after another; `waits` is what a person has to decide, `used` what one decided.

    `papers` are the ones that were handed out; without any, every paper of the course is taken.
    """

    forms: Forms
    mark_code: MarkCode | None = None
    papers: Collection[str] = ()
    decided: Marks | None = None
    amendments: Amendments | None = None
    waits: list[Mark] = field(default_factory=list)
    used: set[Key] = field(default_factory=set)

    def standing(self, one: HandedIn) -> Standing:
        """What a paper came to; one that cannot be marked says why."""
        try:
            return self._marked(one)
        except GradeError as error:
            return Standing(one.student, one.path, findings=_told(one.path, error), error=error)

    def _marked(self, one: HandedIn) -> Standing:
        if one.fault:
            raise ContentError([one.fault])
        responses = _of_papers(read_responses(one.path), self.papers)
        marked = mark_with(self.forms, responses, self.mark_code)
        _refuse_of_another_form(marked.findings)
        results, findings = self._with_marks(responses, marked.results)
        marked = replace(marked, results=results, findings=(*marked.findings, *findings))
        before = total(result.score for result in results)
        entries = self.amendments.amendments if self.amendments else ()

        def again(question: Question, response: object) -> ItemResult:
            return self._with_marks(responses, [mark_one(question, response, self.mark_code)])[0][0]

        amended = amend(marked, responses, self.forms.bank, entries, again)
        marked = amended.marked
        self.waits += waiting(responses.paper, str(one.path), marked.results)
        return Standing(
            one.student,
            one.path,
            responses.paper,
            self._form(responses, marked.questions),
            marked.results,
            marked.findings,
            before=before,
            steps=amended.steps,
        )

    def _form(self, responses: Responses, questions: tuple[Question, ...]) -> Form:
        """The form that was answered; of items on their own, one of just these."""
        if responses.paper is not None:
            return self.forms.form(responses.paper)
        return Form("", "Questions", responses.seed, 0, (Section("Questions", "", questions),))

    def _with_marks(
        self, responses: Responses, results: Sequence[ItemResult]
    ) -> tuple[tuple[ItemResult, ...], Sequence[Finding]]:
        """The results with what a person gave."""
        if not self.decided:
            return tuple(results), ()
        decided, findings, used = with_marks(self.decided, responses.paper, str(responses.path), results)
        self.used |= used
        return decided, findings


def _of_papers(responses: Responses, papers: Collection[str]) -> Responses:
    """The responses, if they are to a paper handed out; who could choose it would choose an easy one."""
    if not papers or responses.paper in papers:
        return responses
    given = f"paper `{responses.paper}`" if responses.paper else "no paper by its id"
    asked = " or ".join(f"`{paper}`" for paper in papers)
    what = f"`{responses.path.name}` answers {given}; {asked} is asked for"
    cure = "mark it with the paper that it answers, or ask the student which one it was"
    raise ContentError([Finding(responses.path, 1, 1, "other-paper", what, cure)])


def _refuse_of_another_form(findings: Iterable[Finding]) -> None:
    """Most answers are to another form, whose letters mean something else here: points would be chance."""
    of_another = [finding for finding in findings if finding.rule == "wrong-form"]
    if of_another:
        raise ContentError(of_another)


def _told(path: Path, error: GradeError) -> tuple[Finding, ...]:
    if isinstance(error, ContentError):
        return error.findings
    if isinstance(error, UnknownPaperError):
        cure = "copy the id from the paper; a paper is marked with the bank that it was made from"
        return (Finding(path, 1, 1, "unknown-paper", str(error), cure),)
    return (Finding(path, 1, 1, "not-marked", str(error), "mend that, and mark the paper again"),)


# --- papers that stand alone among the others ---------------------------------------------------------------


def with_odd_ones(standings: Sequence[Standing]) -> list[Standing]:
    """The same, with a finding for each paper of another blueprint or seed than most have.

    Parallel forms of one draw belong together. Answers without a paper stand apart where papers are marked.
    """
    marked = [one for one in standings if not one.error]
    if 2 * sum(one.paper is not None for one in marked) >= len(marked):
        standings = [_apart(one) if one.paper is None and not one.error else one for one in standings]
    draws = [None if one.error else _draw(one) for one in standings]
    counted = Counter(draw for draw, one in zip(draws, standings, strict=True) if not one.error)
    common, number = counted.most_common(1)[0] if counted else (None, 0)
    if 2 * number <= counted.total():
        return list(standings)
    usual = next(one for one in standings if not one.error and _draw(one) == common)
    return [
        one
        if one.error or one.is_apart or draw == common
        else replace(one, findings=(*one.findings, _odd(one, usual)))
        for draw, one in zip(draws, standings, strict=True)
    ]


def _draw(one: Standing) -> tuple[str, int, int] | None:
    if one.paper is None:
        return None
    drawn = form_of(one.paper)
    return drawn.blueprint, drawn.seed, drawn.forms


def _apart(one: Standing) -> Standing:
    what = "this answers no paper by its id, as others here do; it is in none of their statistics"
    cure = "write the id of the paper under `paper:` and mark it again"
    return replace(
        one, findings=(*one.findings, Finding(one.path, 1, 1, "odd-paper", what, cure)), is_apart=True
    )


def _odd(one: Standing, usual: Standing) -> Finding:
    given, others = (f"paper `{each.paper}`" if each.paper else "no paper by its id" for each in (one, usual))
    what = f"this answers {given}, and most of the others answer {others} or a parallel form"
    cure = "see whether it was handed out; `--paper ID` takes only those that were"
    return Finding(one.path, 1, 1, "odd-paper", what, cure)


# --- amendments that are about nothing ----------------------------------------------------------------------


def unused_amendments(amendments: Amendments, standings: Iterable[Standing]) -> list[Finding]:
    """A finding for each amendment that no paper has the item of."""
    used = {step.amendment for one in standings for step in one.steps}
    return [
        amendments.finding(
            index,
            "unused-amendment",
            f"no paper here has the item `{entry.item}`" + (f" of `{where}`" if where else ""),
            "see whether the right papers are marked, or take it out",
        )
        for index, entry in enumerate(amendments.amendments)
        if index not in used
        for where in (entry.paper or entry.blueprint,)
    ]


RULES = {
    "other-paper": """\
What: a paper is not one of those that `--paper` names.
Why: whoever can choose the paper chooses an easy one.
Cure: find out which paper the student had, and name each form that was handed out with `--paper ID`.""",
    "odd-paper": """\
What: a paper is of another blueprint or seed than most of those that were marked with it, or has no id.
Why: its id may be mistyped, and whoever can choose the paper chooses an easy one. It was marked as it is;
one without an id is in no statistics.
Cure: find out which paper the student had; `--paper ID`, once for each form, takes only those.""",
    "unknown-paper": """\
What: the form that a paper names cannot be drawn again: nobody made it, or the bank has changed since.
Why: its letters and its items are those of that form only.
Cure: copy the id from the paper, or mark it with the bank and blueprint that it was made from.""",
    "not-marked": """\
What: a paper could not be marked, by no fault of its own: an item cannot be drawn, code cannot be run here.
Why: points that nobody looked for are not 0.
Cure: mend what the finding says, and mark the paper again.""",
    "unused-amendment": """\
What: an amendment is about an item that none of the papers has.
Why: points that somebody was promised would not be given.
Cure: mark the papers that it is about, mend its `paper` or `blueprint`, or take it out.""",
}
"""The pages of the rules of this module, for `grade explain`."""
