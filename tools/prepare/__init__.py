"""Sets up what a goal needs: `python3 -m tools.prepare GOAL`. Standard library only.

Each step prints one line and is skipped when what it made is still in place and its inputs are
unchanged. Nothing is taken from the system's Python but the interpreter itself.
"""
