"""Proposing a batch, approving it, withdrawing it. Each is one transaction and can be repeated."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from duanju.kernel import Problem, ProblemsFound
from duanju.settlement import (
    AccountKey,
    Characters,
    DueBalance,
    PayoutAccount,
    PayoutProposal,
    bank_of,
    batch_of_proposal,
    check_payout_batch,
    holds_of,
    propose_payouts,
)
from duanju_web.payouts.mapping.payouts import account_of, payouts_of
from duanju_web.payouts.models import (
    BankAccount,
    BatchState,
    PayoutBatchRecord,
    PayoutRecord,
    PayoutRule,
)
from duanju_web.payouts.selectors.accounts import receiving_account, receiving_accounts
from duanju_web.payouts.selectors.batches import due_of_platform, payouts_in, rule_of, today_of
from duanju_web.settlement.services import make_transfers, open_account
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit

LEFT_OUT_SHOWN = 1_000
"""A batch names so many who are left out; the next proposal names them again."""


@transaction.atomic
def propose_batch(
    *, actor: Actor, currency: str, value_date: date, remittance: str, now: datetime
) -> PayoutBatchRecord | tuple[Problem, ...]:
    """Propose to pay all that is due in a currency; nothing moves before the approval.

    What stands in a batch that waits is not proposed twice. Who has no bank account is left out
    and named in the batch.

    Returns:
        The batch; or why there is none, and then nothing was changed.
    """
    platform = _locked(actor)
    debtor = receiving_account(platform, currency=currency, now=now)
    if debtor is None:
        return (Problem("payouts.no-own-account", params={"currency": currency}),)
    if value_date < today_of(platform, now):
        return (Problem("payouts.day-is-over"),)
    number = PayoutBatchRecord.objects.filter(platform=platform).count() + 1
    batch_id = f"{currency}-{value_date:%Y%m%d}-{platform.pk}-{number}"
    due = due_of_platform(platform, currency)
    parties = _parties_of(due)
    accounts = receiving_accounts((own.pk for own in parties.values()), currency=currency, now=now)
    proposal = propose_payouts(
        batch_id=batch_id,
        balances=[
            DueBalance(key, available, _paid_to(parties.get(_slug_of(key)), accounts))
            for key, available in due.items()
        ],
        remittance=remittance,
    )
    if not proposal.payouts:
        params = {"currency": currency, "left_out": len(proposal.without_account)}
        return (Problem("payouts.nobody-to-pay", params=params),)
    rule = rule_of(platform, currency)
    batch = batch_of_proposal(
        proposal, batch_id=batch_id, debtor=account_of(debtor), currency=currency, day=value_date
    )
    if problems := check_payout_batch(batch, characters=Characters(rule.characters)):
        return tuple(_named(own, proposal) for own in problems)
    record = PayoutBatchRecord.objects.create(
        platform=platform,
        batch_id=batch_id,
        currency=currency,
        value_date=value_date,
        debtor=debtor,
        characters=rule.characters,
        version=rule.version,
        payout_count=len(batch.payouts),
        total_minor=batch.total_minor,
        left_out=_left_out(proposal),
        proposed_by=actor.user,
        proposed_at=now,
    )
    _keep_payouts(record, proposal, parties, accounts)
    _leave_trail(actor, "payouts.propose", record, None, now)
    return record


@transaction.atomic
def approve_batch(
    *, actor: Actor, batch_pk: int, now: datetime
) -> PayoutBatchRecord | tuple[Problem, ...]:
    """Approve a batch: its money is held in the ledger, and its file can be fetched.

    Above the platform's amount it takes somebody else than who proposed it. Approved again, by
    however many at a time, it is the same batch and holds the money once. What cannot be held any
    more, because a correction took of it, refuses the whole batch; so does a value date that is
    over.

    Returns:
        The batch; or why not, and then nothing was changed.
    """
    platform = _locked(actor)
    record = PayoutBatchRecord.objects.select_for_update().get(pk=batch_pk, platform=platform)
    if record.state == BatchState.APPROVED:
        return record
    if record.state != BatchState.PROPOSED:
        return (Problem("payouts.batch-is-decided"),)
    rows = list(payouts_in(record))
    if problems := _obstacles(actor, record, rows, now):
        return problems
    payouts = payouts_of(rows, currency=record.currency)
    bank = bank_of(record.currency)
    open_account(platform=platform, account=bank, may_be_negative=True, now=now)
    try:
        make_transfers(
            platform=platform,
            transfers=holds_of(payouts, batch_id=record.batch_id),
            actor=actor,
            now=now,
        )
    except ProblemsFound as refused:
        return refused.problems
    record.state = BatchState.APPROVED
    record.approved_by, record.approved_at = actor.user, now
    record.save(update_fields=["state", "approved_by", "approved_at"])
    _leave_trail(actor, "payouts.approve", record, {"state": BatchState.PROPOSED.value}, now)
    return record


@transaction.atomic
def withdraw_batch(
    *, actor: Actor, batch_pk: int, now: datetime
) -> PayoutBatchRecord | tuple[Problem, ...]:
    """Withdraw a batch that waits; what it was to pay can be proposed again."""
    platform = _locked(actor)
    record = PayoutBatchRecord.objects.select_for_update().get(pk=batch_pk, platform=platform)
    if record.state == BatchState.WITHDRAWN:
        return record
    if record.state != BatchState.PROPOSED:
        return (Problem("payouts.batch-is-decided"),)
    record.state = BatchState.WITHDRAWN
    record.withdrawn_by, record.withdrawn_at = actor.user, now
    record.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    _leave_trail(actor, "payouts.withdraw", record, {"state": BatchState.PROPOSED.value}, now)
    return record


@transaction.atomic
def change_rule(
    *,
    actor: Actor,
    currency: str,
    second_person_above_minor: int,
    characters: str,
    version: str,
    now: datetime,
) -> PayoutRule:
    """Say what holds for the batches in a currency that are proposed from now on.

    The amount above which it takes a second person holds for those that wait already, too.
    """
    own = rule_of(_locked(actor), currency)
    before = _rule_in_words(own) if own.pk else None
    own.second_person_above_minor = second_person_above_minor
    own.characters, own.version = characters, version
    own.save()
    after = _rule_in_words(own)
    if after != before:
        record_audit(
            actor=actor,
            action="payouts.change-rule",
            target=own,
            before=before,
            after=after,
            now=now,
        )
    return own


def _locked(actor: Actor) -> Organisation:
    """Hold the platform against every other decision on its payouts."""
    assert actor.organisation is not None, "payouts are a platform's"
    return Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation.pk)


def _slug_of(key: AccountKey) -> str:
    return key.name.rpartition(":")[2]


def _parties_of(due: dict[AccountKey, int]) -> dict[str, Organisation]:
    slugs = {_slug_of(key) for key, available in due.items() if available > 0}
    return {own.slug: own for own in Organisation.objects.filter(slug__in=slugs)}


def _paid_to(party: Organisation | None, accounts: dict[int, BankAccount]) -> PayoutAccount | None:
    own = accounts.get(party.pk) if party else None
    return account_of(own) if own else None


def _left_out(proposal: PayoutProposal) -> list[dict[str, object]]:
    named = [(own, "without_account") for own in proposal.without_account]
    named += [(own, "later") for own in proposal.later]
    return [
        {"account": own.account.name, "amount_minor": own.available_minor, "why": why}
        for own, why in named[:LEFT_OUT_SHOWN]
    ]


def _keep_payouts(
    record: PayoutBatchRecord,
    proposal: PayoutProposal,
    parties: dict[str, Organisation],
    accounts: dict[int, BankAccount],
) -> None:
    rows = []
    for number, own in enumerate(proposal.payouts, start=1):
        party = parties[_slug_of(own.account)]
        rows.append(
            PayoutRecord(
                batch=record,
                number=number,
                payout_id=own.payout.id,
                account=own.account.name,
                party=party,
                bank_account=accounts[party.pk],
                amount_minor=own.payout.amount_minor,
                remittance=own.payout.remittance,
            )
        )
    PayoutRecord.objects.bulk_create(rows, batch_size=500)


def _obstacles(
    actor: Actor, record: PayoutBatchRecord, rows: list[PayoutRecord], now: datetime
) -> tuple[Problem, ...]:
    """Return why a batch that waits cannot be approved by somebody, now."""
    rule = rule_of(record.platform, record.currency)
    is_proposer = record.proposed_by_id == (actor.user.pk if actor.user else None)
    if is_proposer and record.total_minor > rule.second_person_above_minor:
        return (Problem("payouts.second-person"),)
    if record.value_date < today_of(record.platform, now):
        return (Problem("payouts.day-is-over"),)
    return _changed_accounts(record, rows, now)


def _changed_accounts(
    record: PayoutBatchRecord, rows: list[PayoutRecord], now: datetime
) -> tuple[Problem, ...]:
    """Return a problem for each party that is paid to another account by now."""
    current = receiving_accounts(
        {record.platform_id, *(row.party_id for row in rows)}, currency=record.currency, now=now
    )
    kept = [(record.platform, record.debtor_id), *((r.party, r.bank_account_id) for r in rows)]
    return tuple(
        Problem("payouts.account-changed", params={"party": party.slug})
        for party, account_id in kept
        if party.pk not in current or current[party.pk].pk != account_id
    )


def _named(problem: Problem, proposal: PayoutProposal) -> Problem:
    """Return a problem of a batch whose place names the party instead of a number."""
    first, _dot, rest = problem.where.path.partition(".")
    number, _dot, field = rest.partition(".")
    if first != "payouts" or not number.isdigit():
        return problem
    party = _slug_of(proposal.payouts[int(number) - 1].account)
    return replace(problem, where=replace(problem.where, path=f"{party} {field}"))


def _rule_in_words(own: PayoutRule) -> dict[str, object]:
    return {
        "currency": own.currency,
        "second_person_above_minor": own.second_person_above_minor,
        "characters": own.characters,
        "version": own.version,
    }


def _leave_trail(
    actor: Actor,
    action: str,
    record: PayoutBatchRecord,
    before: dict[str, object] | None,
    now: datetime,
) -> None:
    after = {
        "batch": record.batch_id,
        "state": str(record.state),
        "payouts": record.payout_count,
        "total_minor": record.total_minor,
        "currency": record.currency,
        "value_date": record.value_date.isoformat(),
        "left_out": len(record.left_out),
    }
    record_audit(actor=actor, action=action, target=record, before=before, after=after, now=now)
