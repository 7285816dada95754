"""Which events of a batch are new, and which of those cannot be true.

The verdict on an event depends on what was *received* up to it and on nothing else, neither on the
order within the spool nor on how the spool was cut into seals:

1. An id counts once. Of several copies the first received stands, and the others are dropped; a
   copy that says something else is kept apart as `lake.changed-duplicate`.
2. What the edge refused is kept apart with its reason.
3. An unlock is the wallet's word and is not judged further.
4. `lake.from-the-future`: the id or the occurrence lies more than ten minutes after the reception.
5. `lake.too-old`: the id was made more than 93 days before the reception, or more than a day before
   its session began. `lake.session-over`: the id was made more than two days after that.
6. `lake.too-many-seconds`: by the reception of a report its session had claimed more seconds than
   had passed since its start, two seconds allowed. Claims are added in the order of reception, then
   of sequence number. Adding them by sequence number alone would let a session that counts
   backwards claim each second many times over, while an honest session passes in any order, since
   what it has watched by any moment is never longer than the time until then. A session that has
   claimed the impossible is believed again only when the clock has caught up with its claims.
"""

from datetime import date

from duckdb import DuckDBPyConnection

from duanju.adapters.lake.event import DAY_US
from duanju.adapters.lake.tables import COLUMN_NAMES, COLUMNS, EXACT, TEXT, quoted

CHANGED_DUPLICATE = "lake.changed-duplicate"
FROM_THE_FUTURE = "lake.from-the-future"
TOO_OLD = "lake.too-old"
SESSION_OVER = "lake.session-over"
TOO_MANY_SECONDS = "lake.too-many-seconds"
EPISODE_LOCKED = "lake.episode-locked"
UNLOCK_FROM_PLAYER = "lake.unlock-from-player"

SLACK_US = 2_000_000
FUTURE_SLACK_US = 600_000_000
LATE_DAYS_MAX = 93
SESSION_DAYS_BEFORE, SESSION_DAYS_AFTER = 1, 2

_MADE_BY_SERVER = ("received_at_us", "session_started_at_us")
CONTENT = tuple(name for name in COLUMN_NAMES if name not in _MADE_BY_SERVER)
"""What copies have in common; an event with one id and other content is another event."""
_ID_TIME_US = "(id_high >> 16) * 1000"
_SAME_ID = "k.id_high = i.id_high AND k.id_low = i.id_low"


def load_incoming(cursor: DuckDBPyConnection, *, path: str) -> None:
    """Read JSON lines from the spool into the table `incoming`, exact copies made one."""
    read = {name: kind for name, kind, _ in COLUMNS[2:]} | {"id": TEXT, "refusal": TEXT}
    schema = ", ".join(f"{name}: {quoted(kind)}" for name, kind in read.items())
    plain = ", ".join(
        f"coalesce({name}, {absent}) AS {name}" if absent else name
        for name, _, absent in COLUMNS[2:]
    )
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE incoming AS
        WITH line AS (
            SELECT {id_half(0)} AS id_high, {id_half(1)} AS id_low, {plain},
                coalesce(refusal, '') AS refusal
            FROM read_json({quoted(path)}, format = 'newline_delimited', columns = {{{schema}}})
        )
        SELECT {", ".join(CONTENT)}, min(received_at_us) AS received_at_us,
            min(session_started_at_us) AS session_started_at_us,
            arg_min(refusal, received_at_us) AS refusal, {day_of_id()} AS day
        FROM line GROUP BY {", ".join(CONTENT)}""")


def incoming_days(cursor: DuckDBPyConnection) -> tuple[date, ...]:
    """Return the days on which copies of the incoming events would lie."""
    rows = cursor.execute(f"""
        SELECT day FROM incoming UNION SELECT {_kept_day()} FROM incoming ORDER BY 1""").fetchall()
    return tuple(row[0] for row in rows)


def drop_known(cursor: DuckDBPyConnection, *, events: str, rejected: str) -> None:
    """Make the table `fresh` of the incoming events that are neither sealed nor kept apart yet.

    Args:
        cursor: With the table `incoming`.
        events: Subquery over what is sealed on the days of `incoming_days`.
        rejected: Subquery over what is kept apart on those days.
    """
    same = " AND ".join(f"k.{name} = i.{name}" for name in CONTENT)
    first = ", ".join(("received_at_us", *CONTENT))
    _find_known(cursor, events, rejected)
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE fresh AS
        WITH met AS (SELECT DISTINCT id_high, id_low, true AS is_met FROM known),
        unseen AS (SELECT i.* FROM incoming i ANTI JOIN known k ON {same})
        SELECT * EXCLUDE (is_met), is_met IS NOT NULL OR row_number() OVER (
            PARTITION BY id_high, id_low ORDER BY {first}) > 1 AS is_changed
        FROM unseen LEFT JOIN met USING (id_high, id_low)""")


def _find_known(cursor: DuckDBPyConnection, events: str, rejected: str) -> None:
    """Make the table `known` of the copies; only ids are read where, as mostly, there are none."""
    sealed = [
        f"SELECT {{}} FROM {shelf} SEMI JOIN {{}} USING (id_high, id_low)"
        for shelf in (events, rejected)
    ]
    either = " UNION ALL ".join(sealed)
    ids, content = "id_high, id_low", ", ".join(CONTENT)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE met AS " + either.format(ids, "incoming", ids, "incoming")
    )
    (count,) = cursor.execute("SELECT count(*) FROM met").fetchone() or (0,)
    rows = either.format(content, "met", content, "met")
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE known AS "
        + (rows if count else f"SELECT {content} FROM incoming WHERE false")
    )


def session_days(cursor: DuckDBPyConnection) -> tuple[date, ...]:
    """Return the days on which the fresh reports' sessions may have left other reports."""
    rows = cursor.execute(f"""
        SELECT DISTINCT CAST(unnest(generate_series(
            began - INTERVAL {SESSION_DAYS_BEFORE} DAY, began + INTERVAL {SESSION_DAYS_AFTER} DAY,
            INTERVAL 1 DAY)) AS DATE)
        FROM (SELECT DISTINCT CAST(make_timestamp(session_started_at_us) AS DATE) AS began
            FROM fresh WHERE kind = 'progress') ORDER BY 1""").fetchall()
    return tuple(row[0] for row in rows)


def judge(cursor: DuckDBPyConnection, *, events: str, rejected: str) -> None:
    """Make the table `judged` of the fresh events, each with its `reason` or none.

    Args:
        cursor: With the table `fresh`.
        events: Subquery over what is sealed on the days of `session_days`.
        rejected: Subquery over what is kept apart on those days.
    """
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE plausible AS
        SELECT * EXCLUDE (refusal, is_changed), {_reason()} AS reason FROM fresh""")
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        WITH excessive AS ({_excessive(events, rejected)})
        SELECT p.* EXCLUDE (reason, day),
            coalesce(reason, CASE WHEN e.id_high IS NOT NULL
                THEN {quoted(TOO_MANY_SECONDS)} END) AS reason,
            CASE WHEN reason IS NULL THEN day ELSE {_kept_day()} END AS day
        FROM plausible p LEFT JOIN excessive e USING (id_high, id_low)""")


def id_half(number: int, column: str = "id") -> str:
    """Return in SQL a half of the id in a column, as the signed integer with the same bits."""
    digits = f"substr(replace({column}, '-', ''), {16 * number + 1}, 16)"
    unsigned = f"CAST(CAST('0x' || {digits} AS UBIGINT) AS HUGEINT)"
    sign = f"CASE WHEN {unsigned} >= 9223372036854775808 THEN 18446744073709551616 ELSE 0 END"
    return f"CAST({unsigned} - ({sign}) AS BIGINT)"


def day_of_id() -> str:
    """Return in SQL the day (UTC) that `id_high` carries."""
    return f"CAST(make_timestamp({_ID_TIME_US}) AS DATE)"


def _reason() -> str:
    future = f"greatest({_ID_TIME_US}, occurred_at_us) > received_at_us + {FUTURE_SLACK_US}"
    has_session = "session_started_at_us > 0"
    started = "session_started_at_us"
    too_old = (
        f"{_ID_TIME_US} < received_at_us - {LATE_DAYS_MAX * DAY_US} OR {has_session} AND "
        f"{_ID_TIME_US} < {started} - {SESSION_DAYS_BEFORE * DAY_US}"
    )
    over = f"{has_session} AND {_ID_TIME_US} > {started} + {SESSION_DAYS_AFTER * DAY_US}"
    return f"""CASE
        WHEN is_changed THEN {quoted(CHANGED_DUPLICATE)}
        WHEN refusal <> '' THEN refusal
        WHEN kind = 'unlock' THEN NULL
        WHEN {future} THEN {quoted(FROM_THE_FUTURE)}
        WHEN {too_old} THEN {quoted(TOO_OLD)}
        WHEN {over} THEN {quoted(SESSION_OVER)} END"""


def _excessive(events: str, rejected: str) -> str:
    claim = "session_id, received_at_us, sequence, id_high, id_low, effective_ms"
    of_session = "kind = 'progress' AND session_id IN (SELECT session_id FROM sessions)"
    return f"""
        WITH sessions AS (SELECT DISTINCT session_id FROM plausible
            WHERE kind = 'progress' AND reason IS NULL AND session_started_at_us > 0
        ), claim AS (
            SELECT {claim}, session_started_at_us AS started, true AS is_fresh FROM plausible
                WHERE {of_session} AND reason IS NULL
            UNION ALL SELECT {claim}, 0, false FROM {events} WHERE {of_session}
            UNION ALL SELECT {claim}, 0, false FROM {rejected}
                WHERE {of_session} AND reason = {quoted(TOO_MANY_SECONDS)}
        ), claimed AS (
            SELECT *, sum(CAST(effective_ms AS {EXACT})) OVER (PARTITION BY session_id
                ORDER BY received_at_us, sequence, id_high, id_low
                ROWS UNBOUNDED PRECEDING) AS claimed_ms FROM claim)
        SELECT id_high, id_low FROM claimed
        WHERE is_fresh AND claimed_ms * 1000 > received_at_us - started + {SLACK_US}"""


def _kept_day() -> str:
    """Return the day under which a refused event is kept.

    It is the id's own, held near the reception: or else one forged batch could make a folder for
    each day of a thousand years.
    """
    received = "CAST(make_timestamp(received_at_us) AS DATE)"
    return f"least(greatest(day, {received} - {LATE_DAYS_MAX + 1}), {received} + 1)"
