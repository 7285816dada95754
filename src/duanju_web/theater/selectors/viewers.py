"""Finding viewers."""

from duanju_web.theater.models import Viewer


def device_viewer(viewer_id: int) -> Viewer | None:
    """Return a device's viewer; one that went over to an account opens nothing by a cookie."""
    return Viewer.objects.filter(pk=viewer_id, user=None, merged_into=None).first()


def viewer_of_user(user_id: int) -> Viewer | None:
    """Return an account's viewer, if it has watched anything."""
    return Viewer.objects.filter(user_id=user_id).select_related("user").first()
