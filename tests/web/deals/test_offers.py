"""Offers and their answers: who wins, what is pinned, and what a refusal leaves alone."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connections

from duanju.kernel import Month, Problem
from duanju_web.deals.models import Deal, DealIsFinal, Offer
from duanju_web.deals.selectors import contract_of, deals_in_force, trail_of
from duanju_web.deals.services import (
    OfferDraft,
    accept_offer,
    decline_offer,
    make_offer,
    withdraw_offer,
)
from duanju_web.shared.models import AuditEntry
from tests.support.agreements import (
    EXCLUSIVE,
    HALF_AFTER_FEES,
    SIGNED_AT,
    UNLOCK_SHARE,
    a_deal,
    a_policy,
    a_title_of,
    an_offer,
)
from tests.support.people import an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform():
    return an_actor("platform")


@pytest.fixture
def studio():
    return an_actor("studio")


@pytest.fixture
def title(studio):
    return a_title_of(studio)


def a_draft(studio, chosen, **changes):
    fields = {
        "studio": studio.organisation,
        "policy_version": a_policy(),
        "parameters": EXCLUSIVE,
        "titles": chosen,
        "starts_on": date(2026, 9, 1),
        "ends_on": None,
        "valid_until": date(2026, 9, 30),
    }
    return OfferDraft(**fields | changes)


def codes(found):
    assert isinstance(found, tuple), found
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parameters": {}}, "deals.missing-parameter"),
        ({"parameters": {"rights": "everything"}}, "deals.not-an-option"),
        ({"ends_on": date(2026, 9, 1)}, "deals.ends-before-it-starts"),
        ({"valid_until": date(2026, 8, 19)}, "deals.offer-never-valid"),
        ({"titles": []}, "deals.no-title"),
    ],
)
def test_faulty_draft_is_refused_and_nothing_is_offered(platform, studio, title, changes, code):
    draft = a_draft(studio, [title], **changes)
    trail = AuditEntry.objects.count()
    assert code in codes(make_offer(actor=platform, draft=draft, now=SIGNED_AT))
    assert not Offer.objects.exists()
    assert AuditEntry.objects.count() == trail


def test_title_of_another_studio_is_refused(platform, studio):
    foreign = a_title_of(an_actor("studio"))
    found = make_offer(actor=platform, draft=a_draft(studio, [foreign]), now=SIGNED_AT)
    assert codes(found) == ["deals.title-of-another"]


def test_signing_pins_policy_digest_parameters_and_titles(platform, studio, title):
    deal = a_deal(platform, studio, [title])
    version = a_policy()
    assert (deal.policy_version, deal.policy_digest) == (version, version.digest)
    assert deal.parameters == EXCLUSIVE
    contract = contract_of(deal)
    assert contract.id == deal.number
    assert contract.terms.title_ids == {str(title.pk)}
    assert contract.terms.parties["studio"].id == studio.organisation.slug
    with pytest.raises(DealIsFinal):
        deal.save()
    with pytest.raises(DealIsFinal):
        deal.delete()


def test_both_sides_can_read_who_did_what(platform, studio, title):
    deal = a_deal(platform, studio, [title])
    trail = [(entry.action, entry.organisation) for entry in trail_of(deal.offer)]
    assert trail == [
        ("deals.make-offer", platform.organisation),
        ("deals.accept-offer", studio.organisation),
    ]


def test_accepting_twice_returns_the_same_deal(platform, studio, title):
    offer = an_offer(platform, studio, [title])
    first = accept_offer(actor=studio, offer_id=offer.pk, now=SIGNED_AT)
    assert accept_offer(actor=studio, offer_id=offer.pk, now=SIGNED_AT) == first
    assert Deal.objects.count() == 1


def test_expired_offer_cannot_be_signed(platform, studio, title):
    offer = an_offer(platform, studio, [title])
    late = SIGNED_AT + timedelta(days=15)
    assert codes(accept_offer(actor=studio, offer_id=offer.pk, now=late)) == ["deals.offer-expired"]
    assert not Deal.objects.exists()


def test_answered_offer_cannot_be_answered_again(platform, studio, title):
    offer = an_offer(platform, studio, [title])
    decline_offer(actor=studio, offer_id=offer.pk, reason="No", now=SIGNED_AT)
    assert codes(accept_offer(actor=studio, offer_id=offer.pk, now=SIGNED_AT)) == [
        "deals.offer-already-answered"
    ]
    assert isinstance(withdraw_offer(actor=platform, offer_id=offer.pk, now=SIGNED_AT), Problem)
    offer.refresh_from_db()
    assert (offer.state, offer.reason) == ("declined", "No")


def test_only_its_own_studio_can_sign(platform, studio, title):
    offer = an_offer(platform, studio, [title])
    with pytest.raises(Offer.DoesNotExist):
        accept_offer(actor=an_actor("studio"), offer_id=offer.pk, now=SIGNED_AT)


def test_title_under_a_live_deal_is_refused_naming_both(platform, studio, title):
    rival = an_offer(platform, studio, [title])
    deal = a_deal(platform, studio, [title])
    found = accept_offer(actor=studio, offer_id=rival.pk, now=SIGNED_AT)
    assert codes(found) == ["deals.title-covered"]
    assert found[0].params == {"title": "Night Flight / 夜航", "deal": deal.number}
    rival.refresh_from_db()
    assert rival.state == "offered"
    draft = a_draft(studio, [title])
    assert codes(make_offer(actor=platform, draft=draft, now=SIGNED_AT)) == ["deals.title-covered"]


def test_another_measure_or_other_days_do_not_collide(platform, studio, title):
    a_deal(platform, studio, [title], ends_on=date(2026, 10, 1))
    a_deal(platform, studio, [title], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    a_deal(platform, studio, [title], starts_on=date(2026, 10, 1))
    assert Deal.objects.count() == 3


def test_platform_does_not_learn_of_anothers_deal_but_the_studio_cannot_sign_twice(
    platform, studio, title
):
    a_deal(an_actor("platform"), studio, [title])
    offer = an_offer(platform, studio, [title])
    assert codes(accept_offer(actor=studio, offer_id=offer.pk, now=SIGNED_AT)) == [
        "deals.title-covered"
    ]


def test_deals_in_force_are_those_of_the_days(platform, studio):
    september = a_deal(platform, studio, [a_title_of(studio)], ends_on=date(2026, 10, 1))
    open_end = a_deal(platform, studio, [a_title_of(studio)], starts_on=date(2026, 9, 15))

    def in_force(month):
        return list(deals_in_force(platform=platform.organisation, period=month.period()))

    assert in_force(Month(2026, 9)) == [september, open_end]
    assert in_force(Month(2026, 11)) == [open_end]
    assert in_force(Month(2026, 7)) == []


def at_once(*actions):
    """Run actions in threads of their own that start together; return their answers in order."""
    answers = [None] * len(actions)
    barrier = threading.Barrier(len(actions))

    def run(number):
        barrier.wait()
        try:
            answers[number] = actions[number]()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_an_acceptance_and_a_withdrawal_at_once_one_wins(platform, studio, title):
    offer = an_offer(platform, studio, [title])
    accepted, withdrawn = at_once(
        lambda: accept_offer(actor=studio, offer_id=offer.pk, now=SIGNED_AT),
        lambda: withdraw_offer(actor=platform, offer_id=offer.pk, now=SIGNED_AT),
    )
    offer.refresh_from_db()
    assert isinstance(accepted, Deal) is isinstance(withdrawn, Problem)
    assert offer.state == ("accepted" if isinstance(accepted, Deal) else "withdrawn")
    assert Deal.objects.count() == isinstance(accepted, Deal)


@pytest.mark.django_db(transaction=True)
def test_of_two_acceptances_of_the_same_title_at_once_one_wins(platform, studio, title):
    first, second = (an_offer(platform, studio, [title]) for _ in range(2))
    answers = at_once(
        *(
            lambda pk=offer.pk: accept_offer(actor=studio, offer_id=pk, now=SIGNED_AT)
            for offer in (first, second)
        )
    )
    assert sorted(isinstance(answer, Deal) for answer in answers) == [False, True]
    assert Deal.objects.count() == 1
