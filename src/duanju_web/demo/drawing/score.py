"""A simple score: chords, melody and beat by the mood of each scene, a sting at each reversal."""

from __future__ import annotations  # Python 3.11 has no array[int] at run time.

import random
import zlib
from array import array
from dataclasses import dataclass
from operator import add

from duanju_web.demo.drawing.instruments import SAMPLE_RATE, play
from duanju_web.demo.drawing.timeline import LineSpan, ShotSpan, Timeline

__all__ = ["MOODS", "SAMPLE_RATE", "compose"]

_SYLLABLE_MS, _SYLLABLE_EVERY_MS = 95, 190
_PEAK = 0.86


@dataclass(frozen=True, slots=True)
class Mood:
    """How a scene sounds.

    Attributes:
        beat_ms: Length of a beat.
        chords: MIDI notes of the chords, four beats each.
        scale: Notes that the melody may take.
        lead: Instrument of the melody.
        density: Share of half beats on which the melody sounds.
        kick: Beats of four on which the drum sounds.
        hat: Whether there is a hi-hat.
        drone: Whether the bass stays on its first note.
    """

    beat_ms: int
    chords: tuple[tuple[int, ...], ...]
    scale: tuple[int, ...]
    lead: str
    density: float
    kick: tuple[int, ...] = ()
    hat: bool = False
    drone: bool = False


MOODS = {
    "tense": Mood(480, ((45, 57, 60, 64), (45, 57, 60, 65), (44, 56, 59, 64), (45, 57, 60, 64)),
                  (69, 71, 72, 76, 77), "piano", 0.4, kick=(0, 2), hat=True, drone=True),
    "warm": Mood(640, ((48, 55, 64, 67), (45, 57, 60, 64), (53, 57, 60, 65), (43, 55, 59, 62)),
                 (72, 74, 76, 79, 81), "piano", 0.5),
    "sad": Mood(760, ((45, 57, 60, 64), (41, 57, 60, 65), (48, 55, 60, 64), (43, 55, 59, 62)),
                (69, 72, 74, 76, 79), "piano", 0.42),
    "grand": Mood(500, ((50, 57, 62, 65), (46, 58, 62, 65), (53, 57, 60, 65), (48, 55, 60, 64)),
                  (74, 77, 79, 81, 84), "string", 0.5, kick=(0, 1, 2, 3), hat=True),
    "mystery": Mood(700, ((40, 52, 59, 62), (41, 53, 56, 60), (40, 52, 55, 59), (39, 51, 54, 60)),
                    (64, 67, 68, 71, 74), "piano", 0.3, drone=True),
    "ancient": Mood(620, ((45, 52, 57, 64), (50, 57, 62, 64), (43, 50, 55, 62), (45, 52, 57, 64)),
                    (69, 72, 74, 76, 79, 81), "string", 0.62, kick=(0,)),
    "hope": Mood(520, ((53, 57, 60, 69), (48, 55, 60, 67), (50, 57, 62, 65), (46, 58, 62, 65)),
                 (72, 74, 77, 79, 81), "piano", 0.6, kick=(0, 2), hat=True),
}  # fmt: skip
"""The moods by name; each name may stand in a scene."""


def compose(*, timeline: Timeline) -> array[int]:
    """Return the sound of an episode: 16-bit samples, one channel, `SAMPLE_RATE` a second.

    It is exactly as long as the pictures. The chords of a scene start with the scene; the title
    has the mood of the first scene, the hook that of the last.
    """
    count = timeline.end_ms * SAMPLE_RATE // 1000
    mix = array("d", bytes(8 * count))
    for name, start, end in _stretches(timeline):
        _accompany(mix, MOODS[name], start, end)
    for span in timeline.shots:
        if span.shot.reversal:
            _sting(mix, span)
        for line in span.lines:
            if line.line.speaker and not line.line.thought:
                _murmur(mix, line)
    _strike(mix, "boom", 40, timeline.hook_start_ms, 900, 0.55)
    return _levelled(mix, timeline.end_ms)


def _stretches(timeline: Timeline) -> list[tuple[str, int, int]]:
    stretches: list[tuple[str, int, int]] = []
    for span in timeline.shots:
        if span.opens_scene or not stretches:
            start = span.start_ms if stretches else 0
            stretches.append((span.scene.mood, start, span.end_ms))
        else:
            name, start, _ = stretches[-1]
            stretches[-1] = (name, start, span.end_ms)
    name, start, _ = stretches[-1]
    return [*stretches[:-1], (name, start, timeline.end_ms)]


def _accompany(mix: array[float], mood: Mood, start: int, end: int) -> None:
    chance = random.Random(f"{start} {mood.scale}")
    bar = mood.beat_ms * 4
    place = len(mood.scale) // 2
    for index, at in enumerate(range(start, end, bar)):
        chord = mood.chords[index % len(mood.chords)]
        length = min(bar, end - at)
        for note in chord[1:]:
            _strike(mix, "pad", note, at, length, 0.085)
        root = mood.chords[0][0] if mood.drone else chord[0]
        for beat in (0, 2):
            if beat * mood.beat_ms < length:
                _strike(mix, "bass", root, at + beat * mood.beat_ms, mood.beat_ms * 2, 0.2)
        _drum(mix, mood, at, length)
        for half in range(8):
            now = at + half * mood.beat_ms // 2
            if now < end - 300 and (half == 0 or chance.random() < mood.density * 0.75):
                place = min(
                    max(place + chance.choice((-2, -1, -1, 1, 1, 2)), 0), len(mood.scale) - 1
                )
                _strike(mix, mood.lead, mood.scale[place], now, mood.beat_ms, 0.17)


def _drum(mix: array[float], mood: Mood, at: int, length: int) -> None:
    for beat in range(4):
        now = beat * mood.beat_ms
        if now >= length:
            return
        if beat in mood.kick:
            _strike(mix, "kick", 0, at + now, 400, 0.34)
        if mood.hat:
            _strike(mix, "hat", 0, at + now + mood.beat_ms // 2, 90, 0.12)


def _sting(mix: array[float], span: ShotSpan) -> None:
    lead = min(700, span.start_ms)
    _strike(mix, "rise", 0, span.start_ms - lead, lead, 0.5)
    _strike(mix, "boom", 0, span.start_ms, 1900, 0.85)
    for note in (57, 58, 64, 70, 82):
        _strike(mix, "piano", note, span.start_ms, 1600, 0.2)


def _murmur(mix: array[float], span: LineSpan) -> None:
    seed = zlib.crc32(span.line.speaker.encode())
    middle = 50 + seed % 13
    chance = random.Random(span.line.text["en"])
    for at in range(span.start_ms, span.end_ms - 360, _SYLLABLE_EVERY_MS):
        note = middle + chance.choice((-2, 0, 0, 1, 3))
        _strike(mix, "voice", note, at, _SYLLABLE_MS, 0.045)


def _strike(
    mix: array[float], instrument: str, note: int, at_ms: int, length_ms: int, loudness: float
) -> None:
    sound = play(instrument, note, length_ms)
    first = at_ms * SAMPLE_RATE // 1000
    last = min(first + len(sound), len(mix))
    if first >= last:
        return
    quiet = [loudness * value for value in sound[: last - first]]
    mix[first:last] = array("d", map(add, mix[first:last], quiet))


def _levelled(mix: array[float], end_ms: int) -> array[int]:
    highest = max(1e-9, *map(abs, mix))
    factor = 32_767 * min(_PEAK / highest, 1.6)
    fade = min(SAMPLE_RATE * 700 // 1000, len(mix))
    for index in range(fade):
        mix[len(mix) - 1 - index] *= index / fade
    assert len(mix) == end_ms * SAMPLE_RATE // 1000
    return array("h", [int(value * factor) for value in mix])
