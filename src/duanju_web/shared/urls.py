"""Addresses of people and organisations."""

from django.conf import settings
from django.urls import include, path

from duanju_web.shared.pages import about, audit, home, invitations, members, style, switching

urlpatterns = [
    path("home/", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("organisations/", members.organisation, name="organisation"),
    path("organisations/new/", members.found, name="found_organisation"),
    path("organisations/invite/", invitations.invite, name="invite_member"),
    path("organisations/join/<str:token>/", invitations.accept, name="accept_invitation"),
    path("organisations/members/<int:membership_id>/role/", members.role, name="change_role"),
    path("organisations/members/<int:membership_id>/remove/", members.remove, name="remove_member"),
    path("organisations/audit/", audit.audit_log, name="audit_log"),
    path(
        "organisations/<int:organisation_id>/act/",
        switching.switch_organisation,
        name="switch_organisation",
    ),
    path("language/", include("django.conf.urls.i18n")),
]

if settings.DEMO:
    urlpatterns.append(path("style/", style.style, name="style"))
