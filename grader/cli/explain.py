"""`grade explain RULE`: the page of a rule."""

import click

from grader.audit.pages import rule_pages
from grader.errors import no_such


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain RULE: what it asks, why, and how to cure a finding; without RULE, list the rules."""
    pages = rule_pages()
    if rule is None:
        for name in sorted(pages):
            click.echo(name)
        return
    if rule not in pages:
        raise no_such("rule", rule, pages)
    click.echo(f"{rule}\n\n{pages[rule]}")
