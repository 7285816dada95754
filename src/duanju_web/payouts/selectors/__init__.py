"""What other rooms may ask of payouts."""

from duanju_web.payouts.selectors.accounts import receiving_account
from duanju_web.payouts.selectors.batches import batches_of, payouts_to

__all__ = ["batches_of", "payouts_to", "receiving_account"]
