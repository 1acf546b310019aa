"""What an author of tests imports."""

from grader.testing.close import assert_close
from grader.testing.equal import assert_equal
from grader.testing.gradient import assert_gradient
from grader.testing.marking import mistake
from grader.testing.mismatch import Mismatch, Rung
from grader.testing.raises import assert_raises
from grader.testing.strategies import arrays_of, batches, class_scores, images, pooling, shapes

__all__ = [
    "Mismatch",
    "Rung",
    "arrays_of",
    "assert_close",
    "assert_equal",
    "assert_gradient",
    "assert_raises",
    "batches",
    "class_scores",
    "images",
    "mistake",
    "pooling",
    "shapes",
]
