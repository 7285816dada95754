"""The invented world of the demo, read from its TOML files."""

from duanju_web.demo.world.organisations import (
    DEMO_PASSWORD,
    VIEWER_EMAIL,
    WorldAccount,
    WorldOrganisation,
    WorldPerson,
    load_organisations,
)
from duanju_web.demo.world.titles import WorldTitle, drawn_episode_counts, load_titles

__all__ = [
    "DEMO_PASSWORD",
    "VIEWER_EMAIL",
    "WorldAccount",
    "WorldOrganisation",
    "WorldPerson",
    "WorldTitle",
    "drawn_episode_counts",
    "load_organisations",
    "load_titles",
]
