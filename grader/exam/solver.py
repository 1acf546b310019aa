"""Picks the items of all forms at once by mixed-integer programming, with HiGHS as scipy has it."""

import importlib
import importlib.util
import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from grader.errors import UsageError
from grader.exam.limits import Alike, Limit, Wanted

MISSING = "parallel forms and constraints need scipy: `pip install 'grade[instructor]'`"
GAP = 0.1
"""How far from the best random choice is good enough: it need only be another one for another seed."""
COST = 30
"""What the gap is a share of, for each form; what the items cost that are chosen adds up to less."""
MAX_NODES = 20_000
"""Where the search gives up; counted in nodes, so that it ends alike on every machine."""
MAX_SECONDS = 300
"""A search so long has failed, on every machine that anyone would wait for."""
INFEASIBLE = 2
Picked = tuple[tuple[int, ...], ...]
"""The candidates of each form."""
NOTHING = 1e-6
LOST = "no paper was found in a long search; ask for less, or give wider bounds"


@dataclass(frozen=True, slots=True)
class Missed:
    """Which limits cannot be met with all others, and the papers that miss them by the least.

    `limits` are places in `limits` of what was wanted, and after those in `alike`.
    """

    picked: Picked
    limits: frozenset[int]


@dataclass(slots=True)
class _Rows:
    """Linear rows between bounds, and the columns with the bounds and costs of their variables."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    entries: tuple[list[int], list[int], list[float]] = field(default_factory=lambda: ([], [], []))
    most: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)

    def columns(self, costs: Iterable[float], most: float, *, whole: bool) -> int:
        """Adds variables from 0 to `most`; the index of the first."""
        first, before = len(self.costs), len(self.costs)
        self.costs += costs
        self.most += [most] * (len(self.costs) - before)
        self.whole += [int(whole)] * (len(self.costs) - before)
        return first

    def row(self, entries: Iterable[tuple[int, float]], low: float, high: float) -> None:
        rows, columns, values = self.entries
        for column, value in entries:
            rows.append(len(self.low))
            columns.append(column)
            values.append(value)
        self.low.append(low)
        self.high.append(high)


def can_solve() -> bool:
    """Whether scipy is there."""
    return importlib.util.find_spec("scipy") is not None


def solved(wanted: Wanted, rng: random.Random) -> Picked | None:
    """The candidates of each form, others for other dice; None where not all that is asked can be met.

    Raises:
        UsageError: scipy is not there, or the search ended without an answer.
    """
    values = _values(_rows(wanted, rng), GAP)
    return None if values is None else _picked(wanted, values)


def closest(wanted: Wanted) -> Missed:
    """The forms that miss what is asked by the least.

    Raises:
        UsageError: as `solved`.
    """
    rows, slacks = _elastic(wanted)
    values = _values(rows, 0)
    if values is None:
        raise UsageError(LOST)
    missed = frozenset(index for (index, _), column in slacks.items() if values[column] > NOTHING)
    return Missed(_picked(wanted, values), missed)


# --- the rows ----------------------------------------------------------------------------------------------


def _rows(wanted: Wanted, rng: random.Random) -> _Rows:
    rows = _structure(wanted, [rng.random() for _ in range(wanted.forms * len(wanted.candidates))])
    # A constant, so that the gap is one between papers and not between vanishing costs.
    constant = rows.columns([COST * wanted.forms], 1, whole=False)
    rows.row([(constant, 1)], 1, 1)
    for limit in wanted.limits:
        for form in range(wanted.forms):
            for entries, low, high in _of_limit(wanted, limit, form):
                rows.row(entries, low, high)
    for alike in wanted.alike:
        level = rows.columns([0], math.inf, whole=False)
        for form in range(wanted.forms):
            for entries, low, high in _of_alike(wanted, alike, form, level):
                rows.row(entries, low, high)
    return rows


def _elastic(wanted: Wanted) -> tuple[_Rows, Mapping[tuple[int, int], int]]:
    """The same with a slack for each limit, of which there is to be as little as possible."""
    rows = _structure(wanted, [0] * (len(wanted.candidates) * wanted.forms))
    slacks: dict[tuple[int, int], int] = {}
    every: Sequence[Limit | Alike] = (*wanted.limits, *wanted.alike)
    for index, limit in enumerate(every):
        level = rows.columns([0], math.inf, whole=False) if isinstance(limit, Alike) else 0
        for form in range(wanted.forms):
            scale = _denominator(limit)
            weight = 0.05 if isinstance(limit, Limit) and limit.preferred else limit.given_up
            column = rows.columns([weight / _unit(limit)], math.inf, whole=False)
            slacks[index, form] = column
            own = (
                _of_limit(wanted, limit, form)
                if isinstance(limit, Limit)
                else _of_alike(wanted, limit, form, level)
            )
            for entries, low, high in own:
                if low > -math.inf:
                    rows.row([*entries, (column, scale)], low, math.inf)
                if high < math.inf:
                    rows.row([*entries, (column, -scale)], -math.inf, high)
    return rows, slacks


def _unit(limit: Limit | Alike) -> float:
    """What is as bad to miss as one item."""
    return {"points": 4.0, "minutes": 3.0}.get(limit.unit, 1.0)


def _structure(wanted: Wanted, costs: Sequence[float]) -> _Rows:
    """The choice of items, what may not stand on one paper, what forms may share."""
    rows, size = _Rows(), len(wanted.candidates)
    rows.columns(costs, 1, whole=True)
    for group in wanted.apart:
        for form in range(wanted.forms):
            rows.row([(form * size + n, 1) for n in group], -math.inf, 1)
    items: dict[str, list[int]] = {}
    for n, one in enumerate(wanted.candidates):
        items.setdefault(one.item.id, []).append(n)
    if wanted.forms > 1 and not wanted.overlap:
        for own in items.values():
            rows.row([(form * size + n, 1) for form in range(wanted.forms) for n in own], -math.inf, 1)
    elif wanted.forms > 1:
        for pair in combinations(range(wanted.forms), 2):
            first = rows.columns([0] * len(items), 1, whole=False)
            for shared, own in enumerate(items.values(), first):
                both = [(form * size + n, 1.0) for form in pair for n in own]
                rows.row([*both, (shared, -1)], -math.inf, 1)
            rows.row([(first + n, 1) for n in range(len(items))], -math.inf, wanted.overlap)
    return rows


Row = tuple[Sequence[tuple[int, float]], float, float]


def _of_limit(wanted: Wanted, limit: Limit, form: int) -> list[Row]:
    """The rows of a limit for one form, in whole numbers."""
    scale, start = _denominator(limit), form * len(wanted.candidates)
    low, high = (None if end is None else int(end * scale) for end in (limit.low, limit.high))
    if limit.measure == "sum":
        entries = [(start + n, int(amount * scale)) for n, amount in limit.amounts.items() if amount]
        return [(entries, -math.inf if low is None else low, math.inf if high is None else high)]
    # A mean lies above a bound where the differences from it add up to more than nothing.
    rows: list[Row] = []
    if low is not None:
        rows.append(([(start + n, int(a * scale) - low) for n, a in limit.amounts.items()], 0, math.inf))
    if high is not None:
        rows.append(([(start + n, int(a * scale) - high) for n, a in limit.amounts.items()], -math.inf, 0))
    return rows


def _of_alike(wanted: Wanted, alike: Alike, form: int, level: int) -> list[Row]:
    """The number of each form lies from a common level up to `most` above it."""
    scale, start = _denominator(alike), form * len(wanted.candidates)
    most = int(alike.most * scale)
    above = [(start + n, int(amount * scale)) for n, amount in alike.amounts.items() if amount]
    rows: list[Row] = [([*above, (level, -scale)], 0, math.inf)]
    if alike.measure == "sum":
        return [([*above, (level, -scale)], 0, most)]
    # Parallel forms have as many items, so that sums differ by so much for each item.
    below = [(start + n, int(amount * scale) - most) for n, amount in alike.amounts.items()]
    return [*rows, ([*below, (level, -scale)], -math.inf, 0)]


def _denominator(limit: Limit | Alike) -> int:
    ends = (limit.low, limit.high) if isinstance(limit, Limit) else (limit.most,)
    numbers = (*limit.amounts.values(), *(end for end in ends if end is not None))
    return math.lcm(*{number.denominator for number in numbers})


# --- scipy -------------------------------------------------------------------------------------------------


def _values(rows: _Rows, gap: float) -> Any:
    """The values of the variables; None where there are none within all bounds."""
    try:
        optimize, sparse = (importlib.import_module(f"scipy.{name}") for name in ("optimize", "sparse"))
    except ImportError:
        raise UsageError(MISSING) from None
    row, column, value = rows.entries
    matrix = sparse.csr_array((value, (row, column)), shape=(len(rows.low), len(rows.costs)))
    result = optimize.milp(
        rows.costs,
        integrality=rows.whole,
        bounds=optimize.Bounds(0, rows.most),
        constraints=optimize.LinearConstraint(matrix, rows.low, rows.high),
        options={"mip_rel_gap": gap, "node_limit": MAX_NODES, "time_limit": MAX_SECONDS},
    )
    if result.x is not None or result.status == INFEASIBLE:
        return result.x
    raise UsageError(LOST)


def _picked(wanted: Wanted, values: Any) -> Picked:
    size = len(wanted.candidates)
    starts = (form * size for form in range(wanted.forms))
    return tuple(tuple(n for n in range(size) if values[start + n] > 0.5) for start in starts)
