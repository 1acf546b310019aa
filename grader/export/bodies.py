"""What stands under a stem in Markdown: on the paper, and in its solutions."""

import re
from collections.abc import Iterator, Sequence

from grader.exam.printed import blank_names, key_letters, letter_of, lettered, printed_options
from grader.exam.solution import near_misses, right_answer
from grader.model.form import Question
from grader.model.item import Code, Distractor, Essay, Matching, Ordering, Table
from grader.model.score import in_points
from grader.quiz.answers import shown_answer
from grader.quiz.selection import letter

LINE = "______________________"
GAP = "________"
ESSAY_LINES = 8
_FORMULA = re.compile(r"(\$[^$]*\$)")


def body(question: Question) -> str:
    """What is printed between the stem and the answer: options, lists, a table."""
    match question.item:
        case Matching(pairs=pairs):
            lefts = [f"- {number}. {_line(pair.left)}" for number, pair in enumerate(pairs, start=1)]
            return "\n".join([*lefts, "", *_letters(question)])
        case Table() as table:
            return _table(table, {name: f"{name} {GAP}" for name in blank_names(table)})
        case Code(exercise=exercise):
            return f"The exercise is `exercises/{exercise}/`; its `README.md` says what is asked."
    return "\n".join(_letters(question))


def box(question: Question) -> str:
    """Where the answer is written by hand."""
    match question.item:
        case Matching(pairs=pairs):
            return "Answer: " + " ".join(f"{number} ____" for number in range(1, len(pairs) + 1))
        case Ordering():
            return f"Answer, the letters in order: {LINE}"
        case Table():
            return "Answer: fill in the table."
        case Code(exercise=exercise):
            return f"Answer: the file `{exercise}.py`"
        case Essay():
            return "Answer:\n" + f"\n{LINE * 3}\n" * ESSAY_LINES
    return f"Answer: {LINE}"


def solved(question: Question) -> str:
    """The body with what is right."""
    match question.item:
        case Matching() as item:
            letters = [letter_of(question, index) for index in range(len(item.pairs))]
            lines = [
                f"- {number}. {_line(pair.left)} — {name}. {_line(pair.right)}"
                for number, (pair, name) in enumerate(zip(item.pairs, letters, strict=True), start=1)
            ]
            extras = [
                f"- {letter_of(question, len(item.pairs) + index)}. {_line(extra)} — belongs to nothing"
                for index, extra in enumerate(item.extras)
            ]
            return "\n".join([*lines, *extras])
        case Ordering(steps=steps):
            return "\n".join(
                f"{number}. {letter_of(question, number - 1)}: {_line(step)}"
                for number, step in enumerate(steps, start=1)
            )
        case Table() as table:
            blanks = blank_names(table).items()
            return _table(table, {name: f"**{_starred(shown_answer(blank))}**" for name, blank in blanks})
        case Code():
            return body(question)
    return "\n".join(_solved_options(question))


def answer(question: Question) -> str:
    """The right answer with what leads to it; a rubric where a person marks."""
    item = question.item
    if isinstance(item, Table):
        return ""
    if isinstance(item, Essay):
        share = question.points / sum(one.points for one in item.rubric)
        rubric = [f"- {_line(one.criterion)} ({in_points(one.points * share)})" for one in item.rubric]
        return "\n".join(["A model answer:", "", item.answer.strip(), "", "Rubric:", "", *rubric])
    if isinstance(item, Code):
        return f"`grade {item.exercise}` marks it."
    return f"Answer: **{_starred(right_answer(question))}**"


def misses(question: Question) -> str:
    """What is told about answers that are usual and wrong; nothing where there are none."""
    lines = [
        f"- **{_starred(f'{name}: {typed}' if name else typed)}** — {_line(miss.feedback)}"
        for name, typed, miss in near_misses(question.item)
    ]
    return "\n".join(["Usual slips:", "", *lines]) if lines else ""


def _letters(question: Question) -> Iterator[str]:
    for index, text in enumerate(lettered(question)):
        yield f"- {letter(index)}. {_line(text)}"


def _solved_options(question: Question) -> Iterator[str]:
    key = key_letters(question)
    for index, (text, option) in enumerate(zip(lettered(question), printed_options(question), strict=True)):
        told = "" if isinstance(option, str) else _line(option.feedback or "")
        right = " **(right)**" if letter(index) in key else ""
        credit = option.credit if isinstance(option, Distractor) else None
        share = f" (earns {credit} of the points)" if credit and question.scheme == "per_option" else ""
        yield f"- {letter(index)}. {_line(text)}{right}{share}{f' — {told}' if told else ''}"


def _table(table: Table, blanks: dict[str, str]) -> str:
    rows: list[Sequence[str]] = [table.columns, ["---"] * len(table.columns)]
    for row, cells in enumerate(table.rows, start=1):
        rows.append(
            [
                cell if isinstance(cell, str) else blanks[f"{row}.{column}"]
                for column, cell in enumerate(cells, start=1)
            ]
        )
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows)


def _starred(text: str) -> str:
    """A text whose `*` is a product, also where Markdown would take it for the end of what is bold."""
    return "".join(
        part if part.startswith("$") else part.replace("*", r"\*") for part in _FORMULA.split(text)
    )


def _cell(text: str) -> str:
    """A text in a table of Markdown, where a bar would begin the next cell."""
    return "".join(
        re.sub(r"(?<!\\)\|", r"\\vert ", part).replace(r"\|", r"\Vert ")
        if part.startswith("$")
        else part.replace("|", r"\|")
        for part in _FORMULA.split(_line(text))
    )


def _line(text: str) -> str:
    return " ".join(text.split())
