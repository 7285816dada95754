"""By what a platform of the demo makes months due: invented rates, and published rules of tax."""

from datetime import datetime
from pathlib import Path

from duanju.adapters.documents import read_remittance_rules
from duanju.kernel import Month
from duanju_web.settlement.services import (
    Entered,
    KeptFile,
    enter_rules,
    import_rates,
    keep_rates_file,
    pin_table,
)
from duanju_web.shared.actor import Actor

WORLD = Path(__file__).parents[1] / "world"
SOURCE = "demo"


class DemoRemittingRefused(RuntimeError):
    """The world's own rates or rules are not good; the world must be mended."""

    code = "demo.remitting-refused"


def load_remitting(*, platform: Actor, month: Month, now: datetime) -> None:
    """Import rates and pin them to a closed month, and enter rules of tax.

    Nobody has terms of payment: everybody is paid each currency as it was earned.
    """
    assert platform.organisation is not None
    name = "rates.csv"
    content = (WORLD / name).read_bytes()
    kept = keep_rates_file(platform=platform.organisation, chunks=[content], file_name=name)
    if not isinstance(kept, KeptFile):
        raise DemoRemittingRefused(kept.code)
    table = import_rates(actor=platform, kept=kept, source=SOURCE, now=now)
    if isinstance(table, tuple):
        raise DemoRemittingRefused(table[0].code)
    pin = pin_table(actor=platform, month=month, table_id=table.pk, now=now)
    rules = read_remittance_rules(WORLD / "taxes.toml").taxes
    entered = enter_rules(actor=platform, rules=rules, terms=(), now=now)
    if isinstance(pin, tuple) or not isinstance(entered, Entered):
        raise DemoRemittingRefused(str(pin))
