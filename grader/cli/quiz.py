"""`grade quiz`: takes a quiz in the terminal."""

import secrets
import sys
import textwrap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import click

from grader.bank import load_bank
from grader.cli.asking import LEAVE, WIDTH, LeftError, ask, heading, shown
from grader.cli.code import CodeMarker
from grader.cli.course import the_course
from grader.cli.output import working
from grader.errors import ContentError, UsageError, no_such
from grader.exam.assembly import assemble_forms
from grader.exam.blueprint import blueprints, load_blueprint
from grader.exam.marking import form_again, mark_one
from grader.exam.paper_id import form_of
from grader.exam.questions import loose_question, with_rule
from grader.exam.sitting import STAYS_BLANK, Sitting, resume
from grader.model.form import Form, Question, Section
from grader.model.item import Bank, Item
from grader.progress import STATE
from grader.quiz.selection import letter
from grader.quiz.tex import readable
from grader.report.paper import paper_to_terminal
from grader.testing.wording import count

MAX_SEED = 10**6


@click.command()
@click.argument("name", required=False)
@click.option(
    "--seed",
    type=click.IntRange(0, MAX_SEED),
    help="Which draw of a blueprint or a topic to take.",
)
@click.option("--form", "form_letter", metavar="LETTER", help="Which parallel form of a blueprint; else A.")
@click.option("--restart", is_flag=True, help="Forget the answers given so far.")
def quiz(name: str | None, seed: int | None, form_letter: str | None, *, restart: bool) -> None:
    """Take the items of a topic, or a form of a blueprint, in the terminal.

    NAME is a topic of the bank or a blueprint; without it, both are listed. Every answer is saved at once:
    the same command goes on where you stopped.
    """
    # What a terminal of another encoding sends is asked again, never a traceback.
    getattr(sys.stdin, "reconfigure", lambda **_: None)(errors="replace")
    course = the_course("question_bank")
    bank = load_bank(course / "question_bank")
    if name is None:
        _list_choices(course, bank)
        return
    known = [*dict.fromkeys(bank.topics.values()), *blueprints(course)]
    if name not in known:
        raise no_such("topic or blueprint", name, known)
    path = course / STATE / "quiz" / f"{quote(name, safe=' ')}.yaml"
    sitting, sections, title = _sitting(course, bank, name, _Draw(seed, form_letter, anew=restart), path)
    if restart:
        # Only now: what is asked for may be a form that there is not.
        _forget(path)
    click.echo(f"{title}. An empty answer skips until the end, `{LEAVE}` leaves; all is saved.\n")
    if path.exists() and not sitting.answers:
        click.echo(
            f"What you finished before is in {path.relative_to(course)} until your first answer here.\n"
        )
    if _take(sitting, sections):
        _finish(sitting, sections, path.relative_to(course), course)
    else:
        names = _names(sections)
        skipped = len(sitting.skipped(names))
        more = f", {skipped} of them skipped" if skipped else ""
        click.echo(
            f"\nSaved after {len(sitting.answers)} of {len(names)}{more}; `grade quiz {name}` goes on."
        )


def _list_choices(course: Path, bank: Bank) -> None:
    topics = list(bank.topics.values())
    click.echo("Topics:")
    for topic in dict.fromkeys(topics):
        click.echo(f"  {topic} ({count(topics.count(topic), 'item')})")
    papers = blueprints(course)
    click.echo("Blueprints:" if papers else "Blueprints: none")
    for name in papers:
        click.echo(f"  {name}")
    click.echo("`grade quiz NAME` takes one.")


@dataclass(frozen=True, slots=True)
class _Draw:
    """Which seed and which of the parallel forms are asked for, None where it is all the same.

    `anew`: whatever was begun.
    """

    seed: int | None
    letter: str | None
    anew: bool = False


def _sitting(
    course: Path, bank: Bank, name: str, asked: _Draw, path: Path
) -> tuple[Sitting, Sequence[Section], str]:
    """What was taken up or begun, its sections (one without a title for a topic), and a line about them."""
    if name in bank.topics.values():
        seed = asked.seed
        if asked.letter is not None:
            raise UsageError(f"`{name}` is a topic, which has no forms; leave out `--form`")
        items = [item for item in bank.items.values() if bank.topics[item.id] == name]
        sitting = _resumed(path) if path.exists() and not asked.anew else None
        if sitting and seed not in (None, sitting.seed):
            if not sitting.is_finished(item.id for item in items):
                raise UsageError(
                    f"you are in the middle of another draw of `{name}`; `--restart` begins anew"
                )
            sitting = None
        sitting = sitting or Sitting(path, None, seed=_seed_of(items, seed))
        questions = tuple(with_rule(loose_question(item, sitting.seed)) for item in items)
        return sitting, [Section("", "", questions)], f"{name}: {count(len(questions), 'question')}"
    form, sitting = _form(course, bank, name, asked, path)
    told = f"{form.title}: {count(len(form.questions), 'question')}, {count(form.minutes, 'minute')} on paper"
    return sitting, form.sections, told


def _seed_of(items: Sequence[Item], seed: int | None) -> int:
    """The seed asked for; else one at random where it makes a difference."""
    if seed is not None:
        return seed
    return secrets.randbelow(MAX_SEED) if any(item.params for item in items) else 0


def _form(course: Path, bank: Bank, name: str, asked: _Draw, path: Path) -> tuple[Form, Sitting]:
    """The form that was begun, or a new one."""
    seed = asked.seed
    if path.exists() and not asked.anew:
        form, sitting = _begun(course, bank, path)
        is_other = asked.letter is not None and form_of(form.id).letter != asked.letter.upper()
        if not is_other and seed in (None, form.seed):
            return form, sitting
        if not sitting.is_finished(question.item.id for question in form.questions):
            raise UsageError(f"you are in the middle of `{form.id}`; `--restart` begins another form")
        # Of one draw, since parallel forms share less than two draws do.
        seed = form.seed if seed is None else seed
    draw = secrets.randbelow(MAX_SEED) if seed is None else seed
    with working("choosing the questions"):
        forms = assemble_forms(load_blueprint(course, name, bank), bank, draw)
    form = _chosen(name, forms, asked.letter)
    return form, Sitting(path, form.id)


def _begun(course: Path, bank: Bank, path: Path) -> tuple[Form, Sitting]:
    sitting = _resumed(path)
    try:
        return form_again(course, bank, sitting.paper or ""), sitting
    except UsageError as error:
        raise UsageError(f"{error}; `--restart` begins a new one") from None


def _chosen(name: str, forms: Sequence[Form], wanted: str | None) -> Form:
    letters = [letter(index) for index in range(len(forms))]
    if wanted is None:
        return forms[0]
    if len(forms) == 1 or wanted.upper() not in letters:
        known = f"the forms A to {letters[-1]}" if len(forms) > 1 else "one form alone; leave out `--form`"
        raise UsageError(f"there is no form `{wanted}`: `{name}` has {known}")
    return forms[letters.index(wanted.upper())]


def _resumed(path: Path) -> Sitting:
    try:
        return resume(path)
    except ContentError:
        click.echo("grade: the saved answers cannot be read; mend them, or `--restart` begins anew", err=True)
        raise


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"`{path}` cannot be taken away: {error.strerror}") from None


def _take(sitting: Sitting, sections: Sequence[Section]) -> bool:
    """Asks what is still open, then once more what was skipped; whether all was asked."""
    names = _names(sections)
    try:
        _ask_each(sitting, sections, frozenset(names) - sitting.answers.keys(), None)
        skipped = sitting.skipped(names)
        if skipped:
            told = f"What was skipped comes once more ({count(len(skipped), 'question')})"
            click.echo(f"{told}; an empty answer now leaves a question blank.\n")
        _ask_each(sitting, sections, skipped, STAYS_BLANK)
    except LeftError:
        return False
    return True


def _ask_each(
    sitting: Sitting, sections: Sequence[Section], names: Collection[str], blank: str | None
) -> None:
    """Asks the items of these names; what stands for a blank answer is `blank`.

    Raises:
        LeftError: whoever is asked wants to stop.
    """
    told = None
    for section, number, question in _numbered(sections):
        if question.item.id not in names:
            continue
        if section is not told:
            # Also where a section is taken up again: what an answer may cost is to be known before it.
            click.echo(heading(section), nl=False)
            told = section
        click.echo(shown(question, number))
        answer = ask(question)
        sitting.give(question, blank if answer is None else answer)
        click.echo("")


def _names(sections: Sequence[Section]) -> list[str]:
    return [question.item.id for question in _questions(sections)]


def _questions(sections: Sequence[Section]) -> list[Question]:
    return [question for section in sections for question in section.questions]


def _numbered(sections: Sequence[Section]) -> Iterator[tuple[Section, str, Question]]:
    pairs = [(section, question) for section in sections for question in section.questions]
    for number, (section, question) in enumerate(pairs, start=1):
        yield section, f"{number}/{len(pairs)}", question


def _finish(sitting: Sitting, sections: Sequence[Section], path: Path, course: Path) -> None:
    questions = _questions(sections)
    with CodeMarker(course) as mark_code:
        results = [mark_one(one, sitting.answers.get(one.item.id), mark_code) for one in questions]
    for question, result in zip(questions, results, strict=True):
        # What was answered rightly may have been guessed; the report below explains the others.
        if result.correct:
            told = readable(" ".join(question.item.explanation.split()))
            click.echo(textwrap.fill(f"{result.id}: {told}", WIDTH, subsequent_indent="    "))
    titled = [section for section in sections if section.title]
    click.echo(paper_to_terminal(results, sections=titled), nl=False)
    click.echo(f"Your answers are in {path}; `--restart` begins anew.")
