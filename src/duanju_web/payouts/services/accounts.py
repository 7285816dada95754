"""Entering a bank account, and stopping its change."""

import hashlib
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from duanju.kernel import Problem, Text
from duanju.settlement import PayoutAccount, check_payout_account
from duanju_web.payouts.mapping.payouts import account_of
from duanju_web.payouts.models import BankAccount, BankAccountStop
from duanju_web.payouts.selectors.accounts import receiving_account, waiting_account
from duanju_web.payouts.services.second_factor import check_second_factor
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Membership, Organisation, Role
from duanju_web.shared.services import record_audit
from duanju_web.shared.services.mailing import mail_in_both_languages


def enter_bank_account(
    *,
    actor: Actor,
    currency: str,
    account: PayoutAccount,
    contact_email: str,
    code: str,
    token: str,
    link: str,
    now: datetime,
) -> BankAccount | tuple[Problem, ...]:
    """Enter where an organisation is paid in a currency.

    The first account of a currency holds at once. Another one holds after
    `BANK_ACCOUNT_WAIT_DAYS`; until then the old one receives, and the contacts of both, and every
    owner, have a mail with a link that stops it.

    Args:
        actor: An owner of the organisation.
        currency: ISO 4217 code.
        account: Which.
        contact_email: Who is told of changes, now and later.
        code: What the owner's authenticator app shows.
        token: A secret that the caller drew; only its digest is kept.
        link: The address in the mail at which the change is stopped; holds the token.
        now: The time, aware.

    Returns:
        The account; or why not, and then nothing was changed.
    """
    assert actor.user is not None
    if problems := check_payout_account(account):
        return tuple(problems)
    if refused := check_second_factor(actor.user, code):
        return refused
    return keep_bank_account(
        actor=actor,
        currency=currency,
        account=account,
        contact_email=contact_email,
        token=token,
        link=link,
        now=now,
    )


@transaction.atomic
def keep_bank_account(
    *,
    actor: Actor,
    currency: str,
    account: PayoutAccount,
    contact_email: str,
    token: str,
    link: str,
    now: datetime,
) -> BankAccount | tuple[Problem, ...]:
    """Keep an account that was checked, as `enter_bank_account` does after the second factor."""
    assert actor.organisation is not None
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation.pk)
    if waiting_account(organisation, currency=currency, now=now) is not None:
        return (Problem("payouts.change-waits"),)
    old = receiving_account(organisation, currency=currency, now=now)
    if old is not None and account_of(old) == account and old.contact_email == contact_email:
        return old
    wait = timedelta(days=settings.BANK_ACCOUNT_WAIT_DAYS) if old else timedelta()
    new = BankAccount.objects.create(
        organisation=organisation,
        currency=currency,
        contact_email=contact_email,
        entered_by=actor.user,
        entered_at=now,
        starts_at=now + wait,
        token_digest=hashlib.sha256(token.encode()).hexdigest(),
        **asdict(account),
    )
    record_audit(
        actor=actor,
        action="payouts.enter-bank-account",
        target=new,
        before=_shown(old) if old else None,
        after=_shown(new),
        now=now,
    )
    if old is not None:
        _tell(organisation, old, new, link)
    return new


@transaction.atomic
def stop_bank_account(
    *, actor: Actor, account: BankAccount, now: datetime
) -> BankAccountStop | tuple[Problem, ...]:
    """Stop a change before it holds; the old account goes on receiving.

    Args:
        actor: A member of the organisation, or nobody: whoever has the link from the mail.
        account: The one that would receive.
        now: The time, aware.

    Returns:
        What was stopped; stopped again it is the same.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=account.organisation_id)
    known = BankAccountStop.objects.filter(account=account).first()
    if known is not None:
        return known
    if account.starts_at <= now:
        return (Problem("payouts.change-cannot-be-stopped"),)
    stop = BankAccountStop.objects.create(account=account, stopped_by=actor.user, stopped_at=now)
    # Whoever has the link need not be logged in; the trail is the organisation's all the same.
    of_organisation = Membership(organisation=account.organisation)
    record_audit(
        actor=Actor(actor.user, actor.membership or of_organisation),
        action="payouts.stop-bank-account",
        target=account,
        before=_shown(account),
        after={"stopped": True},
        now=now,
    )
    return stop


def _shown(account: BankAccount) -> dict[str, object]:
    """Return what the audit log says of an account: never its whole number."""
    return {
        "currency": account.currency,
        "holder": account.holder,
        "account": account_of(account).masked,
        "bank": account.bic or account.clearing_member,
        "contact": account.contact_email,
        "starts_at": account.starts_at.isoformat(),
    }


def _tell(organisation: Organisation, old: BankAccount, new: BankAccount, link: str) -> None:
    """Send the link that stops a change to both contacts and all owners, once it is kept."""
    owners = organisation.memberships.filter(role=Role.OWNER)
    to = {old.contact_email, new.contact_email, *owners.values_list("user__email", flat=True)}
    named = {
        "organisation": Text(organisation.name),
        "old": account_of(old).masked,
        "new": account_of(new).masked,
        "currency": new.currency,
        "day": new.starts_at.date().isoformat(),
    }
    mail_in_both_languages(
        sorted(to),
        subject=_("The bank account of %(organisation)s is to change"),
        text=_(
            "From %(day)s on, payouts in %(currency)s go to the account %(new)s instead of "
            "%(old)s. If nobody of you wants that, open this link and stop it:"
        ),
        told=named,
        link=link,
    )
