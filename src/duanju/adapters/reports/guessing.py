"""A first guess at a mapping from the words of a header, in English and Chinese."""

import re
from collections.abc import Mapping, Sequence

from duanju.adapters.reports.days import DayForm, stretch_of_text
from duanju.adapters.reports.mapping import (
    AmountColumn,
    AmountUnit,
    Layout,
    Named,
    ReportMapping,
    Sign,
    Totals,
    When,
)
from duanju.adapters.reports.rows import TOTAL_WORDS
from duanju.adapters.reports.sources import SourceRow
from duanju.kernel import CURRENCIES

_TITLE = ("title", "drama", "series", "content", "app name", "剧", "作品", "内容", "短剧")
_TITLE_ID = ("title id", "drama id", "series id", "sku", "剧目id", "短剧id", "作品id", "内容id")
_WHEN = ("date", "day", "month", "period", "日期", "时间", "月份", "账期", "结算月")
_CHANNEL = ("channel", "platform", "network", "store", "渠道", "平台", "媒体", "小程序")
_TERRITORY = ("country", "territory", "region", "国家", "地区")
_CURRENCY = ("currency", "币种", "货币")
_REFERENCE = ("order id", "order no", "transaction id", "订单号", "流水号", "交易号")
_MEASURES: Mapping[str, tuple[str, ...]] = {
    "performance_advert_income": ("cps", "performance", "commission", "分销", "佣金", "效果广告"),
    "traffic_cost": ("spend", "cost", "消耗", "花费", "投放", "投流"),
    "advert_income": ("ad revenue", "ads", "advert", "earnings", "广告", "变现", "预估收入"),
    "member_income": ("subscription", "member", "会员"),
    "unlock_income": ("proceeds", "sales", "revenue", "income", "充值", "付费", "解锁", "收入"),
}
"""The first whose word a header holds is meant."""

_AMOUNT = ("amount", "金额", "结算")
_MINOR = ("cents", "(fen)", "（分）", "(分)")
_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "元": "CNY", "¥": "CNY", "￥": "CNY"}
_NUMBER = re.compile(r"[-−(]?[^\d\s(-]{0,3}\s*[0-9][0-9,. ]*[)]?")
_HEADER_WITHIN = 20


def guess_mapping(rows: Sequence[SourceRow], *, source: str, name: str) -> ReportMapping:
    """Return a mapping that people can correct; it may well lack what no header says.

    Args:
        rows: The first rows of a file.
        source: Id of who reports.
        name: Of the mapping.
    """
    header = _header(rows)
    if header is None:
        return ReportMapping(source, name, Named(), ())
    names = [own for own in header.texts if own]
    samples = [own for own in rows if own.number > header.number]
    title = _first(names, _TITLE_ID) or _first(names, _TITLE)
    when = _first(names, _WHEN)
    rest = [own for own in names if own not in (title, when)]
    currency = _first(rest, _CURRENCY)
    amounts = _amounts(header, rest, samples, currency)
    taken = {own.column for own in amounts} | {currency}
    words = [own for own in rest if own not in taken]
    return ReportMapping(
        source=source,
        name=name,
        title=Named(column=title),
        amounts=amounts,
        when=When(when, _forms(header, when, samples) if when else When().forms),
        channel=Named(column=_first(words, _CHANNEL)),
        territory=Named(column=_first(words, _TERRITORY)),
        reference=_first(words, _REFERENCE),
        layout=Layout(header_row=header.number),
        totals=_totals(header, (title, when), samples),
    )


def _header(rows: Sequence[SourceRow]) -> SourceRow | None:
    """Return the row among the first whose cells are named most like columns."""
    known = [*_TITLE, *_WHEN, *_CHANNEL, *_TERRITORY, *_CURRENCY, *_REFERENCE, *_AMOUNT]
    known += [word for words in _MEASURES.values() for word in words]
    best, most = None, 1
    for row in rows[:_HEADER_WITHIN]:
        found = sum(1 for own in row.texts if own and _holds(own, known))
        if found > most or (best is None and found == most and len(row.texts) > 1):
            best, most = row, found
    return best


def _holds(text: str, words: Sequence[str]) -> bool:
    """Tell whether a header holds one of some words; English ones stand alone."""
    lower = text.lower().replace("_", " ")
    return any(
        re.search(rf"\b{re.escape(word)}s?\b", lower) if word.isascii() else word in lower
        for word in words
    )


def _first(names: Sequence[str], words: Sequence[str]) -> str:
    """Return the first name that holds the earliest of some words; empty if none does."""
    for word in words:
        for name in names:
            if _holds(name, (word,)):
                return name
    return ""


def _column(header: SourceRow, name: str, samples: Sequence[SourceRow]) -> list[str]:
    number = header.texts.index(name)
    texts = [own.texts[number] for own in samples if number < len(own.texts)]
    return [text for text in texts if text]


def _amounts(
    header: SourceRow, names: Sequence[str], samples: Sequence[SourceRow], currency: str
) -> tuple[AmountColumn, ...]:
    for measure, words in (*_MEASURES.items(), ("unlock_income", _AMOUNT)):
        for name in names:
            texts = _column(header, name, samples)
            numbers = [own for own in texts if _NUMBER.fullmatch(own)]
            # A row that is spoilt is told as a problem; it must not hide what the others are.
            if _holds(name, words) and 2 * len(numbers) > len(texts):
                return (_amount(name, measure, numbers, currency),)
    return ()


def _amount(name: str, measure: str, texts: Sequence[str], currency: str) -> AmountColumn:
    money = Named(column=currency) if currency else Named(fixed=_currency_in(name, texts))
    is_european = any(re.search(r",[0-9]{1,2}\)?$", own) for own in texts)
    decimal, grouping = (",", ".") if is_european else (".", ",")
    symbol = next((own for own in _SYMBOLS if any(own in text for text in texts)), "")
    costs = measure.endswith("_cost") and all(own.startswith(("-", "−", "(")) for own in texts)
    return AmountColumn(
        column=name,
        measure=Named(fixed=measure),
        currency=money,
        unit=AmountUnit.MINOR if any(own in name.lower() for own in _MINOR) else AmountUnit.MAJOR,
        decimal_mark=decimal,
        thousands_mark=grouping if any(grouping in own for own in texts) else "",
        symbol=symbol,
        sign=Sign.NEGATED if costs else Sign.AS_WRITTEN,
    )


def _currency_in(name: str, texts: Sequence[str]) -> str:
    for code in re.findall(r"[A-Z]{3}", name):
        if code in CURRENCIES:
            return str(code)
    shown = (name, *texts)
    return next((_SYMBOLS[own] for own in _SYMBOLS if any(own in text for text in shown)), "CNY")


def _forms(header: SourceRow, when: str, samples: Sequence[SourceRow]) -> tuple[DayForm, ...]:
    """Return the form that most texts fit; of two that fit alike the American one is not taken."""
    texts = [own for own in _column(header, when, samples) if own.lower() not in TOTAL_WORDS]
    fitting = {form: sum(1 for own in texts if stretch_of_text(own, (form,))) for form in DayForm}
    order = sorted(DayForm, key=lambda form: (-fitting[form], form is DayForm.AMERICAN_DAY))
    return (order[0],) if fitting[order[0]] else When().forms


def _totals(header: SourceRow, names: Sequence[str], samples: Sequence[SourceRow]) -> Totals:
    for name in (own for own in names if own):
        texts = _column(header, name, samples)
        found = tuple(dict.fromkeys(own for own in texts if own.lower() in TOTAL_WORDS))
        partial = tuple(own for own in found if own.lower() in ("小计", "subtotal"))
        if found:
            return Totals(name, tuple(own for own in found if own not in partial), partial)
    return Totals()
