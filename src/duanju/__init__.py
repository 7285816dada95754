"""Duanju: from intellectual property and script, to screen, to settled money."""
