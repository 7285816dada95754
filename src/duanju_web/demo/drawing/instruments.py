"""Sounds made from sums of sines and seeded noise, one note at a time."""

from __future__ import annotations  # Python 3.11 has no array[int] at run time.

import math
import random
from array import array
from functools import lru_cache

SAMPLE_RATE = 24_000
"""Samples a second of everything that is synthesised."""
_TURN = 2 * math.pi


def frequency(note: int) -> float:
    """Return the frequency in hertz of a MIDI note.

    >>> round(frequency(69))
    440
    """
    return 440.0 * 2 ** ((note - 69) / 12)


@lru_cache(maxsize=256)
def play(instrument: str, note: int, length_ms: int) -> array[float]:
    """Return one note as samples between -1 and 1.

    Args:
        instrument: A key of `INSTRUMENTS`.
        note: MIDI note; drums do not heed it.
        length_ms: How long the note is held; some ring on.
    """
    return INSTRUMENTS[instrument](frequency(note), length_ms)


def _count(length_ms: float) -> int:
    return int(SAMPLE_RATE * length_ms / 1000)


def _pad(pitch: float, length_ms: int) -> array[float]:
    count, attack = _count(length_ms + 500), _count(420)
    release = _count(500)
    step, wide = _TURN * pitch / SAMPLE_RATE, _TURN * pitch * 1.004 / SAMPLE_RATE
    sine = math.sin
    return array(
        "d",
        (
            min(1.0, n / attack, (count - n) / release)
            * (0.5 * sine(step * n) + 0.42 * sine(wide * n) + 0.16 * sine(2 * step * n))
            for n in range(count)
        ),
    )


def _piano(pitch: float, length_ms: int) -> array[float]:
    count = _count(min(length_ms + 700, 2200))
    step, sine, exp = _TURN * pitch / SAMPLE_RATE, math.sin, math.exp
    fall = -3.2 / SAMPLE_RATE
    return array(
        "d",
        (
            min(1.0, n / 90, (count - n) / 900)
            * exp(fall * n)
            * (
                sine(step * n)
                + 0.42 * exp(fall * n) * sine(2.002 * step * n)
                + 0.2 * exp(2 * fall * n) * sine(3.01 * step * n)
            )
            for n in range(count)
        ),
    )


def _string(pitch: float, length_ms: int) -> array[float]:
    """A plucked string after Karplus and Strong (Computer Music Journal 7:2, 1983)."""
    count = _count(min(length_ms + 1100, 2400))
    period = max(2, round(SAMPLE_RATE / pitch))
    chance = random.Random(period)
    ring = [chance.uniform(-1, 1) for _ in range(period)]
    ring = [
        (a + b + c) / 3
        for a, b, c in zip(ring, ring[1:] + ring[:1], ring[2:] + ring[:2], strict=True)
    ]
    out = array("d", bytes(8 * count))
    last = 0.0
    for n in range(count):
        spot = n % period
        value = ring[spot]
        out[n] = value
        ring[spot] = 0.4982 * (value + last)
        last = value
    tail = min(count, 1200)
    for n in range(tail):
        out[count - 1 - n] *= n / tail
    return out


def _bass(pitch: float, length_ms: int) -> array[float]:
    count = _count(length_ms + 120)
    step, sine, exp = _TURN * pitch / SAMPLE_RATE, math.sin, math.exp
    return array(
        "d",
        (
            min(1.0, n / 200, (count - n) / 1600)
            * exp(-1.4 * n / SAMPLE_RATE)
            * (sine(step * n) + 0.3 * sine(2 * step * n))
            for n in range(count)
        ),
    )


def _kick(_pitch: float, _length_ms: int) -> array[float]:
    sine, exp = math.sin, math.exp
    return array(
        "d",
        (
            exp(-9 * n / SAMPLE_RATE)
            * sine(_TURN * (46 * n / SAMPLE_RATE + 4.2 * (1 - exp(-34 * n / SAMPLE_RATE))))
            for n in range(_count(420))
        ),
    )


def _hat(_pitch: float, _length_ms: int) -> array[float]:
    chance, exp = random.Random(5), math.exp
    noise = [chance.uniform(-1, 1) for _ in range(_count(90) + 1)]
    return array(
        "d",
        (exp(-46 * n / SAMPLE_RATE) * (noise[n + 1] - noise[n]) * 0.5 for n in range(_count(90))),
    )


def _block(_pitch: float, _length_ms: int) -> array[float]:
    sine, exp = math.sin, math.exp
    return array(
        "d",
        (
            exp(-38 * n / SAMPLE_RATE) * sine(_TURN * 880 * n / SAMPLE_RATE)
            for n in range(_count(140))
        ),
    )


def _boom(_pitch: float, _length_ms: int) -> array[float]:
    sine, exp = math.sin, math.exp
    chance = random.Random(8)
    count, low = _count(1900), 0.0
    out = array("d", bytes(8 * count))
    for n in range(count):
        low += 0.05 * (chance.uniform(-1, 1) - low)
        out[n] = exp(-2.6 * n / SAMPLE_RATE) * (
            sine(_TURN * (38 * n / SAMPLE_RATE + 3 * (1 - exp(-20 * n / SAMPLE_RATE)))) + 1.5 * low
        )
    return out


def _rise(_pitch: float, length_ms: int) -> array[float]:
    chance, count, low = random.Random(11), _count(length_ms), 0.0
    out = array("d", bytes(8 * count))
    for n in range(count):
        share = n / count
        low += (0.04 + 0.5 * share) * (chance.uniform(-1, 1) - low)
        out[n] = low * share * share
    return out


def _voice(pitch: float, length_ms: int) -> array[float]:
    """A short murmur in place of a spoken syllable."""
    count = _count(length_ms)
    step, sine = _TURN * pitch / SAMPLE_RATE, math.sin
    return array(
        "d",
        (
            sine(math.pi * n / count) ** 2
            * (
                sine(step * n)
                + 0.6 * sine(2 * step * n)
                + 0.35 * sine(3 * step * n)
                + 0.2 * sine(5 * step * n)
            )
            for n in range(count)
        ),
    )


INSTRUMENTS = {
    "pad": _pad,
    "piano": _piano,
    "string": _string,
    "bass": _bass,
    "kick": _kick,
    "hat": _hat,
    "block": _block,
    "boom": _boom,
    "rise": _rise,
    "voice": _voice,
}
