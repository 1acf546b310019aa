"""Holds typed words against the author's: alternatives and patterns, whatever the case, spaces and dashes."""

import re
import unicodedata

import regex

from grader.model.answer import TextAnswer
from grader.quiz.outcome import RIGHT, AnswerCheck, UnusableKeyError, undecided, wrong

MAX_LENGTH = 1_000
SECONDS = 0.2
"""A pattern that takes longer has met a text that its author did not think of."""
_ARTICLES = ("the ", "a ", "an ")
_DASHES = re.compile("[-_\u2010-\u2015\u2212]")


def normalized(text: str) -> str:
    """The text as it is compared: one case, no articles, no spaces and dashes."""
    return _DASHES.sub(" ", plain(text)).replace(" ", "")


def plain(text: str) -> str:
    """The text as patterns see it: one case, no article in front, one kind of space and of dash."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("$", " ")
    text = " ".join(_DASHES.sub("-", text).split()).strip(" .!?;:\"'`")
    for article in _ARTICLES:
        text = text.removeprefix(article)
    return text


def check_text(answer: TextAnswer, typed: str) -> AnswerCheck:
    """How typed words compare with the author's; a pattern must fit all of them.

    Raises:
        UnusableKeyError: a pattern is no regular expression.
    """
    typed = typed[:MAX_LENGTH]
    if normalized(typed) in {normalized(text) for text in (answer.text, *answer.accept)}:
        return RIGHT
    try:
        if any(_fits(pattern, plain(typed)) for pattern in answer.patterns):
            return RIGHT
    except TimeoutError:
        return undecided("It took too long to compare this with the answer.")
    return wrong("This is not the answer that was meant.")


def _fits(pattern: str, text: str) -> bool:
    try:
        return regex.fullmatch(pattern, text, regex.IGNORECASE, timeout=SECONDS) is not None
    except regex.error as error:
        raise UnusableKeyError(f"`{pattern}` is no pattern: {error}") from None
