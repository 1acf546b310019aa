"""Makes each example of a property an event: opened, closed, kept if it breaks the promise."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import HypothesisException, UnsatisfiedAssumption

from grader.engine.bench import Bench
from grader.sandbox.failures import WorkerLost
from grader.testing import Mismatch, Rung

PROFILE = "grade"
WATCHED = "grade_watched"
"""The attribute of a watched body that holds the author's own."""


UNUSABLE = "the result is nothing that this promise can be held to"


class SearchOver(BaseException):
    """Leaves Hypothesis at once: the worker is gone, or the time for shrinking is spent."""


@contextmanager
def profile() -> Iterator[None]:
    """Every run of a property draws the same examples, without database or deadline of Hypothesis's own."""
    settings.register_profile(
        PROFILE,
        settings(
            derandomize=True,
            database=None,
            deadline=None,
            print_blob=False,
            report_multiple_bugs=False,
            # Not `explain`: it can cost more than everything else (benchmarks of the peers show it).
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            # A busy machine must not turn into a failed promise.
            suppress_health_check=list(HealthCheck),
        ),
    )
    before = settings.get_current_profile_name()
    settings.load_profile(PROFILE)
    try:
        yield
    finally:
        settings.load_profile(before)


def watch(test: Callable[..., Any], bench: Callable[[], Bench]) -> Callable[..., Any]:
    """The body of a test that tells the bench about each of its examples."""
    body = getattr(test, WATCHED, test)

    @functools.wraps(test)
    def example(*arguments: Any, **named: Any) -> None:
        current = bench()
        current.open_example()
        try:
            body(*arguments, **named)
            current.close_example()
        except UnsatisfiedAssumption:
            if not current.was_called:
                raise
            # With the reference it was met, so it is the submission's value that does not meet it.
            refused = Mismatch(Rung.RESULTS, UNUSABLE)
            current.record(refused)
            raise refused from None
        except HypothesisException:
            raise
        except WorkerLost as error:
            current.record(error)
            raise SearchOver from error
        except pytest.fail.Exception as error:
            # A way to say what `assert` says, but Hypothesis would take it for the end of the run.
            failed = AssertionError(error.msg or "")
            current.record(failed)
            raise failed from None
        except Exception as error:
            current.record(error)
            if current.is_late():
                raise SearchOver from error
            raise
        if current.is_late():
            raise SearchOver

    setattr(example, WATCHED, body)
    return example
