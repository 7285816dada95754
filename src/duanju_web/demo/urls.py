"""Addresses of the demo."""

from django.urls import path

from duanju_web.demo.pages import personas, preparation

urlpatterns = [
    path("", personas.choose_persona, name="choose_persona"),
    path("preparation/", preparation.show_preparation, name="demo_preparation"),
    path("become/", personas.become_persona, name="become_persona"),
]
