"""What every kind of clause can say: conditions, neighbours, whom it binds, its term."""

from collections.abc import Iterator, Sequence

from duanju.adapters.prose.narrating import Narrator, Telling
from duanju.adapters.prose.numbers import say_day
from duanju.deals.clauses import (
    Award,
    Clause,
    CoInvestment,
    Commission,
    Condition,
    Counted,
    EarningTerm,
    Fraud,
    FromDay,
    MeasureReached,
    MilestoneReached,
    ParameterIs,
    Recouped,
    Reserve,
    RevenueShare,
    TermMeasured,
    Waterfall,
)
from duanju.deals.clauses.walking import find_within
from duanju.deals.parameters import Word

_SAY_THEIR_CURRENCY = (Award, CoInvestment, Commission, Reserve, RevenueShare, Waterfall)


def tell_provision(clause: Clause, narrator: Narrator) -> Telling:
    """Say what every clause can say: currency, fraud, conditions, neighbours, whom it binds."""
    say = narrator.speaker.say
    if not isinstance(clause, _SAY_THEIR_CURRENCY):
        yield say("provision.currency", currency=narrator.currency(clause.currency))
    counted = [own for _path, own in find_within(clause, Counted)]
    if any(own.fraud is Fraud.TAKEN_BACK for own in counted):
        yield say("counted.taken_back")
    for condition in clause.when:
        yield from _condition(condition, clause.currency, narrator)
    if clause.adds_to:
        yield say("provision.adds_to", clauses=narrator.clauses(clause.adds_to))
    if clause.replaces:
        yield say("provision.replaces", clauses=narrator.clauses(clause.replaces))
    if clause.binds:
        yield say("provision.binds", roles=narrator.roles(clause.binds))


def tell_term(term: EarningTerm | None, currency: Word, narrator: Narrator) -> Telling:
    """Say for how long a clause earns, and what lengthens that."""
    say = narrator.speaker.say
    if term is None:
        yield say("term.none")
        return
    yield say("term.months", months=narrator.number(term.months))
    if term.counted is not None:
        yield say("term.result", counted=narrator.counted(term.counted))
    for longer in term.lengthened:
        above = narrator.quantity(longer.above, term.counted, currency)
        yield say("term.lengthened", above=above, months=narrator.number(longer.months))
    if term.lengthened or term.measured is not TermMeasured.FIRST_END:
        yield say(f"term.{term.measured.value}")


def _condition(condition: Condition, currency: Word, narrator: Narrator) -> Iterator[str]:
    say = narrator.speaker.say
    match condition:
        case MilestoneReached():
            milestone = narrator.speaker.name("milestone", condition.milestone)
            yield say("condition.milestone_reached", milestone=milestone)
        case MeasureReached():
            at_least = narrator.quantity(condition.at_least, condition.counted, currency)
            counted = narrator.counted(condition.counted)
            yield say("condition.measure_reached", counted=counted, at_least=at_least)
        case Recouped():
            yield _recouped(condition, narrator)
        case FromDay():
            yield say("condition.from_day", day=say_day(condition.day, narrator.language))
        case ParameterIs():
            yield _parameter_is(condition.parameter, condition.options, narrator)
            return
    yield say(f"condition.{condition.held.value}")


def _recouped(condition: Recouped, narrator: Narrator) -> str:
    clause = narrator.clause(condition.clause)
    if not condition.step:
        return narrator.speaker.say("condition.recouped", clause=clause)
    step = step_title(condition.clause, condition.step, narrator)
    return narrator.speaker.say("condition.recouped_step", clause=clause, step=step)


def _parameter_is(parameter: str, options: Sequence[str], narrator: Narrator) -> str:
    names = [f"“{narrator.option(parameter, own)}”" for own in options]
    return narrator.speaker.say(
        "condition.parameter_is",
        title=narrator.parameter_title(parameter),
        options=narrator.speaker.phrase("condition.or").join(names),
    )


def step_title(clause_id: str, name: str, narrator: Narrator) -> str:
    """Return the title of a step of a waterfall, or its name where there is none."""
    for clause in narrator.policy.clauses:
        if clause.id == clause_id and isinstance(clause, Waterfall):
            for step in clause.steps:
                if step.name == name:
                    return narrator.text(step.title)
    return name
