"""The collector: takes beacons beside the server that answers pages, and nothing else.

`application` is what an ASGI server runs. It speaks the same words as the page server does at
`/events`, through the same decoding and judging of `duanju_web.theater.collecting`.
"""
