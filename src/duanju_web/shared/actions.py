"""The actions of the audit log in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_names: dict[str, str | Promise] = {
    "shared.create-organisation": _("set up the organisation"),
    "shared.invite": _("invited somebody"),
    "shared.accept-invitation": _("joined"),
    "shared.change-role": _("changed a role"),
    "shared.remove-member": _("took a member out"),
}


def register_actions(names: Mapping[str, str | Promise]) -> None:
    """Add a room's actions; called once from its `AppConfig.ready`."""
    _names.update(names)


def name_action(action: str) -> str | Promise:
    """Say an action in the active language; an unknown one is shown as it is."""
    return _names.get(action, action)
