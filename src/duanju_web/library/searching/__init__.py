"""Finding works by any one or two characters, or words: overlapping pairs in the database's index.

Neither database's own tokenizers find a Chinese word of two characters; pairs do, and both
databases are asked for the same ones.
"""

from duanju_web.library.searching.asking import FOUND_MAX, find_work_ids, index_works
from duanju_web.library.searching.tokens import phrases_of, tokens_of

__all__ = ["FOUND_MAX", "find_work_ids", "index_works", "phrases_of", "tokens_of"]
