"""The ten tests in the format of otter-grader."""

from otter.test_files import test_case
from ten import TESTS, hold

OK_FORMAT = False
name = "deep"
points = None


def _case(test):
    def case(env):
        hold(test, {key: value for key, value in env.items() if isinstance(key, str)})

    return test_case(name=test, points=1)(case)


for _test in TESTS:
    globals()[_test] = _case(_test)
