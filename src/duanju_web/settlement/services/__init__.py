"""What can be done with a month."""

from duanju_web.settlement.services.closing import close_month
from duanju_web.settlement.services.deciding import (
    Decision,
    decide_month,
    find_close_obstacles,
)
from duanju_web.settlement.services.sealing import bring_into_lake

__all__ = [
    "Decision",
    "bring_into_lake",
    "close_month",
    "decide_month",
    "find_close_obstacles",
]
