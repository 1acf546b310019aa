"""The shipped question bank as a whole: its form, its balance, its counts; each key is proved beside it."""

from collections import Counter
from collections.abc import Iterator

import pytest

from grader.errors import Finding
from grader.model.answer import NearMiss, TextAnswer
from grader.model.item import (
    Bank,
    Item,
    Key,
    MultipleChoice,
    Parts,
    ShortAnswer,
    SingleChoice,
    Table,
    TrueFalse,
)
from grader.quiz.answers import check_answer
from grader.quiz.drawing import drawn

SEEDS = range(3)


@pytest.fixture
def bank(shipped_bank: Bank) -> Bank:
    return shipped_bank


def keys_of(item: SingleChoice | MultipleChoice) -> int:
    """Count the correct options; `none_of_the_above` is one where no other option is."""
    return sum(isinstance(option, Key) for option in item.options) or 1


def typed_answers(item: Item) -> Iterator[ShortAnswer]:
    """The questions of an item that are answered by typing, each as a question of its own."""
    if isinstance(item, ShortAnswer):
        yield item
    if isinstance(item, Table):
        yield from item.blanks.values()
    if isinstance(item, Parts):
        yield from (part for part in item.parts if isinstance(part, ShortAnswer))


def as_typed(miss: NearMiss) -> str:
    return str(miss.number or miss.shape or miss.formula or miss.matrix_formula or miss.text)


def computable(item: Item) -> bool:
    if isinstance(item, ShortAnswer):
        return bool(item.params) or not isinstance(item.answer, TextAnswer)
    return bool(item.params) or isinstance(item, Table)


def test_the_reader_finds_no_fault(shipped: tuple[Bank, list[Finding]]) -> None:
    _, findings = shipped

    assert not findings, "\n".join(map(str, findings))


def test_every_key_that_can_be_computed_has_a_proof_that_can_fail(bank: Bank) -> None:
    for name, item in bank.items.items():
        assert not computable(item) or item.check, name
        assert item.check is None or "assert " in item.check or "def is_right" in item.check, name


def test_whoever_types_a_near_miss_is_told_about_it(bank: Bank) -> None:
    for name, item in bank.items.items():
        for seed in SEEDS if item.params else [0]:
            questions = list(typed_answers(drawn(item, seed)))
            assert not questions or any(question.near_misses for question in questions), name
            for question in questions:
                for miss in question.near_misses:
                    check = check_answer(question, as_typed(miss))
                    assert (check.correct, check.feedback) == (False, miss.feedback), name


def test_every_option_of_a_choice_tells_something(bank: Bank) -> None:
    for name, item in bank.items.items():
        if isinstance(item, SingleChoice | MultipleChoice):
            assert all(isinstance(option, str) or option.feedback for option in item.options), name


def test_there_is_enough_of_each_type(bank: Bank) -> None:
    types = Counter(item.type for item in bank.items.values())

    assert len(bank.items) >= 300
    assert types["multiple_choice"] >= 60
    assert types["true_false"] >= 30
    assert types["single_choice"] >= 30
    assert types["short_answer"] >= 60
    assert all(types[kind] >= 5 for kind in ("matching", "ordering", "table", "parts", "code", "essay"))
    assert sum(bool(item.params) for item in bank.items.values()) >= 80


def test_many_items_are_on_errata(bank: Bank) -> None:
    on_errata = [item for item in bank.items.values() if any("/E" in source for source in item.source)]

    assert len(on_errata) >= 40


def test_every_document_of_the_curriculum_is_asked_about(bank: Bank) -> None:
    documents = Counter(source.split("/")[0] for item in bank.items.values() for source in item.source)

    assert all(documents[name] >= 50 for name in ("000_003", "001", "002_004"))


def test_every_difficulty_occurs(bank: Bank) -> None:
    levels = Counter(item.difficulty for item in bank.items.values())

    assert all(levels[level] >= len(bank.items) / 20 for level in (1, 2, 3, 4, 5))
    assert max(levels.values()) <= len(bank.items) / 2


def test_true_and_false_are_balanced(bank: Bank) -> None:
    answers = [item.answer for item in bank.items.values() if isinstance(item, TrueFalse)]
    stated = [answer for answer in answers if isinstance(answer, bool)]

    assert 0.45 <= sum(stated) / len(stated) <= 0.55


def test_the_number_of_keys_does_not_give_them_away(bank: Bank) -> None:
    sizes = [keys_of(item) for item in bank.items.values() if isinstance(item, MultipleChoice)]

    assert all(sizes.count(size) >= 5 for size in (1, 2, 3))
    assert sizes.count(4) <= len(sizes) / 10


def test_the_place_of_a_key_does_not_give_it_away(bank: Bank) -> None:
    choices = [item for item in bank.items.values() if isinstance(item, SingleChoice | MultipleChoice)]
    places = [i for item in choices for i, option in enumerate(item.options) if isinstance(option, Key)]

    assert all(0.15 <= places.count(place) / len(places) <= 0.35 for place in range(4))


def test_every_item_explains_and_names_its_source(bank: Bank) -> None:
    for name, item in bank.items.items():
        assert len(item.explanation.split()) >= 8, name
        assert item.source, name


def test_an_entry_of_the_curriculum_is_asked_about_three_times_at_most(bank: Bank) -> None:
    # Papers never ask one entry twice, so items that share one compete for its place.
    sources = Counter(source for item in bank.items.values() for source in item.source)

    assert max(sources.values()) <= 3
