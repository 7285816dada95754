"""The pages of months, ledgers and statements."""
