"""Addresses of the pages of scripts."""

from django.urls import path

from duanju_web.screenplays.pages import scripts

urlpatterns = [
    path("", scripts.scripts, name="scripts"),
    path("<int:script_id>/", scripts.script, name="script"),
    path("<int:script_id>/versions", scripts.bring_version, name="bring_script_version"),
    path("<int:script_id>/episodes/<int:place>/", scripts.read, name="script_lines"),
    path("<int:script_id>/as/<slug:form>", scripts.download, name="script_as"),
]
