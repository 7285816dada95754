"""Disputes in the reader's words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.settlement import DisputeAction, DisputeSide, DisputeState, Remedy

STATES: Mapping[str, tuple[str | Promise, str]] = {
    DisputeState.OPEN: (_("With the platform"), "wait"),
    DisputeState.ASKED: (_("Asked back"), "wait"),
    DisputeState.ACCEPTED: (pgettext_lazy("dispute", "Accepted"), "good"),
    DisputeState.DECLINED: (pgettext_lazy("dispute", "Declined"), "bad"),
    DisputeState.WITHDRAWN: (pgettext_lazy("dispute", "Withdrawn"), "note"),
}

SAID: Mapping[str, str | Promise] = {
    DisputeAction.RAISE: _("disputed the line"),
    DisputeAction.ASK: _("asked back"),
    DisputeAction.ANSWER: _("answered"),
    DisputeAction.ACCEPT: _("accepted it"),
    DisputeAction.DECLINE: _("declined it"),
    DisputeAction.CONTEST: _("contested the answer"),
    DisputeAction.WITHDRAW: _("withdrew it"),
}

ACTIONS: Mapping[DisputeAction, str | Promise] = {
    DisputeAction.ASK: _("Ask back"),
    DisputeAction.ANSWER: _("Answer"),
    DisputeAction.ACCEPT: pgettext_lazy("dispute", "Accept"),
    DisputeAction.DECLINE: pgettext_lazy("dispute", "Decline"),
    DisputeAction.CONTEST: _("Contest it"),
    DisputeAction.WITHDRAW: pgettext_lazy("dispute", "Withdraw"),
}

REMEDIES: Mapping[str, str | Promise] = {
    Remedy.BEFORE_CLOSE: _("put right before the month is closed"),
    Remedy.NEXT_MONTH: _("put right by a correction in the next month"),
}

SIDES: Mapping[str, str | Promise] = {
    DisputeSide.PARTNER: _("Partner"),
    DisputeSide.PLATFORM: _("Platform"),
}
