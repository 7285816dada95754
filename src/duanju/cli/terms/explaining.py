"""`duanju terms explain`: the contract in prose, with a worked example."""

from pathlib import Path

import click

from duanju.adapters.documents import load_policies, policy_from_text, read_deals, read_text
from duanju.adapters.prose import terms_as_markdown
from duanju.cli.opening import (
    FILE,
    POLICIES_OPTION,
    SET_OPTION,
    chosen_for,
    holds_deals,
    policies_near,
    require_known_settings,
)
from duanju.cli.problems import LANGUAGE_OPTION, exits_with_problems
from duanju.deals import read_parameters
from duanju.kernel import ProblemsFound


@click.command(short_help="Say in prose what terms say, with an example.")
@click.argument("file", type=FILE)
@SET_OPTION
@POLICIES_OPTION
@LANGUAGE_OPTION
@exits_with_problems
def explain(
    file: Path, settings: tuple[str, ...], policies_folder: Path | None, language: str
) -> None:
    """Say what the terms in FILE say, clause by clause, in prose, with a worked example.

    Of a policy, what is not set with --set is shown as it is left open. The text is made from the
    terms and says nothing that is not in them; it is Markdown.
    """
    text = read_text(file)
    if holds_deals(text):
        require_known_settings(settings, [])
        policies = load_policies(policies_folder or policies_near(file))
        for contract in read_deals(file, policies=policies).contracts:
            click.echo(terms_as_markdown(contract.terms.policy, contract.terms.values, language))
        return
    policy = policy_from_text(text, file=str(file))
    require_known_settings(settings, [policy])
    values, problems = read_parameters(policy=policy, chosen=chosen_for(policy, settings))
    wrong = tuple(own for own in problems if own.code != "deals.missing-parameter")
    if wrong:
        raise ProblemsFound(wrong)
    click.echo(terms_as_markdown(policy, values, language))
