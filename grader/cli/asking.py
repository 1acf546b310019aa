"""Asks one question in the terminal, and asks again what cannot be understood."""

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from grader.exam.marking import mark_one
from grader.exam.printed import blank_names, lettered, part_name
from grader.files import read_file
from grader.model.form import Question, Section
from grader.model.item import (
    Code,
    Essay,
    Matching,
    MultipleChoice,
    Ordering,
    SingleChoice,
    Table,
    TrueFalse,
)
from grader.model.score import in_points
from grader.quiz.selection import letter
from grader.quiz.tex import readable
from grader.sandbox.text import one_line

WIDTH = 88
LEAVE = "q"
MAX_CODE = 256 * 2**10


class LeftError(Exception):
    """Whoever was asked wants to stop here."""


def ask(question: Question) -> Any:
    """What was answered, once it can be understood; None where it was left blank.

    Raises:
        LeftError: `q` was typed, or the input ended.
    """
    match question.item:
        case Table() as table:
            cells = {name: _ask_cell(question, name) for name in blank_names(table)}
            return {name: typed for name, typed in cells.items() if typed} or None
        case Essay():
            return _ask_text()
        case Code(exercise=exercise):
            return _ask_code(exercise)
    if question.parts:
        return _ask_parts(question)
    return _ask(_prompt(question), lambda typed: mark_one(question, typed).unread) or None


def _ask_parts(question: Question) -> Any:
    answers = {}
    for part in question.parts:
        click.echo(f"\n{shown(part, f'({part_name(part)})')}")
        answers[part_name(part)] = ask(part)
    return answers if any(answer is not None for answer in answers.values()) else None


def _ask_cell(question: Question, name: str) -> str:
    return _ask(f"{name}? ", lambda typed: mark_one(question, {name: typed}).unread)


def _ask(prompt: str, unread: Callable[[str], str]) -> str:
    while True:
        typed = _typed(prompt)
        told = unread(typed) if typed else ""
        if not told:
            return typed
        click.echo(f"  {told}")


def _ask_text() -> str | None:
    """Lines up to the first empty one."""
    click.echo("your text; an empty line ends it")
    lines = []
    while line := _typed("  "):
        lines.append(line)
    return "\n".join(lines) or None


def _ask_code(exercise: str) -> str | None:
    while True:
        typed = _typed(f"the path of your `{exercise}.py`? ")
        if not typed:
            return None
        try:
            data = read_file(Path(typed).expanduser(), MAX_CODE)
            if len(data) <= MAX_CODE:
                return data.decode("utf-8-sig")
            told = f"it is larger than {MAX_CODE // 2**10} KiB"
        except (OSError, ValueError) as error:
            told = getattr(error, "strerror", None) or "it is not UTF-8 text"
        click.echo(f"  `{typed}` cannot be read: {told}")


def _typed(prompt: str) -> str:
    try:
        typed = str(input(prompt)).strip()
    except (EOFError, KeyboardInterrupt):
        click.echo("")
        raise LeftError from None
    if typed == LEAVE:
        raise LeftError
    return typed


def _prompt(question: Question) -> str:
    match question.item:
        case TrueFalse():
            return "true or false? "
        case SingleChoice():
            return "one letter? "
        case MultipleChoice():
            return "letters? "
        case Matching():
            return "numbers with letters, such as 1B 2A? "
        case Ordering():
            return "all letters in order? "
    return "answer? "


# --- how it looks ------------------------------------------------------------------------------------------


def heading(section: Section) -> str:
    """What a section is called and how it is scored, for the terminal; nothing for one without a title."""
    if not section.title:
        return ""
    rule = textwrap.wrap(one_line(readable(section.rule)), WIDTH)
    return "\n".join([one_line(readable(section.title)), *rule, "\n"])


def shown(question: Question, number: str) -> str:
    """A question with all that is printed under its stem, for the terminal."""
    lines = [f"{number}  ({in_points(question.points)})"]
    for paragraph in readable(question.item.stem).strip().split("\n\n"):
        lines += textwrap.wrap(paragraph, WIDTH, initial_indent="  ", subsequent_indent="  ")
    if question.rule:
        lines += textwrap.wrap(question.rule, WIDTH, initial_indent="  ", subsequent_indent="  ")
    match question.item:
        case Matching(pairs=pairs):
            for index, pair in enumerate(pairs, start=1):
                lines += _entry(f"{index}.", pair.left)
            lines.append("")
        case Table() as table:
            lines += _table(table)
        case Code(exercise=exercise):
            lines.append(f"    `exercises/{exercise}/README.md` says what is asked.")
    for index, text in enumerate(lettered(question)):
        lines += _entry(f"{letter(index)}.", text)
    return "\n".join(lines)


def _entry(name: str, text: str) -> list[str]:
    head = f"    {name} "
    plain = readable(" ".join(text.split()))
    return textwrap.wrap(plain, WIDTH, initial_indent=head, subsequent_indent=" " * len(head))


def _table(table: Table) -> Iterator[str]:
    rows = [
        [
            readable(" ".join(cell.split())) if isinstance(cell, str) else f"[{row}.{column}]"
            for column, cell in enumerate(cells, start=1)
        ]
        for row, cells in enumerate((table.columns, *table.rows))
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.columns))]
    for row in rows:
        yield "    " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
