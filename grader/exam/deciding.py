"""Puts what a person decided about a paper into its scores."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from grader.errors import Finding
from grader.exam.marks import Key, Mark, Marks, harmless, key_of, read_points, waiting
from grader.model.form import ItemResult, Waiting
from grader.model.score import Score, in_points, show_points


def with_marks(
    marks: Marks, paper: str | None, file: str, results: Sequence[ItemResult]
) -> tuple[tuple[ItemResult, ...], list[Finding], set[Key]]:
    """The results with what a person gave, what could not be used, and which marks belong to this paper."""
    findings: list[Finding] = []
    used: set[Key] = set()
    decided = []
    for result in results:
        given: dict[str, tuple[Waiting, Fraction, str]] = {}
        for one, asked in zip(result.pending, waiting(paper, file, [result]), strict=True):
            key = key_of(asked)
            mark = marks.marks.get(key)
            if mark is None:
                continue
            used.add(key)
            fault = _fault(mark, asked)
            if fault:
                findings.append(marks.finding(key, *fault))
            elif (points := read_points(mark.given)) is not None:
                given[one.criterion] = (one, points, (mark.comment or "").strip())
        decided.append(_decided(result, given))
    return tuple(decided), findings, used


def unused(marks: Marks, used: set[Key]) -> Iterator[Finding]:
    """The marks that belong to nothing that was marked."""
    for key in marks.marks.keys() - used:
        _, file, item, criterion = key
        what = f"nothing waits for `{criterion}` of `{item}` in `{file}`"
        yield marks.finding(key, "unused-mark", what, "name the file as it was, or take the line out")


def _fault(mark: Mark, asked: Mark) -> tuple[str, str, str] | None:
    """Rule, what is wrong with a mark beside what it is asked for, and the cure."""
    most, points = read_points(asked.points), read_points(mark.given)
    if read_points(mark.points) != most:
        what = f"this criterion is worth {asked.points} points now, not {mark.points}"
        return "stale-mark", what, "write the file anew with `--pending`, and decide again"
    # Spreadsheets change spaces and ends of lines.
    if (
        mark.response is not None
        and harmless(mark.response).split() != harmless(asked.response or "").split()
    ):
        what = "the student's answer is another one now"
        return "stale-mark", what, "write the file anew with `--pending`, and decide again"
    if most is not None and points is not None and points > most:
        return "bad-mark", f"{mark.given} is more than {asked.points}", f"write 0 to {asked.points}"
    return None


def _decided(result: ItemResult, given: Mapping[str, tuple[Waiting, Fraction, str]]) -> ItemResult:
    if not given:
        return result
    earned = result.score.earned + sum((points for _, points, _ in given.values()), Fraction(0))
    left = tuple(one for one in result.pending if one.criterion not in given)
    told = [
        f"{one.criterion}: {show_points(points)} of {in_points(one.points)}"
        f"{f' ({comment})' if comment else ''}."
        for one, points, comment in given.values()
    ]
    is_open = left or result.unread or result.correct is False
    return replace(
        result,
        score=Score(earned, result.score.possible),
        correct=result.correct if is_open else earned == result.score.possible,
        feedback=" ".join([*told, result.feedback]),
        pending=left,
    )


RULES: Mapping[str, str] = {
    "stale-mark": """\
What: a mark was given for another answer than the student's paper has now, or for other points.
Why: what a person decided about one text says nothing about another.
Cure: write the file anew with `grade score … --pending FILE`, and decide again.""",
    "unused-mark": """\
What: a line of a file of marks belongs to nothing that waits: another file, item or criterion.
Why: points that a person gave would be lost.
Cure: mark the file that it names as well, under the same name, or take the line out.""",
}
"""The pages of the rules of this module, for `grade explain`."""
