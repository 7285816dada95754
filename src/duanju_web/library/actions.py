"""What the audit log calls the changes of this room."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "library.accept-import": _("took works into the library"),
}
