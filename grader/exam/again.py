"""Draws the forms that papers name again, each once."""

from collections.abc import Sequence
from pathlib import Path

from grader.errors import GradeError
from grader.exam.assembly import assemble_forms, compose, is_plain
from grader.exam.blueprint import blueprints, load_blueprint
from grader.exam.kept import keep_choices, kept_choice
from grader.exam.paper_id import Drawn, UnknownPaperError, form_of
from grader.model.blueprint import Blueprint
from grader.model.form import Form
from grader.model.item import Bank


class Forms:
    """The forms of a course by their ids; however many papers name one, it is drawn or refused once."""

    def __init__(self, course: Path, bank: Bank) -> None:
        self.course = course
        self.bank = bank
        self._found: dict[str, Form | GradeError] = {}
        self._drawn: dict[tuple[str, int, int], Sequence[Form]] = {}
        self._blueprints: dict[str, Blueprint] = {}

    def form(self, paper: str) -> Form:
        """The form with the id `paper`: of the items kept when it was written, else drawn from its seed.

        Raises:
            UnknownPaperError: today's bank or blueprint gives another form.
            ContentError: it gives none.
        """
        if paper not in self._found:
            try:
                self._found[paper] = self._again(paper)
            except GradeError as error:
                self._found[paper] = error
        found = self._found[paper]
        if isinstance(found, GradeError):
            raise found
        return found

    def parallel(self, paper: str) -> Sequence[Form]:
        """All forms of the draw that a form is of, itself among them.

        Raises:
            GradeError: as `form`.
        """
        drawn = form_of(self.form(paper).id)
        return self._all(self._blueprints[drawn.blueprint], drawn) if drawn.forms > 1 else (self.form(paper),)

    def _again(self, paper: str) -> Form:
        drawn = form_of(paper)
        blueprint = self._blueprint(paper, drawn.blueprint)
        if not is_plain(blueprint, drawn.forms):
            choice = kept_choice(self.course, paper, blueprint, self.bank)
            form = compose(blueprint, self.bank, drawn, choice) if choice else None
            if form and form.id == paper:
                return form
        form = self._all(blueprint, drawn)[drawn.form]
        if form.id != paper:
            raise UnknownPaperError(
                f"paper `{paper}` was made from another state of the bank or blueprint (today's is"
                f" `{form.id}`); mark it with the state that it was made from"
            )
        return form

    def _blueprint(self, paper: str, name: str) -> Blueprint:
        if name not in self._blueprints:
            if name not in blueprints(self.course):
                # Never one at a path: a student could bring a blueprint along.
                raise UnknownPaperError(f"paper `{paper}`: the course has no blueprint `{name}`")
            self._blueprints[name] = load_blueprint(self.course, name, self.bank)
        return self._blueprints[name]

    def _all(self, blueprint: Blueprint, drawn: Drawn) -> Sequence[Form]:
        """All forms of one draw: a paper whose id was mistyped must not be solved for again."""
        key = (drawn.blueprint, drawn.seed, drawn.forms)
        if key not in self._drawn:
            self._drawn[key] = assemble_forms(blueprint, self.bank, drawn.seed, drawn.forms)
            if not is_plain(blueprint, drawn.forms):
                keep_choices(self.course, self._drawn[key])
        return self._drawn[key]
