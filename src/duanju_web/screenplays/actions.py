"""What the audit log calls the changes of this room."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "screenplays.bring-script": _("brought a version of a script"),
}
