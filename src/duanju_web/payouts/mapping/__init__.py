"""Between records and what the engine reckons with."""
