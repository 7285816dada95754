"""Amending a deal: proposing other terms, taking them back, declining and accepting them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from duanju.deals import Contract, check_contract
from duanju.kernel import Problem, ProblemsFound, Where
from duanju_web.deals.mapping.contracts import (
    amendment_of,
    contract_of,
    covered_by,
    day_in_zone,
)
from duanju_web.deals.mapping.policies import policy_of
from duanju_web.deals.models import Deal, DealAmendment, OfferState, PolicyVersion, code_at
from duanju_web.deals.services.coverage import find_rivals
from duanju_web.deals.services.parties import find_party_problems
from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit

AMENDMENTS_MAX = 100
"""Amendments of one deal, proposals included."""


@dataclass(frozen=True, slots=True)
class AmendmentDraft:
    """What a platform fills in.

    Attributes:
        deal: Which is amended.
        policy_version: The version whose terms are proposed.
        parameters: Parameter id to the words that were typed.
        mode: `over` the terms that hold, or `beside` them.
        by: `play_date` or `signing_date`.
        effective_on: First day for whose facts they hold; None where that is the deal's first.
        valid_until: Last day on which the studio can accept.
        message: A word to the studio.
        parties: Who fills roles that the deal does not know, as an offer has them.
    """

    deal: Deal
    policy_version: PolicyVersion
    parameters: Mapping[str, str]
    mode: str
    by: str
    effective_on: date | None
    valid_until: date
    message: str = ""
    parties: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def unsaved(self) -> DealAmendment:
        """Return the record that this would be, of which nothing is saved."""
        return DealAmendment(
            deal=self.deal,
            policy_version=self.policy_version,
            policy_digest=self.policy_version.digest,
            parameters=dict(self.parameters),
            parties={role: dict(who) for role, who in self.parties.items()},
            mode=self.mode,
            by=self.by,
            effective_on=self.effective_on or self.deal.starts_on,
            message=self.message,
            valid_until=self.valid_until,
        )


@transaction.atomic
def propose_amendment(
    *, actor: Actor, draft: AmendmentDraft, now: datetime
) -> DealAmendment | tuple[Problem, ...]:
    """Put other terms for a deal before its studio, or return everything wrong with them.

    Args:
        actor: A member of the deal's platform who may make offers.
        draft: What was filled in.
        now: The time, aware.
    """
    Deal.objects.select_for_update().get(pk=draft.deal.pk, platform=actor.organisation)
    problems = find_amendment_problems(draft=draft, now=now)
    if problems:
        return problems
    amendment = draft.unsaved()
    amendment.made_by, amendment.made_at = actor.user, now
    amendment.save()
    after = {
        "deal": draft.deal.number,
        "policy": str(draft.policy_version),
        "parameters": amendment.parameters,
        "mode": str(amendment.mode),
        "by": str(amendment.by),
        "effective_on": amendment.effective_on.isoformat(),
    }
    _record(actor, amendment, "deals.propose-amendment", None, after, now)
    return amendment


def find_amendment_problems(*, draft: AmendmentDraft, now: datetime) -> tuple[Problem, ...]:
    """Return what is wrong with a draft; nothing is saved."""
    today = day_in_zone(now, draft.deal.platform.time_zone)
    problems: tuple[Problem, ...] = ()
    if draft.deal.amendments.count() >= AMENDMENTS_MAX:
        problems += (Problem("deals.too-many-amendments", params={"max": AMENDMENTS_MAX}),)
    if draft.valid_until < today:
        problems += (Problem("deals.offer-never-valid", Where(path="valid_until")),)
    if draft.effective_on is None and draft.by == DealAmendment.Reach.PLAY_DATE:
        problems += (Problem("deals.amendment-day-missing", Where(path="effective_on")),)
    problems += find_party_problems(
        draft.parties, policy=policy_of(draft.policy_version), filled=draft.deal.parties
    )
    try:
        contract = amended_contract(draft.unsaved(), signed_on=today)
    except ProblemsFound as found:
        return problems + found.problems
    return problems or _problems_of(contract, draft.deal, is_own_view=True)


def amended_contract(amendment: DealAmendment, *, signed_on: date) -> Contract:
    """Return the contract that a deal would be if a proposal were accepted on a day.

    Raises:
        ProblemsFound: A parameter is missing or not of its kind.
    """
    deal = amendment.deal
    contract = contract_of(deal)
    code = code_at(len(contract.amendments) + 1)
    added = amendment_of(amendment, code=code, covered=covered_by(deal), signed_on=signed_on)
    return replace(contract, amendments=(*contract.amendments, added))


@transaction.atomic
def accept_amendment(
    *, actor: Actor, amendment_id: int, now: datetime
) -> DealAmendment | tuple[Problem, ...]:
    """Agree to a proposal to the actor's studio, or return why that cannot be.

    Accepting a second time returns the same. Two acceptances for one deal follow each other, and
    the second is checked with the first.

    Args:
        actor: A member of the studio who may sign.
        amendment_id: A proposal for a deal of that studio.
        now: The time, aware.
    """
    amendment = _locked(amendment_id, studio=actor.organisation)
    if amendment.state == OfferState.ACCEPTED:
        return amendment
    deal = amendment.deal
    today = day_in_zone(now, deal.platform.time_zone)
    if amendment.state != OfferState.OFFERED:
        return (Problem("deals.offer-already-answered", params={"state": str(amendment.state)}),)
    if today > amendment.valid_until:
        return (Problem("deals.offer-expired", params={"day": amendment.valid_until.isoformat()}),)
    contract = amended_contract(amendment, signed_on=today)
    problems = _problems_of(contract, deal, is_own_view=False)
    if problems:
        return problems
    last = deal.amendments.aggregate(last=Max("position"))["last"] or 0
    amendment.position = last + 1
    after = {"deal": deal.number, "amendment": amendment.code, "digest": amendment.policy_digest}
    _answer(actor, amendment, OfferState.ACCEPTED, "deals.accept-amendment", after, now)
    return amendment


@transaction.atomic
def withdraw_amendment(
    *, actor: Actor, amendment_id: int, now: datetime
) -> DealAmendment | Problem:
    """Take back a proposal of the actor's platform that nobody has answered."""
    amendment = _locked(amendment_id, platform=actor.organisation)
    if amendment.state != OfferState.OFFERED:
        return Problem("deals.offer-already-answered", params={"state": str(amendment.state)})
    _answer(actor, amendment, OfferState.WITHDRAWN, "deals.withdraw-amendment", {}, now)
    return amendment


@transaction.atomic
def decline_amendment(
    *, actor: Actor, amendment_id: int, reason: str, now: datetime
) -> DealAmendment | Problem:
    """Say no to a proposal to the actor's studio, with a reason that the platform reads."""
    if not reason.strip():
        return Problem("deals.reason-missing", Where(path="reason"))
    amendment = _locked(amendment_id, studio=actor.organisation)
    if amendment.state != OfferState.OFFERED:
        return Problem("deals.offer-already-answered", params={"state": str(amendment.state)})
    amendment.reason = reason.strip()
    after = {"reason": amendment.reason}
    _answer(actor, amendment, OfferState.DECLINED, "deals.decline-amendment", after, now)
    return amendment


def _locked(amendment_id: int, **side: object) -> DealAmendment:
    """Return a proposal of a side's deal; nobody else answers for the same deal meanwhile."""
    sides = {f"deal__{name}": organisation for name, organisation in side.items()}
    deal_id = DealAmendment.objects.values_list("deal_id", flat=True).get(pk=amendment_id, **sides)
    Deal.objects.select_for_update().get(pk=deal_id)
    return DealAmendment.objects.select_related(
        "policy_version", "deal__policy_version", "deal__platform", "deal__studio"
    ).get(pk=amendment_id)


def _problems_of(contract: Contract, deal: Deal, *, is_own_view: bool) -> tuple[Problem, ...]:
    """Return what the engine finds in an amended contract, by itself and beside other deals."""
    return check_contract(contract) or find_rivals(
        contract,
        titles=deal.titles.all(),
        platform=deal.platform if is_own_view else None,
        apart_from=deal,
    )


def _answer(
    actor: Actor,
    amendment: DealAmendment,
    state: OfferState,
    action: str,
    after: Mapping[str, object],
    now: datetime,
) -> None:
    amendment.state = state
    amendment.answered_by, amendment.answered_at = actor.user, now
    amendment.save(update_fields=["state", "position", "reason", "answered_by", "answered_at"])
    before = {"state": OfferState.OFFERED.value}
    _record(actor, amendment, action, before, {"state": state.value, **after}, now)


def _record(
    actor: Actor,
    amendment: DealAmendment,
    action: str,
    before: Mapping[str, object] | None,
    after: Mapping[str, object],
    now: datetime,
) -> None:
    record_audit(actor=actor, action=action, target=amendment, before=before, after=after, now=now)
