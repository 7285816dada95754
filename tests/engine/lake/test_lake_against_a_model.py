"""The lake does what a simple model says, whatever is told, sealed and asked in whatever order."""

import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from duanju.adapters.lake import CorrectedEvent, Correction, CorrectionKind, Event, Lake, Spool
from duanju.adapters.lake.plans import measure_sealed, measures_of, opened_engine
from tests.support.corrections import a_correction, count_after
from tests.support.events import SECOND_US, an_unlock
from tests.support.lakes import MEBIBYTE, YEAR, a_lake, counted, kept_apart

EXAMPLES, STEPS = 12, 20
DAY_S = 86_400
TITLES = st.integers(1, 2)
AMOUNTS = st.sampled_from([1, 99, 2**62, 2**63 - 1])
Sums = dict[tuple[int, str], tuple[int, int]]


def sums_of(events: list[Event]) -> Sums:
    """Add up by title and currency: unlocks and money."""
    totals: Sums = defaultdict(lambda: (0, 0))
    for event in events:
        key = event.title_id, event.currency
        unlocks, money = totals[key]
        totals[key] = unlocks + 1, money + event.amount_minor
    return dict(totals)


def measured(lake: Lake, as_known_at: int | None = None) -> Sums:
    """Ask the lake for the same; of what was taken back a row of nothing remains."""
    rows = lake.measure(period=YEAR, as_known_at=as_known_at)
    return {
        (own.title_id, own.currency): (own.unlocks, own.amount_minor)
        for own in rows
        if (own.unlocks, own.amount_minor) != (0, 0)
    }


class LakeAgainstModel(RuleBasedStateMachine):
    """Wallets that tell, again and otherwise, and take back; people who mark; sealers; askers."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="duanju-lake-"))
        self.lake = a_lake(self.folder)
        self.spool = Spool(self.folder / "lake" / "spool", max_bytes=64 * MEBIBYTE)
        self.told: list[Event] = []
        self.waiting: list[Event] = []
        self.waiting_corrections: list[Correction] = []
        self.sealed: dict[str, Event] = {}
        self.corrections: list[Correction] = []
        self.apart: set[str] = set()
        self.known: dict[int, Sums] = {0: {}}
        self.received = 0

    def append(self, event: Event) -> None:
        """Tell an event; each is received at a moment of its own."""
        self.received += 1
        event = replace(event, received_at_us=event.occurred_at_us + self.received * SECOND_US)
        self.spool.append_unlocks([event])
        self.told.append(event)
        self.waiting.append(event)

    @rule(
        day=st.integers(0, 2),
        title_id=TITLES,
        amount_minor=AMOUNTS,
        currency=st.sampled_from(["CNY", "USD"]),
    )
    def tell(self, day: int, title_id: int, amount_minor: int, currency: str) -> None:
        self.append(
            an_unlock(
                seed=self.received,
                after_s=day * DAY_S,
                title_id=title_id,
                amount_minor=amount_minor,
                currency=currency,
            )
        )

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def tell_again(self, data: st.DataObject) -> None:
        self.append(data.draw(st.sampled_from(self.told)))

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def tell_otherwise(self, data: st.DataObject) -> None:
        event = data.draw(st.sampled_from(self.told))
        self.append(replace(event, amount_minor=event.amount_minor - 1))

    @precondition(lambda self: self.told)
    @rule(data=st.data(), kind=st.sampled_from(["reversal", "mark", "mark", "unmark"]))
    def correct(self, data: st.DataObject, kind: CorrectionKind) -> None:
        """Take back an event or give it back; it may not be sealed yet."""
        event = data.draw(st.sampled_from(self.told))
        self.received += 1
        correction = a_correction(event, kind=kind, seed=self.received, after_s=self.received)
        self.spool.append_corrections([correction])
        self.waiting_corrections.append(correction)

    @precondition(lambda self: self.corrections)
    @rule(data=st.data())
    def correct_again(self, data: st.DataObject) -> None:
        self.spool.append_corrections([data.draw(st.sampled_from(self.corrections))])

    @rule(now_us=st.integers(0, 10), leaves=st.booleans())
    def seal(self, now_us: int, leaves: bool) -> None:
        """Seal by whatever clock, with the spool's file open or left."""
        if leaves:
            self.spool.close()
        self.lake.seal(now_us=now_us)
        for event in sorted(self.waiting, key=lambda own: own.received_at_us):
            first = self.sealed.setdefault(event.id, event)
            if replace(event, received_at_us=first.received_at_us) != first:
                self.apart.add(event.id)
        self.corrections += self.waiting_corrections
        self.waiting, self.waiting_corrections = [], []
        self.known[self.lake.position()] = self.sums()

    def sums(self) -> Sums:
        """Add up what counts of all that was sealed."""
        return sums_of(count_after(self.sealed.values(), self.corrections))

    @rule()
    def restart(self) -> None:
        """Begin again from what is on the disk."""
        self.spool.close()
        self.lake = a_lake(self.folder)

    @rule(data=st.data())
    def ask_as_known_at(self, data: st.DataObject) -> None:
        position = data.draw(st.sampled_from(sorted(self.known)))
        assert measured(self.lake, position) == self.known[position]

    @precondition(lambda self: self.sealed)
    @rule()
    def ask_plain_python(self) -> None:
        folder = self.folder / "lake"
        with opened_engine("plain", folder=folder) as engine:
            (result,) = measure_sealed(folder=folder, periods=[YEAR], engine=engine)
        assert measures_of(result) == list(self.lake.measure(period=YEAR))

    @invariant()
    def sums_are_those_of_the_model(self) -> None:
        assert measured(self.lake) == self.sums()

    def teardown(self) -> None:
        self.seal(now_us=0, leaves=True)
        shown = counted(self.lake)
        own = [event for event in shown if not isinstance(event, CorrectedEvent)]
        assert {event.id: event.amount_minor for event in own} == {
            event.id: event.amount_minor for event in self.sealed.values()
        }
        left = count_after(self.sealed.values(), self.corrections)
        assert sum(event.amount_minor for event in shown) == sum(e.amount_minor for e in left)
        assert {event_id for event_id, _ in kept_apart(self.lake)} == self.apart
        assert {position: measured(self.lake, position) for position in self.known} == self.known
        assert self.lake.verify() == ()
        shutil.rmtree(self.folder)


def test_lake_agrees_with_a_model() -> None:
    run_state_machine_as_test(
        LakeAgainstModel, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS)
    )
