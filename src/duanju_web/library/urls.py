"""Addresses of the library's pages."""

from django.urls import path

from duanju_web.library.pages import works

urlpatterns = [
    path("", works.works, name="works"),
    path("works/<int:work_id>/", works.work, name="work"),
    path("tables/", works.imports, name="work_imports"),
    path("tables/<int:import_id>/", works.work_import, name="work_import"),
    path("tables/<int:import_id>/accept", works.accept, name="accept_works"),
]
