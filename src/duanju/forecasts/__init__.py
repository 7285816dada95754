"""How a title may fare: seeded draws of uncertain performance."""

from duanju.forecasts.hits import HitShape, draw_factors

__all__ = ["HitShape", "draw_factors"]
