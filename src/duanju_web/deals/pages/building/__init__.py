"""Forms for documents of terms: drawn from fields and data, and read back into data."""

from duanju_web.deals.pages.building.changing import apply_action
from duanju_web.deals.pages.building.control import Control, Surroundings, told
from duanju_web.deals.pages.building.controls import draw_controls
from duanju_web.deals.pages.building.reading import read_fields

__all__ = [
    "Control",
    "Surroundings",
    "apply_action",
    "draw_controls",
    "read_fields",
    "told",
]
