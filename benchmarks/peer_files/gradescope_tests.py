"""The ten tests in the format of gradescope-utils; prints `results.json`."""

import os
import runpy
import unittest

from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner
from ten import TESTS, hold


class Deep(unittest.TestCase):
    """One method a test."""

    @classmethod
    def setUpClass(cls):
        cls.names = runpy.run_path(os.environ["SUBMISSION"])


def _method(test):
    @weight(1)
    def method(self):
        hold(test, self.names)

    method.__name__ = test
    method.__doc__ = test
    return method


for _test in TESTS:
    setattr(Deep, _test, _method(_test))

if __name__ == "__main__":
    JSONTestRunner(visibility="visible").run(unittest.defaultTestLoader.loadTestsFromTestCase(Deep))
