"""Who acts."""

from django.contrib.auth.models import AnonymousUser

from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Membership, User


def find_actor(*, user: User | AnonymousUser, organisation_id: int | None) -> Actor:
    """Return the person with the membership chosen in the session, else their first one."""
    if not isinstance(user, User) and not getattr(user, "is_authenticated", False):
        return Actor()
    memberships = Membership.objects.filter(user_id=user.pk).select_related("organisation")
    chosen = (
        memberships.filter(organisation_id=organisation_id).first() if organisation_id else None
    )
    return Actor(user=user, membership=chosen or memberships.order_by("id").first())  # type: ignore[arg-type]
