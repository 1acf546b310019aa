"""Says what is right about a question: for the feedback, and for the file of solutions."""

from collections.abc import Iterator

from grader.exam.printed import blank_names, key_letters, letter_of, part_name
from grader.model.answer import NearMiss, kind_of
from grader.model.form import Question
from grader.model.item import Code, Essay, Matching, Ordering, Parts, ShortAnswer, Table, TrueFalse
from grader.quiz.answers import miss_text, shown_answer


def right_answer(question: Question) -> str:
    """The right answer in a few words, as it can be filled in; the model answer of an essay."""
    match question.item:
        case TrueFalse(answer=is_true):
            return "true" if is_true else "false"
        case ShortAnswer() as item:
            return shown_answer(item)
        case Matching(pairs=pairs):
            return " ".join(f"{index + 1}{letter_of(question, index)}" for index in range(len(pairs)))
        case Ordering(steps=steps):
            return "".join(letter_of(question, index) for index in range(len(steps)))
        case Table() as table:
            return "; ".join(f"{name}: {shown_answer(blank)}" for name, blank in blank_names(table).items())
        case Parts():
            return "; ".join(f"({part_name(part)}) {right_answer(part)}" for part in question.parts)
        case Code(exercise=exercise):
            return f"the exercise `{exercise}`"
        case Essay(answer=answer):
            return answer.strip()
    return ", ".join(sorted(key_letters(question)))


def near_misses(item: object) -> Iterator[tuple[str, str, NearMiss]]:
    """Wrong answers that are told something of their own: in which cell, as it is typed, what is told."""
    blanks = {"": item} if isinstance(item, ShortAnswer) else {}
    if isinstance(item, Table):
        blanks = dict(blank_names(item))
    for name, blank in blanks.items():
        for miss in blank.near_misses:
            yield name, miss_text(miss, kind_of(blank.answer)), miss


def solution(question: Question) -> str:
    """The answer with its explanation."""
    answer = right_answer(question)
    match question.item:
        case TrueFalse():
            right = f"The statement is {answer}."
        case ShortAnswer():
            right = f"The answer is {answer}."
        case Ordering():
            right = f"In order: {', '.join(answer)}."
        case Code(exercise=exercise):
            right = f"`grade {exercise}` marks what you write."
        case Essay():
            right = f"A model answer: {answer}"
        case _:
            right = f"Right: {answer}."
    return f"{right} {question.item.explanation.strip()}"
