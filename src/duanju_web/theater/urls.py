"""Addresses of the theater."""

from django.urls import URLPattern, URLResolver, path

from duanju_web.theater.api import api
from duanju_web.theater.pages import events, kept_apart, media, stage, taken_back, titles, wallet

urlpatterns: list[URLPattern | URLResolver] = [
    path("", stage.feed, name="theater"),
    path("watch/<slug:slug>/<int:number>/", stage.watch, name="theater_watch"),
    path("titles/", titles.browse, name="theater_titles"),
    path("titles/<slug:slug>/", titles.detail, name="theater_title"),
    path("posters/<slug:slug>/", titles.poster, name="theater_poster"),
    path("wallet/", wallet.wallet, name="theater_wallet"),
    path("wallet/buy/", wallet.buy, name="theater_wallet_buy"),
    path("wallet/rules/", wallet.rules, name="theater_wallet_rules"),
    path("media/<str:token>/<path:path>", media.media, name="theater_media"),
    path("events", events.events, name="theater_events"),
    # Read on the way to a close, so its address is one of the month's.
    path(
        "settlement/months/<str:period>/kept-apart/",
        kept_apart.kept_apart,
        name="events_kept_apart",
    ),
    path(
        "settlement/months/<str:period>/taken-back/",
        taken_back.taken_back,
        name="plays_taken_back",
    ),
    path(
        "settlement/months/<str:period>/taken-back/undo/",
        taken_back.count_again,
        name="plays_count_again",
    ),
    path("api/", api.urls),
]
