"""`duanju entitle`: what everyone has earned."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import click

from duanju.adapters.documents import (
    in_major_units,
    proof_as_data,
    read_facts,
)
from duanju.adapters.prose import explain_proof, policy_titles
from duanju.cli.days import day
from duanju.cli.opening import (
    FILE,
    POLICIES_OPTION,
    SET_OPTION,
    Opened,
    open_terms,
    require_known_settings,
    settable_policies,
)
from duanju.cli.placing import place_problems
from duanju.cli.problems import LANGUAGE_OPTION, exits_with_problems
from duanju.cli.uncounted import print_uncounted, uncounted_as_data
from duanju.deals import (
    Entitlement,
    Fact,
    Terms,
    UncountedFacts,
    check_terms,
    entitle,
    find_refused_facts,
    find_uncounted,
)
from duanju.kernel import Money, ProblemsFound, round_half_even


@click.command(name="entitle", short_help="Compute what everyone has earned, with proofs.")
@click.option(
    "--terms",
    "terms_file",
    type=FILE,
    required=True,
    help="File of a policy or of deals, TOML.",
)
@click.option(
    "--facts",
    "facts_file",
    type=FILE,
    required=True,
    help="File of facts: CSV, XLSX or Parquet.",
)
@click.option(
    "--as-of",
    "as_of",
    metavar="YYYY-MM-DD",
    callback=day,
    required=True,
    help="First day that is no longer counted.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON with exact fractions.")
@SET_OPTION
@POLICIES_OPTION
@LANGUAGE_OPTION
@exits_with_problems
def entitle_command(
    terms_file: Path,
    facts_file: Path,
    as_of: date,
    as_json: bool,
    settings: tuple[str, ...],
    policies_folder: Path | None,
    language: str,
) -> None:
    """Compute what everyone has earned since the start, with proofs.

    Amounts are shown rounded to the minor unit; the proof beneath each says how it comes about.
    With --json they are exact fractions of minor units.
    """
    facts = read_facts(facts_file)
    opened = open_terms(terms_file, settings=settings, facts=facts, policies_folder=policies_folder)
    require_known_settings(settings, settable_policies(opened))
    results = [(own, _entitle(own.terms, facts, as_of, facts_file)) for own in opened]
    every_terms = [own.terms for own in opened]
    uncounted = find_uncounted(terms=every_terms, facts=facts, as_of=as_of)
    if as_json:
        data = [
            _as_data(own, entitlements, as_of)
            | {"uncounted": [uncounted_as_data(o) for o in uncounted if _concerns(o, own, opened)]}
            for own, entitlements in results
        ]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for own, entitlements in results:
        click.echo(f"{own.name}  {own.terms.policy.title.in_language(language)}")
        _print(own, entitlements, language)
    print_uncounted(uncounted, language=language, facts_file=facts_file)


def _entitle(
    terms: Terms, facts: Sequence[Fact], as_of: date, facts_file: Path
) -> tuple[Entitlement, ...]:
    """Return what terms come to, or raise what is wrong with the row of each refused fact.

    Raises:
        ProblemsFound: As `entitle`.
    """
    try:
        return entitle(terms=terms, facts=facts, as_of=as_of)
    except ProblemsFound as found:
        if check_terms(terms):
            raise
        refused = find_refused_facts(terms=terms, facts=facts)
        placed = place_problems(found.problems, refused=refused, facts_file=facts_file)
        raise ProblemsFound(placed) from None


def _concerns(uncounted: UncountedFacts, own: Opened, opened: Iterable[Opened]) -> bool:
    """Say whether uncounted facts are of a deal's titles, or of none that any deal has."""
    title = uncounted.first.title_id
    return title in own.terms.title_ids or all(title not in o.terms.title_ids for o in opened)


def _print(own: Opened, entitlements: Iterable[Entitlement], language: str) -> None:
    titles = policy_titles(own.terms.policy, language)
    for earned in entitlements:
        amount = Money(round_half_even(earned.amount), earned.currency)
        clause = titles[earned.clause_id]
        click.echo(f"\n{earned.party}  {amount}  {clause}  {earned.title_id}".rstrip())
        for line in explain_proof(earned.proof, language=language, names=titles):
            click.echo(f"  {line}")


def _as_data(own: Opened, entitlements: Iterable[Entitlement], as_of: date) -> dict[str, object]:
    return {
        "format": "duanju-entitlements/1",
        "terms": own.name,
        "policy": own.terms.policy.id,
        "version": own.terms.policy.version,
        "digest": own.terms.policy.digest,
        "as_of": as_of.isoformat(),
        "entitlements": [
            {
                "party": str(earned.party),
                "payer": str(earned.payer),
                "clause_id": earned.clause_id,
                "title_id": earned.title_id,
                "currency": earned.currency,
                "amount_minor": str(earned.amount),
                "amount": in_major_units(earned.amount, earned.currency),
                "measure": earned.measure,
                "quantity": earned.quantity,
                "kind": earned.kind.value,
                "proof": proof_as_data(earned.proof),
            }
            for earned in entitlements
        ],
    }
