"""Addresses of policies, offers and deals."""

from django.urls import path

from duanju_web.deals.pages import (
    agreements,
    amendments,
    comparing,
    deals,
    differences,
    draft_parts,
    drafts,
    facts,
    offers,
    policies,
)

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
    path(
        "policies/<slug:policy_id>/<int:version>/agreement.pdf",
        agreements.policy_agreement,
        name="policy_agreement",
    ),
    path(
        "policies/<slug:policy_id>/<int:version>/download/",
        policies.download,
        name="download_policy",
    ),
    path(
        "policies/<slug:policy_id>/compare/<int:before>/<int:after>/",
        differences.compare_two,
        name="compare_versions",
    ),
    path("deals/compare/", comparing.comparison, name="compare_terms"),
    path("deals/simulate/", comparing.simulation, name="simulate_terms"),
    path("deals/", deals.deals, name="deals"),
    path("deals/<int:deal_id>/", deals.deal, name="deal"),
    path("deals/<int:deal_id>/agreement.pdf", agreements.deal_agreement, name="deal_agreement"),
    path("deals/<int:deal_id>/facts/", facts.facts, name="deal_facts"),
    path("deals/<int:deal_id>/facts/upload/", facts.upload, name="upload_facts"),
    path("deals/<int:deal_id>/facts/confirm/", facts.confirm, name="confirm_facts"),
    path("deals/<int:deal_id>/facts/template/", facts.template, name="facts_template"),
    path("deals/<int:deal_id>/amendments/new/", amendments.new_amendment, name="new_amendment"),
    path("deals/amendments/<int:amendment_id>/", amendments.amendment, name="amendment"),
    path(
        "deals/amendments/<int:amendment_id>/accept/",
        amendments.accept,
        name="accept_amendment",
    ),
    path(
        "deals/amendments/<int:amendment_id>/decline/",
        amendments.decline,
        name="decline_amendment",
    ),
    path(
        "deals/amendments/<int:amendment_id>/withdraw/",
        amendments.withdraw,
        name="withdraw_amendment",
    ),
    path("deals/offers/", offers.offers, name="offers"),
    path("deals/offers/new/", offers.new_offer, name="new_offer"),
    path("deals/offers/<int:offer_id>/", offers.offer, name="offer"),
    path(
        "deals/offers/<int:offer_id>/agreement.pdf",
        agreements.offer_agreement,
        name="offer_agreement",
    ),
    path("deals/offers/<int:offer_id>/accept/", offers.accept, name="accept_offer"),
    path("deals/offers/<int:offer_id>/decline/", offers.decline, name="decline_offer"),
    path("deals/offers/<int:offer_id>/withdraw/", offers.withdraw, name="withdraw_offer"),
]
