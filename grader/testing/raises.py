"""`assert_raises`: the error that a function promises."""

from collections.abc import Callable
from typing import Any

from grader.testing.judging import judging
from grader.testing.mismatch import Mismatch, Rung
from grader.testing.wording import with_article


@judging
def assert_raises(error: type[Exception], function: Callable[..., Any], *args: Any) -> None:
    """Hold `function(*args)` to raising `error` or a class derived from it.

    An exception of a student arrives from another process: it is known by its attribute `bases`, the names of
    its class and of the classes above it. Any other exception than `error` that was raised here is not the
    student's: it passes through.

    Raises:
        Mismatch: the function gave a result, or raised something else.
        TypeError: `error` is so general that a failed assertion is one.
    """
    if issubclass(AssertionError, error) or issubclass(error, AssertionError):
        raise TypeError(f"{error.__name__} would be raised by a failing test too; name the error promised")
    wanted = with_article(error.__name__)
    try:
        function(*args)
    except error:
        return
    except Exception as raised:  # what the student raised is known by its attributes, not by its class
        bases = getattr(raised, "bases", None)
        if not isinstance(bases, tuple):
            raise
        if error.__name__ in bases:
            return
        raise Mismatch(Rung.RESULTS, f"expected {wanted}, got {_told(raised, bases)}") from None
    raise Mismatch(Rung.RESULTS, f"expected {wanted}, got a result")


def _told(raised: Exception, bases: tuple[Any, ...]) -> str:
    name = getattr(raised, "type_name", bases[0] if bases else "an exception")
    message = getattr(raised, "message", "")
    # In one line, for whoever reads it must not take its lines for a report's.
    return " ".join(f"{name}: {message}".split()) if message else str(name)
