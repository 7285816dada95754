"""The fields of a policy's head, its sources, and its parameters."""

from django.utils.translation import gettext_lazy as _

from duanju_web.deals.mapping.fields.field import Field, Shape
from duanju_web.deals.mapping.fields.parts import pick, rows

HEAD_FIELDS = (
    Field(key="title", shape=Shape.TEXT, label=_("What the policy is called"), is_needed=True),
    Field(
        key="summary",
        shape=Shape.PROSE,
        label=_("What it offers, in a sentence or two"),
        is_needed=True,
    ),
    Field(
        key="valid_from",
        shape=Shape.DAY,
        label=_("First day on which deals can be signed"),
        is_needed=True,
    ),
    Field(
        key="valid_until",
        shape=Shape.DAY,
        label=_("First day on which they no longer can"),
        help=_("Leave it empty for an open end."),
    ),
    rows(
        "source",
        _("Where it is published"),
        _("Source"),
        Field(
            key="title", shape=Shape.TEXT, label=_("Announcement, paper or page"), is_needed=True
        ),
        Field(key="published_on", shape=Shape.DAY, label=_("Published on")),
        Field(key="address", shape=Shape.LINE, label=_("Web address")),
        Field(key="note", shape=Shape.PROSE, label=_("What it leaves open"), is_more=True),
        new={"title": {"en": "Our own announcement", "zh-Hans": "本平台公告"}},
    ),
    Field(
        key="id",
        shape=Shape.LINE,
        label=_("Short name"),
        help=_("Small letters, digits and hyphens; the same for all versions."),
        is_more=True,
    ),
)
PARAMETER_FIELDS = (
    Field(key="title", shape=Shape.TEXT, label=_("What it is called"), is_needed=True),
    pick(
        "kind",
        _("What a deal fills in"),
        ("choice", _("One of several options")),
        ("share", _("A share")),
        ("amount", _("An amount of money")),
        ("factor", _("A factor, such as 1.2")),
        ("count", _("A whole number")),
        is_needed=True,
    ),
    Field(
        key="options",
        shape=Shape.OPTIONS,
        label=_("Options"),
        help=_("The short name is for documents, the rest is what people read."),
    ),
    Field(
        key="default",
        shape=Shape.LINE,
        label=_("What holds when the deal says nothing"),
        help=_("Empty if the deal must say."),
    ),
    Field(key="required", shape=Shape.SWITCH, label=_("The deal must say it")),
    Field(key="at_least", shape=Shape.EXACT, label=_("At least")),
    Field(key="at_most", shape=Shape.EXACT, label=_("At most")),
    Field(key="note", shape=Shape.PROSE, label=_("Why it is as it is"), is_more=True),
    Field(
        key="doubtful",
        shape=Shape.SWITCH,
        label=_("The source of the default is in doubt"),
        is_more=True,
    ),
    Field(
        key="id",
        shape=Shape.LINE,
        label=_("Short name"),
        help=_("Small letters, digits and hyphens."),
        is_more=True,
    ),
)
