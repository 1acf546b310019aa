"""Reads the words of an item as a student would, for the rules that judge them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.model.item import Bank, Item, Key, MultipleChoice, Part, Parts, Place, SingleChoice
from grader.quiz.tex import readable

_CODE_OR_FORMULA = re.compile(r"`[^`]*`|(?<!\\)(\$\$?).+?(?<!\\)\1|\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its place: an item, or a part of one."""

    name: str
    place: Place
    topic: str
    item: Item | Part


def questions(bank: Bank) -> Iterator[Asked]:
    """All items of the bank, and after an item of several parts each of them."""
    for name, item in bank.items.items():
        place, topic = bank.places[name], bank.topics[name]
        yield Asked(f"`{name}`", place, topic, item)
        if isinstance(item, Parts):
            for index, part in enumerate(item.parts):
                yield Asked(f"part ({chr(ord('a') + index % 26)}) of `{name}`", place, topic, part)


def choices(bank: Bank) -> Iterator[tuple[Asked, SingleChoice | MultipleChoice]]:
    """All questions with options."""
    for asked in questions(bank):
        if isinstance(asked.item, SingleChoice | MultipleChoice):
            yield asked, asked.item


def keys_of(item: SingleChoice | MultipleChoice) -> list[int]:
    """The places of the right options; `none_of_the_above` is one where no other is."""
    keys = [index for index, option in enumerate(item.options) if isinstance(option, Key)]
    return keys or [index for index, option in enumerate(item.options) if isinstance(option, str)]


def texts(item: SingleChoice | MultipleChoice) -> Mapping[int, str]:
    """The options that their author wrote, by place."""
    return {
        index: " ".join(option.text.split())
        for index, option in enumerate(item.options)
        if not isinstance(option, str)
    }


def lengths(item: SingleChoice | MultipleChoice) -> Mapping[int, int]:
    """How many letters a reader sees in each of them."""
    return {index: len(readable(text)) for index, text in texts(item).items()}


def words(text: str) -> list[str]:
    """The words in lower case, without code, formulas and what a draw puts in."""
    return [word.casefold() for word in _WORD.findall(_CODE_OR_FORMULA.sub(" ", text))]


def prose(text: str) -> str:
    """The text without code, formulas and what a draw puts in."""
    return _CODE_OR_FORMULA.sub(" ", text)
