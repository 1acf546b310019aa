# attack: warns and logs at every call
# score: 5/5
# verdict: passed

import logging
import sys
import warnings


def answer(x):
    warnings.warn("cubes are large", stacklevel=2)
    return float((x**3).sum())


def table(x):
    logging.getLogger("cubes").critical("cubes are large")
    return x**3


def visit(height, steps):
    sys.stderr.write("heights are large\n")
    return float(sum(height(i) for i in range(steps)))
