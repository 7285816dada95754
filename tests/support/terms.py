"""Terms and facts in words, for tests of the engines."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from duanju.deals import (
    MEASURES,
    Contract,
    Counted,
    Deduction,
    Fact,
    Number,
    Parameter,
    ParameterValue,
    Policy,
    Reading,
    Reset,
    RevenueShare,
    Scope,
    Source,
    Stretch,
    Terms,
    Tier,
    TieredRate,
)
from duanju.deals.clauses import Clause
from duanju.kernel import Month, Party, RoundingRule, Text

SEPTEMBER = Month(2026, 9)
OCTOBER = Month(2026, 10)
NOVEMBER = Month(2026, 11)
DECEMBER = Month(2026, 12)
AUTUMN = (SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER)

PLATFORM = Party("platform", "aurora")
STUDIO = Party("studio", "lanxi")
TITLE = "101"
OTHER_TITLE = "102"

_NAMED = Text({"en": "Named", "zh-Hans": "名称"})


def a_tiered_rate(
    *tiers: tuple[int, str],
    reading: str = Reading.MARGINAL,
    scope: Scope = Scope.TITLE,
    reset: Reset = Reset.NEVER,
    inclusive: bool = False,
) -> TieredRate:
    """Return a rate per hour; tiers are (threshold in minutes, yuan an hour)."""
    chosen = tiers or ((0, "1.5"), (1_000_000, "3"))
    return TieredRate(
        id="hours",
        title=_NAMED,
        explanation=_NAMED,
        counted=Counted(measure="effective_minutes"),
        per=Fraction(60),
        currency="CNY",
        tiers=tuple(
            Tier(Fraction(threshold), inclusive, Fraction(rate)) for threshold, rate in chosen
        ),
        reading=reading,
        scope=scope,
        reset=reset,
    )


def a_channel_fee(**rates: str) -> Deduction:
    """Return a deduction that goes to the channel."""
    chosen = rates or {"web": "0", "wechat_ios": "0.12"}
    return Deduction("channel_fee", _NAMED, "channel", {k: Fraction(v) for k, v in chosen.items()})


def a_revenue_share(
    *deductions: Deduction,
    base: str = "after_channel_fee",
    shares: Mapping[str, Number] | None = None,
    rounding: RoundingRule = RoundingRule.LARGEST_REMAINDER,
) -> RevenueShare:
    """Return a share of unlock income in yuan, half to the studio, the rest to the platform."""
    return RevenueShare(
        id="unlocks",
        title=_NAMED,
        explanation=_NAMED,
        counted=(Counted(measure="unlock_income"),),
        currency="CNY",
        base=base,
        deductions=deductions or (a_channel_fee(),),
        shares=shares or {"studio": Fraction(1, 2)},
        residual="platform",
        rounding=rounding,
    )


def a_policy(*clauses: Clause, parameters: tuple[Parameter, ...] = ()) -> Policy:
    """Return a policy of these clauses, in force since 2025."""
    return Policy(
        id="policy",
        version=1,
        title=_NAMED,
        summary=_NAMED,
        valid_from=date(2025, 1, 1),
        valid_until=None,
        sources=(Source(_NAMED),),
        parameters=parameters,
        clauses=clauses,
    )


def terms_of(
    *clauses: Clause,
    titles: tuple[str, ...] = (TITLE,),
    starts_on: date = date(2026, 9, 1),
    ends_on: date | None = None,
    parties: tuple[Party, ...] = (PLATFORM, STUDIO),
    parameters: tuple[Parameter, ...] = (),
    chosen: Mapping[str, ParameterValue] | None = None,
) -> Terms:
    """Return terms between platform and studio, from September on."""
    return Terms(
        policy=a_policy(*clauses, parameters=parameters),
        parties={party.role: party for party in parties},
        title_ids=frozenset(titles),
        starts_on=starts_on,
        ends_on=ends_on,
        parameters=chosen or {},
    )


def a_contract(terms: Terms, own_id: str = "deal-1") -> Contract:
    """Return terms as a deal."""
    return Contract(own_id, terms)


def watched(
    minutes: int | Fraction,
    month: Month | Stretch = SEPTEMBER,
    *,
    title: str = TITLE,
    channel: str = "",
) -> Fact:
    """Return effective minutes of a title in a month."""
    quantity = Fraction(minutes) * 60_000
    assert quantity.denominator == 1
    return _fact("effective_minutes", title, month, quantity.numerator, "", channel)


def unlocked(
    amount_minor: int,
    month: Month | Stretch = SEPTEMBER,
    *,
    title: str = TITLE,
    channel: str = "web",
    currency: str = "CNY",
) -> Fact:
    """Return income of unlocks of a title in a month."""
    return _fact("unlock_income", title, month, amount_minor, currency, channel)


def _fact(
    measure: str, title: str, month: Month | Stretch, quantity: int, currency: str, channel: str
) -> Fact:
    stretch = Stretch.of_month(month) if isinstance(month, Month) else month
    return Fact(measure, title, stretch, quantity, MEASURES[measure].unit, currency, channel)
