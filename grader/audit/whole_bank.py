"""Holds the bank as a whole to the rules of good questions: what no single item gives away, many do."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction

from grader.audit.content import Content, at
from grader.audit.items import ABSOLUTE
from grader.audit.words import Asked, choices, keys_of, lengths, questions, words
from grader.bank.likeness import alike
from grader.errors import Finding
from grader.model.item import MultipleChoice, SingleChoice, TrueFalse
from grader.quiz.schemes import PAYING_A_BLANK, points

ENOUGH = 20
"""As many items must there be for a share of them to say anything."""
SPREADS = 3
"""How many standard deviations a count may lie from its mean: by chance it is more once in 370 times."""


def key_position(content: Content) -> Iterator[Finding]:
    """key-position

    What: of all items with one right option, too many have it in the same place, or too few.
    Why: in a quiz that is not shuffled, whoever guesses that place gains.
    Cure: move the right option in some of them.
    """
    by_size: dict[int, list[tuple[Asked, int]]] = defaultdict(list)
    for asked, item in choices(content.bank):
        keys = keys_of(item)
        if len(keys) == 1 and not isinstance(item.options[keys[0]], str):
            by_size[len(item.options)].append((asked, keys[0]))
    for size, placed in sorted(by_size.items()):
        counts = Counter(place for _, place in placed)
        for place in range(size):
            if len(placed) >= ENOUGH and _is_far(counts[place], len(placed), Fraction(1, size)):
                first = next((asked for asked, at_ in placed if at_ == place), placed[0][0])
                what = (
                    f"the key stands in place {place + 1} in {counts[place]} of the {len(placed)} items with"
                    f" {size} options and one key; by chance it would in {len(placed) / size:.0f}"
                )
                yield at(first, "key-position", what, "move the right option in some of them")


def key_length(content: Content) -> Iterator[Finding]:
    """key-length

    What: of all items with one right option, too many have it as the longest or the shortest, or too few.
    Why: whoever picks by length, or leaves out by length, gains, though no single item gives itself away.
    Cure: shorten or lengthen keys or distractors in some of them.
    """
    for extreme, word in ((max, "longest"), (min, "shortest")):
        found, expected, spread, first = 0, 0.0, 0.0, None
        for asked, own, told in _by_length(content):
            if told.count(extreme(told)) > 1:
                continue  # nobody can pick the longest of two
            chance = 1 / len(told)
            expected, spread = expected + chance, spread + chance * (1 - chance)
            found, first = found + (own == extreme(told)), first or asked
        if first and expected >= ENOUGH / 4 and abs(found - expected) > SPREADS * math.sqrt(spread):
            what = f"the key is the {word} option in {found} items; by chance it would be in {expected:.0f}"
            yield at(first, "key-length", what, "shorten or lengthen keys or distractors in some of them")


def _by_length(content: Content) -> Iterator[tuple[Asked, int, list[int]]]:
    """The items with one right option: the length of that one, and of all."""
    for asked, item in choices(content.bank):
        keys = keys_of(item)
        if len(keys) == 1 and not isinstance(item.options[keys[0]], str):
            told = lengths(item)
            yield asked, told[keys[0]], list(told.values())


def true_false_balance(content: Content) -> Iterator[Finding]:
    """true-false-balance

    What: too many statements of the bank are true, or too many are false.
    Why: whoever answers all of them alike gains.
    Cure: turn some statements round.
    """
    stated = _statements(content)
    true = sum(item.answer is True for _, item in stated)
    if len(stated) >= ENOUGH and _is_far(true, len(stated), Fraction(1, 2)):
        what = f"{true} of {len(stated)} statements are true"
        yield at(stated[0][0], "true-false-balance", what, "turn some statements round")


def bold_statements(content: Content) -> Iterator[Finding]:
    """bold-statements

    What: nearly all statements that say always, never, all or only are false, or nearly all are true.
    Why: whoever looks for these words alone gains.
    Cure: turn some of them round, or take the words out.
    """
    bold = [(asked, item) for asked, item in _statements(content) if ABSOLUTE & set(words(item.stem))]
    false = sum(item.answer is False for _, item in bold)
    if len(bold) >= ENOUGH // 2 and _is_far(false, len(bold), Fraction(1, 2)):
        what = f"{false} of the {len(bold)} statements with an absolute word are false"
        yield at(bold[0][0], "bold-statements", what, "turn some of them round, or take the words out")


def duplicate_stem(content: Content) -> Iterator[Finding]:
    """duplicate-stem

    What: two items ask the same, or nearly the same.
    Why: a paper could hold both, and one change to the course has to be made twice.
    Cure: drop one, make one item with parameters of them, or write `# allow: duplicate-stem` after its id.
    """
    found: dict[str, str] = {}
    for name, other in alike(content.bank.items.values()):
        found.setdefault(name, other)
    for name, other in found.items():
        place = content.bank.places[name]
        what = f"`{name}` asks nearly the same as `{other}`"
        cure = "drop one, or make one item with parameters of them"
        yield Finding(place.path, place.line, place.column, "duplicate-stem", what, cure)


def blank_pays(content: Content) -> Iterator[Finding]:
    """blank-pays

    What: an item, or a section of a blueprint, is scored by a scheme that pays for a blank answer.
    Why: `every_decision` and `halves` count what a blank rightly leaves alone; whoever answers nothing earns.
    Cure: take another scheme, `net_correct` for one, or write `# allow: blank-pays` after the id.
    """
    for asked, item in choices(content.bank):
        if item.scheme in PAYING_A_BLANK:
            what = f"a blank answer to {asked.name} earns {_blank(item.scheme, item)} of its points"
            yield at(asked, "blank-pays", what, "take `net_correct`, or another scheme")
    for path, blueprint in content.blueprints.items():
        for plan in blueprint.sections:
            if plan.scheme in PAYING_A_BLANK:
                what = f"the section `{plan.title}` pays for blank answers by `{plan.scheme}`"
                yield Finding(path, 1, 1, "blank-pays", what, "take `net_correct`, or another scheme")


def few_keys(content: Content) -> Iterator[Finding]:
    """few-keys

    What: an item that is scored decision by decision has no more keys than distractors.
    Why: a blank earns half of its points or more: 3/4 where one option of four is right.
    Cure: take another scheme, or write more options that are right.
    """
    plans = [plan for blueprint in content.blueprints.values() for plan in blueprint.sections]
    by_type = {kind: plan.scheme for plan in plans if plan.scheme == "every_decision" for kind in plan.kinds}
    for asked, item in choices(content.bank):
        scheme, keys = item.scheme or by_type.get(item.type), len(keys_of(item))
        if scheme == "every_decision" and 2 * keys <= len(item.options):
            what = f"{asked.name} has {keys} of {len(item.options)} options right, so that a blank earns"
            cure = "take `net_correct`, or another scheme"
            yield at(asked, "few-keys", f"{what} {_blank(scheme, item)}", cure)


def _blank(scheme: str, item: SingleChoice | MultipleChoice) -> Fraction:
    """The share of the points that a blank answer earns."""
    key = frozenset(str(place) for place in keys_of(item))
    return points(scheme, Fraction(1), frozenset(), key, options=len(item.options))


def _is_far(count: int, total: int, share: Fraction) -> bool:
    """Whether a count is farther from its mean than chance explains."""
    spread = math.sqrt(total * share * (1 - share))
    return abs(count - total * float(share)) > SPREADS * spread


def _statements(content: Content) -> list[tuple[Asked, TrueFalse]]:
    """The statements whose truth does not depend on the draw."""
    return [
        (asked, asked.item)
        for asked in questions(content.bank)
        if isinstance(asked.item, TrueFalse) and isinstance(asked.item.answer, bool)
    ]


RULES = (
    key_position,
    key_length,
    true_false_balance,
    bold_statements,
    duplicate_stem,
    blank_pays,
    few_keys,
)
