"""Reads `question_bank/` into items, with a finding for each thing that an author has to mend."""

from collections.abc import Mapping

from grader.bank import answers, choices, kinds, params, stated
from grader.bank.reader import RULES as _OF_FILES
from grader.bank.reader import load_bank, read_bank

RULES: Mapping[str, str] = {
    **_OF_FILES,
    **stated.RULES,
    **params.RULES,
    **choices.RULES,
    **answers.RULES,
    **kinds.RULES,
}
"""The pages of the rules of this room, for `grade explain`."""

__all__ = ["RULES", "load_bank", "read_bank"]
