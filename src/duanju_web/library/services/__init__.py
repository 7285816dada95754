"""What can be done with works."""

from duanju_web.library.services.bringing import TABLE_BYTES_MAX, bring_works
from duanju_web.library.services.taking import accept_import, take_in

__all__ = ["TABLE_BYTES_MAX", "accept_import", "bring_works", "take_in"]
