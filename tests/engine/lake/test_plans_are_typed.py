"""A plan that an engine could read in two ways is not built."""

import pytest

from duanju.adapters.lake.plans import (
    Column,
    Distinct,
    GroupSum,
    IllTypedPlan,
    Join,
    Merge,
    Scan,
    Window,
    Windows,
    Within,
    columns_of,
    emit_for_duckdb,
    emit_for_spark,
)

ID = (Column("id_high", "integer"), Column("id_low", "integer"))
OWN = (Column("title_id", "integer"), Column("channel", "text"), Column("coins", "integer"))
TIME = Column("occurred_at_us", "integer")
EVENTS = Scan(("a.parquet",), (*ID, TIME, *OWN))
KEY = (Column("title_id", "integer"),)
CONTRACT = (Column("contract", "integer"),)


def some_windows(*rows: Window, keys=KEY, carried=CONTRACT, otherwise=(0,)) -> Windows:
    return Windows(keys, carried, rows, otherwise)


def a_sum(**changes: object) -> GroupSum:
    fields: dict[str, object] = {"source": EVENTS, "keys": ("title_id",), "sums": ("coins",)}
    return GroupSum(**fields | changes)  # type: ignore[arg-type]


REFUSED = {
    "name-with-quote": lambda: Column('a"b', "integer"),
    "name-of-the-emitters": lambda: Column("window_from_us", "integer"),
    "no-such-type": lambda: Column("coins", "float"),  # type: ignore[arg-type]
    "no-columns": lambda: Scan(("a",), ()),
    "doubled-column": lambda: Scan(("a",), (TIME, TIME)),
    "doubled-file": lambda: Scan(("a", "a"), OWN),
    "pattern-for-a-file": lambda: Scan(("day=*/a.parquet",), OWN),
    "range-over-text": lambda: Scan(("a",), OWN, Within("channel", 0, 1)),
    "range-over-nothing": lambda: Scan(("a",), OWN, Within("day", 0, 1)),
    "range-beyond-64-bits": lambda: Scan(("a",), OWN, Within("coins", 0, 2**63)),
    "distinct-without-an-id": lambda: Distinct(Scan(("a",), OWN)),
    "distinct-by-one-half": lambda: Distinct(EVENTS, ("id_high", "id_high")),
    "distinct-by-text": lambda: Distinct(EVENTS, ("id_high", "channel")),
    "join-without-the-moment": lambda: Join(Scan(("a",), OWN), some_windows()),
    "join-at-a-text": lambda: Join(EVENTS, some_windows(), "channel"),
    "join-on-another-type": lambda: Join(EVENTS, some_windows(keys=(Column("title_id", "text"),))),
    "join-on-nothing": lambda: Join(EVENTS, some_windows(keys=())),
    "join-carries-what-is-there": lambda: Join(
        EVENTS, some_windows(carried=(Column("coins", "integer"),))
    ),
    "windows-overlap": lambda: some_windows(
        Window((1,), 5, 9, (2,)), Window((2,), 0, 9, (3,)), Window((1,), 0, 6, (1,))
    ),
    "window-without-a-moment": lambda: some_windows(Window((1,), 5, 5, (1,))),
    "window-of-another-type": lambda: some_windows(Window(("1",), 0, 5, (1,))),
    "window-of-another-width": lambda: some_windows(Window((1,), 0, 5, (1, 2))),
    "window-of-a-truth": lambda: some_windows(Window((1,), 0, 5, (True,))),
    "otherwise-of-another-type": lambda: some_windows(otherwise=("",)),
    "otherwise-of-half-a-character": lambda: some_windows(
        carried=(Column("version", "text"),), otherwise=("\ud800",)
    ),
    "sum-by-nothing": lambda: a_sum(keys=()),
    "sum-by-an-unknown": lambda: a_sum(keys=("day",)),
    "sum-of-a-text": lambda: a_sum(sums=("channel",)),
    "sum-of-its-key": lambda: a_sum(sums=("title_id",)),
    "sum-called-as-its-count": lambda: a_sum(count="coins"),
    "group-by-a-sum": lambda: GroupSum(
        Scan(("a",), (Column("coins", "exact"),)),
        ("coins",),
        (),
    ),
    "merge-of-nothing": lambda: Merge((), ("title_id",)),
    "merge-of-unlike": lambda: Merge((a_sum(), a_sum(count="plays")), ("title_id",)),
    "merge-of-rows": lambda: Merge((EVENTS,), ("title_id",)),
    "merge-by-a-sum": lambda: Merge((a_sum(),), ("title_id", "coins")),
    "merge-that-adds-nothing": lambda: Merge((Scan(("a",), KEY),), ("title_id",)),
}


@pytest.mark.parametrize("build", REFUSED.values(), ids=REFUSED.keys())
def test_ill_typed_plans_are_refused(build) -> None:
    with pytest.raises(IllTypedPlan):
        build()


def test_windows_that_meet_do_not_overlap() -> None:
    rows = (Window((1,), 5, 9, (2,)), Window((1,), 0, 5, (1,)))
    assert some_windows(*rows).rows == rows


def test_columns_of_each_step_are_known() -> None:
    joined = Join(Distinct(EVENTS), some_windows())
    assert columns_of(joined) == (*ID, TIME, *OWN, *CONTRACT)
    added = GroupSum(joined, ("channel", "contract"), ("coins",))
    expected = (
        Column("channel", "text"),
        Column("contract", "integer"),
        Column("coins", "exact"),
        Column("events", "exact"),
    )
    assert columns_of(added) == expected
    assert columns_of(Merge((added,), ("contract", "channel"))) == (
        expected[1],
        expected[0],
        *expected[2:],
    )
    with pytest.raises(IllTypedPlan, match="channel is text, not exact"):
        Merge((added,), ("contract",))


def test_windows_stand_once_in_a_query_however_many_partitions_there_are() -> None:
    windows = some_windows(Window((1,), 0, 5, (1,)))
    partials = tuple(
        GroupSum(
            Join(Distinct(Scan((f"{day}.parquet",), EVENTS.columns)), windows),
            ("contract",),
            ("coins",),
        )
        for day in range(31)
    )
    plan = Merge(partials, ("contract",))
    for text in (emit_for_duckdb(plan).text, emit_for_spark(plan).text):
        assert text.count("window_1 AS (") == 1
        assert "window_2" not in text


def test_spark_adds_in_38_digits_and_keeps_distinct_rows_by_distinct() -> None:
    text = emit_for_spark(GroupSum(Distinct(EVENTS), ("channel",), ("coins",))).text
    assert "sum(CAST(`coins` AS DECIMAL(38, 0))) AS `coins`" in text
    assert "SELECT DISTINCT" in text
    assert "any_value" not in text


def test_text_of_a_window_is_never_read_as_sql() -> None:
    hostile = "'; DROP TABLE x; -- ${spark.master} \\"
    windows = some_windows(
        Window((1,), 0, 5, (hostile,)), carried=(Column("version", "text"),), otherwise=(hostile,)
    )
    plan = GroupSum(Join(EVENTS, windows), ("version",), ("coins",))
    assert "DROP" not in emit_for_spark(plan).text
    assert emit_for_duckdb(plan).text.count("DROP") == 1
    assert "'''; DROP" in emit_for_duckdb(plan).text
