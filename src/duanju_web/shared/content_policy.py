"""What browsers may load and run in our pages."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        # Charts set the style attributes of their tooltips; no style sheet may stand in a page.
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        # The player feeds a video element from a blob where the browser has no HLS of its own.
        "media-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def content_policy(*, connect: Sequence[str] = ()) -> str:
    """Return the policy of a page whose scripts may speak to other origins, too."""
    if not connect:
        return CONTENT_POLICY
    return f"{CONTENT_POLICY}; connect-src 'self' {' '.join(connect)}"


class ContentPolicyMiddleware:
    """Sends the policy with every answer, so that an injected script would not run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and add the policy unless a view has set its own."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        return response
