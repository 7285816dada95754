"""A platform's batches: proposed, approved, fetched as files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju.adapters.payments import payments_as_csv, payments_as_pain
from duanju.kernel import Problem
from duanju.settlement import PayoutState
from duanju_web.payouts.mapping.payouts import account_of, batch_of, profile_of
from duanju_web.payouts.models import BatchState, PayoutBatchRecord
from duanju_web.payouts.pages.accounts import missing_and_waiting
from duanju_web.payouts.pages.forms import BatchForm, RuleForm
from duanju_web.payouts.pages.own import own_payouts
from duanju_web.payouts.pages.words import CHARACTERS, STATES, in_words
from duanju_web.payouts.selectors.batches import (
    batches_of,
    counts_in,
    currencies_due,
    due_of_platform,
    find_batch,
    names_of_left_out,
    payouts_in,
    rule_of,
    rules_of,
    today_of,
)
from duanju_web.payouts.services import approve_batch, change_rule, propose_batch, withdraw_batch
from duanju_web.shared.actor import Actor
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import put_in_words

BATCHES_A_PAGE = 20
PAYOUTS_A_PAGE = 50
LEFT_OUT_A_PAGE = 50
ACCOUNTANTS = ("accountant",)


@acting_as()
def payouts(request: HttpRequest) -> HttpResponse:
    """Show a platform its batches, and everybody else what they are paid."""
    if request.actor.kind != "platform":  # type: ignore[attr-defined]
        return own_payouts(request)
    return _show_batches(request)


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Propose to pay all that is due in a currency."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assert actor.organisation is not None
    now = timezone.now()
    currencies = currencies_due(actor.organisation)
    today = today_of(actor.organisation, now)
    form = BatchForm(request.POST, currencies=currencies, today=today)
    if not form.is_valid():
        return _show_batches(request, form=form, refused=True)
    made = propose_batch(actor=actor, now=now, **form.cleaned_data)
    if isinstance(made, PayoutBatchRecord):
        messages.success(request, _("The batch waits for approval; nothing has moved."))
        return redirect("payout_batch", made.pk)
    return _show_batches(request, form=form, problems=made, refused=True)


def _show_batches(
    request: HttpRequest,
    *,
    form: BatchForm | None = None,
    problems: tuple[Problem, ...] = (),
    refused: bool = False,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    platform = actor.organisation
    assert platform is not None
    now = timezone.now()
    currencies = currencies_due(platform)
    due = {code: due_of_platform(platform, code) for code in currencies}
    page = Paginator(batches_of(platform), BATCHES_A_PAGE).get_page(request.GET.get("page"))
    missing, waiting = missing_and_waiting(platform, currencies=currencies, now=now)
    context = {
        "page": page,
        "due": {
            code: (sum(own.values()), sum(1 for amount in own.values() if amount > 0))
            for code, own in due.items()
        },
        "form": form or BatchForm(currencies=currencies, today=today_of(platform, now)),
        "problems": [put_in_words(own) for own in problems],
        "missing": missing,
        "waiting": waiting,
        "may_pay": may_act(actor, roles=ACCOUNTANTS),
    }
    return render(request, "payouts/batches.html", context, status=422 if refused else 200)


@acting_as("platform")
def batch(request: HttpRequest, batch_pk: int) -> HttpResponse:
    """Show a batch with its payouts and with who is left out."""
    return _show_batch(request, _own(request, batch_pk))


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def approve(request: HttpRequest, batch_pk: int) -> HttpResponse:
    """Approve a batch; its money is held."""
    own = _own(request, batch_pk)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    done = approve_batch(actor=actor, batch_pk=own.pk, now=timezone.now())
    if isinstance(done, PayoutBatchRecord):
        messages.success(request, _("Approved: the money is held, and the file can be fetched."))
        return redirect("payout_batch", own.pk)
    return _show_batch(request, own, problems=done)


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def withdraw(request: HttpRequest, batch_pk: int) -> HttpResponse:
    """Withdraw a batch that waits."""
    own = _own(request, batch_pk)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    done = withdraw_batch(actor=actor, batch_pk=own.pk, now=timezone.now())
    if isinstance(done, PayoutBatchRecord):
        messages.success(request, _("Withdrawn: what it was to pay can be proposed again."))
        return redirect("payout_batch", own.pk)
    return _show_batch(request, own, problems=done)


def _show_batch(
    request: HttpRequest, own: PayoutBatchRecord, *, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = Paginator(payouts_in(own), PAYOUTS_A_PAGE).get_page(request.GET.get("page"))
    rule = rule_of(own.platform, own.currency)
    is_proposer = actor.user is not None and actor.user.pk == own.proposed_by_id
    counts = counts_in(own)
    context = {
        "batch": own,
        "page": page,
        "payouts": [in_words(row, batch_state=own.state) for row in page],
        "debtor": account_of(own.debtor).masked,
        "counts": [(STATES[state][0], *counts[state]) for state in PayoutState if counts[state][0]],
        "left_out": names_of_left_out(own, limit=LEFT_OUT_A_PAGE),
        "left_out_count": len(own.left_out),
        "problems": [put_in_words(found) for found in problems],
        "needs_another": is_proposer and own.total_minor > rule.second_person_above_minor,
        "may_pay": may_act(actor, roles=ACCOUNTANTS),
    }
    return render(request, "payouts/batch.html", context, status=422 if problems else 200)


@acting_as("platform", roles=ACCOUNTANTS)
def pain(request: HttpRequest, batch_pk: int) -> StreamingHttpResponse:
    """Give an approved batch as ISO 20022, the same bytes each time."""
    own = _approved(request, batch_pk)
    assert own.approved_at is not None
    pieces = payments_as_pain(
        batch_of(own, payouts_in(own)), created_at=own.approved_at, profile=profile_of(own)
    )
    answer = StreamingHttpResponse(pieces, content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{own.batch_id}.xml"'
    return answer


@acting_as("platform", roles=ACCOUNTANTS)
def csv(request: HttpRequest, batch_pk: int) -> StreamingHttpResponse:
    """Give an approved batch as a table."""
    own = _approved(request, batch_pk)
    rows = payments_as_csv(batch_of(own, payouts_in(own)), profile=profile_of(own))
    answer = StreamingHttpResponse(
        (row.encode() for row in rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{own.batch_id}.csv"'
    return answer


@acting_as("platform", roles=ACCOUNTANTS)
def rules(request: HttpRequest) -> HttpResponse:
    """Show what holds for batches, and let an owner change it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assert actor.organisation is not None
    may_change = may_act(actor, roles=("owner",))
    form = RuleForm(request.POST or None)
    if request.method == "POST":
        if not may_change:
            raise Http404
        if form.is_valid():
            said = form.cleaned_data
            change_rule(
                actor=actor,
                currency=said["currency"],
                second_person_above_minor=said["second_person_above_minor"],
                characters=said["characters"],
                version=said["version"],
                now=timezone.now(),
            )
            messages.success(request, _("The rule is kept."))
            return redirect("payout_rules")
    characters = dict(CHARACTERS)
    context = {
        "form": form if may_change else None,
        "rules": [(own, characters[own.characters]) for own in rules_of(actor.organisation)],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "payouts/rules.html", context, status=status)


def _own(request: HttpRequest, batch_pk: int) -> PayoutBatchRecord:
    own = find_batch(request.actor.organisation, batch_pk)  # type: ignore[attr-defined]
    if own is None:
        raise Http404
    return own


def _approved(request: HttpRequest, batch_pk: int) -> PayoutBatchRecord:
    own = _own(request, batch_pk)
    if own.state != BatchState.APPROVED:
        raise Http404
    return own
