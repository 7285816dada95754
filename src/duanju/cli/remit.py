"""`duanju remit`: from what was earned to what is due, in one transfer a party and month."""

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import click

from duanju.adapters.documents import (
    advice_as_csv,
    booked_as_csv,
    exchange_rates_from_text,
    plain_number,
    proof_as_data,
    read_booked,
    read_ledger,
    read_remittance_rules,
    read_text,
)
from duanju.cli.days import day
from duanju.cli.opening import FILE
from duanju.cli.problems import LANGUAGE_OPTION, exits_with_problems
from duanju.cli.writing import write_whole
from duanju.deals import month_ends_on
from duanju.kernel import Money, Month, ProblemsFound
from duanju.settlement import CarriedBecause, HeldReserve, PinnedRates, Remittance, pin_rates
from duanju.workflows import RemittedMonth, remit_month

RATES_BYTES_MAX = 64 * 1024 * 1024

_WORDS = {
    "en": {
        "due": "due {due}",
        "tax": "  {effect} {amount} by {rule}, version {version}",
        "conversion": "  {given} are {got} at {rate} ({source})",
        "waiting": "  {amount} waits",
        "reserved": "  {amount} of {month} is held back",
        "released": "  {amount} held of {month} is released",
        "before": "{number} were remitted before",
        "added": "added",
        "included": "included",
        "withheld": "withheld",
        CarriedBecause.NOTHING_EARNED: "nothing earned",
        CarriedBecause.OWED: "carried: it owes",
        CarriedBecause.BELOW_MINIMUM: "carried: {due} is below its minimum",
    },
    "zh-Hans": {
        "due": "应付 {due}",
        "tax": "  {effect} {amount}，依据 {rule} 第 {version} 版",
        "conversion": "  {given} 折合 {got}，汇率 {rate}（{source}）",
        "waiting": "  {amount} 结转",
        "reserved": "  {month} 留存准备金 {amount}",
        "released": "  {month} 的准备金 {amount} 释放",
        "before": "此前已汇付 {number} 笔",
        "added": "外加",
        "included": "内含",
        "withheld": "预扣",
        CarriedBecause.NOTHING_EARNED: "本期无收入",
        CarriedBecause.OWED: "结转：余额为负",
        CarriedBecause.BELOW_MINIMUM: "结转：{due} 低于起付额",
    },
}


def _month(_context: click.Context, _parameter: click.Parameter, text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(short_help="Say what each party of a ledger is due.")
@click.option("--ledger", "ledger_file", type=FILE, required=True, help="Of `duanju settle`.")
@click.option(
    "--rules", "rules_file", type=FILE, required=True, help="TOML of [[tax]] and [[party]]."
)
@click.option("--rates", "rates_file", type=FILE, help="The ECB's XML or CSV, or a plain table.")
@click.option("--period", metavar="YYYY-MM", callback=_month, required=True, help="The month.")
@click.option(
    "--paid-on",
    "paid_on",
    metavar="YYYY-MM-DD",
    callback=day,
    required=True,
    help="Day of the payment, whose rules of tax hold.",
)
@click.option(
    "--booked", "booked_file", type=FILE, help="The `remitted.csv` of the run before, if any."
)
@click.option(
    "--out",
    "out_folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the files; made if absent.",
)
@LANGUAGE_OPTION
@exits_with_problems
def remit(
    ledger_file: Path,
    rules_file: Path,
    rates_file: Path | None,
    period: Month,
    paid_on: date,
    booked_file: Path | None,
    out_folder: Path,
    language: str,
) -> None:
    """Say what each party of a ledger is due: reserved, converted, taxed, or carried.

    Rates are pinned for the last day of the month. Writes `remitted.csv` (all that was booked: hand
    it to the next run as --booked), `advice.csv` (a row a party) and `remittances.json` with the
    proofs. The same month again with that file books nothing new. With a problem, nothing is
    written.
    """
    rules = read_remittance_rules(rules_file)
    booked = read_booked(booked_file) if booked_file else ()
    found = remit_month(
        period=period,
        day=paid_on,
        ledger=read_ledger(ledger_file),
        booked=booked,
        terms=rules.terms,
        rules=rules.taxes,
        rates=_pinned(rates_file, period),
    )
    if found.problems:
        raise ProblemsFound(found.problems)
    out_folder.mkdir(parents=True, exist_ok=True)
    transfers = [transfer for own in found.remittances for transfer in own.transfers]
    pieces = booked_as_csv([*booked, *transfers])
    write_whole(out_folder / "advice.csv", map(str.encode, advice_as_csv(found.remittances)))
    data = json.dumps([_as_data(own) for own in found.remittances], ensure_ascii=False, indent=1)
    write_whole(out_folder / "remittances.json", [data.encode() + b"\n"])
    write_whole(out_folder / "remitted.csv", map(str.encode, pieces))
    _print(found, language)


def _pinned(path: Path | None, period: Month) -> PinnedRates:
    day = month_ends_on(period) - timedelta(days=1)
    if path is None:
        return pin_rates([], source="", day=day)
    text = read_text(path, bytes_max=RATES_BYTES_MAX)
    return pin_rates(exchange_rates_from_text(text, file=str(path)), source=path.name, day=day)


def _as_data(own: Remittance) -> dict[str, object]:
    return {
        "period": str(own.period),
        "role": own.terms.role,
        "party_id": own.terms.party_id,
        "currency": own.terms.currency,
        "gross_minor": own.gross.amount_minor,
        "due_minor": own.due.amount_minor if own.transfer else 0,
        "carried": own.carried.value if own.carried else "",
        "waiting_minor": dict(own.left),
        "earned_minor": dict(own.earned),
        "reserved": [_reserve_as_data(held) for held in own.reserving.held],
        "released": [_reserve_as_data(held) for held in own.reserving.released],
        "transfer_id": own.transfer.id if own.transfer else "",
        "proof": proof_as_data(own.proof),
    }


def _reserve_as_data(own: HeldReserve) -> dict[str, object]:
    return {
        "of": str(own.period),
        "currency": own.currency,
        "amount_minor": own.amount_minor,
    }


def _print(found: RemittedMonth, language: str) -> None:
    words = _WORDS[language]
    for own in found.remittances:
        line = words[own.carried or "due"].format(due=own.due)
        click.echo(f"{own.terms.role}:{own.terms.party_id}  {line}")
        for name, reserves in (
            ("reserved", own.reserving.held),
            ("released", own.reserving.released),
        ):
            for held in reserves:
                held_back = Money(held.amount_minor, held.currency)
                click.echo(words[name].format(amount=held_back, month=held.period))
        for conversion in own.conversions:
            click.echo(
                words["conversion"].format(
                    given=conversion.given,
                    got=conversion.got,
                    rate=plain_number(Fraction(conversion.rate)),
                    source=conversion.source,
                )
            )
        for tax in own.taxes:
            effect = words[tax.rule.effect.value]
            rule, version = tax.rule.id, tax.rule.version
            click.echo(
                words["tax"].format(effect=effect, amount=tax.amount, rule=rule, version=version)
            )
        for code, amount in own.left.items():
            click.echo(words["waiting"].format(amount=f"{code} {amount}"))
    if found.booked:
        click.echo(words["before"].format(number=len(found.booked)))
