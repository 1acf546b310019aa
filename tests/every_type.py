"""A course with every type of item, and what a right answer to each looks like."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.exam.printed import blank_names
from grader.exam.solution import right_answer
from grader.export.notebook import paper_notebook
from grader.model.form import Form, Question
from grader.model.item import Essay, Table
from grader.quiz.answers import shown_answer

TYPES = Path(__file__).parent / "courses" / "banks" / "types"
SOURCE = "def double(x):\n    return 2 * x, 2 * x.sum()\n"


def copy_types(small: Path, course: Path) -> Path:
    """The small course with an item of every type and a blueprint that draws them."""
    shutil.copytree(small, course)
    for name in ("types.yaml", "blueprints/types.yaml"):
        shutil.copy(TYPES / name, course / "question_bank" / name)
    return course


def questions(form: Form) -> dict[str, Question]:
    return {question.item.id: question for section in form.sections for question in section.questions}


def right(question: Question) -> Any:
    """What somebody gives who knows it all."""
    match question.item:
        case Table() as table:
            return {name: shown_answer(blank) for name, blank in blank_names(table).items()}
        case Essay():
            return "The identity lets it through.\n\nSo it does not vanish."
    if question.parts:
        return {"abc"[index]: right(part) for index, part in enumerate(question.parts)}
    return SOURCE if question.item.type == "code" else right_answer(question)


def filled_notebook(form: Form, answers: Mapping[str, Any]) -> str:
    """The notebook paper with answers in its cells; what is not answered stays as it is."""
    tree: dict[str, Any] = json.loads(paper_notebook(form))
    for cell in tree["cells"]:
        about = cell["metadata"].get("grade")
        if about:
            answer = answers.get(about["item"])
            answer = answer[about["part"]] if "part" in about and answer else answer
            if answer is None:
                continue
            cell["source"] = answer if "kind" in about else f"answer = {answer!r}"
    return json.dumps(tree)
