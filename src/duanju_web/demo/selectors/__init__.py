"""What the demo's pages ask."""

from duanju_web.demo.selectors.personas import Persona, PersonaGroup, find_persona, persona_groups
from duanju_web.demo.selectors.preparation import Preparation, media_preparation

__all__ = [
    "Persona",
    "PersonaGroup",
    "Preparation",
    "find_persona",
    "media_preparation",
    "persona_groups",
]
