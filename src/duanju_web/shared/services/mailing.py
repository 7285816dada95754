"""Mails that tell people something; in both languages, for nobody says in which they read mail."""

import logging
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise

from duanju.kernel import Text
from duanju_web.shared.models import Organisation, Role

_log = logging.getLogger(__name__)
SEPARATOR = "\n\n— — —\n\n"
Told = str | int | Text | Promise


def tell_people(
    organisation: Organisation,
    *,
    roles: Iterable[Role],
    subject: Promise,
    text: Promise,
    told: Mapping[str, Told],
    link: str,
) -> None:
    """Mail an organisation's people of some roles, each by a mail of their own.

    It goes out once the transaction is committed, and not at all if it is not. A mail that cannot
    be sent is logged and undoes nothing: what it tells stands on the pages, too.

    Args:
        organisation: Whose people.
        roles: Only theirs.
        subject: Of one line, as a lazy translation.
        text: What is told, as a lazy translation; never an amount, for mails are read by others.
        told: What both name, by name.
        link: The page's address; empty where there is none to give.
    """
    found = organisation.memberships.filter(role__in=list(roles))
    addresses = sorted(set(found.values_list("user__email", flat=True)))
    mail_in_both_languages(addresses, subject=subject, text=text, told=told, link=link)


def mail_in_both_languages(
    addresses: Iterable[str],
    *,
    subject: Promise,
    text: Promise,
    told: Mapping[str, Told],
    link: str,
) -> None:
    """Mail some addresses, each by a mail of its own, as `tell_people` does."""
    subjects, bodies = [], []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said = {name: _in_words(value, code) for name, value in told.items()}
            subjects.append(str(subject) % said)
            bodies.append(str(text) % said + (f"\n\n{link}" if link else ""))
    title, body = " · ".join(subjects), SEPARATOR.join(bodies) + "\n"
    mails = [EmailMessage(title, body, None, [address]) for address in addresses]
    transaction.on_commit(lambda: _send(mails))


def page_address(path: str) -> str:
    """Return the whole address of a page, or nothing where the installation names no host."""
    return f"{settings.SITE_ADDRESS}{path}" if settings.SITE_ADDRESS else ""


def _in_words(value: Told, language: str) -> str | int:
    if isinstance(value, Text):
        return value.in_language(language)
    return value if isinstance(value, int) else str(value)


def _send(mails: Iterable[EmailMessage]) -> None:
    for mail in mails:
        try:
            mail.send()
        except OSError:
            _log.exception("a mail to %s could not be sent", mail.to)
