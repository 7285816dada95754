"""Terms that a hostile lawyer would write: each is refused, with its line and a sentence."""

from pathlib import Path

import pytest

from duanju.adapters.documents import PROBLEM_SENTENCES, explain_problem, policy_from_text
from duanju.kernel import Problem, ProblemsFound
from tests.support.hostile_terms import (
    AWARD,
    BANDS,
    BONUS,
    CAP,
    COMMISSION,
    FEE,
    GUARANTEE,
    HEAD,
    INVESTMENT,
    POOL,
    RATE,
    RESERVE,
    SHARE,
    STEP,
    WATERFALL,
    again,
    deduction,
    policy_text,
    second,
)
from tests.support.refused_terms import REFUSED_BESIDE

WEB = '{ measure = "effective_minutes", channels = ["web"] }'
IN_CHINA = '{ measure = "effective_minutes", territories = ["CN"] }'
OF_WHOLE_INCOME = 'measure = "unlock_income"'
TWICE = 'measure = ["unlock_income", { measure = "unlock_income", channels = ["web"] }]'
MINUTES = '"effective_minutes"'
COST = 'cost = "traffic_cost"'
OTHER_INCOME = ("unlock_income", "advert_income")
AFTER_COST = ('base = "gross"', 'base = "after_cost"')

TOLD = Path(__file__).with_name("refused_terms.md")
REFUSED: list[tuple[str, str, list[str]]] = [
    # Code, words on the line, clauses.
    # The same claimed twice.
    (
        "two-clauses-claim-the-same",
        f"measure = {IN_CHINA}",
        [again(RATE, (MINUTES, WEB)), second(RATE, (MINUTES, IN_CHINA))],
    ),
    ("two-clauses-claim-the-same", 'own = "effective_minutes"', [RATE, POOL]),
    (
        "two-clauses-divide-one-income",
        OF_WHOLE_INCOME,
        [again(SHARE, (OF_WHOLE_INCOME, TWICE[:9] + TWICE[27:-1])), WATERFALL + STEP],
    ),
    ("counts-the-same-twice", TWICE, [again(SHARE, (OF_WHOLE_INCOME, TWICE))]),
    ("counts-the-same-twice", TWICE, [again(BONUS, (OF_WHOLE_INCOME, TWICE))]),
    ("counts-the-same-twice", TWICE, [again(WATERFALL, (OF_WHOLE_INCOME, TWICE)) + STEP]),
    ("counts-the-same-twice", TWICE, [again(INVESTMENT, (OF_WHOLE_INCOME, TWICE))]),
    ("capped-twice", 'of = ["hours"] # again', [RATE, CAP, second(CAP, ("]\n", "] # again\n"))]),
    (
        "keeps-back-more-than-earned",
        'of = ["hours"] # again',
        [RATE, RESERVE, second(RESERVE, ("]\n", "] # again\n"))],
    ),
    (
        "keeps-back-more-than-earned",
        'against = ["hours"] # again',
        [RATE, GUARANTEE, second(GUARANTEE, ("]\n", "] # again\n"))],
    ),
    (
        "commissions-exceed-earnings",
        "rate = 0.7",
        [RATE, COMMISSION, second(COMMISSION, ("6", "7"))],
    ),
    (
        "replaced-twice",
        'replaces = ["hours"] # again',
        [
            RATE,
            second(RATE) + 'replaces = ["hours"]\n',
            again(RATE, ('"hours"', '"third"'))
            + 'replaces = ["hours"] # again\nadds_to = ["second"]\n',
        ],
    ),
    (
        "names-a-clause-twice",
        'replaces = ["hours", "hours"]',
        [RATE, second(RATE) + 'replaces = ["hours", "hours"]\n'],
    ),
    (
        "adds-to-what-it-replaces",
        'replaces = ["hours"]',
        [RATE, second(RATE) + 'replaces = ["hours"]\nadds_to = ["hours"]\n'],
    ),
    (
        "never-earns-by-these",
        'replaces = ["hours"]',
        [RATE, FEE + 'payee = "director"\nreplaces = ["hours"]\n'],
    ),
    (
        "deducted-twice",
        COST + " # again",
        [
            again(SHARE, AFTER_COST)
            + deduction("other", COST)
            + deduction("cost", COST + " # again")
        ],
    ),
    (
        "deducted-twice",
        'recoups = "fee" # again',
        [
            FEE,
            again(SHARE, AFTER_COST) + deduction("cost", 'recoups = "fee"'),
            second(SHARE, AFTER_COST, OTHER_INCOME) + deduction("cost", 'recoups = "fee" # again'),
        ],
    ),
    # Money that nobody has, or more than there is.
    ("no-residual", 'residual = ""', [again(SHARE, ('residual = "platform"', 'residual = ""'))]),
    ("pays-out-more-than-comes-in", "studio = 0.6", [again(SHARE, ("0.5", "0.6, agent = 0.6"))]),
    (
        "pays-out-more-than-comes-in",
        "owed_of_gross",
        [WATERFALL + "owed_of_gross = { agent = 0.6 }\n" + STEP],
    ),
    ("pays-out-more-than-comes-in", "profit", [again(INVESTMENT, ("0.5", "0.5, agent = 0.6"))]),
    (
        "money-unassigned",
        "share = 0.9",
        [FEE + 'instalment = [{ milestone = "delivery", share = 0.9 }]\n'],
    ),
    ("stakes-exceed-the-cost", "share = 1.2", [again(INVESTMENT, ("amount = 100", "share = 1.2"))]),
    (
        "condition-on-a-distribution",
        "milestone_reached",
        [SHARE + 'when = [{ kind = "milestone_reached", milestone = "delivery" }]\n'],
    ),
    (
        "unreachable-step",
        "[[clause.step]] # last",
        [
            WATERFALL
            + again(STEP, ("0.5", "1"))
            + again(STEP, ('"first"', '"last"'), ("step]]", "step]] # last")),
        ],
    ),
    ("not-by-title", "all_effective_minutes", [again(RATE, (MINUTES, '"all_effective_minutes"'))]),
    ("not-by-title", "member_pool", [again(BONUS, ("unlock_income", "member_pool"))]),
    # Division by what can be nothing, or by less than its part.
    ("division-by-nothing", "[[clause]]", [again(POOL, ('when_empty = "payer_keeps"\n', ""))]),
    (
        "weight-not-positive",
        "weight = 0",
        [
            WATERFALL + again(STEP, ('"studio"', '"studio", weight = 0')),
        ],
    ),
    (
        "weight-can-be-nothing",
        'parameter = "open"',
        [
            WATERFALL + again(STEP, ('"studio"', '"studio", weight = { parameter = "open" }')),
        ],
    ),
    (
        "part-beyond-the-whole",
        "all = {",
        [
            again(
                POOL,
                (
                    'all = "all_effective_minutes"',
                    'all = { measure = "all_effective_minutes", territories = ["CN"] }',
                ),
            ),
        ],
    ),
    (
        "part-beyond-the-whole",
        "all = ",
        [
            again(
                POOL,
                (
                    'own = "effective_minutes"',
                    'own = { measure = "effective_minutes", fraud = "counted" }',
                ),
            ),
        ],
    ),
    (
        "no-part-of-the-whole",
        "all = ",
        [again(POOL, ('own = "effective_minutes"', 'own = "plays"'))],
    ),
    # What never pays, or never tells.
    (
        "never-recouped",
        'clause = "guarantee"',
        [
            RATE,
            again(GUARANTEE, ("recoupable", "top_up")),
            FEE + 'when = [{ kind = "recouped", clause = "guarantee" }]\n',
        ],
    ),
    (
        "never-recouped",
        'clause = "flow"',
        [
            WATERFALL + STEP,
            FEE + 'when = [{ kind = "recouped", clause = "flow", step = "first" }]\n',
        ],
    ),
    (
        "condition-never-holds",
        "options = []",
        [
            FEE + 'when = [{ kind = "parameter_is", parameter = "grade", options = [] }]\n',
        ],
    ),
    (
        "unknown-option",
        'options = ["C"]',
        [
            FEE + 'when = [{ kind = "parameter_is", parameter = "grade", options = ["C"] }]\n',
        ],
    ),
    (
        "option-without-value",
        "A = 5",
        [
            again(FEE, ("100", '{ parameter = "grade", A = 5 }')),
        ],
    ),
    (
        "gate-never-open",
        "until = 5",
        [
            WATERFALL + STEP + 'gate = [{ gauge = "pool", above = 5, until = 5 }]\n',
        ],
    ),
    ("names-no-clause", "of = []", [RATE, again(CAP, ('["hours"]', "[]"))]),
    ("nothing-to-recoup-from", "[[clause]]", [again(GUARANTEE, ('against = ["hours"]\n', ""))]),
    # Whom it is about.
    ("owed-to-itself", 'payee = "platform"', [FEE + 'payee = "platform"\n']),
    ("owed-to-itself", '["platform"]', [again(AWARD, ("director", "platform"))]),
    ("channel-of-no-channel", 'payee = "channel"', [RATE + 'payee = "channel"\n']),
    ("channel-of-no-channel", 'holder = "channel"', [SHARE + 'holder = "channel"\n']),
    (
        "channel-of-no-channel",
        'residual = "channel"',
        [
            again(SHARE, ('residual = "platform"', 'residual = "channel"')),
        ],
    ),
    (
        "channel-of-no-channel",
        "owed_of_gross",
        [
            WATERFALL + "owed_of_gross = { channel = 0.1 }\n" + STEP,
        ],
    ),
    (
        "channel-of-no-channel",
        'role = "channel"',
        [
            again(INVESTMENT, ('role = "studio"', 'role = "channel"')),
        ],
    ),
    ("residual-has-a-share", "platform = 0.3", [again(SHARE, ("0.5", "0.5, platform = 0.3"))]),
    ("hides-from-its-own-party", "binds", [FEE + 'binds = ["studio"]\n']),
    # References that lead nowhere.
    ("refers-to-itself", '["cap"]', [RATE, again(CAP, ('["hours"]', '["cap"]'))]),
    ("refers-to-a-later-clause", 'of = ["hours"]', [CAP, RATE]),
    ("refers-to-no-clause", '["nothing"]', [again(CAP, ("hours", "nothing"))]),
    ("mixes-currencies", 'of = ["hours"]', [RATE, again(CAP, ("CNY", "USD"))]),
    # Numbers that mean nothing.
    ("negative-amount", "amount = -5", [again(FEE, ("100", "-5"))]),
    ("negative-amount", "amount = -1", [RATE, again(CAP, ("100", "-1"))]),
    ("negative-amount", "value = -10", [again(BANDS, ("= 10 ", "= -10 "))]),
    ("negative-rate", "rate = -1", [again(RATE, ("rate = 1", "rate = -1"))]),
    ("share-out-of-range", "rate = 1.5", [RATE, again(COMMISSION, ("0.6", "1.5"))]),
    ("share-out-of-range", "rate = 1.5", [again(BONUS, ("0.1", "1.5"))]),
    (
        "share-out-of-range",
        "share = 2",
        [FEE + 'clawback = { milestone = "cancelled", share = 2 }\n'],
    ),
    ("share-out-of-range", "takes = 1.5", [WATERFALL + again(STEP, ("0.5", "1.5"))]),
    ("not-whole-months", "months = 0", [RATE, again(RESERVE, ("months = 3", "months = 0"))]),
    ("not-whole-months", "months = 1.5", [RATE + "term = { months = 1.5 }\n"]),
    ("not-positive", "per = 0", [again(RATE, ("per = 60", "per = 0"))]),
    ("first-tier-not-zero", "above = 5", [again(RATE, ("above = 0", "above = 5"))]),
    ("level-does-not-add-up", '"heat"', [again(RATE, ("effective_minutes", "heat"))]),
    ("unknown-currency", '"XXX"', [again(FEE, ("CNY", "XXX"))]),
    ("unknown-measure", '"likes"', [again(BANDS, ("heat", "likes"))]),
    (
        "negative-interest",
        "rate = -0.1",
        [
            INVESTMENT + 'hurdle = { rate = -0.1, kind = "simple" }\n',
        ],
    ),
    *REFUSED_BESIDE,
]


def problems_of(text: str) -> tuple[Problem, ...]:
    """Return everything that is wrong with a text."""
    try:
        policy_from_text(text, file="hostile.toml")
    except ProblemsFound as refused:
        return refused.problems
    return ()


@pytest.mark.parametrize(
    ("code", "words", "clauses"), REFUSED, ids=[f"{i}-{own[0]}" for i, own in enumerate(REFUSED)]
)
def test_hostile_terms_are_refused_at_their_line(code: str, words: str, clauses: list[str]) -> None:
    text = policy_text(clauses)
    problems = [own for own in problems_of(text) if own.code == f"deals.{code}"]
    assert problems, [own.code for own in problems_of(text)]
    lines = text.split("\n")
    assert any(words in lines[(own.where.line or 0) - 1] for own in problems)
    assert all(own.where.file == "hostile.toml" for own in problems)
    for language, sentences in PROBLEM_SENTENCES.items():
        explained = explain_problem(problems[0], language=language)
        assert problems[0].code in sentences
        assert explained.hint
        assert "<" not in explained.sentence + explained.hint


def told_of(code: str, clauses: list[str]) -> list[str]:
    """Return all that is told of a refused text, in lines: code, place, parameters, sentence."""
    told = [f"## {code}"]
    for own in problems_of(policy_text(clauses)):
        explained = explain_problem(own, language="en")
        told.append(f"- `{own.code}`, line {own.where.line}, `{own.where.path}`")
        told += [f"  - {name}: `{value}`" for name, value in sorted(own.params.items())]
        told.append(f"  - {explained.sentence} {explained.hint}")
    return told


def test_all_that_is_told_of_refused_terms() -> None:
    told = [line for code, _, clauses in REFUSED for line in (*told_of(code, clauses), "")]
    assert told[:-1] == TOLD.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "documents.missing-key", 1),
        (f"id = 1\na = {'9' * 5000}\n", "documents.number-too-long", 2),
        ("a = " + "[" * 5000 + "]" * 5000, "documents.nested-too-deeply", 1),
        ("a = " + "{ a = " * 3000 + "1" + " }" * 3000, "documents.nested-too-deeply", 1),
        ('id = "p"\nid = "q"\n', "documents.not-toml", 2),
        ("\x00", "documents.not-toml", 1),
        (HEAD + '[[clause]]\nid = "x"\n', "documents.missing-key", HEAD.count("\n") + 1),
        (HEAD + '[[clause]]\nkind = "loan"\n', "documents.not-one-of", HEAD.count("\n") + 2),
        (HEAD + "[clause]\n", "documents.wrong-type", HEAD.count("\n") + 1),
    ],
)
def test_texts_that_are_no_terms_are_refused_with_a_line(text: str, code: str, line: int) -> None:
    found = [own for own in problems_of(text) if own.code == code and own.where.line == line]
    assert found
    assert "<key>" not in explain_problem(found[0], language="en").sentence


def write_tables() -> None:
    """Write what is told anew, to be read before it is kept."""
    told = [line for code, _, clauses in REFUSED for line in (*told_of(code, clauses), "")]
    TOLD.write_text("\n".join(told).rstrip("\n") + "\n", "utf-8")
