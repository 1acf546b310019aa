"""Makes a form a document: what stands on its paper, and what in its solutions."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from grader.exam.printed import (
    blank_names,
    key_letters,
    letter_of,
    lettered,
    part_name,
    printed_options,
)
from grader.exam.solution import near_misses, right_answer
from grader.export.document import (
    Asked,
    Body,
    Box,
    Cell,
    Chapter,
    Choices,
    Document,
    Entry,
    Grid,
    Lists,
    Solution,
    Words,
)
from grader.model.answer import Answer, FormulaAnswer, MatrixFormulaAnswer, NumberAnswer, ShapeAnswer
from grader.model.form import Form, Question
from grader.model.item import (
    Code,
    Distractor,
    Essay,
    Item,
    Matching,
    MultipleChoice,
    Ordering,
    Parts,
    ShortAnswer,
    Table,
    TrueFalse,
)
from grader.model.score import show_points
from grader.quiz.answers import shown_answer
from grader.quiz.selection import letter

HINTS: Mapping[str, str] = {
    "true_false": "true or false",
    "single_choice": "one is right",
    "multiple_choice": "tick all that apply",
    "matching": "write the letter that belongs to each number",
    "ordering": "write the letters in order",
    "table": "fill in the table",
    "essay": "a few sentences",
}
"""What is asked for, in a few words beside the points."""


def document(form: Form, *, is_solved: bool) -> Document:
    """The paper of a form, in which nothing is said about what is right; or its solutions."""
    chapters = tuple(
        Chapter(
            section.title,
            section.rule,
            len(section.questions),
            _total(section.questions),
            tuple(
                _asked(question, f"Question {question.number}", is_solved) for question in section.questions
            ),
        )
        for section in form.sections
    )
    every = tuple(question for section in form.sections for question in section.questions)
    return Document(form.title, form.id, form.minutes, len(every), _total(every), is_solved, chapters)


def _total(questions: tuple[Question, ...]) -> str:
    return show_points(sum((question.points for question in questions), Fraction(0)))


def _asked(question: Question, name: str, is_solved: bool, anchor: str = "") -> Asked:
    anchor = anchor or f"q{question.number}"
    worth = "1 point" if question.points == 1 else f"{show_points(question.points)} points"
    hint = "" if is_solved else _hint(question)
    return Asked(
        name,
        anchor,
        f"{worth} · {hint}" if hint else worth,
        question.item.stem.strip(),
        question.rule,
        _solved(question) if is_solved else _body(question),
        None if is_solved or question.parts else _box(question),
        tuple(
            _asked(part, f"Part ({part_name(part)})", is_solved, f"{anchor}{part_name(part)}")
            for part in question.parts
        ),
        _solution(question) if is_solved else None,
    )


def _hint(question: Question) -> str:
    if isinstance(question.item, ShortAnswer):
        return _kind(question.item.answer)
    return HINTS.get(question.item.type, "")


def _kind(answer: Answer) -> str:
    match answer:
        case NumberAnswer(unit=unit):
            return "a number with its unit" if unit else "a number"
        case ShapeAnswer():
            return "a shape"
        case FormulaAnswer() | MatrixFormulaAnswer():
            return "a formula"
    return "a word or a few"


# --- what stands on a paper ---------------------------------------------------------------------------------


def _body(question: Question) -> Body | None:
    entries = tuple(Entry(letter(index), text) for index, text in enumerate(lettered(question)))
    match question.item:
        case Matching(pairs=pairs):
            lefts = tuple(Entry(str(number), pair.left) for number, pair in enumerate(pairs, 1))
            return Lists(lefts, entries)
        case Ordering():
            return Lists((), entries)
        case Table() as table:
            return _grid(table, dict.fromkeys(blank_names(table), ""))
        case Code(exercise=exercise):
            return Words(f"The exercise is `exercises/{exercise}/`; its `README.md` says what is asked.")
    return Choices(entries, not isinstance(question.item, MultipleChoice)) if entries else None


def _grid(table: Table, answers: Mapping[str, str]) -> Grid:
    rows = tuple(
        tuple(
            Cell(cell) if isinstance(cell, str) else Cell(answers[f"{row}.{column}"], f"{row}.{column}")
            for column, cell in enumerate(cells, 1)
        )
        for row, cells in enumerate(table.rows, 1)
    )
    return Grid(table.columns, rows)


def _box(question: Question) -> Box | None:
    match question.item:
        case TrueFalse():
            return Box("ticks", ("true", "false"))
        case Matching(pairs=pairs):
            return Box("slots", tuple(str(number) for number in range(1, len(pairs) + 1)))
        case Ordering(steps=steps):
            return Box("slots", ("",) * len(steps))
        case Essay():
            return Box("lines")
        case ShortAnswer():
            return Box("line")
        case Code(exercise=exercise):
            return Box("file", (f"{exercise}.py",))
    return None  # it is ticked, or filled in, where it stands


# --- what stands in solutions -------------------------------------------------------------------------------


def _solved(question: Question) -> Body | None:
    match question.item:
        case Matching():
            return Grid(("Entry", "What belongs to it"), tuple(_matched(question, question.item)))
        case Ordering(steps=steps):
            order = range(len(steps))
            return Lists((), tuple(Entry(letter_of(question, place), steps[place]) for place in order))
        case Table() as table:
            names = blank_names(table).items()
            return _grid(table, {name: shown_answer(blank) for name, blank in names})
    body = _body(question)
    return Choices(tuple(_judged(question)), body.is_one) if isinstance(body, Choices) else body


def _matched(question: Question, item: Matching) -> Iterator[tuple[Cell, ...]]:
    for index, pair in enumerate(item.pairs):
        yield Cell(f"{index + 1}. {pair.left}"), Cell(f"{letter_of(question, index)}. {pair.right}")
    for index, extra in enumerate(item.extras, len(item.pairs)):
        yield Cell("nothing"), Cell(f"{letter_of(question, index)}. {extra}")


def _judged(question: Question) -> Iterator[Entry]:
    key = key_letters(question)
    for index, (text, option) in enumerate(zip(lettered(question), printed_options(question), strict=True)):
        name = letter(index)
        note = "" if isinstance(option, str) else option.feedback or ""
        credit = option.credit if isinstance(option, Distractor) else None
        share = f"It earns {credit} of the points. " if credit and question.scheme == "per_option" else ""
        yield Entry(name, text, name in key, (share + note).strip())


def _solution(question: Question) -> Solution:
    item = question.item
    explanation, source = item.explanation.strip(), _source(question)
    match item:
        case Essay(rubric=rubric):
            share = question.points / sum(one.points for one in rubric)
            entries = tuple(
                Entry(f"{show_points(one.points * share)} points", one.criterion) for one in rubric
            )
            return Solution("", explanation, item.answer.strip(), entries, source=source)
        case Code(exercise=exercise):
            return Solution("", f"`grade {exercise}` marks it.\n\n{explanation}", source=source)
        case Table() | Parts():
            return Solution("", explanation, misses=tuple(_misses(item)), source=source)
    return Solution(right_answer(question), explanation, misses=tuple(_misses(item)), source=source)


def _misses(item: Item) -> Iterator[Entry]:
    for name, typed, miss in near_misses(item):
        yield Entry(f"{name}: {typed}" if name else typed, miss.feedback)


def _source(question: Question) -> str:
    item = question.item
    stated = f"Source: {', '.join(item.source)}. " if item.source else ""
    return f"{stated}Item: {item.id}." if item.id else stated
