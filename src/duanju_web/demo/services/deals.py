"""The demo's deals: offered by platforms, accepted by studios, through the ordinary services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings

from duanju_web.deals.models import Deal, DealAmendment, PolicyVersion
from duanju_web.deals.services import (
    AmendmentDraft,
    OfferDraft,
    accept_amendment,
    accept_offer,
    import_policies,
    make_offer,
    propose_amendment,
)
from duanju_web.demo.viewing import FIRST_DAY
from duanju_web.demo.world import WorldTitle
from duanju_web.productions.models import Title
from duanju_web.shared.actor import Actor

MINUTES = "tencent-short-drama-vertical"
GUARANTEED = "tencent-huolong"
UNLOCKS = "paid-unlock-share"
ENDS_ON = date(2027, 9, 1)
BY_THE_MINUTE = "首播合作，按有效时长结算。 / First showing, settled by effective time."
BEYOND_UNLOCKS = "会员时长另行结算。 / Members' time, settled beside the unlocks."
WITH_GUARANTEE = "保底两万元，从时长分成中抵扣。 / ¥20,000 in any case, recouped from the hours."
EXCLUSIVE_NOW = "自 11 月起改为独家首发，单价相应提高。 / Exclusive from November on, at its rate."
EXCLUSIVE_FROM = date(2026, 11, 1)
BY_UNLOCK = "付费解锁分成。 / A share of paid unlocks."
RIGHTS = {
    "qingning": "exclusive_premiere",
    "north-bank": "non_exclusive_premiere",
    "myriad": "exclusive_premiere",
}
GUARANTEE_PARAMETERS = {
    "rights": "exclusive_with_guarantee",
    "unit_price": "0.2",
    "type_coefficient": "0.6",
    "guarantee": "20000",
    "guarantee_treatment": "recoupable",
}
UNLOCK_PARAMETERS = {
    "changhe": {"currency": "CNY", "studio_share": "0.5", "web_fee": "0.006"},
    "starisle": {"currency": "CNY", "studio_share": "0.55", "web_fee": "0.006"},
    "tidal": {
        "currency": "USD",
        "studio_share": "0.5",
        "web_fee": "0.03",
        "app_store_fee": "0.3",
        "google_play_fee": "0.15",
    },
}


@dataclass(frozen=True, slots=True)
class _Plan:
    platform: str
    studio: str
    policy: str
    parameters: Mapping[str, str]
    slugs: tuple[str, ...]
    message: str


class DemoOfferRefused(RuntimeError):
    """The world's own offers contradict the policies; the world's files must be mended."""

    code = "demo.offer-refused"


def load_deals(
    *,
    world: Sequence[WorldTitle],
    titles: Mapping[str, Title],
    owners: Mapping[str, Actor],
    now: datetime,
) -> int:
    """Import the policies, then let every platform offer and every studio accept.

    Returns:
        How many deals are in force.
    """
    import_policies(folder=settings.POLICIES_FOLDER, now=now)
    versions = {version.policy_id: version for version in PolicyVersion.objects.order_by("version")}
    plans = _plans(world)
    for plan in plans:
        offer = make_offer(
            actor=owners[plan.platform], draft=_draft(plan, versions, titles, owners), now=now
        )
        if isinstance(offer, tuple):
            raise DemoOfferRefused(f"{plan.platform} to {plan.studio}: {offer}")
        deal = accept_offer(
            actor=owners[plan.studio], offer_id=offer.pk, now=now + timedelta(days=1)
        )
        if not isinstance(deal, Deal):
            raise DemoOfferRefused(f"{plan.studio} accepting {plan.platform}: {deal}")
    return len(plans)


def amend_a_deal(*, owners: Mapping[str, Actor], now: datetime) -> DealAmendment:
    """Let Longriver buy exclusive rights from North Bank, from a day on.

    Its months before that day are settled by the terms that held then.
    """
    deal = Deal.objects.get(
        platform=owners["changhe"].organisation,
        studio=owners["north-bank"].organisation,
        policy_version__policy_id=MINUTES,
    )
    draft = AmendmentDraft(
        deal=deal,
        policy_version=deal.policy_version,
        parameters={"rights": "exclusive_premiere"},
        mode=DealAmendment.Mode.OVER,
        by=DealAmendment.Reach.PLAY_DATE,
        effective_on=EXCLUSIVE_FROM,
        valid_until=EXCLUSIVE_FROM + timedelta(days=30),
        message=EXCLUSIVE_NOW,
    )
    made = propose_amendment(actor=owners["changhe"], draft=draft, now=now)
    if isinstance(made, tuple):
        raise DemoOfferRefused(f"changhe amending {deal}: {made}")
    agreed = accept_amendment(actor=owners["north-bank"], amendment_id=made.pk, now=now)
    if isinstance(agreed, tuple):
        raise DemoOfferRefused(f"north-bank agreeing to {deal}: {agreed}")
    return agreed


def leave_offers_open(
    *,
    world: Sequence[WorldTitle],
    titles: Mapping[str, Title],
    owners: Mapping[str, Actor],
    now: datetime,
) -> int:
    """Let two platforms court every studio for the same titles, to compare and to answer.

    Starisle pays by the minute alone; Longriver pays less by the minute, and a guarantee.

    Returns:
        How many offers wait for an answer.
    """
    versions = {version.policy_id: version for version in PolicyVersion.objects.order_by("version")}
    plans = [plan for studio in RIGHTS for plan in _rivals(studio, world)]
    for plan in plans:
        draft = replace(
            _draft(plan, versions, titles, owners),
            starts_on=now.date() + timedelta(days=30),
            valid_until=ENDS_ON,
        )
        offer = make_offer(actor=owners[plan.platform], draft=draft, now=now)
        if isinstance(offer, tuple):
            raise DemoOfferRefused(f"{plan.platform} to {plan.studio}: {offer}")
    return len(plans)


def _rivals(studio: str, world: Sequence[WorldTitle]) -> list[_Plan]:
    """Return two offers for the titles of a studio that Starisle shows."""
    slugs = tuple(t.slug for t in world if (t.platform, t.studio) == ("starisle", studio))
    by_minute = {"rights": "non_exclusive_non_premiere"}
    return [
        _Plan("starisle", studio, MINUTES, by_minute, slugs, BEYOND_UNLOCKS),
        _Plan("changhe", studio, GUARANTEED, GUARANTEE_PARAMETERS, slugs, WITH_GUARANTEE),
    ]


def _plans(world: Sequence[WorldTitle]) -> list[_Plan]:
    """One deal a pair: by the minute on Longriver, and for unlocks where episodes are locked."""
    plans = []
    for platform, studio in sorted({(title.platform, title.studio) for title in world}):
        own = [t for t in world if t.platform == platform and t.studio == studio]
        if platform == "changhe":
            rights = {"rights": RIGHTS[studio]}
            slugs = tuple(title.slug for title in own)
            plans.append(_Plan(platform, studio, MINUTES, rights, slugs, BY_THE_MINUTE))
        paid = tuple(t.slug for t in own if t.free_episode_count < len(t.lengths_ms))
        if paid:
            plans.append(
                _Plan(platform, studio, UNLOCKS, UNLOCK_PARAMETERS[platform], paid, BY_UNLOCK)
            )
    return plans


def _draft(
    plan: _Plan,
    versions: Mapping[str, PolicyVersion],
    titles: Mapping[str, Title],
    owners: Mapping[str, Actor],
) -> OfferDraft:
    organisation = owners[plan.studio].organisation
    assert organisation is not None
    return OfferDraft(
        studio=organisation,
        policy_version=versions[plan.policy],
        parameters=plan.parameters,
        titles=[titles[slug] for slug in plan.slugs],
        starts_on=FIRST_DAY,
        ends_on=ENDS_ON,
        valid_until=FIRST_DAY,
        message=plan.message,
    )
