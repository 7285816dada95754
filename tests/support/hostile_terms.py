"""Clauses as a policy file has them, one of each kind, for tests that spoil them."""

HEAD = """\
id = "hostile"
version = 1
valid_from = 2026-01-01
title = { en = "Hostile", zh-Hans = "刁难" }
summary = { en = "Hostile", zh-Hans = "刁难" }
[[source]]
title = { en = "None", zh-Hans = "无" }
published_on = 2026-01-01
[[parameter]]
id = "grade"
kind = "choice"
title = { en = "Grade", zh-Hans = "评级" }
[parameter.options]
A = { en = "A", zh-Hans = "甲" }
B = { en = "B", zh-Hans = "乙" }
[[parameter]]
id = "open"
kind = "share"
title = { en = "Open", zh-Hans = "待定" }
"""
NAMED = 'title = { en = "Named", zh-Hans = "名称" }\n'

RATE = """id = "hours"
kind = "tiered_rate"
measure = "effective_minutes"
per = 60
currency = "CNY"
reading = "marginal"
tier = [{ above = 0, rate = 1 }]
"""
SHARE = """id = "share"
kind = "revenue_share"
measure = "unlock_income"
currency = "CNY"
base = "gross"
residual = "platform"
shares = { studio = 0.5 }
"""
FEE = """id = "fee"
kind = "fee"
amount = 100
currency = "CNY"
"""
GUARANTEE = """id = "guarantee"
kind = "minimum_guarantee"
amount = 100
currency = "CNY"
treatment = "recoupable"
against = ["hours"]
"""
CAP = """id = "cap"
kind = "cap"
of = ["hours"]
amount = 100
currency = "CNY"
"""
RESERVE = """id = "reserve"
kind = "reserve"
of = ["hours"]
rate = 0.6
months = 3
currency = "CNY"
"""
COMMISSION = """id = "commission"
kind = "commission"
of = ["hours"]
rate = 0.6
currency = "CNY"
payee = "agent"
"""
BONUS = """id = "bonus"
kind = "tiered_bonus"
measure = "unlock_income"
currency = "CNY"
reading = "marginal"
tier = [{ above = 0, rate = 0.1 }]
"""
BANDS = """id = "bands"
kind = "bonus_bands"
measure = "heat"
currency = "CNY"
reading = "highest"
band = [{ from = 100, value = 10 }]
"""
POOL = """id = "pool"
kind = "pool_share"
pool = "member_pool"
own = "effective_minutes"
all = "all_effective_minutes"
when_empty = "payer_keeps"
currency = "CNY"
"""
AWARD = """id = "award"
kind = "award"
receivers = ["director"]
currency = "CNY"
"""
STEP = f"""[[clause.step]]
name = "first"
{NAMED}takes = 0.5
receiver = [{{ role = "studio" }}]
"""
WATERFALL = """id = "flow"
kind = "waterfall"
measure = "unlock_income"
currency = "CNY"
residual = "platform"
"""
INVESTMENT = """id = "capital"
kind = "co_investment"
measure = "unlock_income"
currency = "CNY"
residual = "platform"
profit = { studio = 0.5 }
stake = [{ role = "studio", amount = 100 }]
"""


def deduction(name: str, takes: str) -> str:
    """Return the table of a deduction."""
    return f'[[clause.deduction]]\nname = "{name}"\n{NAMED}receiver = "platform"\n{takes}\n'


def again(clause: str, *changes: tuple[str, str]) -> str:
    """Return a clause with other words, and an id of its own if it is not given one."""
    for old, new in changes:
        assert old in clause
        clause = clause.replace(old, new)
    return clause


def second(clause: str, *changes: tuple[str, str]) -> str:
    """Return a clause under the id `second`, with other words."""
    own_id = clause.split('"')[1]
    return again(clause, (f'id = "{own_id}"', 'id = "second"'), *changes)


def policy_text(clauses: list[str]) -> str:
    """Return the text of a policy of these clauses."""
    explained = NAMED.replace("title", "explanation")
    return HEAD + "".join(f"[[clause]]\n{NAMED}{explained}{own}" for own in clauses)
