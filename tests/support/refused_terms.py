"""Terms that are refused for what their clauses say of one another, and by what they choose."""

from tests.support.hostile_terms import (
    BANDS,
    BONUS,
    CAP,
    COMMISSION,
    FEE,
    GUARANTEE,
    INVESTMENT,
    RATE,
    RESERVE,
    SHARE,
    STEP,
    WATERFALL,
    again,
    deduction,
    second,
)

TERM = "term = { months = 3 }\n"
BY_GRADE = 'when = [{ kind = "parameter_is", parameter = "grade", options = ["A"] }]\n'
OTHER_GRADE = BY_GRADE.replace('"A"', '"B"')
AWAITS = 'when = [{ kind = "recouped", clause = "guarantee" }]\n'
THIRD = again(COMMISSION, ('id = "commission"', 'id = "third"'))
BY_CHOICE = '{ parameter = "grade", A = 0.9, B = 0.2 }'
ADVANCE = 'recoups = "guarantee"'
LAST = again(STEP, ('"first"', '"last"'), ('"studio"', '"agent"'))
OF_AGENT = 'gate = [{ gauge = "party", of = "agent", above = 1 }]\n'
LATER = 'gate = [{ gauge = "step", of = "last", above = 1 }]\n'

OPEN = '{ parameter = "open" }'

REFUSED_BESIDE: list[tuple[str, str, list[str]]] = [
    # Code, words on the line, clauses.
    # A parameter whose number means something else.
    (
        "parameter-of-another-kind",
        f"amount = {OPEN}",
        [again(FEE, ("100", OPEN))],
    ),
    (
        "parameter-of-another-kind",
        f"rate = {OPEN}",
        [again(RATE, ("rate = 1", f"rate = {OPEN}"))],
    ),
    (
        "parameter-of-another-kind",
        f"value = {OPEN}",
        [again(BANDS, ("value = 10", f"value = {OPEN}"))],
    ),
    (
        "parameter-of-another-kind",
        f"months = {OPEN}",
        [RATE, again(RESERVE, ("months = 3", f"months = {OPEN}"))],
    ),
    (
        "parameter-of-another-kind",
        "at_least",
        [
            FEE
            + 'when = [{ kind = "measure_reached", measure = "plays", at_least = '
            + f"{OPEN} }}]\n"
        ],
    ),
    (
        "replaces-a-distribution",
        'replaces = ["share"]',
        [SHARE, RATE + 'replaces = ["share"]\n'],
    ),
    (
        "replaces-a-distribution",
        'replaces = ["hours"]',
        [RATE, SHARE + 'replaces = ["hours"]\n'],
    ),
    (
        "counts-titles-together",
        'of = ["hours"]',
        [RATE + 'scope = "pool"\n', CAP + 'scope = "title"\n'],
    ),
    (
        "counts-titles-together",
        'against = ["hours"]',
        [RATE + 'scope = "pool"\n', GUARANTEE],
    ),
    (
        "counts-titles-together",
        'of = ["bands", "hours"]',
        [
            again(BANDS, ('reading = "highest"', 'reading = "each"')),
            RATE + 'scope = "pool"\n',
            again(
                BONUS,
                ('measure = "unlock_income"', 'of = ["bands", "hours"]'),
            ),
        ],
    ),
    (
        "cannot-be-recouped",
        ADVANCE,
        [
            RATE,
            GUARANTEE + 'scope = "pool"\n',
            again(SHARE, ('base = "gross"', 'base = "after_back"')) + deduction("back", ADVANCE),
        ],
    ),
    (
        "cannot-be-recouped",
        'recoups = "share"',
        [
            SHARE,
            second(
                SHARE,
                ("unlock_income", "advert_income"),
                ('base = "gross"', 'base = "after_back"'),
            )
            + deduction("back", 'recoups = "share"'),
        ],
    ),
    (
        "tells-of-a-hidden-clause",
        'of = ["hours"]',
        [RATE + 'binds = ["platform", "studio"]\n', CAP],
    ),
    (
        "term-of-other-clauses",
        "term =",
        [RATE, again(BONUS, ('measure = "unlock_income"', 'of = ["hours"]')) + TERM],
    ),
    (
        "awaits-a-clause-left-out",
        'clause = "guarantee"',
        [RATE, GUARANTEE + BY_GRADE, FEE + AWAITS],
    ),
    (
        "stake-of-two-sources",
        "amount = 100",
        [again(INVESTMENT, ("amount = 100", "amount = 100, share = 0.5"))],
    ),
    (
        "step-of-its-own",
        'name = "recoup_2"',
        [
            INVESTMENT
            + again(STEP, ("clause.step", "clause.before"), ('"first"', '"recoup_2"'))
            + again(STEP, ("clause.step", "clause.before"), ('"first"', '"recoups"'))
        ],
    ),
    (
        "gate-of-the-first-step",
        'of = "nowhere"',
        [WATERFALL + STEP + 'gate = [{ gauge = "step", of = "nowhere", above = 5 }]\n'],
    ),
    ("gate-of-the-first-step", 'of = "last"', [WATERFALL + STEP + LATER + LAST]),
    (
        "gate-of-a-later-step",
        'of = "last"',
        [WATERFALL + again(STEP, ('"first"', '"zero"')) + STEP + LATER + LAST],
    ),
    (
        "gate-of-no-step",
        'of = "nowhere"',
        [WATERFALL + STEP + LAST + 'gate = [{ gauge = "step", of = "nowhere", above = 5 }]\n'],
    ),
    ("gate-of-a-later-party", 'of = "agent"', [WATERFALL + STEP + OF_AGENT + LAST]),
    (
        "gate-of-no-party",
        'of = "director"',
        [WATERFALL + STEP + again(LAST + OF_AGENT, ('of = "agent"', 'of = "director"'))],
    ),
    (
        "commissions-exceed-earnings",
        f"rate = {BY_CHOICE}",
        [RATE, COMMISSION, again(THIRD, ("0.6", BY_CHOICE))],
    ),
    (
        "commissions-exceed-earnings",
        "rate = 0.6 # last",
        [
            RATE,
            COMMISSION + BY_GRADE,
            again(COMMISSION, ('id = "commission"', 'id = "other"'), ("0.6", "0.3")) + OTHER_GRADE,
            again(THIRD, ("0.6", "0.6 # last")) + BY_GRADE,
        ],
    ),
    (
        "keeps-back-more-than-earned",
        'of = ["hours"] # last',
        [
            RATE,
            again(RESERVE, ("0.6", BY_CHOICE)),
            second(RESERVE, ('["hours"]', '["hours"] # last'), ("0.6", "0.2")),
        ],
    ),
    (
        "keeps-back-more-than-earned",
        'against = ["hours"] # last',
        [
            RATE,
            GUARANTEE + BY_GRADE,
            second(GUARANTEE, ('["hours"]', '["hours"] # last')) + BY_GRADE + "at = 0.5\n",
        ],
    ),
    (
        "money-unassigned",
        "instalment",
        [
            FEE
            + f'instalment = [{{ milestone = "delivery", share = {BY_CHOICE} }},'
            + ' { milestone = "release", share = 0.1 }]\n'
        ],
    ),
    (
        "unknown-of-other-deals",
        "term =",
        [RATE + 'scope = "studio"\n' + TERM],
    ),
]
