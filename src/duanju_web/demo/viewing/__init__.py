"""Seventy-five days of simulated viewing, from a fixed seed and fixed dates."""

from duanju_web.demo.viewing.figures import DAYS, FIRST_DAY, LAST_DAY, SEED
from duanju_web.demo.viewing.simulation import ShownTitle, UnlockWish, Viewing, simulate_viewing

__all__ = [
    "DAYS",
    "FIRST_DAY",
    "LAST_DAY",
    "SEED",
    "ShownTitle",
    "UnlockWish",
    "Viewing",
    "simulate_viewing",
]
