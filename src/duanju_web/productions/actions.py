"""What the audit log calls the changes of this room."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "productions.create-title": _("made a title"),
    "productions.change-title": _("changed a title"),
    "productions.publish": _("published a title"),
    "productions.unpublish": _("took a title out of the theater"),
    "productions.delete-episode": _("deleted an episode"),
}
