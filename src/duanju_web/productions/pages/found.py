"""Finding what a request is about; what belongs to another studio does not exist."""

import uuid

from django.http import Http404, HttpRequest

from duanju_web.productions.models import Episode, Title, Upload
from duanju_web.productions.selectors import episodes_of, find_title_of, find_upload_of
from duanju_web.shared.permissions import may_act

MAKERS = ("producer",)
"""Roles, besides the owner, that may change titles."""


def own_title(request: HttpRequest, slug: str) -> Title:
    """Return the acting studio's title of this slug, or answer 404."""
    title = find_title_of(request.actor.organisation, slug)
    if title is None:
        raise Http404
    return title


def own_episode(request: HttpRequest, slug: str, number: int) -> Episode:
    """Return an episode of the acting studio's title, or answer 404."""
    episode = episodes_of(own_title(request, slug)).filter(number=number).first()
    if episode is None:
        raise Http404
    return episode


def own_upload(request: HttpRequest, upload_id: uuid.UUID) -> Upload:
    """Return an upload to one of the acting studio's titles, or answer 404."""
    upload = find_upload_of(request.actor.organisation, upload_id)
    if upload is None:
        raise Http404
    return upload


def may_change(request: HttpRequest) -> bool:
    """Tell whether the person may change the studio's titles."""
    return may_act(request.actor, kinds=("studio",), roles=MAKERS)
