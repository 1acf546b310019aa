"""Wrong on purpose."""

import math

from grader.testing import mistake


@mistake("triples instead of doubling", hint="How many times x is twice x?")
def double(x):
    y = 3 * x
    return y, float(y.sum())


@mistake("forgets the sum", hint="What does the second result hold?")
def double(x):
    return 2 * x, 0.0


@mistake("doubles in place", hint="Whose array is x?")
def double(x):
    x *= 2
    return x, float(x.sum())


@mistake("cuts towards zero", hint="What is the whole part of -0.5?")
def split(x):
    low = math.trunc(x)
    return low, {"rest": x - low}


@mistake("drops the rest", hint="What was left over?")
def join(low, rest):
    return float(low)


@mistake("starts to count again", hint="Where does the count stand at first?")
def tally(state, step):
    state["count"] = step
    return step


@mistake("stops one step early", hint="How many steps are there?")
def climb(height, steps):
    return max([height(i) for i in range(steps - 1)], default=-1.0)
