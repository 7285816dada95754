"""Media of one episode, to who holds a token for it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from duanju.kernel import Problem
from duanju_web.shared.problems import put_in_words
from duanju_web.theater.grants import GrantExpired, InvalidGrant, read_media_grant
from duanju_web.theater.media_files import file_below, serve_file
from duanju_web.theater.selectors import media_folder
from duanju_web.theater.viewing import time_ms

MEDIA_CACHE = "private, max-age=14400, immutable"


@require_safe
def media(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """Serve a file below the folder that the token is for, whole or in ranges."""
    try:
        grant = read_media_grant(token, now_ms=time_ms(timezone.now()))
    except (InvalidGrant, GrantExpired) as refused:
        return _refuse(refused.code)
    prefix = grant.folder + "/"
    if not grant.folder or not path.startswith(prefix):
        return _refuse(InvalidGrant.code)
    file = file_below(media_folder() / grant.folder, path.removeprefix(prefix))
    return serve_file(request, file, cache_control=MEDIA_CACHE)


def _refuse(code: str) -> HttpResponse:
    words = put_in_words(Problem(code=code))
    answer = {"code": words.code, "sentence": words.sentence, "hint": words.hint}
    return JsonResponse(answer, status=403, headers={"Cache-Control": "no-store"})
