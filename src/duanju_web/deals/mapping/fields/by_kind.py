"""The fields of each kind of clause."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.deals import INCOMES
from duanju_web.deals.mapping.fields import parts
from duanju_web.deals.mapping.fields.field import Among, Amount, Field, Shape
from duanju_web.deals.mapping.fields.parts import measure, number, pick, role, rows, table

TIERS = rows(
    "tier",
    _("Rates by result"),
    pgettext_lazy("of a table", "Step"),
    parts.threshold(_("Result")),
    number("rate", _("Rate"), Amount.MONEY, is_needed=True),
    help=_("The first begins at 0."),
    new={"from": "0", "rate": "1.5"},
)
BONUS_TIERS = rows(
    "tier",
    _("Percentages by result"),
    pgettext_lazy("of a table", "Step"),
    parts.threshold(_("Result")),
    number("rate", pgettext_lazy("of money", "Share"), Amount.SHARE, is_needed=True),
    help=_("The first begins at 0."),
    new={"from": "0", "rate": "5%"},
)
DEDUCTIONS = rows(
    "deduction",
    _("Taken off first, in this order"),
    _("Deduction"),
    Field(key="title", shape=Shape.TEXT, label=_("What it is called"), is_needed=True),
    role("receiver", _("Who receives it"), new="channel"),
    Field(
        key="rate_by_channel",
        shape=Shape.MAP,
        among=Among.CHANNELS,
        amount=Amount.SHARE,
        label=_("A share by channel"),
    ),
    number("rate", _("Or: one share"), Amount.SHARE),
    measure("cost", _("Or: a cost in full, as it is reported")),
    Field(key="recoups", shape=Shape.CLAUSE, label=_("Or: what this clause paid in advance")),
    number("cap", _("At most this share of the gross income"), Amount.SHARE, is_more=True),
    Field(key="name", shape=Shape.LINE, label=_("Short name in proofs"), is_more=True),
    new={
        "name": "channel_fee",
        "title": {"en": "Channel fee", "zh-Hans": "渠道费"},
        "receiver": "channel",
        "rate_by_channel": {"web": "1%"},
    },
)
SHARES = Field(
    key="shares",
    shape=Shape.MAP,
    among=Among.ROLES,
    amount=Amount.SHARE,
    label=_("Who receives which share"),
    is_needed=True,
)
EARNED_BY = role("earned_by", _("Whose earnings count"), new="studio", is_more=True)

TIERED_RATE = (
    measure("measure", _("What is paid for"), is_needed=True),
    Field(
        key="per",
        shape=Shape.EXACT,
        label=_("One rate pays for so many"),
        help=_("Viewing is counted in minutes: 60 for a rate an hour."),
        is_needed=True,
    ),
    TIERS,
    parts.READING,
    parts.CURRENCY,
    parts.COEFFICIENTS,
    parts.COEFFICIENT_CAP,
    parts.SCOPE,
    parts.RESET,
    parts.TERM,
    parts.PAYER,
    parts.PAYEE,
)
TIERED_BONUS = (
    Field(
        key="measure",
        shape=Shape.MEASURES,
        label=_("A percentage of which income"),
        measures=INCOMES,
    ),
    Field(key="of", shape=Shape.CLAUSES, label=_("Or: of what these clauses earn")),
    BONUS_TIERS,
    parts.READING,
    measure("by", _("Thresholds are of another result"), help=_("Empty: of the amount itself.")),
    parts.CURRENCY,
    EARNED_BY,
    parts.SCOPE,
    parts.RESET,
    parts.TERM,
    parts.PAYER,
    parts.PAYEE,
)
BONUS_BANDS = (
    measure("measure", _("Which result"), is_needed=True),
    parts.bands(_("Amounts by result"), _("Amount"), Amount.MONEY),
    pick(
        "reading",
        _("Paid is"),
        ("highest", _("the highest step that is reached")),
        ("each", _("each step that is reached")),
        may_hang=True,
        is_needed=True,
    ),
    parts.CURRENCY,
    parts.SCOPE_WITHOUT_STUDIO,
    parts.RESET,
    parts.PAYER,
    parts.PAYEE,
)
FEE = (
    number("amount", _("Amount"), Amount.MONEY, is_needed=True),
    parts.CURRENCY,
    parts.ONCE,
    parts.INSTALMENTS,
    role("payee", _("Who receives"), new="studio"),
    parts.CLAWBACK,
    parts.PAYER,
)
MINIMUM_GUARANTEE = (
    number("amount", _("Amount"), Amount.MONEY, is_needed=True),
    parts.CURRENCY,
    pick(
        "treatment",
        _("How it stands to what is earned beside it"),
        ("on_top", _("Paid in addition")),
        ("recoupable", _("Paid in advance, and kept back from what is earned")),
        ("top_up", _("Fills up what is lacking, on the last milestone")),
        may_hang=True,
        is_needed=True,
    ),
    Field(
        key="against",
        shape=Shape.CLAUSES,
        label=_("Kept back from, or compared with"),
        help=_("Clauses above this one."),
    ),
    number(
        "at",
        _("Share of their earnings that is kept back"),
        Amount.SHARE,
        new="1",
        is_more=True,
    ),
    Field(
        key="cross_collateralised",
        shape=Shape.SWITCH,
        label=_("What one title lacks is kept back from the others"),
        is_more=True,
    ),
    parts.ONCE,
    parts.INSTALMENTS,
    parts.CLAWBACK,
    parts.PAYER,
    parts.PAYEE,
)
POOL_SHARE = (
    measure("pool", _("The pool"), is_needed=True),
    measure("own", _("What the title counts"), is_needed=True),
    measure("all", _("The same of all titles"), is_needed=True),
    number("share", _("Share of its part that is paid"), Amount.SHARE, new="1"),
    pick(
        "when_empty",
        _("A month in which nobody watched: the pool"),
        ("payer_keeps", _("stays with who pays")),
        ("carried_over", _("is added to the next month's")),
        is_needed=True,
    ),
    parts.CURRENCY,
    parts.COEFFICIENTS,
    parts.COEFFICIENT_CAP,
    parts.TERM,
    parts.PAYER,
    parts.PAYEE,
)
AWARD = (
    Field(
        key="receivers",
        shape=Shape.PICKS,
        among=Among.ROLES,
        label=_("Who can be awarded"),
        is_needed=True,
    ),
    number("limit", _("At most, over all of them"), Amount.MONEY),
    parts.CURRENCY,
    parts.ONCE,
    parts.PAYER,
)
COMMISSION = (
    parts.OF,
    number("rate", _("Share of it"), Amount.SHARE, is_needed=True),
    role("payee", _("Who receives"), is_needed=True),
    role("payer", _("Who pays it"), new="studio"),
    parts.CURRENCY,
    EARNED_BY,
)
CAP = (
    parts.OF,
    number("amount", _("Together no more than"), Amount.MONEY, is_needed=True),
    parts.CURRENCY,
    parts.SCOPE_OF_CAP,
    parts.RESET,
    parts.PAYER,
    parts.PAYEE,
)
RESERVE = (
    parts.OF,
    number("rate", _("Share that is held back"), Amount.SHARE, is_needed=True),
    number("months", _("For how many months"), is_needed=True),
    parts.CURRENCY,
    parts.PAYER,
    parts.PAYEE,
)
REVENUE_SHARE = (
    parts.INCOME,
    parts.CURRENCY,
    DEDUCTIONS,
    Field(
        key="base",
        shape=Shape.PICK,
        among=Among.BASES,
        label=_("The shares are shares of"),
        is_needed=True,
    ),
    SHARES,
    parts.RESIDUAL,
    rows(
        "share_tier",
        _("Other shares from a result on"),
        pgettext_lazy("of a table", "Step"),
        parts.threshold(_("Result")),
        SHARES,
        new={"above": "1000000", "shares": {"studio": "60%"}},
        is_more=True,
    ),
    measure(
        "tiers_by",
        _("Thresholds are of another result"),
        help=_("Empty: of the income itself."),
        is_more=True,
    ),
    pick(
        "reading",
        _("What a higher step pays for"),
        *parts.READING.choices,
        may_hang=True,
        is_more=True,
    ),
    parts.RESET,
    parts.TERM,
    parts.DEFICIT,
    parts.ROUNDING,
    parts.HOLDER,
)
WATERFALL = (
    parts.INCOME,
    parts.CURRENCY,
    rows(
        "step",
        _("Steps, from the top"),
        pgettext_lazy("of a waterfall", "Step"),
        *parts.STEPS,
        new=parts.NEW_STEP,
    ),
    parts.RESIDUAL,
    Field(
        key="owed_of_gross",
        shape=Shape.MAP,
        among=Among.ROLES,
        amount=Amount.SHARE,
        label=_("Shares of the gross income, owed beside the steps"),
        is_more=True,
    ),
    parts.SCOPE_WITHOUT_STUDIO,
    parts.DEFICIT,
    parts.ROUNDING,
    parts.HOLDER,
)
CO_INVESTMENT = (
    parts.INCOME,
    parts.CURRENCY,
    rows(
        "stake",
        _("Who puts in how much"),
        _("Investor"),
        role("role", pgettext_lazy("party", "Who")),
        number("amount", _("A fixed amount"), Amount.MONEY),
        number("share", _("Or: a share of the production cost"), Amount.SHARE),
        Field(
            key="seniority",
            shape=Shape.EXACT,
            label=_("Place when paid back one after the other"),
            new="1",
            is_more=True,
        ),
        new={"role": "investor", "share": "50%"},
    ),
    pick(
        "order",
        _("Investors are paid back"),
        ("pro_rata", _("side by side, in proportion")),
        ("priority", _("one after the other")),
    ),
    table(
        "hurdle",
        _("Capital earns before there is a profit"),
        *parts.INTEREST,
        new=parts.NEW_INTEREST,
    ),
    Field(
        key="profit",
        shape=Shape.MAP,
        among=Among.ROLES,
        amount=Amount.SHARE,
        label=_("Who receives which share of the profit"),
        is_needed=True,
    ),
    parts.RESIDUAL,
    rows(
        "before",
        _("Taken off before anyone is paid back"),
        pgettext_lazy("of a waterfall", "Step"),
        *parts.STEPS,
        new=parts.NEW_STEP,
        is_more=True,
    ),
    parts.SCOPE_WITHOUT_STUDIO,
    parts.ROUNDING,
    parts.HOLDER,
)
