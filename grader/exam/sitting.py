"""Keeps a quiz that is being taken: after every answer the file is whole, and `grade score` can mark it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from grader.exam.given import Unclear
from grader.exam.responses import read_responses
from grader.files import write_file
from grader.model.form import Question

STAYS_BLANK = ""
"""The answer to a question that was skipped and, asked once more, is to stay blank."""


@dataclass(slots=True)
class Sitting:
    """The answers given so far to the questions of a form, or to loose items where `paper` is None.

    `seed` is how loose items were drawn. What was skipped has the answer None until it is asked once more.
    """

    path: Path
    paper: str | None
    answers: dict[str, Any] = field(default_factory=dict)
    seed: int = 0

    def skipped(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the items that were asked, left blank and not asked once more yet."""
        return frozenset(name for name in names if self.answers.get(name, STAYS_BLANK) is None)

    def is_finished(self, names: Iterable[str]) -> bool:
        """Whether each of the items was answered, or is to stay blank."""
        return all(self.answers.get(name) is not None for name in names)

    def give(self, question: Question, answer: Any) -> None:
        """Notes an answer, None for a skipped one, and saves the sitting.

        Raises:
            UsageError: it cannot be saved.
        """
        self.answers[question.item.id] = answer
        drawn = {"paper": self.paper} if self.paper else {"seed": self.seed} if self.seed else {}
        tree = {**drawn, "responses": self.answers}
        write_file(self.path, yaml.safe_dump(tree, sort_keys=False, allow_unicode=True).encode("utf-8"))


def resume(path: Path) -> Sitting:
    """The sitting that was saved at a path.

    Raises:
        ContentError: the file was damaged since.
    """
    responses = read_responses(path)
    # What cannot be taken as it stands is asked again.
    answers = {name: a for name, a in responses.answers.items() if not isinstance(a, Unclear)}
    return Sitting(path, responses.paper, answers, responses.seed)
