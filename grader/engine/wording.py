"""Says in plain sentences why a promise was not kept."""

from collections.abc import Sequence

import numpy as np

from grader.engine.bench import MissingFunctionError
from grader.engine.pasted import code, pasted, rounded
from grader.engine.tape import Failure
from grader.engine.ties import ties_sentence
from grader.model.exercise import Exercise
from grader.sandbox.failures import Loss, StudentError, Unsendable, WorkerLost
from grader.sandbox.text import one_line
from grader.submission import Source
from grader.testing import Mismatch, Rung
from grader.testing.claims import sentence_of
from grader.testing.mismatch import Compared

MAX_SENTENCE = 2_000
MAX_RETURNED = 100
MAX_VALUE = 500
UNWRITTEN = "NotImplementedError"
PLAIN = "Return numbers, strings, lists, tuples, dicts or numpy arrays."


def message(failure: Failure, exercise: Exercise, source: Source, others: Sequence[Failure] = ()) -> str:
    """What was seen, in one or two sentences, which the `others` that failed do not contradict."""
    try:
        return _message(failure, exercise, source, others)
    except Exception:  # a value so odd that nothing can be said of it must not cost the report
        return "The result could not be used."


def _message(failure: Failure, exercise: Exercise, source: Source, others: Sequence[Failure]) -> str:
    name = failure.calls[-1].function if failure.calls else next(iter(exercise.functions))
    match _unwritten(failure) or failure.error:
        case StudentError() as error:
            return raised(error, source, subject=f"`{name}`", memory=exercise.limits.memory)
        case WorkerLost(loss=Loss.TIME):
            return f"`{name}` was still running at the time limit. Is there a loop that does not end?"
        case WorkerLost() as error:
            return f"`{name}` gave no result: {error}."
        case Unsendable() as error:
            return f"`{name}` returned {error}. {PLAIN}"
        case Mismatch(compared=Compared() as compared) as error:
            errors = [one.error for one in others if one is not failure]
            among = [error if isinstance(error, Mismatch) else None for error in errors]
            values = _values(compared) if error.rung >= Rung.SHAPE else ""
            ties = ties_sentence(failure, [one for one in others if one is not failure])
            alias = _alias(failure, compared) if error.rung is Rung.VALUE else None
            said = [_sentence(sentence_of(error.rung, compared, among)), ties, alias]
            return " ".join(filter(None, said)) + values
        case Mismatch() | MissingFunctionError() as error:
            return _sentence(str(error))
        case AssertionError() as error if str(error):
            return _sentence(str(error).splitlines()[0])
        case AssertionError():
            return f"The promise is not kept{_returned(failure)}."
    return f"The result of `{name}` could not be used."


def raised(error: StudentError, source: Source, *, subject: str, memory: int) -> str:
    """That the submission raised, with its own line."""
    place = f" at {source.place(error.line)}" if error.line else ""
    if error.type_name == UNWRITTEN:
        return f"{subject} is not written yet: it raises NotImplementedError{place}."
    quote = f"\n    {source.quote(error.line)}" if error.line and source.quote(error.line) else ""
    if error.type_name == "MemoryError" or "MemoryError" in error.bases:
        return f"{subject} asked for more memory than the limit of {memory // 2**20} MiB{place}.{quote}"
    said = one_line(error.message)
    told = f"{error.type_name}: {said}" if said else error.type_name
    return f"{subject} raised {told}{place}{quote or '.'}" if quote else f"{subject} raised {told}{place}."


def _returned(failure: Failure) -> str:
    """What came back, for a test that says no more than that it is not content."""
    if not failure.calls or failure.calls[-1].error or failure.calls[-1].is_cut:
        return ""
    value = code(failure.calls[-1].value)
    return f": `{failure.calls[-1].function}` returned {value}" if len(value) <= MAX_RETURNED else ""


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:MAX_SENTENCE]
    return text if text.endswith((".", "?", "!", "`")) else f"{text}."


def counterexample(failure: Failure, exercise: Exercise) -> str | None:
    """What broke the promise as Python that a student can paste; None where it cannot be shown."""
    if not failure.calls or is_unwritten(failure):
        return None
    try:
        return pasted(failure, exercise)
    except ValueError:  # Python writes no integer of thousands of digits
        return None


def _alias(failure: Failure, compared: Compared) -> str | None:
    """That a wrong result is no array of its own; it costs nothing by itself."""
    for call in failure.calls:
        parts = call.value if isinstance(call.value, tuple | list) else (call.value,)
        for place, name in call.aliased:
            if place < len(parts) and parts[place] is compared.actual:
                return f"It shares its memory with `{name}`: writing into one changes the other."
    return None


def _values(compared: Compared) -> str:
    """Both values whole, where they are arrays or the like and the sentence has not said it all."""
    pair = compared.actual, compared.expected
    if not all(isinstance(value, np.ndarray | tuple | list | dict) for value in pair):
        return ""
    if all(isinstance(value, np.ndarray) and value.size == 1 for value in pair):
        return ""
    seen, wanted = map(rounded, pair)
    if seen == wanted:  # they differ beyond the sixth digit
        seen, wanted = map(code, pair)
    if max(len(seen), len(wanted)) > MAX_VALUE:
        return ""
    return f"\n    yours:    {seen}\n    expected: {wanted}"


def is_unwritten(failure: Failure) -> bool:
    """Whether a stub was met, so that nothing can be said about its author's thinking."""
    return isinstance(failure.error, MissingFunctionError) or _unwritten(failure) is not None


def _unwritten(failure: Failure) -> StudentError | None:
    """The stub's own error, also where a test expected another one."""
    errors = (call.error for call in failure.calls)
    return next((e for e in errors if isinstance(e, StudentError) and e.type_name == UNWRITTEN), None)
