"""Drawing an item: which parameters, how often, and what becomes of its texts."""

import subprocess
import sys
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from grader.model.answer import (
    Domain,
    FormulaAnswer,
    MatrixFormulaAnswer,
    NearMiss,
    NumberAnswer,
    NumberCell,
    ShapeAnswer,
    TextAnswer,
)
from grader.model.item import (
    Distractor,
    Item,
    Key,
    Matching,
    MultipleChoice,
    Ordering,
    Pair,
    Parts,
    ShortAnswer,
    SingleChoice,
    Table,
    TrueFalse,
)
from grader.quiz.drawing import draw, drawn, names_of
from grader.quiz.parameters import DrawError, draws, listed, told


def statement(**fields: Any) -> TrueFalse:
    stated: dict[str, Any] = {"id": "a", "stem": "{{ n }}", "explanation": "b", "answer": True, **fields}
    return TrueFalse(type="true_false", **stated)


def short(answer: Any, **fields: Any) -> ShortAnswer:
    stated: dict[str, Any] = {"id": "a", "stem": "{{ n }}?", "explanation": "b", "answer": answer, **fields}
    return ShortAnswer(type="short_answer", **stated)


def choice(*options: Key | Distractor, **fields: Any) -> SingleChoice:
    stated: dict[str, Any] = {"id": "a", "stem": "s", "explanation": "b", "options": options, **fields}
    return SingleChoice(type="single_choice", **stated)


def answered(item: Item) -> Any:
    assert isinstance(item, ShortAnswer)
    return item.answer


class TestChoosing:
    def test_a_draw_is_the_same_for_the_same_item_and_seed(self) -> None:
        item = statement(params={"n": {"from": 1, "to": 1000}, "k": [3, 5]})

        assert draw(item, 7) == draw(item, 7)
        assert len({told(names_of(item, seed)) for seed in range(20)}) > 10

    def test_a_draw_is_the_same_in_every_process(self) -> None:
        program = (
            "from grader.model.item import TrueFalse; from grader.quiz.drawing import names_of;"
            "item = TrueFalse(type='true_false', id='a', stem='', explanation='', answer=True,"
            " params={'n': {'from': 1, 'to': 1000}});"
            "print([names_of(item, seed)['n'] for seed in range(5)])"
        )
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

        item = statement(params={"n": {"from": 1, "to": 1000}})
        assert run.stdout.strip() == str([names_of(item, seed)["n"] for seed in range(5)])

    def test_two_items_with_the_same_seed_are_drawn_apart(self) -> None:
        params = {"n": {"from": 1, "to": 10**4}}
        one, other = statement(id="a", params=params), statement(id="b", params=params)

        assert [names_of(one, seed) for seed in range(3)] != [names_of(other, seed) for seed in range(3)]

    def test_each_draw_that_fulfils_the_conditions_is_as_likely_as_another(self) -> None:
        item = statement(
            stem="", params={"a": [1, 2, 3, 4], "b": [1, 2, 3, 4]}, where="a + b == 5 or a == b == 1"
        )

        counts = Counter(told(names_of(item, seed)) for seed in range(1000))

        assert len(counts) == 5
        assert min(counts.values()) > 150
        assert max(counts.values()) < 250

    @pytest.mark.parametrize(
        ("stated", "values"),
        [
            ({"from": 1, "to": 3}, {1, 2, 3}),
            ({"from": 4, "to": 64, "step": 20}, {4, 24, 44, 64}),
            ({"from": 4, "to": 10, "step": 4}, {4, 8}),
            ({"from": 0.1, "to": 0.3, "step": 0.1}, {Fraction(1, 10), Fraction(1, 5), Fraction(3, 10)}),
            ([0.1, 2, "relu", [1, 0.5]], {Fraction(1, 10), 2, "relu", (1, Fraction(1, 2))}),
        ],
    )
    def test_choices_and_ranges_are_exact(self, stated: Any, values: set[Any]) -> None:
        assert {names["n"] for names in listed(statement(params={"n": stated}))} == values

    def test_lets_follow_each_other_and_conditions_may_use_them(self) -> None:
        item = statement(params={"n": [1, 2, 3]}, let={"m": "n*n", "s": "m + 1"}, where=("s > 2", "m < 9"))

        assert list(listed(item)) == [{"n": 2, "m": 4, "s": 5}]

    def test_a_condition_guards_the_lets_after_it(self) -> None:
        item = statement(params={"n": [0, 2]}, let={"m": "1/n"}, where="n > 0")

        assert [names["m"] for names in listed(item)] == [Fraction(1, 2)]

    def test_draws_are_counted(self) -> None:
        item = statement(params={"a": {"from": 1, "to": 10}, "b": {"from": 1, "to": 10}}, where="a < b")

        assert draws(item) == 45
        assert draws(item, most=10) == 10
        assert draws(statement(stem="no parameters")) == 1

    def test_many_combinations_are_not_listed(self) -> None:
        params = {name: {"from": 1, "to": 1000} for name in "abcd"}

        assert draws(statement(stem="", params=params)) == 100_000
        assert set(names_of(statement(stem="", params=params, where="a > b"), 3)) == set("abcd")


class TestTexts:
    def test_every_text_takes_its_values_and_no_other_field_does(self) -> None:
        item = short(
            NumberAnswer("{{ n*k }}"),
            stem="{{ n }} by {{ k }}",
            params={"n": [4]},
            let={"k": "n + 1"},
            near_misses=(NearMiss("{{ n }} alone?", number="{{ n }}"),),
            explanation="$2^{{{ n }}}$",
            check="assert '{{' in '{{ n }}'",
            source=("002/a",),
        )

        result = draw(item, 1).item

        assert isinstance(result, ShortAnswer)
        assert result.stem == "4 by 5"
        assert result.answer == NumberAnswer("20")
        assert result.near_misses == (NearMiss("4 alone?", number="4"),)
        assert result.explanation == "$2^{4}$"
        assert (result.check, result.params, result.let) == (item.check, item.params, item.let)

    def test_sizes_become_numbers(self) -> None:
        params = {"n": [4]}
        shape = drawn(short(ShapeAnswer((8, "{{ n*n }}")), params=params), 1)
        matrix = drawn(short(MatrixFormulaAnswer("x", {"x": ("m", "{{ n }}")}), params=params), 1)

        assert answered(shape) == ShapeAnswer((8, 16))
        assert answered(matrix).variables == {"x": ("m", 4)}

    def test_the_answer_of_a_statement_becomes_true_or_false(self) -> None:
        assert drawn(statement(params={"n": [4]}, answer="{{ n > 5 }}"), 1).answer is False  # type: ignore[union-attr]

    def test_an_answer_loses_no_decimal(self) -> None:
        assert answered(drawn(short(NumberAnswer("{{ 1/n }}"), params={"n": [3]}), 1)).number == "1/3"
        assert answered(drawn(short(NumberAnswer("{{ exp(n) }}"), params={"n": [1]}), 1)).number == (
            "2.718281828459045"
        )

    def test_a_negative_value_within_an_answer_keeps_its_meaning(self) -> None:
        params = {"n": [-3], "p": [0.5], "t": [1]}
        number = drawn(short(NumberAnswer("{{ n }}^2 + {{ t/3 }}^2 - {{ p }}"), params=params), 1)
        formula = drawn(short(FormulaAnswer("x - {{ n }}", {"x": Domain(0, 1)}), params=params), 1)

        assert answered(number).number == "(-3)^2 + (1/3)^2 - 0.5"
        assert answered(formula).formula == "x - (-3)"

    def test_an_item_without_parameters_may_compute_too(self) -> None:
        assert drawn(statement(stem="{{ 6*7 }}"), 1).stem == "42"

    def test_what_has_no_placeholder_stays_as_it_is(self) -> None:
        item = statement(stem="$e^{x}$ and $x_{i}$")

        assert drawn(item, 1) is item

    def test_what_an_option_means_is_evaluated(self) -> None:
        item = choice(Key("{{ n }}", value="n*n"), Distractor("x", value="[n, 1]"), params={"n": [4]})

        result = drawn(item, 1)

        assert isinstance(result, SingleChoice)
        assert result.options == (Key("4", value="16"), Distractor("x", value="[4, 1]"))

    def test_tables_parts_pairs_and_steps_are_filled_in(self) -> None:
        params = {"n": [4]}
        common: dict[str, Any] = {"stem": "", "explanation": "{{ n }}"}
        cell = NumberCell("{{ n }}", near_misses=(NearMiss("{{ n }}!", number="{{ n + 1 }}"),))
        table = Table(type="table", columns=("a", "b"), rows=(("{{ n }}", cell),), **common)
        pairs = Matching(type="matching", pairs=(Pair("{{ n }}", "b"),), extras=("{{ n }}.",), **common)
        steps = Ordering(type="ordering", steps=("{{ n }}", "{{ n + 1 }}"), **common)
        item = Parts(type="parts", id="a", parts=(table, pairs, steps), params=params, **common)

        result = drawn(item, 1)

        assert isinstance(result, Parts)
        filled, matched, ordered = result.parts
        assert isinstance(filled, Table)
        assert filled.rows == (("4", NumberCell("4", near_misses=(NearMiss("4!", number="5"),))),)
        assert isinstance(matched, Matching)
        assert (matched.pairs, matched.extras) == ((Pair("4", "b"),), ("4.",))
        assert isinstance(ordered, Ordering)
        assert ordered.steps == ("4", "5")
        assert filled.explanation == "4"


class TestTraps:
    """A draw in which a wrong answer is right cannot be asked."""

    def test_a_near_miss_that_would_be_right_is_not_drawn(self) -> None:
        item = short(
            NumberAnswer("{{ n*n }}"),
            params={"n": [1, 2, 3]},
            near_misses=(NearMiss("doubled", number="{{ 2*n }}"),),
        )

        assert {names_of(item, seed)["n"] for seed in range(30)} == {1, 3}

    def test_options_that_print_the_same_are_not_drawn(self) -> None:
        item = choice(Key("{{ n*n }}"), Distractor("{{ 2*n }}"), params={"n": [1, 2, 3]})

        assert {names_of(item, seed)["n"] for seed in range(30)} == {1, 3}

    def test_options_that_mean_the_same_are_not_drawn(self) -> None:
        item = choice(
            Key("squared", value="n*n"), Distractor("doubled", value="2*n"), params={"n": [1, 2, 3]}
        )

        assert {names_of(item, seed)["n"] for seed in range(30)} == {1, 3}

    def test_steps_and_pairs_that_print_the_same_are_not_drawn(self) -> None:
        steps = Ordering(
            type="ordering", id="a", stem="", explanation="", steps=("{{ n }}", "2"), params={"n": [1, 2]}
        )
        pairs = Matching(
            type="matching",
            id="a",
            stem="",
            explanation="",
            pairs=(Pair("a", "{{ n }}"), Pair("b", "2")),
            params={"n": [1, 2]},
        )

        for item in (steps, pairs):
            assert {names_of(item, seed)["n"] for seed in range(10)} == {1}

    def test_a_part_is_looked_at_like_an_item(self) -> None:
        part = MultipleChoice(
            type="multiple_choice", stem="", explanation="", options=(Key("{{ n }}"), Distractor("2"))
        )
        item = Parts(type="parts", id="a", stem="", explanation="", parts=(part,), params={"n": [1, 2]})

        assert {names_of(item, seed)["n"] for seed in range(10)} == {1}

    def test_an_item_of_nothing_but_traps_says_so(self) -> None:
        item = choice(Key("{{ n }}"), Distractor("{{ 1*n }}"), params={"n": [1, 2]})

        with pytest.raises(DrawError, match=r"in every draw .* as with n = \d: `\d` is printed twice"):
            drawn(item, 1)


@pytest.mark.parametrize(
    ("fields", "said", "step"),
    [
        ({"params": {"n": [1]}, "where": "n > 1"}, "no choice of its parameters", ("where",)),
        ({"params": {"n": [1]}, "where": "n + 1"}, "is no condition, but 2", ("where",)),
        ({"params": {"n": [1]}, "where": "k > 1"}, "no name `k`", ("where",)),
        ({"params": {"n": []}}, "`n` has 0 values", ("params", "n")),
        ({"params": {"n": {"from": 1, "to": 10**9}}}, "values; give it", ("params", "n")),
        ({"params": {"n": {"from": 1, "to": 9, "step": 0}}}, "more than 0", ("params", "n")),
        ({"params": {"n": {"from": "a", "to": 9}}}, "`a` is no number", ("params", "n")),
        ({"params": {"n": {"from": 1, "too": 9}}}, "write a list", ("params", "n")),
        ({"params": {"n": 5}}, "write a list", ("params", "n")),
        ({"params": {"n": [None]}}, "a number, a text or a list", ("params", "n")),
        ({"params": {"n": [[[[[[1]]]]]]}}, "nested", ("params", "n")),
        ({"params": {"N": [5]}}, "cannot be a name", ("params", "N")),
        ({"params": {"max": [5]}}, "cannot be a name", ("params", "max")),
        ({"params": {"n": [5]}, "let": {"n": "1"}}, "`n` is named twice", ("let", "n")),
        ({"params": {"n": [5]}, "let": {"m": "1/(n - 5)"}}, "divides by zero", ("let", "m")),
        ({"params": {"n": [5]}, "stem": "{{ m }}"}, "`m`: there is no name", ("stem",)),
        ({"params": {"n": [5]}, "stem": "{{ 1/3 }}"}, "more than 6 decimals", ("stem",)),
        ({"params": {"n": [[5]]}}, "a list is printed with", ("stem",)),
        ({"params": {"n": [5]}, "answer": "{{ n }}"}, "true or false, not 5", ("answer",)),
        ({"params": {"n": [5]}, "answer": "no"}, "no name `no`", ("answer",)),
        ({"where": "1 > 2"}, "does not hold", ("where",)),
    ],
)
def test_what_its_author_has_to_mend_is_told_with_its_place(
    fields: dict[str, Any], said: str, step: tuple[str, ...]
) -> None:
    with pytest.raises(DrawError) as caught:
        drawn(statement(**fields), 1)

    assert said in str(caught.value)
    assert caught.value.step == step


@pytest.mark.parametrize("size", ["{{ n/2 }}", "{{ -n }}", "{{ 'a' }}"])
def test_a_size_that_is_none_is_told(size: str) -> None:
    with pytest.raises(DrawError, match="a size is a whole number") as caught:
        drawn(short(ShapeAnswer((size,)), params={"n": [5]}), 1)

    assert caught.value.step == ("answer", "shape", 0)


def test_a_draw_that_is_one_in_very_many_is_given_up() -> None:
    params = {name: {"from": 1, "to": 1000} for name in "abcd"}

    with pytest.raises(DrawError, match="no choice"):
        drawn(statement(stem="", params=params, where="a == b == c == d == 1"), 1)


def test_text_answers_are_filled_in() -> None:
    item = short(TextAnswer("{{ n }} layers", accept=("{{ n }}",)), params={"n": [4]})

    assert answered(drawn(item, 1)) == TextAnswer("4 layers", accept=("4",))
