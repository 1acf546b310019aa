"""What bare pytest needs to run the ten tests: the submission and the reference, both plain modules."""

import os
from importlib.util import module_from_spec, spec_from_file_location

import pytest
import ten  # which loads the profile of Hypothesis


def pytest_configure(config):
    config.addinivalue_line("markers", "points(n): what the promise is worth")


@pytest.fixture(scope="session")
def student():
    spec = spec_from_file_location("submission", os.environ["SUBMISSION"])
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def reference():
    return ten.reference
