"""`grade explain WHAT`: the page of a rule of the audit, or of a scoring scheme."""

import click

from grader.audit.pages import rule_pages
from grader.errors import no_such
from grader.quiz.schemes import SCHEMES
from grader.quiz.schemes.attempts import ATTEMPT_SCHEMES
from grader.quiz.schemes.page import scheme_page


@click.command()
@click.argument("what", required=False)
def explain(what: str | None) -> None:
    """Explain WHAT: a rule of the audit, or a scoring scheme with what guessing earns; without it, list them.

    Of a rule: what it asks, why, and how to cure a finding. Of a scheme: its formula, examples, and the
    expected score of ticking nothing, everything, or as coins fall.
    """
    pages, schemes = rule_pages(), [*SCHEMES, *ATTEMPT_SCHEMES]
    if what is None:
        click.echo("Rules of the audit:")
        click.echo("\n".join(sorted(pages)))
        click.echo("\nScoring schemes:")
        click.echo("\n".join(schemes))
    elif what in schemes:
        click.echo(scheme_page(what))
    elif what in pages:
        click.echo(f"{what}\n\n{pages[what]}")
    else:
        raise no_such("rule or scheme", what, [*sorted(pages), *schemes])
