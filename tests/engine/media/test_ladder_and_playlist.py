"""Sizes, rates and the arithmetic of bandwidth."""

from fractions import Fraction

import pytest

from duanju.adapters.media import SHORT_SIDES, MediaProbe
from duanju.adapters.media.ladder import choose_rungs, packaged_frame_rate
from duanju.adapters.media.playlist import MediaPlaylist, Segment, read_media_playlist


def _probe(width: int, height: int) -> MediaProbe:
    return MediaProbe(1000, width, height, Fraction(30), "h264", "aac", 0, 1000)


@pytest.mark.parametrize(
    ("source", "sizes"),
    [
        ((1080, 1920), [(360, 640), (540, 960), (720, 1280)]),
        ((1920, 1080), [(640, 360), (960, 540), (1280, 720)]),
        ((1080, 1080), [(360, 360), (540, 540), (720, 720)]),
        ((576, 1024), [(360, 640), (540, 960)]),
        ((1080, 2340), [(360, 780), (540, 1170), (720, 1560)]),
        ((359, 640), [(358, 638)]),
    ],
)
def test_rungs_follow_the_short_side_and_never_exceed_the_source(
    source: tuple[int, int], sizes: list[tuple[int, int]]
) -> None:
    rungs = choose_rungs(probe=_probe(*source), short_sides=SHORT_SIDES)

    assert [(rung.width, rung.height) for rung in rungs] == sizes
    assert all(rung.width <= source[0] and rung.height <= source[1] for rung in rungs)


def test_the_1080_rung_is_made_only_when_asked() -> None:
    rungs = choose_rungs(probe=_probe(1080, 1920), short_sides=(*SHORT_SIDES, 1080))

    assert [rung.name for rung in rungs] == ["360", "540", "720", "1080"]


@pytest.mark.parametrize(
    ("source", "packaged"),
    [
        (Fraction(30), Fraction(30)),
        (Fraction(2997, 100), Fraction(30000, 1001)),
        (Fraction(24000, 1001), Fraction(24000, 1001)),
        (Fraction(1499, 100), Fraction(15)),
        (Fraction(240), Fraction(60)),
        (Fraction(1, 3), Fraction(1)),
    ],
)
def test_frames_are_packaged_at_a_constant_rate_up_to_sixty(
    source: Fraction, packaged: Fraction
) -> None:
    assert packaged_frame_rate(source) == packaged


def test_peak_is_taken_over_runs_of_half_to_one_and_a_half_targets() -> None:
    playlist = MediaPlaylist(
        4,
        0,
        (
            Segment(4_000_000, 500_000, 0),
            Segment(4_000_000, 1_000_000, 500_000),
            # Too short to count alone: 8 Mbit/s over half a second is no peak by the rule.
            Segment(500_000, 500_000, 1_500_000),
        ),
    )

    assert playlist.average_bits_per_s == 1_882_353
    assert playlist.peak_bits_per_s == 2_666_667


def test_a_playlist_without_segments_is_refused() -> None:
    with pytest.raises(ValueError, match="no segments"):
        read_media_playlist("#EXTM3U\n#EXT-X-TARGETDURATION:4\n")
