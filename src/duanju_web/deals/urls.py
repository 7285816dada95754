"""Addresses of policies, offers and deals."""

from django.urls import path

from duanju_web.deals.pages import deals, draft_parts, drafts, offers, policies

urlpatterns = [
    path("policies/", policies.library, name="policies"),
    path("policies/build/", drafts.drafts, name="drafts"),
    path("policies/build/<int:draft_id>/", drafts.draft, name="draft"),
    path("policies/build/<int:draft_id>/add/", drafts.choose_clause, name="choose_clause"),
    path("policies/build/<int:draft_id>/figures/", drafts.figures, name="draft_figures"),
    path("policies/build/<int:draft_id>/download/", drafts.download_draft, name="download_draft"),
    path("policies/build/<int:draft_id>/publish/", drafts.publish, name="publish_draft"),
    path("policies/build/<int:draft_id>/discard/", drafts.discard, name="discard_draft"),
    path(
        "policies/build/<int:draft_id>/clauses/<int:index>/",
        draft_parts.draft_clause,
        name="draft_clause",
    ),
    path(
        "policies/build/<int:draft_id>/parameters/<int:index>/",
        draft_parts.draft_parameter,
        name="draft_parameter",
    ),
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
