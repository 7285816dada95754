"""The pages of payouts and bank accounts."""
