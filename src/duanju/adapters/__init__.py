"""The outside world: media, the event lake, file formats."""
