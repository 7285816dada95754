"""A proof as sentences, in the reader's language."""

from duanju.adapters import prose
from duanju.adapters.prose import ProofInWords
from duanju.kernel import ProofStep
from duanju_web.deals.mapping.words import reader_language

__all__ = ["ProofInWords", "put_proof_in_words"]


def put_proof_in_words(proof: ProofStep, names: prose.Names) -> ProofInWords:
    """Say a proof in the active language, step by step.

    Args:
        proof: The root step.
        names: Titles by id, which only the terms know.
    """
    return prose.put_proof_in_words(proof, language=reader_language(), names=names)
