"""The ten tests of `deep` as functions of a submission's names, for graders that know no fixtures."""

import inspect
from types import SimpleNamespace

from hypothesis import settings

# The examples that `grade` draws; all the rest is what Hypothesis does by itself.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")

import reference  # noqa: E402 (the profile has to be there first)
import test_hidden  # noqa: E402
import test_public  # noqa: E402

TESTS = {
    name: test
    for module in (test_public, test_hidden)
    for name, test in vars(module).items()
    if name.startswith("test_")
}


def hold(name, names):
    """Runs one test against the submission that defined `names`."""
    fixtures = {"student": SimpleNamespace(**names), "reference": reference}
    test = TESTS[name]
    test(**{key: fixtures[key] for key in inspect.signature(test).parameters})
