"""Partners are told by mail of a month that they may look at, and both sides of a dispute."""

import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from duanju.settlement import DisputeAction
from duanju_web.settlement.models import Dispute, MonthStep, ProvisionalStatement
from duanju_web.settlement.services import push_month, soft_close_month
from tests.support.agreements import OCTOBER_5, SEPTEMBER_NOON, a_deal, a_title_of, watched
from tests.support.people import a_member_of, an_actor
from tests.web.settlement.test_disputes import raised, say
from tests.web.settlement.test_stages import do, rules, softly_closed

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio(platform):
    own = an_actor("studio")
    title = a_title_of(own)
    a_deal(platform, own, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    return own


@pytest.fixture
def told(django_capture_on_commit_callbacks) -> Any:
    """Do something and return whom it told, with the mails."""

    def doing(step: Any, *arguments: Any, **more: Any) -> tuple[list[str], list[Any]]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step(*arguments, **more)
        return sorted(own.to[0] for own in mail.outbox), list(mail.outbox)

    return doing


def test_partners_are_told_when_a_month_is_opened_to_them(platform, studio, told):
    accountant = a_member_of(studio.organisation, role="accountant")
    a_member_of(studio.organisation, role="producer")
    an_actor("studio")
    rules(platform)
    assert told(do, push_month, platform, OCTOBER_5)[0] == []
    to, mails = told(do, soft_close_month, platform, OCTOBER_5)
    assert to == sorted([studio.user.email, accountant.user.email])
    name = platform.organisation.name
    own = mails[0]
    subjects = own.subject.split(" · ")
    assert subjects == [
        f"{name['en']}: your figures of 2026-09",
        f"{name['zh-Hans']}：贵方 2026-09 的数据",
    ]
    assert "until the end of 2026-10-15 lines can be disputed" in own.body
    assert "2026-10-15 结束前" in own.body
    assert own.body.count("https://duanju.invalid/settlement/statements/") == 2
    assert "15.00" not in own.body
    assert "1500" not in own.body
    assert told(do, soft_close_month, platform, OCTOBER_5)[0] == []


def test_each_side_of_a_dispute_is_told_what_the_other_says(platform, studio, told):
    softly_closed(platform)
    shown = ProvisionalStatement.objects.get()
    to, (own,) = told(raised, shown, studio)
    assert to == [platform.user.email]
    assert "disputes a line of 2026-09." in own.body
    assert "Ten hours lack." not in own.body
    assert told(raised, shown, studio)[0] == []
    dispute = Dispute.objects.get()
    to, (own,) = told(say, dispute, DisputeAction.ASK, platform, request="a")
    assert to == [studio.user.email]
    assert f"in dispute {dispute.number} of 2026-09." in own.body
    assert f"https://duanju.invalid/settlement/disputes/{dispute.pk}/" in own.body
    assert told(say, dispute, DisputeAction.ANSWER, studio, request="b")[0] == [platform.user.email]
    assert told(say, dispute, DisputeAction.CONTEST, studio, request="c")[0] == []


def test_a_mail_server_that_is_down_undoes_no_step(
    platform, studio, told, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_arguments: Any) -> int:
        raise smtplib.SMTPServerDisconnected("down")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    rules(platform)
    do(push_month, platform, OCTOBER_5)
    assert told(do, soft_close_month, platform, OCTOBER_5)[0] == []
    assert MonthStep.objects.filter(stage="soft_closed").count() == 1
