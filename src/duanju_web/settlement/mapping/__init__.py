"""Between stored closes, ledgers and statements, and the engine's values."""
