"""The builder's forms for one clause and for one parameter."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from duanju_web.deals.mapping.fields import CLAUSE_KINDS, PARAMETER_FIELDS, Field, fields_of
from duanju_web.deals.models import PolicyDraft
from duanju_web.deals.pages.building import draw_controls, read_fields, told
from duanju_web.deals.pages.building.changing import (
    apply_action,
    fill_options,
    hang_on_new_parameters,
    name_rows,
)
from duanju_web.deals.pages.building.drafting import (
    live_panel,
    rename_everywhere,
    surroundings,
    texts_of,
)
from duanju_web.deals.pages.building.names import id_from
from duanju_web.deals.pages.building.saving import Saved, go_back, respond, saved
from duanju_web.deals.selectors import drafts_of
from duanju_web.shared.permissions import acting_as

WRITERS = ("producer",)


@acting_as("platform", roles=WRITERS)
def draft_clause(request: HttpRequest, draft_id: int, index: int) -> HttpResponse:
    """Show the form of one clause, and save what is written in it."""
    found = _own(request, draft_id)
    data = found.data
    clause = _part(data, "clause", index)
    fields = fields_of(clause["kind"])
    done = None
    if request.method == "POST":
        written = {"kind": clause["kind"], **read_fields(fields, request.POST)}
        done = _write(request, found, data, ("clause", index), fields, written)
        if done.leaves:
            return go_back(request, found)
        found, data = done.draft, done.data
        clause = _part(data, "clause", index)
    panel = live_panel(request, data)
    around = surroundings(data, panel["problems_by_path"], f"clause.{index}", clause=index)
    controls = draw_controls(fields, clause, around)
    context = {
        "draft": found,
        "index": index,
        "part": clause,
        "name": told(clause.get("title")) or clause.get("id", ""),
        "kind": CLAUSE_KINDS[clause["kind"]],
        "words_first": True,
        "controls": controls,
        "rest": [own for several in around.problems.values() for own in several],
        **panel,
        "explained": [own for own in panel["explained"] if own.id == clause.get("id")],
        "is_explained": bool(panel["explained"]),
    }
    return respond(request, "deals/building/part.html", context, done)


@acting_as("platform", roles=WRITERS)
def draft_parameter(request: HttpRequest, draft_id: int, index: int) -> HttpResponse:
    """Show the form of one thing that a deal fills in, and save what is written in it."""
    found = _own(request, draft_id)
    data = found.data
    parameter = _part(data, "parameter", index)
    fields = _fields_of_parameter(parameter)
    done = None
    if request.method == "POST":
        written = read_fields(fields, request.POST)
        done = _write(request, found, data, ("parameter", index), fields, written)
        if done.leaves:
            return go_back(request, found)
        found, data = done.draft, done.data
        parameter = _part(data, "parameter", index)
        fields = _fields_of_parameter(parameter)
    panel = live_panel(request, data)
    around = surroundings(data, panel["problems_by_path"], f"parameter.{index}")
    controls = draw_controls(fields, parameter, around)
    context = {
        "draft": found,
        "index": index,
        "part": parameter,
        "name": told(parameter.get("title")) or parameter.get("id", ""),
        "kind": None,
        "controls": controls,
        "rest": [own for several in around.problems.values() for own in several],
        **panel,
    }
    return respond(request, "deals/building/part.html", context, done)


def _write(
    request: HttpRequest,
    found: PolicyDraft,
    data: dict[str, Any],
    place: tuple[str, int],
    fields: tuple[Field, ...],
    written: dict[str, Any],
) -> Saved:
    """Put what was written in its place, do what the pressed button says, and save all."""
    key, index = place
    before = data[key][index]
    action = request.POST.get("do", "")
    parameters = data.setdefault("parameter", [])
    is_other_form = apply_action(fields, written, action)
    is_other_form |= hang_on_new_parameters(fields, written, parameters, texts_of(written))
    is_other_form |= fill_options(fields, written, parameters)
    name_rows(written)
    taken = {str(own.get("id")) for number, own in enumerate(data[key]) if number != index}
    if not written.get("id") or written["id"] in taken:
        written["id"] = id_from(texts_of(written)[0], taken, key)
    data[key][index] = written
    if before.get("id") and before["id"] != written["id"]:
        rename_everywhere(data, key, before["id"], written["id"])
    return saved(
        request,
        found,
        data,
        fields=fields,
        place=written,
        action=action,
        is_other_form=is_other_form or _asks_otherwise(before, written),
    )


def _asks_otherwise(before: dict[str, Any], written: dict[str, Any]) -> bool:
    """Tell whether the form must be drawn anew: a table came or went, a word decides its fields."""
    return _outline(before) != _outline(written)


def _outline(value: object) -> object:
    if isinstance(value, dict):
        kept = {key: _outline(own) for key, own in value.items() if isinstance(own, dict | list)}
        return kept | {key: value[key] for key in ("kind", "parameter") if key in value}
    if isinstance(value, list):
        return [_outline(own) for own in value if isinstance(own, dict)]
    return None


def _fields_of_parameter(parameter: dict[str, Any]) -> tuple[Field, ...]:
    is_choice = parameter.get("kind") == "choice"
    hidden = {"at_least", "at_most"} if is_choice else {"options"}
    return tuple(own for own in PARAMETER_FIELDS if own.key not in hidden)


def _own(request: HttpRequest, draft_id: int) -> PolicyDraft:
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    return get_object_or_404(drafts_of(organisation), pk=draft_id)


def _part(data: dict[str, Any], key: str, index: int) -> dict[str, Any]:
    parts = data.get(key, [])
    if index >= len(parts):
        raise Http404
    part: dict[str, Any] = parts[index]
    return part
