"""A clause of each kind in which everything is said that its kind can say, for tests."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from duanju.deals import Parameter, ParameterKind, Policy, check_policy
from duanju.deals.clauses import (
    Award,
    Band,
    BonusBands,
    Cap,
    Clause,
    Clawback,
    Coefficient,
    CoInvestment,
    Commission,
    Counted,
    Deduction,
    EarningTerm,
    EmptyPool,
    Fee,
    FromDay,
    Gate,
    Gauge,
    Held,
    Instalment,
    Interest,
    InterestKind,
    Lengthening,
    Limit,
    MeasureReached,
    MilestoneReached,
    MinimumGuarantee,
    Order,
    ParameterIs,
    PoolShare,
    Receiver,
    Recouped,
    Reserve,
    Reset,
    RevenueShare,
    ShareTier,
    Stake,
    StepDown,
    Tier,
    TieredBonus,
    TieredRate,
    Waterfall,
    WaterfallStep,
)
from duanju.kernel import Text
from tests.support.terms import a_policy

NAMED = Text({"en": "Named", "zh-Hans": "名称"})
HALF, ONE, TWO = Fraction(1, 2), Fraction(1), Fraction(2)

PARAMETERS = (
    Parameter("grade", ParameterKind.CHOICE, NAMED, {"A": NAMED, "B": NAMED}),
    Parameter("open", ParameterKind.FACTOR, NAMED, {}),
)
MINUTES = Counted(measure="effective_minutes")
INCOME = Counted(measure="unlock_income")
ADVERTS = Counted(measure="advert_income", channels=("web", "app"))
PLAYS = Counted(measure="plays", over_seconds=Fraction(30))
COST = Counted(measure="traffic_cost")

TERM = EarningTerm(
    months=Fraction(6),
    counted=Counted(measure="reported_income", items=("box_office",)),
    lengthened=(
        Lengthening(above=Fraction(10), months=Fraction(12)),
        Lengthening(above=Fraction(20), months=Fraction(24)),
    ),
)
COEFFICIENTS = (
    Coefficient(
        name="search",
        title=NAMED,
        value=ONE,
        counted=Counted(measure="search_index"),
        bands=(Band(threshold=Fraction(5), value=ONE), Band(threshold=Fraction(9), value=TWO)),
    ),
    Coefficient(
        name="rights",
        title=NAMED,
        value=TWO,
        step_down=StepDown(milestone="exclusivity_ended", value=ONE),
    ),
)
TIERS = (
    Tier(threshold=Fraction(0), inclusive=False, rate=HALF),
    Tier(threshold=Fraction(9), inclusive=False, rate=ONE),
)
INSTALMENTS = (
    Instalment(milestone="signing", share=HALF),
    Instalment(milestone="delivery", share=HALF),
)
GIVEN_BACK = Clawback(milestone="cancelled", share=HALF)
GROWN = Limit(
    amount=Fraction(100),
    cost=COST,
    cost_cap=Fraction(50),
    interest=Interest(rate=Fraction(1, 10), kind=InterestKind.SIMPLE),
)
STEPS = (
    WaterfallStep(
        name="costs",
        title=NAMED,
        takes=HALF,
        receivers=(Receiver(role="agent", limit=GROWN), Receiver(role="studio", weight=TWO)),
        limit=GROWN,
        from_day=date(2026, 9, 1),
        until_day=date(2026, 12, 1),
    ),
    WaterfallStep(
        name="makers",
        title=NAMED,
        takes=HALF,
        receivers=(
            Receiver(role="director", limit=Limit(amount=ONE)),
            Receiver(role="studio"),
        ),
        order=Order.PRIORITY,
        gates=(
            Gate(gauge=Gauge.POOL, above=ONE, until=Fraction(200)),
            Gate(gauge=Gauge.STEP, of="costs", above=ONE),
            Gate(gauge=Gauge.PARTY, of="studio", until=Fraction(100)),
            Gate(gauge=Gauge.MEASURE, counted=PLAYS, above=ONE),
        ),
    ),
)
HOURS = TieredRate(
    id="hours",
    title=NAMED,
    explanation=NAMED,
    counted=MINUTES,
    per=Fraction(60),
    currency="CNY",
    tiers=(Tier(threshold=Fraction(0), inclusive=False, rate=Fraction(60)),),
    reading="marginal",
)
ADVANCE = MinimumGuarantee(
    id="advance",
    title=NAMED,
    explanation=NAMED,
    amount=Fraction(20),
    currency="CNY",
    treatment="recoupable",
    against=("hours",),
)
BASICS: tuple[Clause, ...] = (HOURS, ADVANCE)
"""What stands before each of the others, for them to name."""

WHEN = (
    MilestoneReached(milestone="release"),
    MeasureReached(counted=PLAYS, at_least=ONE),
    Recouped(clause="advance"),
    ParameterIs(parameter="grade", options=("A",)),
    FromDay(day=date(2026, 9, 1)),
)
ONLY_CHOSEN = (ParameterIs(parameter="grade", options=("A", "B")),)

_SAID = {"title": NAMED, "explanation": NAMED, "currency": "CNY"}
FULL: tuple[Clause, ...] = (
    TieredRate(
        id="rate",
        counted=Counted(measure="plays", over_seconds=Fraction(30), territories=("CN",)),
        per=Fraction(6),
        tiers=TIERS,
        reading="marginal",
        coefficients=COEFFICIENTS,
        coefficient_cap=TWO,
        term=TERM,
        when=WHEN,
        replaces=("hours",),
        binds=("platform", "studio"),
        **_SAID,  # type: ignore[arg-type]
    ),
    TieredRate(
        id="late-rate",
        counted=Counted(measure="member_minutes"),
        per=ONE,
        tiers=TIERS,
        reading="whole_amount",
        reset=Reset.MONTH,
        when=(
            MilestoneReached(milestone="exclusivity_ended", held=Held.LOST),
            MeasureReached(counted=INCOME, at_least=Fraction(50), held=Held.LOST),
        ),
        **_SAID,  # type: ignore[arg-type]
    ),
    TieredBonus(
        id="bonus-of-clauses",
        of=("hours",),
        by=MINUTES,
        tiers=TIERS,
        reading="whole_amount",
        when=WHEN,
        **_SAID,  # type: ignore[arg-type]
    ),
    TieredBonus(
        id="bonus-of-income",
        counted=(INCOME, ADVERTS),
        tiers=TIERS,
        reading="marginal",
        term=TERM,
        adds_to=("hours",),
        **_SAID,  # type: ignore[arg-type]
    ),
    BonusBands(
        id="bands",
        counted=Counted(measure="heat"),
        bands=(Band(threshold=Fraction(5), value=ONE), Band(threshold=Fraction(9), value=TWO)),
        reading="highest",
        **_SAID,  # type: ignore[arg-type]
    ),
    Fee(
        id="fee",
        amount=Fraction(100),
        instalments=INSTALMENTS,
        clawback=GIVEN_BACK,
        **_SAID,  # type: ignore[arg-type]
    ),
    MinimumGuarantee(
        id="guarantee",
        amount=Fraction(80),
        treatment="top_up",
        against=("hours",),
        at=HALF,
        instalments=INSTALMENTS,
        clawback=GIVEN_BACK,
        **_SAID,  # type: ignore[arg-type]
    ),
    PoolShare(
        id="pool",
        pool=Counted(measure="member_pool", territories=("CN", "SG")),
        own=Counted(measure="member_minutes", territories=("CN",)),
        all=Counted(measure="all_effective_minutes", territories=("CN", "SG")),
        share=HALF,
        when_empty=EmptyPool.CARRIED_OVER,
        coefficients=COEFFICIENTS,
        coefficient_cap=TWO,
        term=TERM,
        **_SAID,  # type: ignore[arg-type]
    ),
    Award(
        id="award",
        receivers=("director", "screenwriter"),
        limit=Fraction(100),
        **_SAID,  # type: ignore[arg-type]
    ),
    Commission(
        id="commission",
        of=("hours",),
        rate=HALF,
        payee="agent",
        **_SAID,  # type: ignore[arg-type]
    ),
    Cap(
        id="cap",
        of=("hours",),
        amount=Fraction(50),
        **_SAID,  # type: ignore[arg-type]
    ),
    Reserve(
        id="reserve",
        of=("hours",),
        rate=HALF,
        months=Fraction(3),
        **_SAID,  # type: ignore[arg-type]
    ),
    RevenueShare(
        id="share",
        counted=(INCOME, ADVERTS),
        base="after_channel_fee",
        deductions=(
            Deduction("channel_fee", NAMED, "channel", {"web": HALF, "app": Fraction(0)}),
            Deduction("tax", NAMED, "platform", rate=Fraction(1, 10), cap=HALF),
            Deduction("traffic", NAMED, "agent", cost=COST, cap=Fraction(1, 10)),
            Deduction("paid", NAMED, "platform", recoups="advance", cap=Fraction(1, 10)),
        ),
        shares={"studio": Fraction(1, 4), "director": Fraction(0)},
        share_tiers=(
            ShareTier(
                threshold=Fraction(5),
                inclusive=False,
                shares={"studio": Fraction(1, 5), "director": Fraction(1, 20)},
            ),
            ShareTier(
                threshold=Fraction(9),
                inclusive=True,
                shares={"studio": Fraction(1, 10), "director": Fraction(1, 10)},
            ),
        ),
        tiers_by=MINUTES,
        reading="marginal",
        term=TERM,
        residual="platform",
        when=ONLY_CHOSEN,
        **_SAID,  # type: ignore[arg-type]
    ),
    Waterfall(
        id="flow",
        counted=(INCOME, ADVERTS),
        steps=STEPS,
        owed_of_gross={"screenwriter": Fraction(1, 4)},
        residual="platform",
        when=ONLY_CHOSEN,
        **_SAID,  # type: ignore[arg-type]
    ),
    CoInvestment(
        id="capital",
        counted=(INCOME, ADVERTS),
        stakes=(
            Stake(role="platform", amount=Fraction(100)),
            Stake(role="studio", share=HALF, seniority=2),
            Stake(role="investor"),
        ),
        before=STEPS,
        order=Order.PRIORITY,
        hurdle=Interest(rate=HALF, kind=InterestKind.COMPOUND),
        profit={"studio": HALF, "investor": Fraction(1, 4)},
        residual="platform",
        when=ONLY_CHOSEN,
        **_SAID,  # type: ignore[arg-type]
    ),
)


def policy_with(clause: Clause) -> Policy:
    """Return a policy of a clause, after what it can name; `open` is of the kind that it needs."""
    before = tuple(own for own in BASICS if own.id != clause.id)
    policy = a_policy(*before, clause, parameters=PARAMETERS)
    for problem in check_policy(policy):
        if problem.code == "deals.parameter-of-another-kind":
            kind = ParameterKind(str(problem.params["known"]).split(", ")[0])
            grade, open_one = PARAMETERS
            fitting = (grade, replace(open_one, kind=kind))
            return a_policy(*before, clause, parameters=fitting)
    return policy
