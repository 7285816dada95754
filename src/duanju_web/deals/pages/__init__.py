"""The pages of policies, offers and deals."""
