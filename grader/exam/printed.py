"""Says how a question is printed: its letters, its numbers, the names of its blanks and parts."""

from collections.abc import Sequence

from grader.model.form import Question
from grader.model.item import (
    Key,
    Matching,
    MultipleChoice,
    Option,
    Ordering,
    ShortAnswer,
    SingleChoice,
    Table,
)
from grader.quiz.selection import letter

NONE_TEXT = "None of the above."


def printed_options(question: Question) -> Sequence[Option]:
    """The options in printed order."""
    item = question.item
    if not isinstance(item, SingleChoice | MultipleChoice):
        return ()
    return [item.options[index] for index in question.order]


def option_text(option: Option) -> str:
    """An option as it is printed."""
    return NONE_TEXT if isinstance(option, str) else option.text


def key_letters(question: Question) -> frozenset[str]:
    """The printed letters of the right options."""
    options = printed_options(question)
    keys = {letter(i) for i, option in enumerate(options) if isinstance(option, Key)}
    return frozenset(keys or {letter(i) for i, option in enumerate(options) if isinstance(option, str)})


def none_letter(question: Question) -> str | None:
    """The letter of "none of the above"; None where there is no such option."""
    return next((letter(i) for i, one in enumerate(printed_options(question)) if isinstance(one, str)), None)


def lettered(question: Question) -> Sequence[str]:
    """The texts behind the letters A, B and so on: options, rights of a matching, steps of an ordering."""
    match question.item:
        case Matching(rights=rights):
            return [rights[index] for index in question.order]
        case Ordering(steps=steps):
            return [steps[index] for index in question.order]
    return [option_text(option) for option in printed_options(question)]


def letter_of(question: Question, index: int) -> str:
    """The printed letter of the bank's right or step with this index."""
    return letter(question.order.index(index))


def blank_names(table: Table) -> dict[str, ShortAnswer]:
    """The cells to fill in by their names: `2.3` is the third cell of the second row."""
    return {f"{row + 1}.{column + 1}": blank for (row, column), blank in table.blanks.items()}


def part_name(part: Question) -> str:
    """The letter of a part: a for the first."""
    return letter(part.number - 1).lower()
