"""What somebody expects a title to do, as facts that any policy can be computed on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from duanju.deals import (
    MEASURES,
    Award,
    Clause,
    CoInvestment,
    Counted,
    Deduction,
    Fact,
    ParameterValue,
    Policy,
    Stretch,
    Terms,
    Unit,
    read_parameters,
)
from duanju.deals.clauses import (
    SIGNING,
    Clawback,
    Instalment,
    MilestoneReached,
    StepDown,
)
from duanju.deals.clauses.roles import roles_of
from duanju.deals.clauses.walking import find_within
from duanju.deals.parameters import find_number
from duanju.kernel import Month, Party, ProblemsFound, currency
from duanju_web.deals.mapping.parameters import values_of

EXAMPLE_TITLE = "1"
HEAT_DAYS = 7
EXAMPLES = {
    "effective_minutes": 2_500_000,
    "member_minutes": 1_000_000,
    "all_effective_minutes": 500_000_000,
    "plays": 3_000_000,
    "heat": 100_000,
    "search_index": 1_200_000,
    "unlock_income": 100_000,
    "advert_income": 60_000,
    "member_income": 80_000,
    "member_pool": 5_000_000,
    "sponsorship_income": 50_000,
    "placement_income": 20_000,
    "performance_advert_income": 40_000,
    "sales_income": 200_000,
    "sales_returns": 20_000,
    "reported_income": 1_000_000,
    "production_cost": 500_000,
    "traffic_cost": 30_000,
    "tax": 5_000,
    "investment": 250_000,
    "award": 50_000,
}
"""What a page supposes before anybody says anything, in major or in term units."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One figure that policies ask for.

    Attributes:
        key: Its name in forms.
        measure: What it is of.
        channel: Through which channel, or empty.
        item: The role or report that the measure needs, or empty.
        example: What is supposed before anybody says anything.
    """

    key: str
    measure: str
    channel: str
    item: str
    example: int

    @property
    def is_money(self) -> bool:
        """Whether it is told in major units of a currency."""
        return MEASURES[self.measure].unit is Unit.MINOR

    @property
    def is_time(self) -> bool:
        """Whether it is told in minutes."""
        return MEASURES[self.measure].unit is Unit.MILLISECOND


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a title is expected to do.

    Attributes:
        amounts: Key of what is expected to how much, in term units; money in major units.
        milestones: What will have been reached.
        months: Over how many months it all happens, in equal parts.
        currency: Of all money.
    """

    amounts: Mapping[str, Fraction]
    milestones: frozenset[str]
    months: int
    currency: str


def find_expected(policies: Iterable[Policy]) -> tuple[Expected, ...]:
    """Return every figure that policies ask for, viewing first, each once."""
    found: dict[str, Expected] = {}
    channels = _channels_by_measure(policies := tuple(policies))
    asked = dict.fromkeys(pair for policy in policies for pair in _asked(policy))
    order = list(MEASURES)
    for measure, item in sorted(asked, key=lambda own: (order.index(own[0]), own[1])):
        for number, channel in enumerate(channels.get(measure, ("",))):
            example = EXAMPLES.get(measure, 0) if number == 0 else 0
            own = Expected(_key(measure, channel, item), measure, channel, item, example)
            found.setdefault(own.key, own)
    return tuple(found.values())


def find_milestones(policies: Iterable[Policy]) -> dict[str, bool]:
    """Return the milestones that policies speak of, and whether an ordinary title reaches each."""
    found: dict[str, bool] = {}
    for policy in policies:
        for kind in (Instalment, MilestoneReached):
            for _path, own in find_within(policy.clauses, kind):
                found[own.milestone] = True
        for kind in (Clawback, StepDown):
            for _path, own in find_within(policy.clauses, kind):
                found.setdefault(own.milestone, False)
    found.pop(SIGNING, None)
    return found


def facts_expected(
    *,
    expected: Sequence[Expected],
    expectation: Expectation,
    policies: Iterable[Policy],
    values: Mapping[str, ParameterValue] | None = None,
) -> tuple[Fact, ...]:
    """Return the facts that an expectation comes to, for one title from a month on.

    They are told as the policies count them: where one counts a medium, a window, a territory or
    plays from some seconds on, the title has that.

    Args:
        expected: The figures.
        expectation: What is supposed of them.
        policies: Who counts them.
        values: The parameters that are known, for what hangs on one.
    """
    policies = tuple(policies)
    likes = {own.measure: _first_filter(own.measure, policies, values or {}) for own in expected}
    first = first_month(policies)
    months = [first]
    while len(months) < expectation.months:
        months.append(months[-1].next())
    facts: list[Fact] = []
    for own in expected:
        amount = expectation.amounts.get(own.key, Fraction(0))
        if amount:
            facts += _facts_of(own, amount, months, expectation.currency, likes[own.measure])
    first_day = Stretch.of_month(first).starts_on
    day = Stretch(first_day, first_day + timedelta(days=1))
    for name in sorted(expectation.milestones):
        facts.append(Fact("milestone", EXAMPLE_TITLE, day, 1, Unit.COUNT, item=name))
    return tuple(facts)


def first_month(policies: Iterable[Policy]) -> Month:
    """Return the month after all of some policies have come into force."""
    latest: date = max(own.valid_from for own in policies)
    return Month(latest.year, latest.month).next()


def example_terms(*, policy: Policy, chosen: Mapping[str, object], starts_in: Month) -> Terms:
    """Return the terms that a policy makes for one title between parties named as their roles.

    Raises:
        ProblemsFound: A parameter is missing or not of its kind.
    """
    parameters, problems = read_parameters(policy=policy, chosen=chosen)
    if problems:
        raise ProblemsFound(problems)
    return Terms(
        policy=policy,
        parties={role: Party(role, role) for role in roles_needed(policy)},
        title_ids=frozenset({EXAMPLE_TITLE}),
        starts_on=Stretch.of_month(starts_in).starts_on,
        parameters=parameters,
    )


def roles_needed(policy: Policy) -> tuple[str, ...]:
    """Return the roles that a policy's parties fill, platform and studio first."""
    named = (role for clause in policy.clauses for role in roles_of(clause) if role != "channel")
    return tuple(dict.fromkeys(["platform", "studio", *named]))


def find_partners(policies: Iterable[Policy]) -> tuple[str, ...]:
    """Return the roles whose income can be compared, those that most policies speak of first."""
    counts: dict[str, int] = {}
    for policy in policies:
        named = dict.fromkeys(role for clause in policy.clauses for role in roles_of(clause))
        for role in named:
            if role not in ("platform", "channel"):
                counts[role] = counts.get(role, 0) + 1
    order = sorted(counts, key=lambda role: (-counts[role], role != "studio"))
    return tuple(order) or ("studio",)


def currency_of(policy: Policy, chosen: Mapping[str, object]) -> str:
    """Return the currency in which a policy pays, or an empty string if it is still open."""
    values = values_of(policy, chosen)
    for clause in policy.clauses:
        word = clause.currency
        found = word if isinstance(word, str) else values.get(word.parameter)
        if isinstance(found, str):
            return found
    return ""


def _asked(policy: Policy) -> Iterable[tuple[str, str]]:
    for clause in policy.clauses:
        for _path, counted in find_within(clause, Counted):
            yield from _with_items(counted)
        yield from _asked_beside(clause)


def _with_items(counted: Counted) -> Iterator[tuple[str, str]]:
    measure = MEASURES[counted.measure]
    if measure.name == "milestone":
        return
    if measure.needs_item:
        yield from ((measure.name, item) for item in counted.items or (measure.needs_item,))
    else:
        yield measure.name, ""


def _asked_beside(clause: Clause) -> Iterator[tuple[str, str]]:
    """Yield what kinds of clause count without saying so."""
    if isinstance(clause, Award):
        yield from (("award", role) for role in clause.receivers)
    if isinstance(clause, CoInvestment):
        for stake in clause.stakes:
            if stake.share is not None:
                yield "production_cost", ""
            elif stake.amount is None:
                yield "investment", stake.role


def _channels_by_measure(policies: Iterable[Policy]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for policy in policies:
        for clause in policy.clauses:
            counted = [own for _path, own in find_within(clause, Counted)]
            by_channel = [
                channel
                for _path, deduction in find_within(clause, Deduction)
                for channel in deduction.rate_by_channel
            ]
            own = getattr(clause, "counted", ())
            divided = own if isinstance(own, tuple) else ()
            for one in divided:
                found.setdefault(one.measure, {}).update(dict.fromkeys(by_channel))
            for one in counted:
                found.setdefault(one.measure, {}).update(dict.fromkeys(one.channels))
    return {measure: tuple(channels) for measure, channels in found.items() if channels}


def _key(measure: str, channel: str, item: str) -> str:
    if measure == "effective_minutes" and not channel:
        return "minutes"
    if measure == "unlock_income" and channel:
        return f"income_{channel}"
    return "_".join(part for part in (measure, channel, item) if part)


def _facts_of(
    own: Expected,
    amount: Fraction,
    months: list[Month],
    code: str,
    like: Mapping[str, str | int],
) -> Iterator[Fact]:
    measure = MEASURES[own.measure]
    size = currency(code).minor_per_major if own.is_money else measure.per_term_unit
    quantity = int(amount * size)
    told = {
        "measure": measure.facts_of,
        "title_id": "" if measure.is_platform_wide else EXAMPLE_TITLE,
        "unit": measure.unit,
        "currency": code if own.is_money else "",
        "channel": own.channel,
        "item": own.item,
        **like,
    }
    for stretch, part in _parts(measure.name, quantity, months):
        yield Fact(stretch=stretch, quantity=part, **told)  # type: ignore[arg-type]


def _parts(measure: str, quantity: int, months: list[Month]) -> Iterator[tuple[Stretch, int]]:
    """Divide a quantity over months; a level is the same in each, heat holds for a week."""
    if measure == "heat":
        day = Stretch.of_month(months[0]).starts_on
        for number in range(HEAT_DAYS):
            start = day + timedelta(days=number)
            yield Stretch(start, start + timedelta(days=1)), quantity
        return
    for number, month in enumerate(months):
        before, after = (quantity * own // len(months) for own in (number, number + 1))
        part = quantity if measure == "search_index" else after - before
        if part:
            yield Stretch.of_month(month), part


def _first_filter(
    measure: str, policies: tuple[Policy, ...], values: Mapping[str, ParameterValue]
) -> dict[str, str | int]:
    """Return the first filter a dimension that some policy puts on a measure."""
    found: dict[str, str | int] = {}
    for policy in policies:
        for _path, own in find_within(policy.clauses, Counted):
            if own.measure != measure:
                continue
            for name, words in (
                ("territory", own.territories),
                ("medium", own.media),
                ("window", own.windows),
            ):
                if words:
                    found.setdefault(name, words[0])
            seconds = find_number(own.over_seconds, values)
            if seconds:
                found.setdefault("over_seconds", int(seconds))
    return found
