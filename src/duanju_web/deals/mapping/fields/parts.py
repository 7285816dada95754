"""Fields that several kinds of clause share."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.deals import INCOMES
from duanju_web.deals.mapping.fields.field import Among, Amount, Field, Label, Shape

MONEY, SHARE, COUNT, FACTOR = Amount.MONEY, Amount.SHARE, Amount.COUNT, Amount.FACTOR


def number(key: str, label: Label, amount: Amount = COUNT, **more: object) -> Field:
    """Return a field for a number that may hang on a parameter."""
    return Field(key=key, shape=Shape.NUMBER, label=label, amount=amount, **more)  # type: ignore[arg-type]


def pick(key: str, label: Label, *choices: tuple[str, Label], **more: object) -> Field:
    """Return a field for one word of a list."""
    return Field(key=key, shape=Shape.PICK, label=label, choices=choices, **more)  # type: ignore[arg-type]


def role(key: str, label: Label, **more: object) -> Field:
    """Return a field for a role."""
    return Field(key=key, shape=Shape.PICK, label=label, among=Among.ROLES, **more)  # type: ignore[arg-type]


def milestone(key: str, label: Label, **more: object) -> Field:
    """Return a field for a milestone."""
    return Field(key=key, shape=Shape.PICK, label=label, among=Among.MILESTONES, **more)  # type: ignore[arg-type]


def measure(key: str, label: Label, **more: object) -> Field:
    """Return a field for what is counted."""
    return Field(key=key, shape=Shape.MEASURE, label=label, **more)  # type: ignore[arg-type]


def rows(key: str, label: Label, row: Label, *fields: Field, **more: object) -> Field:
    """Return a field for an array of tables."""
    return Field(key=key, shape=Shape.ROWS, label=label, row=row, fields=fields, **more)  # type: ignore[arg-type]


def table(key: str, label: Label, *fields: Field, **more: object) -> Field:
    """Return a field for a table that may be left out."""
    return Field(key=key, shape=Shape.TABLE, label=label, fields=fields, **more)  # type: ignore[arg-type]


CURRENCY = Field(
    key="currency",
    shape=Shape.PICK,
    label=_("Currency"),
    among=Among.CURRENCIES,
    may_hang=True,
    is_needed=True,
)
PAYER = role("payer", _("Who pays"), new="platform", is_more=True)
PAYEE = role("payee", _("Who receives"), new="studio", is_more=True)
HOLDER = role("holder", _("Who holds the income and pays it out"), new="platform", is_more=True)
READING = pick(
    "reading",
    _("What a higher step pays for"),
    ("marginal", _("Only what lies beyond its threshold")),
    ("whole_amount", _("Everything, from the first on")),
    may_hang=True,
    is_needed=True,
)
SCOPE = pick(
    "scope",
    _("What is counted together"),
    ("title", _("Each title by itself")),
    ("pool", _("All titles of the deal")),
    ("studio", _("All that the partner has under this policy")),
    is_more=True,
)
SCOPE_WITHOUT_STUDIO = pick(
    "scope", _("What is counted together"), *SCOPE.choices[:2], is_more=True
)
SCOPE_OF_CAP = pick("scope", _("What is counted together"), *SCOPE.choices[1:], SCOPE.choices[0])
"""As `SCOPE`, with that first which holds where nothing is said."""

ONCE = pick(
    "scope",
    _("How often it is paid"),
    ("title", _("Once for each title")),
    ("pool", _("Once for the whole deal")),
)
RESET = pick(
    "reset",
    _("When counting begins again"),
    ("never", _("Never")),
    ("month", _("Every month")),
    ("year", _("Every year")),
    is_more=True,
)
ROUNDING = pick(
    "rounding",
    _("Who gets the fen that rounding leaves over"),
    ("largest_remainder", _("Whoever lost the largest fraction")),
    ("largest_weight", _("Whoever receives the most")),
    ("in_order", _("One after the other")),
    ("residual_party", _("Whoever has the rest")),
    is_more=True,
)
RESIDUAL = role("residual", _("Who has the rest"), is_needed=True)
DEFICIT = role(
    "deficit_payer",
    _("Who pays where the parts are more than the income"),
    help=_("Leave it empty if that cannot happen."),
    is_more=True,
)
INCOME = Field(
    key="measure",
    shape=Shape.MEASURES,
    label=_("Which income comes in"),
    measures=INCOMES,
    is_needed=True,
)
OF = Field(
    key="of",
    shape=Shape.CLAUSES,
    label=_("Of which clauses"),
    help=_("Clauses above this one."),
    is_needed=True,
)
LENGTHENING = rows(
    "lengthening",
    _("Longer for a better result"),
    _("Lengthening"),
    number("above", _("Result above"), COUNT),
    number("months", _("Months in all"), COUNT),
    new={"above": "10000000", "months": "24"},
)
TERM = table(
    "term",
    _("Ends earlier than the deal"),
    number("months", _("For how many months"), COUNT, is_needed=True),
    measure("measure", _("Which result lengthens it")),
    pick(
        "measured",
        _("That result is measured"),
        ("first_end", _("at the end of the first term")),
        ("while_running", _("for as long as the term runs")),
    ),
    LENGTHENING,
    new={"months": "12"},
    is_more=True,
)
INSTALMENTS = rows(
    "instalment",
    _("Instalments"),
    pgettext_lazy("payment", "Instalment"),
    milestone("milestone", _("When this is reached")),
    number("share", _("Share of the whole"), SHARE),
    help=_("Without any, all of it is due on signing. Their shares come to 100%."),
    new={"milestone": "signing", "share": "1"},
)
CLAWBACK = table(
    "clawback",
    _("Something is given back"),
    milestone("milestone", _("When this is reached")),
    number("share", _("Share of what was paid"), SHARE),
    Field(
        key="later_still_due",
        shape=Shape.SWITCH,
        label=_("What falls due afterwards is paid all the same"),
    ),
    new={"milestone": "cancelled", "share": "1"},
    is_more=True,
)


def threshold(label: Label) -> Field:
    """Return a field for a threshold: beyond it, or from it on."""
    return Field(key="above", shape=Shape.THRESHOLD, label=label)


def bands(label: Label, value: Label, amount: Amount, **more: object) -> Field:
    """Return a field for values by rising threshold."""
    return rows(
        "band",
        label,
        pgettext_lazy("of a table", "Step"),
        threshold(_("Result")),
        number("value", value, amount),
        new={"from": "0", "value": "1"},
        **more,
    )


COEFFICIENTS = rows(
    "coefficient",
    _("Coefficients that multiply it"),
    _("Coefficient"),
    Field(key="title", shape=Shape.TEXT, label=_("What it is called"), is_needed=True),
    number("value", _("Factor"), FACTOR, is_needed=True),
    measure("measure", _("Or: a result that decides the factor")),
    bands(_("Factors by result"), _("Factor"), FACTOR),
    table(
        "step_down",
        _("Another factor after a milestone"),
        milestone("milestone", _("When this is reached")),
        number("value", _("Factor from then on"), FACTOR),
        pick(
            "reading",
            _("It holds"),
            ("from_then_on", _("from then on")),
            ("from_the_start", _("from the start, as if it had always been so")),
        ),
        new={"milestone": "exclusivity_ended", "value": "1"},
        is_more=True,
    ),
    Field(key="name", shape=Shape.LINE, label=_("Short name in proofs"), is_more=True),
    new={"name": "factor", "title": {"en": "Factor", "zh-Hans": "系数"}, "value": "1"},
    is_more=True,
)
COEFFICIENT_CAP = number(
    "coefficient_cap", _("The most that the factors come to"), FACTOR, is_more=True
)
INTEREST = (
    number("rate", _("Interest a year"), SHARE),
    pick(
        "kind",
        _("Interest on interest"),
        ("simple", _("No, on the capital only")),
        ("compound", _("Yes, on unpaid interest, too")),
    ),
)
NEW_INTEREST = {"rate": "8%", "kind": "simple"}
LIMIT = table(
    "limit",
    _("It takes no more than"),
    number("amount", _("A fixed amount"), MONEY),
    measure("cost", _("And a cost, as it is reported")),
    number("cost_cap", _("Of that cost at most"), MONEY),
    table("interest", _("With interest"), *INTEREST, new=NEW_INTEREST),
    new={"amount": "100000"},
)
STEPS = (
    Field(key="title", shape=Shape.TEXT, label=_("What the step is called"), is_needed=True),
    number("takes", _("It takes this share of what reaches it"), SHARE, new="1"),
    rows(
        "receiver",
        _("Who receives it"),
        _("Receiver"),
        role("role", pgettext_lazy("party", "Who")),
        number("weight", _("Weight beside the others"), COUNT, new="1"),
        table("limit", _("At most"), *LIMIT.fields, new=LIMIT.new, is_more=True),
        new={"role": "studio", "weight": "1"},
    ),
    pick(
        "order",
        _("Several receivers stand"),
        ("pro_rata", _("side by side, by weight")),
        ("priority", _("one after the other")),
    ),
    LIMIT,
    rows(
        "gate",
        _("Only while"),
        pgettext_lazy("of a waterfall", "Condition"),
        pick(
            "gauge",
            _("What is read"),
            ("pool", _("all income so far")),
            ("step", _("what a step has taken so far")),
            ("party", _("what somebody has received so far")),
            ("measure", _("something that is counted")),
        ),
        Field(key="of", shape=Shape.LINE, label=_("Which step, or whose")),
        measure("measure", _("What is counted")),
        number("above", _("is above"), MONEY),
        number("until", _("and at most"), MONEY),
        new={"gauge": "pool", "above": "0"},
        is_more=True,
    ),
    Field(key="from_day", shape=Shape.DAY, label=_("Income from this day on"), is_more=True),
    Field(key="until_day", shape=Shape.DAY, label=_("Income before this day"), is_more=True),
    Field(
        key="is_deduction",
        shape=Shape.SWITCH,
        label=_("Statements show it as a deduction"),
        is_more=True,
    ),
    Field(key="name", shape=Shape.LINE, label=_("Short name in proofs"), is_more=True),
)
NEW_STEP = {
    "name": "step",
    "title": {"en": "Step", "zh-Hans": "步骤"},
    "takes": "1",
    "receiver": [{"role": "studio", "weight": "1"}],
}
HELD = pick(
    "held",
    _("What came before"),
    ("released", _("is paid then, too")),
    ("lost", _("is never paid")),
)
CONDITIONS = rows(
    "when",
    _("Paid only when"),
    pgettext_lazy("of a clause", "Condition"),
    pick(
        "kind",
        _("Condition"),
        ("milestone_reached", _("a milestone is reached")),
        ("measure_reached", _("a result is reached")),
        ("recouped", _("an advance or a cost is paid back")),
        ("parameter_is", _("the deal has chosen something")),
        ("from_day", _("a day has come")),
    ),
    milestone("milestone", _("Milestone")),
    measure("measure", _("Result")),
    number("at_least", _("At least"), COUNT),
    Field(key="clause", shape=Shape.CLAUSE, label=_("Clause")),
    Field(key="step", shape=Shape.LINE, label=_("Step of that waterfall")),
    Field(
        key="parameter",
        shape=Shape.PICK,
        label=_("Choice of the deal"),
        among=Among.PARAMETERS,
    ),
    Field(
        key="options",
        shape=Shape.WORDS,
        label=_("One of these options"),
        help=_("Separate several by commas."),
    ),
    Field(key="day", shape=Shape.DAY, label=_("Day")),
    HELD,
    new={"kind": "milestone_reached", "milestone": "released"},
    is_more=True,
)
ASKED_BY_CONDITION = {
    "milestone_reached": {"milestone", "held"},
    "measure_reached": {"measure", "at_least", "held"},
    "recouped": {"clause", "step", "held"},
    "parameter_is": {"parameter", "options"},
    "from_day": {"day", "held"},
}
"""Which fields of a condition its kind has."""

FIRST = (
    Field(key="title", shape=Shape.TEXT, label=_("What it is called"), is_needed=True),
    Field(
        key="explanation",
        shape=Shape.PROSE,
        label=_("What you say about it"),
        help=_("In your own words; the exact terms are written beside it by themselves."),
        is_needed=True,
    ),
)
LAST = (
    CONDITIONS,
    Field(
        key="adds_to",
        shape=Shape.CLAUSES,
        label=_("Paid beside these, which count the same"),
        is_more=True,
    ),
    Field(
        key="replaces",
        shape=Shape.CLAUSES,
        label=_("Stands in the place of these where it pays"),
        is_more=True,
    ),
    Field(
        key="binds",
        shape=Shape.PICKS,
        among=Among.ROLES,
        label=_("Concerns only"),
        help=_("Nobody else sees it. Leave it empty for everyone."),
        is_more=True,
    ),
    Field(
        key="id",
        shape=Shape.LINE,
        label=_("Short name in statements"),
        help=_("Small letters, digits and hyphens, such as base-share."),
        is_more=True,
    ),
)
