"""A living page of everything that pages are built of; only in the demo."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from duanju_web.shared.problems import ProblemInWords

TOKENS = {
    _("Neutrals"): ["paper", "sheet", "sunken", "line", "line-strong"],
    _("Ink"): ["ink", "ink-soft", "ink-faint"],
    _("Seal"): ["seal", "seal-fill", "seal-deep", "seal-wash"],
    _("Meanings"): ["good", "wait", "bad", "note"],
    _("Washes"): ["good-wash", "wait-wash", "bad-wash", "note-wash"],
}
ICONS = ["house", "clapperboard", "stamp", "receipt-text", "scroll-text", "circle-play", "coins"]


class SampleForm(forms.Form):
    """One field of each sort, one of them wrong."""

    name = forms.CharField(label=_("Name"), help_text=_("As it stands on the contract."))
    email = forms.EmailField(label=_("E-mail address"))
    kind = forms.ChoiceField(
        label=_("Orientation"), choices=[("v", _("Vertical")), ("h", _("Horizontal"))]
    )
    synopsis = forms.CharField(label=_("Synopsis"), required=False, widget=forms.Textarea)
    ai_label = forms.BooleanField(label=_("Made with AI"), required=False, help_text=_("Shown."))


def style(request: HttpRequest) -> HttpResponse:
    """Show the tokens and the components."""
    messages.success(request, _("Saved."))
    messages.error(request, _("The deal could not be signed: the policy ended on 2 June."))
    form = SampleForm({"name": _("A drama"), "email": "nobody", "kind": "v"})
    problems = [
        ProblemInWords(
            "media.cut-off",
            "EP07.mp4",
            str(_("The file ends in the middle of a picture.")),
            str(_("Copy it again from the camera or the editor, then drop it here once more.")),
        ),
    ]
    context = {
        "tokens": TOKENS,
        "icons": ICONS,
        "form": form,
        "problems": problems,
        "page": Paginator(range(90), 30).get_page(2),
        "columns": [
            {"label": _("Title")},
            {"label": _("Effective minutes"), "number": True},
            {"label": _("Amount"), "number": True},
        ],
        "rows": [
            [_("The Heiress Returns"), "1,250,000", "¥50,000.00"],
            [_("Midnight in Old Street"), "640,000", "¥16,000.00"],
        ],
        "total": [_("Together"), "1,890,000", "¥66,000.00"],
        "tabs": [
            {"label": _("Episodes"), "href": "#", "current": True, "count": 72},
            {"label": _("Deals"), "href": "#", "current": False, "count": 3},
            {"label": _("Facts"), "href": "#", "current": False},
        ],
    }
    return render(request, "shared/style.html", context)
