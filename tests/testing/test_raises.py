"""`assert_raises` knows a promised error, raised here or in another process."""

import pytest

from grader.testing import Mismatch, Rung, assert_raises


class FromElsewhereError(Exception):
    """What a student's exception looks like when it has crossed from another process."""

    def __init__(self, *bases: str, message: str = "") -> None:
        super().__init__(message)
        self.type_name = bases[0]
        self.bases = bases
        self.message = message


def raiser(error: Exception) -> object:
    raise error


def mismatch(error: Exception) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        assert_raises(ValueError, raiser, error)
    return caught.value


def test_the_promised_error_passes_with_the_classes_derived_from_it() -> None:
    assert_raises(ValueError, raiser, ValueError("no rows"))
    assert_raises(ValueError, raiser, UnicodeError())
    assert_raises(ValueError, raiser, FromElsewhereError("ValueError", "Exception"))
    assert_raises(ValueError, raiser, FromElsewhereError("EmptyBatch", "ValueError", "Exception"))


def test_a_result_in_place_of_the_error_does_not_pass() -> None:
    with pytest.raises(Mismatch, match=r"^expected a ValueError, got a result$") as caught:
        assert_raises(ValueError, lambda rows: rows, [])
    assert caught.value.rung is Rung.RESULTS


def test_another_error_of_the_student_is_told_with_its_message() -> None:
    caught = mismatch(FromElsewhereError("TypeError", "Exception", message="bad operand"))
    assert str(caught) == "expected a ValueError, got TypeError: bad operand"
    assert (
        str(mismatch(FromElsewhereError("KeyError", "LookupError"))) == "expected a ValueError, got KeyError"
    )


def test_a_message_of_many_lines_is_told_in_one() -> None:
    caught = mismatch(FromElsewhereError("TypeError", "Exception", message="bad\n\n  ✓ kept  all of it"))
    assert str(caught) == "expected a ValueError, got TypeError: bad ✓ kept all of it"


def test_the_article_fits_the_name_of_the_error() -> None:
    with pytest.raises(Mismatch, match=r"^expected an IndexError, got a result$"):
        assert_raises(IndexError, list)


@pytest.mark.parametrize("error", [Exception, BaseException, AssertionError, Mismatch])
def test_an_error_that_a_failing_test_raises_too_cannot_be_promised(error: type[Exception]) -> None:
    with pytest.raises(TypeError, match="name the error promised"):
        assert_raises(error, raiser, error)


def test_an_error_of_our_own_passes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        assert_raises(ValueError, raiser, ZeroDivisionError())
