"""Which room answers which address."""

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("studio/", include("duanju_web.productions.urls")),
    path("library/", include("duanju_web.library.urls")),
    path("scripts/", include("duanju_web.screenplays.urls")),
    path("settlement/", include("duanju_web.settlement.urls")),
    path("payouts/", include("duanju_web.payouts.urls")),
    path("", include("duanju_web.shared.urls")),
    path("", include("duanju_web.deals.urls")),
    path("", include("duanju_web.theater.urls")),
]

if settings.DEMO and apps.is_installed("duanju_web.demo"):
    urlpatterns.append(path("demo/", include("duanju_web.demo.urls")))
