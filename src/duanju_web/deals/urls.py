"""Addresses of policies, offers and deals."""

from django.urls import path

from duanju_web.deals.pages import deals, offers, policies

urlpatterns = [
    path("policies/", policies.library, name="policies"),
    path("policies/<slug:policy_id>/<int:version>/", policies.policy, name="policy"),
    path("deals/", deals.deals, name="deals"),
    path("deals/<int:deal_id>/", deals.deal, name="deal"),
    path("deals/offers/", offers.offers, name="offers"),
    path("deals/offers/new/", offers.new_offer, name="new_offer"),
    path("deals/offers/<int:offer_id>/", offers.offer, name="offer"),
    path("deals/offers/<int:offer_id>/accept/", offers.accept, name="accept_offer"),
    path("deals/offers/<int:offer_id>/decline/", offers.decline, name="decline_offer"),
    path("deals/offers/<int:offer_id>/withdraw/", offers.withdraw, name="withdraw_offer"),
]
