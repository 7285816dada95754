"""Entering rules of tax and terms of payment: versions that are added, and never changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from duanju.adapters.documents import is_good_reserve
from duanju.kernel import CURRENCIES, Problem, Where
from duanju.settlement import (
    RESERVE_MONTHS_MAX,
    RemittanceTerms,
    TaxRule,
    check_tax_rules,
)
from duanju_web.settlement.mapping.remitting import figures_of, terms_of
from duanju_web.settlement.models import PayoutTerms, RemittingMonth, TaxRuleVersion
from duanju_web.settlement.selectors.taxes import known_tax_rules, payout_terms_of
from duanju_web.settlement.services.rates import lock_platform
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit

ENTERED_AT_ONCE_MAX = 2_000
"""Rules and terms together; more are entered in several files."""


@dataclass(frozen=True, slots=True)
class Entered:
    """How much of what was told was new.

    Attributes:
        rules: Versions of rules.
        terms: Parties whose terms changed.
    """

    rules: int
    terms: int


@transaction.atomic
def enter_rules(
    *,
    actor: Actor,
    rules: Sequence[TaxRule],
    terms: Sequence[RemittanceTerms],
    now: datetime,
    file_sha256: str = "",
) -> Entered | tuple[Problem, ...]:
    """Add versions of rules of tax, and how parties are paid from now on.

    What is known already, word by word, is not added again. A month that began to be made due
    keeps to what was known then, whatever is entered now.

    Args:
        actor: Who enters them, for a platform.
        rules: Each by itself complete.
        terms: A party once.
        now: The time, aware.
        file_sha256: Of the file that they were read from.

    Returns:
        How much was new; or all that is wrong with all of it, and then nothing was added.
    """
    if len(rules) + len(terms) > ENTERED_AT_ONCE_MAX:
        return (Problem("settlement.too-many-rules", params={"max": ENTERED_AT_ONCE_MAX}),)
    platform = lock_platform(actor)
    known = known_tax_rules(platform)
    digests = {(own.id, own.version): own.digest for own in known}
    fresh = [own for own in rules if digests.get((own.id, own.version)) != own.digest]
    problems = (
        *_kept_versions(fresh, known),
        *_faults_of_rules(fresh, known),
        *(fault for own in terms for fault in _faults_of_terms(own)),
    )
    if problems:
        return problems
    recorded_at = _after_last_use(platform, now)
    _add_rules(actor, platform, fresh, file_sha256, recorded_at)
    changed = _add_terms(actor, platform, terms, file_sha256, recorded_at)
    return Entered(len(fresh), changed)


def _kept_versions(fresh: Iterable[TaxRule], known: Iterable[TaxRule]) -> Iterator[Problem]:
    """Yield a problem for each version that would change a kept one, or go behind one."""
    last: dict[str, int] = defaultdict(int)
    for own in known:
        last[own.id] = max(last[own.id], own.version)
    for own in fresh:
        if own.version <= last[own.id]:
            where = Where(path=f"{own.id}@{own.version}")
            params: dict[str, str | int] = {"rule": own.id, "version": own.version}
            params["next"] = last[own.id] + 1
            yield Problem("settlement.tax-version-kept", where, params)


def _faults_of_rules(fresh: Sequence[TaxRule], known: Sequence[TaxRule]) -> Iterator[Problem]:
    """Yield what is wrong with new versions, each by itself and beside the kept ones."""
    for own in fresh:
        if own.currency and own.currency not in CURRENCIES:
            where = Where(path=f"{own.id}@{own.version}")
            yield Problem("settlement.not-a-currency", where, {"value": own.currency})
    kept = {(own.id, own.version) for own in known}
    added = [own for own in fresh if (own.id, own.version) not in kept]
    yield from check_tax_rules([*known, *added])


def _faults_of_terms(own: RemittanceTerms) -> Iterator[Problem]:
    where = Where(path=own.party)
    if own.currency not in CURRENCIES:
        yield Problem("settlement.not-a-currency", where, {"value": own.currency})
    if own.minimum_minor < 0:
        yield Problem("settlement.minimum", where, {"currency": own.currency})
    if not is_good_reserve(own.reserve_rate, own.reserve_months):
        yield Problem("settlement.reserve", where, {"max": RESERVE_MONTHS_MAX})


def _add_rules(
    actor: Actor,
    platform: Organisation,
    rules: Iterable[TaxRule],
    file_sha256: str,
    recorded_at: datetime,
) -> None:
    for own in rules:
        row = TaxRuleVersion.objects.create(
            platform=platform,
            rule_id=own.id,
            version=own.version,
            kind=own.kind.value,
            effect=own.effect.value,
            taxpayer=own.taxpayer,
            starts_on=own.starts_on,
            ends_on=own.ends_on,
            source=own.source,
            currency=own.currency,
            figures=figures_of(own),
            digest=own.digest,
            file_sha256=file_sha256,
            recorded_by=actor.user,
            recorded_at=recorded_at,
        )
        _leave_trail(actor, "settlement.enter-tax-rule", row, {"digest": own.digest}, recorded_at)


def _add_terms(
    actor: Actor,
    platform: Organisation,
    terms: Iterable[RemittanceTerms],
    file_sha256: str,
    recorded_at: datetime,
) -> int:
    rows = {(row.role, row.party_id): row for row in payout_terms_of(platform)}
    changed = 0
    for own in terms:
        before = rows.get((own.role, own.party_id))
        if before is not None and terms_of(before) == own:
            continue
        row = PayoutTerms.objects.create(
            platform=platform,
            role=own.role,
            party_id=own.party_id,
            number=before.number + 1 if before else 1,
            taxpayer=own.taxpayer,
            currency=own.currency,
            minimum_minor=own.minimum_minor,
            negative=own.negative.value,
            reserve_rate=str(own.reserve_rate),
            reserve_months=own.reserve_months,
            file_sha256=file_sha256,
            recorded_by=actor.user,
            recorded_at=recorded_at,
        )
        changed += 1
        _leave_trail(actor, "settlement.enter-terms", row, {"party": own.party}, recorded_at)
    return changed


def _after_last_use(platform: Organisation, now: datetime) -> datetime:
    """Return now, or right after a month began to be made due, if the clock was set back."""
    begun = RemittingMonth.objects.filter(platform=platform).aggregate(last=Max("begun_at"))
    last = begun["last"]
    return now if last is None else max(now, last + timedelta(microseconds=1))


def _leave_trail(
    actor: Actor,
    action: str,
    row: TaxRuleVersion | PayoutTerms,
    after: dict[str, str],
    now: datetime,
) -> None:
    told = {"what": str(row), **after}
    record_audit(actor=actor, action=action, target=row, before=None, after=told, now=now)
