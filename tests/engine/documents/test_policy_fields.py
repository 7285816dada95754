"""Every key of a policy is described, in both languages, and as the tables read it."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import get_args

import pytest

from duanju.adapters.documents.field_words import FIELD_WORDS
from duanju.adapters.documents.policy_fields import (
    FieldDescription,
    clause_kinds,
    describe_clause,
    describe_header,
    describe_parameter,
    describe_source,
    describe_table,
    name_of,
)
from duanju.adapters.documents.policy_tables import (
    CLAUSE_TABLES,
    Form,
    ProvisionTable,
    all_tables,
    as_data,
)
from duanju.adapters.documents.policy_tables.table import ThresholdTable
from duanju.deals.clauses import Clause

LANGUAGES = {"en", "zh-Hans"}
TABLES = [table for table in all_tables() if hasattr(table, "becomes")]
READ_AND_THEN_REFUSED = {
    *("tiers", "shares", "profit", "residual"),
    # A deduction without a receiver is the channel's own.
    "receiver",
}
"""Fields that a table may lack though its dataclass does not: their refusal has its own words."""


def descriptions() -> Iterator[tuple[str, FieldDescription]]:
    """Yield every description of every table, with the kind of clause or table that it is in."""
    for kind in CLAUSE_TABLES:
        yield from ((f"{kind}.{own.name}", own) for own in describe_clause(kind))
    for table in TABLES:
        yield from ((f"{name_of(table)}.{own.name}", own) for own in describe_table(table))
    yield from ((f"header.{own.name}", own) for own in describe_header())
    yield from ((f"source.{own.name}", own) for own in describe_source())
    yield from ((f"parameter.{own.name}", own) for own in describe_parameter())


def test_every_kind_of_clause_has_a_table() -> None:
    assert {table.becomes for table in CLAUSE_TABLES.values()} == set(get_args(Clause))
    for kind, table in CLAUSE_TABLES.items():
        assert table.becomes.__dataclass_fields__["kind"].default == kind
        assert name_of(table) == kind


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_table_has_the_fields_of_its_class_with_the_same_defaults(table) -> None:
    own = dict(table.model_fields)
    if issubclass(table, ThresholdTable):
        own = {name: own[name] for name in own if name not in ThresholdTable.model_fields}
        own |= {"threshold": None, "inclusive": None}
    assert set(own) == {field.name for field in fields(table.becomes)}
    for field in fields(table.becomes):
        read = own[field.name]
        if read is None or field.name == "kind" or field.name in READ_AND_THEN_REFUSED:
            continue
        default = field.default if field.default is not MISSING else field.default_factory
        if default is MISSING:
            assert read.is_required() or field.name == "options", field.name
        else:
            stated = default() if callable(default) else default
            assert as_data(read.default) == as_data(stated), field.name


def test_every_field_and_word_is_told_in_both_languages() -> None:
    untold = {
        name
        for name, own in descriptions()
        if set(own.label) != LANGUAGES
        or set(own.meaning) != LANGUAGES
        or any(set(label) != LANGUAGES for label in own.word_labels.values())
        or set(own.word_labels) != {*own.words, *own.kinds}
    }
    assert untold == set()
    for kind in clause_kinds():
        assert set(kind.label) == set(kind.meaning) == LANGUAGES


def test_no_entry_is_told_that_nothing_is_called() -> None:
    keys = {key for name, own in descriptions() for key in (name, own.name)}
    words = {f"{own.name}.{word}" for _, own in descriptions() for word in own.words}
    for tables in FIELD_WORDS.values():
        assert {*tables["label"], *tables.get("meaning", {})} - keys == set()
        assert set(tables["word"]) - words == set()


def test_rows_and_tables_describe_what_stands_within_them() -> None:
    steps = {own.name: own for own in describe_clause("waterfall")}["step"]
    assert steps.form is Form.ROWS
    receivers = {own.name: own for own in steps.fields}["receiver"]
    limit = {own.name: own for own in receivers.fields}["limit"]
    assert limit.form is Form.TABLE
    assert [own.name for own in limit.fields] == ["amount", "cost", "cost_cap", "interest"]
    assert limit.fields[0].may_be_parameter


def test_conditions_are_rows_of_several_kinds() -> None:
    when = {own.name: own for own in describe_clause("fee")}["when"]
    assert set(when.kinds) == {
        *("milestone_reached", "measure_reached", "recouped", "parameter_is", "from_day"),
    }
    assert [own.name for own in when.kinds["from_day"]] == ["day", "held"]


def test_choice_that_a_parameter_can_make_says_so() -> None:
    reading = {own.name: own for own in describe_clause("tiered_rate")}["reading"]
    assert (reading.form, reading.words) == (Form.CHOICE, ("marginal", "whole_amount"))
    assert reading.may_be_parameter
    assert reading.required
    scope = {own.name: own for own in describe_clause("fee")}["scope"]
    assert (scope.words, scope.default) == (("title", "pool"), "title")


def test_provision_is_no_table_of_its_own() -> None:
    assert not hasattr(ProvisionTable, "becomes")
