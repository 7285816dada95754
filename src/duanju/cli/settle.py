"""`duanju settle`: settle a month, files in and files out."""

import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import click

from duanju.adapters.documents import (
    ledger_as_beancount,
    ledger_as_csv,
    load_policies,
    read_deals,
    read_facts,
    read_ledger,
    statement_as_data,
    write_bundle,
    write_statement_csv,
)
from duanju.adapters.prose import explain_condition, policy_titles
from duanju.cli.lakes import LakeChoice, lake_options, measure_lake
from duanju.cli.placing import place_problems
from duanju.cli.problems import (
    EXIT_SOME_DEALS_BLOCKED,
    LANGUAGE_OPTION,
    exits_with_problems,
    print_problems,
)
from duanju.cli.uncounted import print_uncounted
from duanju.cli.writing import write_whole
from duanju.deals import Contract, Fact, check_contract
from duanju.kernel import Month, Problem
from duanju.settlement import PeriodClosed, Settlement, Statement, Transaction
from duanju.workflows import (
    Settled,
    bundles_of,
    open_conditions_of,
    refused_facts_of,
    settle_facts,
    uncounted_of,
)

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _month(_context: click.Context, _parameter: click.Parameter, text: str) -> Month:
    try:
        month = Month.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    if month.year >= date.max.year:
        raise click.BadParameter(f"{text} is too late a month to settle.")
    return month


@click.command()
@click.option("--deals", "deals_file", type=_FILE, required=True, help="TOML file of deals.")
@click.option(
    "--policies",
    "policies_folder",
    type=_FOLDER,
    help="Folder of the policies that deals name.  [default: the folder `policies` beside the "
    "deals, else `policies` in the current folder]",
)
@click.option(
    "--facts",
    "facts_file",
    type=_FILE,
    help="File of facts: CSV, XLSX or Parquet; this, --lake, or both.",
)
@lake_options
@click.option(
    "--period", metavar="YYYY-MM", callback=_month, required=True, help="The month to settle."
)
@click.option(
    "--posted",
    "posted_file",
    type=_FILE,
    help="The `ledger.csv` of the run before; without it nothing was posted yet.",
)
@click.option(
    "--out",
    "out_folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the ledger and the statements; made if absent.",
)
@LANGUAGE_OPTION
@exits_with_problems
def settle(
    deals_file: Path,
    policies_folder: Path | None,
    facts_file: Path | None,
    lake: LakeChoice | None,
    period: Month,
    posted_file: Path | None,
    out_folder: Path,
    language: str,
) -> None:
    """Settle a month of all deals.

    Writes `ledger.csv` (what was posted before and what this run posts: hand it to the next run as
    --posted), the same as `ledger.beancount` for accountants' tools, and for each deal and payee a
    statement as CSV, as JSON with its proofs, and as a bundle that `duanju replay` computes again
    anywhere. Settling the same month again with that ledger posts nothing new. Of a lake, the sums
    that were settled are in `partial-sums.csv`.
    """
    if facts_file is None and lake is None:
        raise click.UsageError("Give --facts, --lake, or both.")
    policies = load_policies(policies_folder or _policies_near(deals_file))
    deals = read_deals(deals_file, policies=policies)
    posted = read_ledger(posted_file) if posted_file else ()
    told = tuple(read_facts(facts_file)) if facts_file else ()
    measured = measure_lake(deals, lake, period) if lake else None
    facts = (*measured.facts, *told) if measured else told
    closed = _closed_by(posted, period)
    try:
        settlement = settle_facts(
            contracts=deals.contracts, facts=facts, posted=posted, period=period, closed=closed
        )
    except PeriodClosed as error:
        raise click.UsageError(str(error)) from None
    zone = str(deals.zone)
    settled = Settled(deals.contracts, facts, posted, settlement, zone=zone, titles=deals.titles)
    _write(settled, out_folder, language)
    if measured:
        write_whole(out_folder / "partial-sums.csv", map(str.encode, measured.partial_sums))
    _print_totals(settlement)
    _print_open(deals.contracts, facts, period, language)
    uncounted = uncounted_of(contracts=deals.contracts, facts=facts, period=period)
    print_uncounted(uncounted, language=language, facts_file=facts_file)
    if settlement.problems:
        problems = _placed(settlement.problems, deals.contracts, facts, facts_file)
        print_problems(problems, language=language)
        raise click.exceptions.Exit(EXIT_SOME_DEALS_BLOCKED)


def _placed(
    problems: tuple[Problem, ...],
    contracts: Sequence[Contract],
    facts: Sequence[Fact],
    facts_file: Path | None,
) -> tuple[Problem, ...]:
    """Return problems with the rows of the facts that are refused, where a file holds them."""
    if facts_file is None:
        return problems
    blocked = {str(own.params.get("deal", "")) for own in problems}
    unfit = {own.id for own in contracts if own.id in blocked and check_contract(own)}
    refused = refused_facts_of(contracts=contracts, facts=facts, deal_ids=blocked - unfit)
    return place_problems(problems, refused=refused, facts_file=facts_file)


def _policies_near(deals_file: Path) -> Path:
    beside = deals_file.parent / "policies"
    return beside if beside.is_dir() else Path("policies")


def _closed_by(posted: Iterable[Transaction], period: Month) -> frozenset[Month]:
    """Return the months that the ledger has left behind: a later one has been posted."""
    return frozenset(own.period for own in posted if own.period > period)


def _write(settled: Settled, folder: Path, language: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for bundle in bundles_of(settled):
        (statement,) = bundle.statements
        table = io.StringIO()
        write_statement_csv(
            statement,
            stream=table,
            language=language,
            contract=bundle.contract,
            titles=settled.titles,
        )
        name = _file_name(statement)
        write_whole(folder / f"{name}.csv", [table.getvalue().encode()])
        data = json.dumps(statement_as_data(statement), ensure_ascii=False, indent=1)
        write_whole(folder / f"{name}.json", [data.encode() + b"\n"])
        packed = io.BytesIO()
        write_bundle(bundle, stream=packed)
        write_whole(folder / f"{name}.bundle.json", [packed.getvalue()])
    ledger = [*settled.posted, *settled.settlement.transactions]
    by_month = sorted(ledger, key=lambda own: own.period)
    write_whole(folder / "ledger.beancount", map(str.encode, ledger_as_beancount(by_month)))
    write_whole(folder / "ledger.csv", map(str.encode, ledger_as_csv(ledger)))


def _file_name(statement: Statement) -> str:
    """Return a name of its own for a statement: by deal and payee, and the payer if need be."""
    payee = statement.payee
    whom = payee.id if payee.role == "studio" else str(payee)
    words = f"statement-{statement.period}-{statement.deal_id}-{whom}"
    if statement.payer.role != "platform":
        words = f"{words}-from-{statement.payer}"
    return re.sub(r"[^\w.-]", "_", words)


_STILL_OPEN = {
    "en": "Still open in deal {deal}: {condition}",
    "zh-Hans": "合同 {deal} 待定：{condition}",
}


def _print_open(
    contracts: Sequence[Contract], facts: Iterable[Fact], period: Month, language: str
) -> None:
    """Say what no fact has told yet, so that nobody takes it for settled as nothing."""
    terms_by_deal = {contract.id: contract.terms for contract in contracts}
    waiting = open_conditions_of(contracts=contracts, facts=facts, period=period)
    for deal_id, conditions in waiting.items():
        names = policy_titles(terms_by_deal[deal_id].policy, language)
        for condition in conditions:
            said = explain_condition(condition, language=language, names=names)
            click.echo(_STILL_OPEN[language].format(deal=deal_id, condition=said))


def _print_totals(settlement: Settlement) -> None:
    for statement in settlement.statements:
        for total in statement.totals:
            click.echo(f"{statement.period}  {statement.deal_id}  {statement.payee}  {total}")
