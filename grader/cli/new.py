"""`grade new`: begins something that an author then rewrites."""

import textwrap
from pathlib import Path

import click

from grader.audit.content import Content
from grader.bank import read_bank
from grader.bank.starters import BODIES, starter
from grader.cli.course import the_course
from grader.cli.notebook import notebook
from grader.course import read_exercises
from grader.curriculum import read_curriculum
from grader.errors import ContentError, UsageError
from grader.files import write_file
from grader.yaml_tree import Tree, read_tree, tree_of


@click.group()
def new() -> None:
    """Begin something new: an item of the question bank, or a notebook to solve an exercise in."""


new.add_command(notebook)


@new.command()
@click.argument("kind", metavar="TYPE", type=click.Choice(list(BODIES)))
@click.option("--topic", help="Append it to this topic's file, which is made where there is none.")
@click.option("--id", "name", help="Its id; without it `TOPIC-TYPE` with a number.")
def item(kind: str, topic: str | None, name: str | None) -> None:
    """Print a ready item of a TYPE, or append it to a topic; rewrite each of its fields, then `grade audit`.

    TYPE is one of true_false, single_choice, multiple_choice, short_answer, matching, ordering, table, parts,
    code, essay. It holds to every rule, so that what the audit finds is about your own words.
    """
    course = the_course()
    folder = course / "question_bank"
    bank = read_bank(folder)[0]
    exercises = read_exercises(course)[0]
    content = Content(bank, read_curriculum(folder)[0], exercises)
    taken = set(bank.places)
    if name in taken:
        raise UsageError(f"there is an item `{name}` already")
    text = starter(
        kind,
        name or _free(f"{topic or 'new'}-{kind}", taken),
        _source(content),
        next(iter(exercises), "softmax_loss"),
    )
    if topic is None:
        click.echo(text, nl=False)
        return
    path = _file_of(folder, topic)
    write_file(path, _appended(path, topic, text).encode("utf-8"))
    click.echo(f"{path}: rewrite each field of the last item, then run `grade audit question_bank`")


def _free(name: str, taken: set[str]) -> str:
    """The name in words and hyphens, with the first number that no item has."""
    plain = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split())
    number = next(number for number in range(1, len(taken) + 2) if f"{plain}-{number}" not in taken)
    return f"{plain}-{number}"


def _source(content: Content) -> str:
    """The first entry of the curriculum that nothing is made from yet."""
    named = set(content.sources)
    entries = [
        f"{digest.name}/{entry}"
        for digest in content.curriculum.digests
        for topic in digest.topics
        for entry in (*topic.facts, *topic.errata)
    ]
    return next((entry for entry in entries if entry not in named), entries[0] if entries else "")


def _file_of(folder: Path, topic: str) -> Path:
    """The file that holds the topic; a new one where none does."""
    for path in sorted(folder.glob("*.yaml")):
        if read_tree(path).at(("topic",)) == topic:
            return path
    return folder / f"{_free(topic, set()).removesuffix('-1').replace('-', '_')}.yaml"


def _appended(path: Path, topic: str, text: str) -> str:
    """The file's text with an item at its end.

    Raises:
        ContentError: the file cannot be read, and an item more would not mend it.
        UsageError: it has no list of items.
    """
    if not path.exists():
        begun = f"topic: {topic}\nitems:\n{textwrap.indent(text, '  ')}"
        if tree_of(begun, path).at(("topic",)) != topic:
            raise UsageError(f"`{topic}` cannot be a topic; use words without `: ` and `#`")
        return begun
    tree = read_tree(path)
    if tree.findings:
        raise ContentError(tree.findings)
    longer = f"{tree.text.rstrip()}\n\n{textwrap.indent(text, ' ' * _indent(tree))}"
    if tree_of(longer, path).findings:
        raise UsageError(f"`{path}` has no list under `items:` that an item could be added to")
    return longer


def _indent(tree: Tree) -> int:
    """How far the dashes of the file's items are indented."""
    return max(0, tree.place(("items", 0))[1] - 3)
