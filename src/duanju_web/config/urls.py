"""Which app answers which address."""

from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("duanju_web.shared.urls")),
]

for prefix, app in [
    ("studio/", "productions"),
    ("", "deals"),
    ("settlement/", "settlement"),
    ("", "theater"),
]:
    if find_spec(f"duanju_web.{app}.urls"):
        urlpatterns.append(path(prefix, include(f"duanju_web.{app}.urls")))

if settings.DEMO and apps.is_installed("duanju_web.demo"):
    urlpatterns.append(path("demo/", include("duanju_web.demo.urls")))
