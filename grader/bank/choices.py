"""Holds the options of a choice to their rules."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from grader.bank.place import ItemPlace, Rule
from grader.errors import Finding
from grader.model.item import NONE_OF_THE_ABOVE
from grader.quiz.schemes import PAYING_CREDITS

MAX_OPTIONS = 26  # as many as there are letters


def _keys(here: ItemPlace) -> Iterator[Finding]:
    name, options = here.data.get("id", "this part"), here.data.get("options")
    if not isinstance(options, list):
        return
    keys = [index for index, option in enumerate(options) if isinstance(option, dict) and "key" in option]
    none = [index for index, option in enumerate(options) if option == NONE_OF_THE_ABOVE]
    wrong = sum(isinstance(option, dict) and "distractor" in option for option in options)
    if here.type == "single_choice" and len(keys) > 1:
        what = f"`{name}` has {len(keys)} keys, but a single choice needs one"
        cure = "make the type `multiple_choice`, or all keys but one distractors"
        yield here.finding(("options", keys[1]), "too-many-keys", what, cure)
    if options and not keys and wrong == len(options):
        what = f"`{name}` has no key"
        yield here.finding(("options",), "no-key", what, "mark the right option with `key:`")
    if none and none != [len(options) - 1]:
        what = "`none_of_the_above` stands once, and last"
        yield here.finding(("options", none[0]), "none-not-last", what, "move it to the end, or drop it")
    if not 2 <= len(options) <= MAX_OPTIONS:
        what = f"`{name}` has {len(options)} option{'s' if len(options) != 1 else ''}"
        yield here.finding(("options",), "option-count", what, f"give it 2 to {MAX_OPTIONS}, best 3 or 4")


def _options(here: ItemPlace) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for index in here.parts(("options",)):
        given = [here.part(("options", index, name), str) for name in ("key", "distractor")]
        text = " ".join((given[0] or given[1] or "").split())
        # In a formula n and N are two things.
        text = text if "$" in text or "`" in text or "{{" in text else text.casefold()
        if text and text in seen:
            what = f"this option says the same as option {seen[text] + 1}"
            yield here.finding(("options", index), "duplicate-option", what, "change or drop one")
        seen.setdefault(text, index)


def _credits(here: ItemPlace) -> Iterator[Finding]:
    is_paid = here.part(("scheme",), str) in PAYING_CREDITS
    for index in here.parts(("options",)):
        step = ("options", index, "credit")
        credit = here.part(step, Fraction)
        if credit is None:
            continue
        if "key" in here.tree.at((*here.trail, "options", index)):
            what, cure = "a key earns all points and has no `credit`", "take it out"
            yield here.finding(step, "bad-credit", what, cure)
        elif here.type != "single_choice" and not is_paid:
            what = "`credit` is for a single choice; here the scheme counts the options"
            yield here.finding(step, "bad-credit", what, "take it out, or name another `scheme:`")
        elif not (-1 if is_paid else 0) <= credit < 1 or credit == 0:
            what = f"{credit} is no share of the points"
            yield here.finding(step, "bad-credit", what, "write more than 0 and less than 1: `1/2`")


OF_BOTH: tuple[Rule, ...] = (_keys, _options, _credits)

RULES: Mapping[str, str] = {
    "too-many-keys": """\
What: a single choice has more than one `key:`.
Why: whoever picks the other right option would be marked wrong.
Cure: make the type `multiple_choice`, or turn all keys but one into distractors.""",
    "no-key": """\
What: no option is marked as right.
Why: no answer could earn the points.
Cure: write `key:` for the right option, or end the list with `- none_of_the_above`.""",
    "none-not-last": """\
What: `none_of_the_above` stands before another option, or twice.
Why: "above" would not mean all the others.
Cure: move it to the end; there it stays when options are shuffled.""",
    "option-count": """\
What: an item has fewer than 2 or more than 26 options.
Why: one option is no choice, and letters end at Z.
Cure: give it 3 or 4 that somebody could believe.""",
    "duplicate-option": """\
What: two options of an item say the same.
Why: ticking one and not the other cannot be right.
Cure: change or drop one.""",
    "bad-credit": """\
What: a `credit` is no share between 0 and 1, or stands on a key or outside a single choice.
Why: it is the share of the points that a wrong answer earns, and nothing else.
Cure: write a fraction such as `credit: 1/2` on a distractor of a single choice, or on a near miss.""",
}
"""The pages of the rules of this module, for `grade explain`."""
