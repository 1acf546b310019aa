"""What an author writes down as right, or as nearly right: the answers that are typed, not ticked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from grader.model.strict import STRICT


def spoken(name: str) -> str:
    """A field as authors write it: `from` is a word of Python's, so the field is `from_`."""
    return name.removesuffix("_")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may lie from the answer: exactly one of the three is given."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    absolute: float | None = None
    relative: float | None = None
    figures: int | None = None


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A number, kept as it was written (`10*5*5 + 10`, `2/3`); without a tolerance it must be met exactly."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    number: str
    tolerance: Tolerance | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ShapeAnswer:
    """The sizes of an array, outermost axis first; before the draw a size may be a template."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    shape: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """The values at which a variable of a formula is tried, both ends included; `whole`: integers only."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {**STRICT, "alias_generator": spoken}

    from_: float
    to: float
    whole: bool = False


@dataclass(frozen=True, slots=True)
class FormulaAnswer:
    """A formula in variables, each with its domain; any formula of the same values there is right."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    formula: str
    variables: dict[str, Domain] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class MatrixFormulaAnswer:
    """A formula in arrays; a size is a number, or a letter that stands for the same number everywhere."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    matrix_formula: str
    variables: dict[str, tuple[int | str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """A word or phrase; `text` is the one shown, `accept` and `patterns` hold others that are right."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    text: str
    accept: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


Answer = NumberAnswer | ShapeAnswer | FormulaAnswer | MatrixFormulaAnswer | TextAnswer

KINDS: Mapping[type, str] = {
    NumberAnswer: "number",
    ShapeAnswer: "shape",
    FormulaAnswer: "formula",
    MatrixFormulaAnswer: "matrix_formula",
    TextAnswer: "text",
}
"""The field that holds each answer's key, which is also the field of its near misses."""


def kind_of(answer: Answer) -> str:
    """What is to be typed: a `number`, a `shape`, a `formula`, a `matrix_formula` or a `text`."""
    return next(kind for noun, kind in KINDS.items() if isinstance(answer, noun))


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A wrong answer that many give, with what they are told and the share of the points that it earns."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    feedback: str
    number: str | None = None
    shape: tuple[int | str, ...] | None = None
    formula: str | None = None
    matrix_formula: str | None = None
    text: str | None = None
    credit: Fraction | None = None


# --- the same in a cell of a table, where the near misses stand beside the key -----------------------------


@dataclass(frozen=True, slots=True)
class NumberCell(NumberAnswer):
    """A cell in which a number is to be written."""

    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True, slots=True)
class ShapeCell(ShapeAnswer):
    """A cell in which a shape is to be written."""

    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True, slots=True)
class FormulaCell(FormulaAnswer):
    """A cell in which a formula is to be written."""

    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixFormulaCell(MatrixFormulaAnswer):
    """A cell in which a formula in arrays is to be written."""

    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True, slots=True)
class TextCell(TextAnswer):
    """A cell in which a word or phrase is to be written."""

    near_misses: tuple[NearMiss, ...] = ()


BlankCell = NumberCell | ShapeCell | FormulaCell | MatrixFormulaCell | TextCell
Cell = str | BlankCell
"""A cell of a table: a text is printed, anything else is to be filled in."""
