"""Bundles as files: all that a statement rests on, in one JSON document with its hashes."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, BinaryIO

from duanju.adapters.documents.bundle_tables import BundleTable, TermsTable
from duanju.adapters.documents.json_reading import read_json
from duanju.adapters.documents.numbers import plain_number
from duanju.adapters.documents.policies import policy_from_text
from duanju.adapters.documents.policy_writing import policy_to_text
from duanju.adapters.documents.statements import statement_as_data
from duanju.adapters.documents.toml_reading import Document
from duanju.deals import (
    Amendment,
    Contract,
    Fact,
    Policy,
    Terms,
    check_contract,
    read_parameters,
)
from duanju.kernel import ProblemsFound, Where, canonical_json, digest
from duanju.settlement import Transaction, UnbalancedTransaction
from duanju.workflows import Bundle

FORMAT = "duanju-bundle/1"
"""Stable: bundles written by one version are read by the next."""

SECTIONS = (
    *("settlement", "policies", "deal", "facts", "ledger", "rates", "statements", "snapshot"),
)
"""What a bundle holds, each with its hash."""

BYTES_MAX = 128 * 1024 * 1024
"""Larger bundles are refused before they are read."""

DEPTH_MAX = 64
"""Documents that are nested deeper are refused."""

_FACT_DEFAULTS = {
    field.name: field.default
    for field in fields(Fact)
    if field.name not in {"measure", "title_id", "stretch", "quantity", "unit"}
}


def write_bundle(bundle: Bundle, *, stream: BinaryIO) -> None:
    """Write a bundle as canonical JSON: equal bundles have equal bytes."""
    stream.write(canonical_json(bundle_as_data(bundle)))


def read_bundle(path: Path) -> Bundle:
    """Read what `write_bundle` wrote; nothing that it holds is ever executed.

    Raises:
        ProblemsFound: With every part that is malformed, or that is not what its hash says, each
            with its path.
    """
    document = Document(str(path), parse_bundle(path), {})
    _note_changes(document)
    table: BundleTable | None = document.read(BundleTable, document.data, "")
    document.require_good()
    assert table is not None
    bundle = _Reading(document, table).bundle()
    document.require_good()
    _require_same(document, bundle_as_data(bundle))
    return bundle


def parse_bundle(path: Path) -> Mapping[str, Any]:
    """Return the object that a bundle's text is, before anything in it is believed.

    Raises:
        ProblemsFound: It is no JSON of this format.
    """
    return read_json(path, known=FORMAT, bytes_max=BYTES_MAX, depth_max=DEPTH_MAX)


def bundle_as_data(bundle: Bundle) -> dict[str, Any]:
    """Return a bundle as what JSON can hold, with the hash of each section and of all together."""
    contract = bundle.contract
    policies = {
        own.policy.digest: own.policy
        for own in (contract.terms, *(amendment.terms for amendment in contract.amendments))
    }
    snapshot = bundle.snapshot
    data: dict[str, Any] = {
        "format": FORMAT,
        "settlement": {
            "period": str(bundle.period),
            "zone": bundle.zone,
            "closed": [str(month) for month in bundle.closed],
        },
        "policies": [
            {
                "id": policy.id,
                "version": policy.version,
                "digest": own,
                "document": policy_to_text(policy),
            }
            for own, policy in sorted(policies.items())
        ],
        "deal": {
            "id": contract.id,
            "terms": _terms(contract.terms),
            "amendments": [_amendment(own) for own in contract.amendments],
            "titles": {title_id: dict(name) for title_id, name in bundle.titles.items()},
        },
        "facts": [_fact(fact) for fact in bundle.facts],
        "ledger": [_transaction(own) for own in bundle.ledger],
        "rates": [],
        "statements": [statement_as_data(own) for own in bundle.statements],
        "snapshot": None
        if snapshot is None
        else {
            "period": str(snapshot.period),
            "digest": snapshot.digest,
            "previous_digest": snapshot.previous_digest,
        },
    }
    hashes = {section: digest(data[section]) for section in SECTIONS}
    return data | {"hashes": hashes, "digest": digest_of_hashes(hashes)}


def digest_of_hashes(hashes: Mapping[str, Any]) -> str:
    """Return the digest of a whole bundle: of the hashes of its sections."""
    return digest({"format": FORMAT, "hashes": hashes})


def _terms(terms: Terms) -> dict[str, Any]:
    return {
        "policy": terms.policy.digest,
        "parties": {role: party.id for role, party in terms.parties.items()},
        "title_ids": sorted(terms.title_ids),
        "starts_on": str(terms.starts_on),
        "ends_on": str(terms.ends_on) if terms.ends_on else None,
        "signed_on": str(terms.signed_on) if terms.signed_on else None,
        "parameters": {
            name: value if isinstance(value, str) else plain_number(value).replace(",", "")
            for name, value in terms.parameters.items()
        },
    }


def _amendment(amendment: Amendment) -> dict[str, Any]:
    return {
        "id": amendment.id,
        "effective_on": str(amendment.effective_on),
        "mode": amendment.mode.value,
        "by": amendment.by.value,
        "terms": _terms(amendment.terms),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "measure": fact.measure,
        "title_id": fact.title_id,
        "starts_on": str(fact.stretch.starts_on),
        "ends_on": str(fact.stretch.ends_on),
        "quantity": fact.quantity,
        "unit": fact.unit.value,
    } | {
        name: value
        for name, default in _FACT_DEFAULTS.items()
        if (value := getattr(fact, name)) != default
    }


def _transaction(transaction: Transaction) -> dict[str, Any]:
    return {
        "id": transaction.id,
        "period": str(transaction.period),
        "concerns_period": str(transaction.concerns_period),
        "clause_id": transaction.key.clause_id,
        "title_id": transaction.key.title_id,
        "currency": transaction.key.currency,
        "legs": [
            {"account": leg.account, "amount_minor": leg.amount_minor, "currency": leg.currency}
            for leg in transaction.legs
        ],
    }


def _note_changes(document: Document) -> None:
    """Note every section that is not what its hash says."""
    hashes = document.data.get("hashes")
    stated = hashes if isinstance(hashes, dict) else {}
    for section in SECTIONS:
        if section in document.data and stated.get(section) != digest(document.data[section]):
            document.note("documents.bundle-changed", section, section=section)
    if document.data.get("digest") != digest_of_hashes(stated):
        document.note("documents.bundle-changed", "digest", section="digest")


def _require_same(document: Document, written: Mapping[str, Any]) -> None:
    """Refuse a document that says more, or otherwise, than the bundle that was read from it."""
    for key in dict.fromkeys([*written, *document.data]):
        if document.data.get(key) != written.get(key):
            document.note("documents.bundle-not-as-written", key, section=key)
    document.require_good()


class _Reading:
    """A bundle of which every table has been read, and what they become together."""

    def __init__(self, document: Document, table: BundleTable) -> None:
        self._document = document
        self._table = table
        self._policies: dict[str, Policy] = {}

    def bundle(self) -> Bundle:
        """Return the bundle; where something is wrong, it is noted and the answer means nothing."""
        table = self._table
        period = table.settlement.period
        if any(month >= period for month in table.settlement.closed):
            path = ".".join(("settlement", "closed"))
            self._document.note("documents.closed-bundle", path, period=str(period))
        for index, own in enumerate(table.policies):
            self._read_policy(own.document, own.digest, f"policies.{index}.document")
        return Bundle(
            period=period,
            zone=table.settlement.zone,
            closed=tuple(table.settlement.closed),
            contract=self._contract(),
            titles=table.deal.titles,
            facts=tuple(self._facts()),
            ledger=tuple(self._ledger()),
            statements=tuple(own.as_statement() for own in table.statements),
            snapshot=None if table.snapshot is None else table.snapshot.as_link(),
        )

    def _read_policy(self, text: str, stated: str, path: str) -> None:
        try:
            policy = policy_from_text(text)
        except ProblemsFound as found:
            for problem in found.problems:
                inner = f"{path}:{problem.where.line}" if problem.where.line else path
                where = Where(file=self._document.file, path=inner)
                self._document.problems.append(replace(problem, where=where))
            return
        if policy.digest != stated:
            self._document.note("documents.other-policy", path, policy=policy.id)
        self._policies[stated] = policy

    def _contract(self) -> Contract:
        deal = self._table.deal
        terms = self._terms(deal.terms, "deal.terms")
        amendments = []
        for index, own in enumerate(deal.amendments):
            read = self._terms(own.terms, f"deal.amendments.{index}.terms")
            if read is not None:
                amendments.append(own.as_amendment(read))
        if terms is None or len(amendments) < len(deal.amendments):
            self._document.require_good()
        assert terms is not None
        contract = Contract(deal.id, terms, tuple(amendments))
        for problem in check_contract(contract):
            where = Where(path=f"deal.{problem.where.path}")
            self._document.note_all([replace(problem, where=where)])
        return contract

    def _terms(self, table: TermsTable, path: str) -> Terms | None:
        policy = self._policies.get(table.policy)
        if policy is None:
            self._document.note("documents.policy-not-in-bundle", f"{path}.policy")
            return None
        values, problems = read_parameters(policy=policy, chosen=table.parameters)
        for problem in problems:
            where = Where(path=f"{path}.{problem.where.path}")
            self._document.note_all([replace(problem, where=where)])
        return table.as_terms(policy, values)

    def _facts(self) -> Iterator[Fact]:
        for index, own in enumerate(self._table.facts):
            try:
                yield own.as_fact()
            except ValueError as error:
                self._document.note("documents.bad-fact", f"facts.{index}", reason=str(error))

    def _ledger(self) -> Iterator[Transaction]:
        for index, own in enumerate(self._table.ledger):
            try:
                yield own.as_transaction(self._table.deal.id)
            except UnbalancedTransaction:
                self._document.note(
                    "documents.unbalanced-transaction", f"ledger.{index}", id=own.id
                )
