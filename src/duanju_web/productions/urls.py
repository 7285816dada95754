"""Addresses of the studio's pages."""

from django.urls import path
from django.views.generic import RedirectView

from duanju_web.productions.pages import episodes, titles, uploads

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="studio_titles")),
    path("titles/", titles.titles, name="studio_titles"),
    path("titles/new", titles.new_title, name="new_title"),
    path("titles/<slug:slug>/", titles.title, name="studio_title"),
    path("titles/<slug:slug>/edit", titles.edit_title, name="edit_title"),
    path("titles/<slug:slug>/poster", titles.poster, name="studio_poster"),
    path("titles/<slug:slug>/publish", titles.publish, name="publish_title"),
    path("titles/<slug:slug>/unpublish", titles.unpublish, name="unpublish_title"),
    path("titles/<slug:slug>/progress", episodes.progress, name="episode_progress"),
    path("titles/<slug:slug>/order", episodes.order, name="episode_order"),
    path("titles/<slug:slug>/episodes/<int:number>/retry", episodes.retry, name="retry_episode"),
    path("titles/<slug:slug>/episodes/<int:number>/delete", episodes.delete, name="delete_episode"),
    path("titles/<slug:slug>/uploads", uploads.uploads, name="uploads"),
    path("uploads/<uuid:upload_id>", uploads.upload, name="upload"),
    path("uploads/<uuid:upload_id>/discard", episodes.discard, name="discard_upload"),
]
