"""Holds each item to the rules of good questions, where a machine can tell."""

import re
from collections.abc import Iterator, Sequence

from grader.audit.content import Content, at
from grader.audit.words import choices, keys_of, lengths, prose, questions, texts, words
from grader.errors import Finding
from grader.model.answer import NearMiss
from grader.model.item import (
    Distractor,
    Item,
    Key,
    MultipleChoice,
    Option,
    Part,
    Place,
    ShortAnswer,
    SingleChoice,
    Table,
)
from grader.quiz.schemes import PAYING_CREDITS

ABSOLUTE = frozenset({"all", "always", "completely", "entirely", "every", "exclusively", "impossible",
                      "never", "only", "solely"})  # fmt: skip
LONGER, LONGER_BY = 1.6, 25
"""How many times as long as every distractor a key is, and by how many letters, to give itself away."""

_ALL_OF = re.compile(
    r"\b(?:all|each|both) of (?:the|these) (?:above|others?|options|answers|statements)\b", re.I
)
_POSITION = re.compile(
    r"\b(?:[Bb]oth|[Ee]ither|[Nn]either|[Oo]nly|[Oo]ptions?|[Aa]nswers?|[Cc]hoices?|[Ss]tatements?)\s+"
    r"\(?[A-F]\)?(?![\w'’-])"
    r"|\b(?i:first|second|third|fourth|last|previous|next|above|below) (?i:option|answer|choice)s?\b"
    r"|\b(?i:none|neither|two|some) of (?i:the|these) (?i:above|options|answers)\b"
)
_NEGATIVE = re.compile(
    r"\b(?:which|what)\b[^.?!:,;]*?\b(?:is|are|was|were|do|does|did|has|have|can|will|would|should)"
    r"(?:\s+(?!\*)(not)\b|n(['’]t)\b)|(?<!\*)\b(except)\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(r"(?:Right|Correct|True|Yes|Wrong|Incorrect|False|No)[.,:;!] ")


def all_of_the_above(content: Content) -> Iterator[Finding]:
    """all-of-the-above

    What: an option says that all others are right.
    Why: who knows two of them knows the answer, and it lies when options are shuffled.
    Cure: make the type `multiple_choice` and drop the option.
    """
    for asked, item in choices(content.bank):
        for text in texts(item).values():
            if _ALL_OF.search(prose(text)):
                what = f"an option of {asked.name} stands for all others: `{text}`"
                yield at(
                    asked, "all-of-the-above", what, "make the type `multiple_choice` and drop the option"
                )


def refers_to_position(content: Content) -> Iterator[Finding]:
    """refers-to-position

    What: an option speaks of another by its letter or place.
    Why: options are shuffled, and then it speaks of another one, or of itself.
    Cure: say what is meant; for "none of the above" write `- none_of_the_above`, which stays last.
    """
    for asked, item in choices(content.bank):
        for text in texts(item).values():
            if _POSITION.search(prose(text)):
                what = f"an option of {asked.name} speaks of another by its place: `{text}`"
                cure = "say what is meant, or write `- none_of_the_above`"
                yield at(asked, "refers-to-position", what, cure)


def negative_stem(content: Content) -> Iterator[Finding]:
    """negative-stem

    What: the question under which options stand is negative, and the small word is easy to overlook.
    Why: it measures reading, not knowledge.
    Cure: ask for what is right, or write the word as `**not**`.
    """
    for asked, item in choices(content.bank):
        negative = _NEGATIVE.search(prose(item.stem))
        if negative:
            word = "not" if negative[2] else negative[1] or negative[3]
            what = f"{asked.name} asks with an unemphasized `{word}`"
            yield at(asked, "negative-stem", what, f"ask for what is right, or write `**{word}**`")


def key_is_longest(content: Content) -> Iterator[Finding]:
    """key-is-longest

    What: the one right option is by far the longest.
    Why: authors qualify what must be true, and practised guessers know.
    Cure: shorten the key, or give the distractors as much to say.
    """
    for asked, item in choices(content.bank):
        keys = keys_of(item)
        if len(keys) != 1 or isinstance(item.options[keys[0]], str):
            continue
        told = lengths(item)
        own = told[keys[0]]
        longest = max((length for place, length in told.items() if place != keys[0]), default=own)
        if own >= LONGER * longest and own - longest >= LONGER_BY:
            what = f"the key of {asked.name} has {own} letters, the longest distractor {longest}"
            yield at(asked, "key-is-longest", what, "shorten the key, or lengthen the distractors")


def verdict_in_feedback(content: Content) -> Iterator[Finding]:
    """verdict-in-feedback

    What: the feedback of an option or a near miss begins with "Right", "Wrong" or another verdict.
    Why: it is printed behind the verdict, "B is right: Right. …", and for whoever missed the option as well.
    Cure: begin with what follows.
    """
    for asked in questions(content.bank):
        for part in _with_feedback(asked.item):
            verdict = _VERDICT.match(part.feedback or "")
            if verdict:
                what = f"a feedback of {asked.name} begins with the verdict, `{verdict[0].strip()}`"
                yield at(asked, "verdict-in-feedback", what, "begin with what follows")


def _with_feedback(item: Item | Part) -> Iterator[Key | Distractor | NearMiss]:
    match item:
        case SingleChoice() | MultipleChoice():
            yield from (option for option in item.options if not isinstance(option, str))
        case ShortAnswer():
            yield from item.near_misses
        case Table():
            for blank in item.blanks.values():
                yield from blank.near_misses


def absolute_words(content: Content) -> Iterator[Finding]:
    """absolute-words

    What: half of the distractors or more say always, never, all or only, and no key does.
    Why: hardly anything is always so, and practised guessers know.
    Cure: take the words out, or make a key as bold.
    """
    for asked, item in choices(content.bank):
        bold = {place for place, text in texts(item).items() if ABSOLUTE & set(words(text))}
        keys = set(keys_of(item))
        wrong = [place for place in texts(item) if place not in keys]
        given_away = [place for place in wrong if place in bold]
        if len(given_away) >= 2 and 2 * len(given_away) >= len(wrong) and not keys & bold:
            found = sorted({w for p in given_away for w in words(texts(item)[p])} & ABSOLUTE)
            what = f"in {asked.name} only distractors say {' or '.join(f'`{word}`' for word in found)}"
            yield at(asked, "absolute-words", what, "take the words out, or make a key as bold")


def unused_credit(content: Content) -> Iterator[Finding]:
    """unused-credit

    What: an option or a near miss states a credit, and the scheme that the item names does not pay it.
    Why: its author meant it to earn something.
    Cure: write `scheme: per_option`, which is also what holds where none is named.
    """
    for asked in questions(content.bank):
        item = asked.item
        parts: Sequence[Option | NearMiss] = ()
        if isinstance(item, SingleChoice):
            parts = item.options
        elif isinstance(item, ShortAnswer):
            parts = item.near_misses
        is_stated = any(not isinstance(part, str) and part.credit is not None for part in parts)
        if is_stated and item.scheme is not None and item.scheme not in PAYING_CREDITS:
            what = f"{asked.name} states a credit that `{item.scheme}` does not pay"
            yield at(asked, "unused-credit", what, "write `scheme: per_option`, or no scheme")


def unknown_source(content: Content) -> Iterator[Finding]:
    """unknown-source

    What: a source names no entry that the lists in `question_bank/curriculum/` hold.
    Why: coverage is counted by these names, and no paper asks one entry twice.
    Cure: mend the id, or add the entry to its list.
    """
    known = content.curriculum.sources
    made = [(name, item.source, content.bank.places[name]) for name, item in content.bank.items.items()]
    made += [
        (name, e.source, Place(e.folder / "exercise.yaml", 1, 1)) for name, e in content.exercises.items()
    ]
    for name, sources, place in made if known else ():
        for source in sources:
            if source not in known:
                what = f"`{name}` names `{source}`, which is no entry of the curriculum"
                cure = "mend the id, or add the entry to `question_bank/curriculum/`"
                yield Finding(place.path, place.line, place.column, "unknown-source", what, cure)


def no_source(content: Content) -> Iterator[Finding]:
    """no-source

    What: an item names no entry of the curriculum, though the course keeps a list of them.
    Why: nobody can tell where its key comes from, and it counts nowhere.
    Cure: write `source: [digest/entry]`.
    """
    for name, item in content.bank.items.items() if content.curriculum.digests else ():
        if not item.source:
            place = content.bank.places[name]
            what, cure = f"`{name}` names no source", "write `source: [digest/entry]`"
            yield Finding(place.path, place.line, place.column, "no-source", what, cure)


RULES = (
    all_of_the_above,
    refers_to_position,
    negative_stem,
    key_is_longest,
    verdict_in_feedback,
    absolute_words,
    unused_credit,
    unknown_source,
    no_source,
)
