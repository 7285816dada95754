"""The pages of scripts."""
