"""The dramas of the demo world, drawn, animated, scored and filmed by the project itself."""

from duanju_web.demo.drawing.film import DrawnEpisode, FilmingFailed, draw_episode
from duanju_web.demo.drawing.posters import draw_plain_poster, draw_poster
from duanju_web.demo.drawing.reading import load_stories, read_story
from duanju_web.demo.drawing.story import CastMember, Episode, Line, Scene, Shot, Story

__all__ = [
    "CastMember",
    "DrawnEpisode",
    "Episode",
    "FilmingFailed",
    "Line",
    "Scene",
    "Shot",
    "Story",
    "draw_episode",
    "draw_plain_poster",
    "draw_poster",
    "load_stories",
    "read_story",
]
