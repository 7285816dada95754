"""Addresses of people and organisations."""

from django.urls import include, path

from duanju_web.shared.pages import home, switching

urlpatterns = [
    path("home/", home.home, name="home"),
    path(
        "organisations/<int:organisation_id>/act/",
        switching.switch_organisation,
        name="switch_organisation",
    ),
    path("language/", include("django.conf.urls.i18n")),
]
