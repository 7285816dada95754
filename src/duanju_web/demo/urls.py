"""Addresses of the demo."""

from django.urls import path

from duanju_web.demo.pages import personas

urlpatterns = [
    path("", personas.choose_persona, name="choose_persona"),
    path("become/", personas.become_persona, name="become_persona"),
]
