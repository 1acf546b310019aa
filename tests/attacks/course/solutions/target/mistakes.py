"""One well-known mistake, so that a diagnosis is made here as elsewhere."""

from grader.testing import mistake


@mistake("squares instead of cubing", hint="How often does each number stand in its cube?")
def answer(x):
    return float((x**2).sum())
