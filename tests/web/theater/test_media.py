"""Media goes out by ranges to who holds a token for it, and to nobody else."""

import pytest
from django.test import Client

from duanju_web.theater.grants import (
    GrantExpired,
    InvalidGrant,
    MediaGrant,
    PlayGrant,
    read_media_grant,
    read_play_grant,
    sign_media_grant,
    sign_play_grant,
)
from tests.support.theater import SEGMENT, a_series, put_media

FAR_MS = 4_000_000_000_000


def _token(folder: str = "on-show/1", expires_at_ms: int = FAR_MS) -> str:
    return sign_media_grant(MediaGrant(viewer_id=7, folder=folder, expires_at_ms=expires_at_ms))


@pytest.fixture
def client(db) -> Client:
    """A device in front of a series whose episodes have media."""
    put_media(a_series())
    return Client()


def _bytes(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_playlist_and_what_it_names_open_with_the_same_token(client: Client) -> None:
    playlist = client.get(f"/media/{_token()}/on-show/1/master.m3u8")
    assert playlist["Content-Type"] == "application/vnd.apple.mpegurl"
    assert _bytes(playlist) == b"#EXTM3U\nvideo_360.m3u8\n"
    video = client.get(f"/media/{_token()}/on-show/1/video_360.mp4")
    assert (video["Content-Type"], video["Accept-Ranges"]) == ("video/mp4", "bytes")
    assert _bytes(video) == SEGMENT
    assert client.get(f"/media/{_token()}/on-show/1/audio.mp4")["Content-Type"] == "audio/mp4"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("0-1", 0, 1),
        ("100-355", 100, 355),
        ("1000-", 1000, 1023),
        ("-24", 1000, 1023),
        ("9-9", 9, 9),
    ],
)
def test_a_range_gives_exactly_its_bytes(client: Client, asked: str, first: int, last: int) -> None:
    address = f"/media/{_token()}/on-show/1/video_360.mp4"
    response = client.get(address, headers={"range": f"bytes={asked}"})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/1024"
    assert response["Content-Length"] == str(last - first + 1)
    assert _bytes(response) == SEGMENT[first : last + 1]


def test_a_range_beyond_the_end_is_told_the_size(client: Client) -> None:
    address = f"/media/{_token()}/on-show/1/video_360.mp4"
    response = client.get(address, headers={"range": "bytes=5000-"})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */1024")


def test_what_did_not_change_is_not_sent_again(client: Client) -> None:
    address = f"/media/{_token()}/on-show/1/video_360.mp4"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def _refused(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 403
    assert response["Cache-Control"] == "no-store"
    return str(response.json()["code"])


def test_an_expired_token_says_so(client: Client) -> None:
    token = _token(expires_at_ms=1_000)
    assert _refused(client, f"/media/{token}/on-show/1/master.m3u8") == "theater.grant-expired"


def test_a_forged_token_opens_nothing(client: Client) -> None:
    token = _token()
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert _refused(client, f"/media/{forged}/on-show/1/master.m3u8") == "theater.invalid-grant"
    assert _refused(client, "/media/nonsense/on-show/1/master.m3u8") == "theater.invalid-grant"


def test_a_play_sessions_token_opens_no_media(client: Client) -> None:
    grant = PlayGrant(7, 1, 1, 100, 0, FAR_MS)
    address = f"/media/{sign_play_grant(grant)}/on-show/1/master.m3u8"
    assert _refused(client, address) == "theater.invalid-grant"


@pytest.mark.parametrize(
    "path", ["on-show/2/master.m3u8", "on-show/10/master.m3u8", "on-show/1", "other/1/master.m3u8"]
)
def test_a_token_opens_its_own_folder_only(client: Client, path: str) -> None:
    assert _refused(client, f"/media/{_token()}/{path}") == "theater.invalid-grant"


def test_a_token_for_no_folder_opens_nothing(client: Client) -> None:
    assert (
        _refused(client, f"/media/{_token('')}//on-show/1/master.m3u8") == "theater.invalid-grant"
    )


@pytest.mark.parametrize(
    "path",
    [
        "on-show/1/../2/master.m3u8",
        "on-show/1/../../../duanju.sqlite3",
        "on-show/1/%2e%2e/2/master.m3u8",
        "on-show/1//etc/passwd",
        "on-show/1/episode.json",
        "on-show/1/absent.mp4",
        "on-show/1/",
    ],
)
def test_nothing_else_leaves_the_folder(client: Client, path: str) -> None:
    assert client.get(f"/media/{_token()}/{path}").status_code == 404


def test_a_play_grant_reads_back_what_was_signed_until_it_ends() -> None:
    grant = PlayGrant(7, 2**61, 3, 2**60, 1_000, 5_000)
    token = sign_play_grant(grant)
    assert read_play_grant(token, now_ms=4_999) == grant
    assert read_play_grant(token) == grant
    with pytest.raises(GrantExpired):
        read_play_grant(token, now_ms=5_000)
    with pytest.raises(InvalidGrant):
        read_media_grant(token, now_ms=0)
