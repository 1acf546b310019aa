# attack: searches every object that the collector knows for code of the solutions
# score: 0/5
# verdict: failed

import gc
from functools import cache
from types import FunctionType


@cache
def got_through():
    gc.unfreeze()
    functions = [thing for thing in gc.get_objects() if isinstance(thing, FunctionType)]
    return any("/solutions/" in function.__code__.co_filename for function in functions)
