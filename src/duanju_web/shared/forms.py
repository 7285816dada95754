"""Forms about people and organisations."""

from django import forms
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from duanju_web.shared.models import Organisation, OrganisationKind, Role, User

SLUG_CHARACTERS = 60


class SignupForm(forms.Form):
    """Asks for a name besides what the account library asks."""

    display_name = forms.CharField(label=_("Your name"), max_length=80)

    def signup(self, _request: HttpRequest, user: User) -> None:
        """Keep the name with the new account."""
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])


class InvitationForm(forms.Form):
    """Whom to ask, and for which role."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=Role, initial=Role.MEMBER)


class RoleForm(forms.Form):
    """A member's role, saved as soon as it is chosen."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role,
        widget=forms.Select(attrs={"data-submit-on-change": "", "aria-label": _("Role")}),
    )


class FoundingForm(forms.Form):
    """What a new organisation does and is called."""

    kind = forms.ChoiceField(label=_("What does it do?"), choices=OrganisationKind)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=60, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)

    def names(self) -> dict[str, str]:
        """Return the names that were given, by language."""
        given = {"zh-Hans": self.cleaned_data["name_zh"], "en": self.cleaned_data["name_en"]}
        return {language: name for language, name in given.items() if name}

    def clean(self) -> dict[str, str]:
        """Ask for a name in one language at least, and make an address that is free."""
        cleaned = dict(super().clean() or {})
        name = cleaned.get("name_en") or " ".join(lazy_pinyin(cleaned.get("name_zh", "")))
        if not name:
            raise forms.ValidationError(_("Give a name in one of the two languages."))
        cleaned["slug"] = _free_slug(slugify(name)[: SLUG_CHARACTERS - 4] or "organisation")
        return cleaned


def _free_slug(wanted: str) -> str:
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
