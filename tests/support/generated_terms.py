"""Terms that nobody wrote: every kind of clause, with every field, at random.

What is made here is of the right shape, and need not mean anything: a reference may lead nowhere, a
tier may fall. It is for what must hold of any terms, such as that what is written is read again.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from duanju.adapters.documents.policy_fields import describe_table
from duanju.adapters.documents.policy_tables import table_of
from duanju.deals.clauses import Clause
from duanju.deals.measures import MEASURES
from duanju.deals.parameters import Chosen, Given, Number, Parameter, ParameterKind, Word
from duanju.deals.policy import Policy, Source
from duanju.kernel import Text

ITEMS_MAX = 2
"""Most items of a list; depth shows more than length."""

words = st.builds("{}{}".format, st.sampled_from("abz"), st.text("a7_-", max_size=3))
option_words = st.builds("{}{}".format, st.sampled_from("ASs"), st.text("A1_+-", max_size=2))
texts = st.builds(
    lambda english, chinese: Text({"en": english, "zh-Hans": chinese}),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8),
    st.sampled_from(["夜航", "分成“比例”", "一行\n又一行"]),
)
fractions = st.one_of(
    st.fractions(min_value=0, max_value=10**7, max_denominator=60),
    st.decimals(min_value=0, max_value=10**7, places=6).map(Fraction),
    st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 10**18), Fraction(10**17 + 1)]),
)
numbers: st.SearchStrategy[Number] = st.one_of(
    fractions,
    st.builds(Given, words),
    st.builds(Chosen, words, st.dictionaries(option_words, fractions, min_size=1, max_size=2)),
)
days = st.dates(min_value=date(2025, 1, 1), max_value=date(2035, 12, 31))


def clauses_of_every_kind() -> st.SearchStrategy[Clause]:
    """Return clauses of all kinds, every field filled in or left at its default."""
    return st.one_of(*(clauses_of(kind) for kind in get_args(Clause)))


def clauses_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return clauses of one kind."""
    return _instances(kind)


def parameters() -> st.SearchStrategy[Parameter]:
    """Return parameters of all kinds."""
    choices = st.builds(
        Parameter,
        id=words,
        kind=st.just(ParameterKind.CHOICE),
        title=texts,
        options=st.dictionaries(option_words, texts, min_size=1, max_size=3),
        default=st.none() | option_words,
        required=st.booleans(),
        doubtful=st.booleans(),
        note=st.none() | texts,
    )
    filled_in = st.builds(
        Parameter,
        id=words,
        kind=st.sampled_from([kind for kind in ParameterKind if kind is not ParameterKind.CHOICE]),
        title=texts,
        options=st.just({}),
        default=st.none() | fractions,
        required=st.booleans(),
        doubtful=st.booleans(),
        note=st.none() | texts,
        at_least=st.none() | fractions,
        at_most=st.none() | fractions,
    )
    return choices | filled_in


def policies() -> st.SearchStrategy[Policy]:
    """Return policies of some clauses and parameters."""
    sources = st.builds(Source, texts, st.none() | days, st.just("") | words, st.none() | texts)
    return st.builds(
        Policy,
        id=words,
        version=st.integers(1, 9),
        title=texts,
        summary=texts,
        valid_from=days,
        valid_until=st.none() | days,
        sources=_several(sources),
        parameters=_several(parameters()),
        clauses=_several(clauses_of_every_kind()),
    )


def _several(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=ITEMS_MAX).map(tuple)


@cache
def _instances(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return instances of a dataclass, by the types of its fields."""
    hints = get_type_hints(kind)
    allowed = _allowed_words(kind)
    by_name: dict[str, st.SearchStrategy[Any]] = {}
    for field in fields(kind):
        of_type = _of_type(hints[field.name])
        if field.name == "measure":
            of_type = st.sampled_from(sorted(MEASURES))
        if field.name in allowed:
            of_type = _of_words(hints[field.name], allowed[field.name])
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        if has_default:
            default = field.default if field.default is not MISSING else field.default_factory()
            of_type = st.just(default) | of_type
        by_name[field.name] = of_type
    return st.builds(kind, **by_name)


def _allowed_words(kind: type[Any]) -> Mapping[str, tuple[str, ...]]:
    """Return the words that the choices of a class allow; a scope can allow fewer than its type."""
    table = table_of(kind)
    return {own.name: own.words for own in describe_table(table) if own.words} if table else {}


def _of_words(hint: Any, allowed: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Return a choice's words, or the parameter that holds one."""
    if hint == Word:
        return st.sampled_from(allowed) | st.builds(Given, words)
    members = next(own for own in (*get_args(hint), hint) if isinstance(own, type))
    return st.sampled_from([members(word) for word in allowed])


def _of_type(hint: Any) -> st.SearchStrategy[Any]:
    if hint == Number:
        return numbers
    if hint == Word:
        return words | st.builds(Given, words)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        **{str: words, Fraction: fractions, Text: texts, date: days},
        **{bool: st.booleans(), int: st.integers(1, 9)},
    }
    if hint in simple:
        return simple[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.just(inner[0])
    if origin in (Union, types.UnionType):
        return _of_union(inner)
    if origin is tuple:
        return _several(_of_type(inner[0]))
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(words, _of_type(inner[1]), max_size=ITEMS_MAX)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    return _instances(hint)


def _of_union(inner: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """Return what a union holds; a number is one kind of value, though it is a union of its own."""
    present = [own for own in inner if own is not types.NoneType]
    is_number = set(present) == set(get_args(Number))
    found = numbers if is_number else st.one_of(*(_of_type(own) for own in present))
    return found if len(present) == len(inner) else st.none() | found
