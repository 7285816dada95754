"""Between stored records, the engine's values, and words."""
