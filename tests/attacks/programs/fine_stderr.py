# attack: warns and prints to standard error
# score: 5/5
# verdict: passed

import sys
import warnings


def answer(x):
    warnings.warn(str(sys.stderr.write("careful")), stacklevel=1)
    return float((x**3).sum())


def table(x):
    warnings.warn(str(sys.stderr.write("careful")), stacklevel=1)
    return x**3


def visit(height, steps):
    warnings.warn(str(sys.stderr.write("careful")), stacklevel=1)
    return float(sum(height(i) for i in range(steps)))
