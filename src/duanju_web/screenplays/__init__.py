"""Scripts as people bring them: their lines, what to mend, and what they show."""
