"""`duanju keys`, `duanju sign` and `duanju verify`: who vouches for a bundle."""

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from duanju.adapters.documents import (
    make_key_files,
    public_key_path,
    read_bundle,
    read_public_key,
    read_signature,
    read_signing_key,
    require_as_written,
    sign_bundle,
    verify_bundle,
    write_signature,
)
from duanju.cli.opening import FILE
from duanju.cli.problems import LANGUAGE_OPTION, exits_with_problems, print_problems
from duanju.cli.writing import write_whole
from duanju.kernel import Problem

EXIT_NOT_VALID = 1

_SAYINGS: Mapping[str, Mapping[str, str]] = {
    "made": {
        "en": "{file}: the private key; keep it to yourself\n"
        "{public}: the public key; hand it to everybody\n"
        "Its id is {id}",
        "zh-Hans": "{file}：私钥，请妥善保管，不要外传\n{public}：公钥，可公开\n密钥编号为 {id}",
    },
    "signed": {
        "en": "{signature}: the bundle {file} of {period}, digest {digest}, "
        "signed with the key {id}",
        "zh-Hans": "{signature}：{period} 的结算包 {file}，摘要 {digest}，签名密钥 {id}",
    },
    "valid": {
        "en": "{file}: valid. {period}, digest {digest}, signed with the key {id}",
        "zh-Hans": "{file}：签名有效。{period}，摘要 {digest}，签名密钥 {id}",
    },
    "month": {
        "en": "  closed month {snapshot}, after {previous}",
        "zh-Hans": "  结账快照 {snapshot}，上一快照 {previous}",
    },
    "not_valid": {
        "en": "{file}: NOT valid with {signature} and the key {id}",
        "zh-Hans": "{file}：签名无效，签名文件 {signature}，密钥 {id}",
    },
    "none": {"en": "none", "zh-Hans": "无"},
}


@click.group(short_help="Make and name the keys that sign statements.")
def keys() -> None:
    """Make the keys that statements are signed with, and name them."""


@keys.command("new", short_help="Make an Ed25519 key, its public half beside it.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@LANGUAGE_OPTION
@exits_with_problems
def new_command(file: Path, language: str) -> None:
    """Make an Ed25519 key: the private half in FILE, the public half beside it.

    FILE is readable by its owner alone (mode 0600). AURORA.pem has AURORA.public.pem beside it.
    Nothing is ever overwritten.
    """
    key = make_key_files(file)
    said = _say("made", language, file=file, public=public_key_path(file), id=key.public.id)
    click.echo(said)


@keys.command("show")
@click.argument("file", type=FILE)
@LANGUAGE_OPTION
@exits_with_problems
def show_command(file: Path, language: str) -> None:  # noqa: ARG001
    """Print the id of the public key in FILE, for two people to compare."""
    click.echo(read_public_key(file).id)


@click.command("sign", short_help="Sign a bundle.")
@click.argument("file", metavar="BUNDLE", type=FILE)
@click.option("--key", "key_file", type=FILE, required=True, help="The private key.")
@click.option(
    "--signature",
    "signature_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the signature.  [default: beside the bundle, .signature.json]",
)
@LANGUAGE_OPTION
@exits_with_problems
def sign_command(file: Path, key_file: Path, signature_file: Path | None, language: str) -> None:
    """Sign a BUNDLE: the hash of each of its sections, and the closed month's link in the chain.

    The signature is a file of its own; the bundle stays as it is. The same bundle and key have the
    same signature, so signing again changes nothing.
    """
    key = read_signing_key(key_file)
    bundle = read_bundle(file)
    require_as_written(file)
    signature = sign_bundle(bundle, key=key)
    written = io.BytesIO()
    write_signature(signature, stream=written)
    path = signature_file or _signature_path(file)
    write_whole(path, [written.getvalue()])
    params = {"period": signature.period, "digest": signature.digest, "id": signature.key_id}
    click.echo(_say("signed", language, file=file, signature=path, **params))


@click.command("verify", short_help="Say whether a bundle is what was signed.")
@click.argument("file", metavar="BUNDLE", type=FILE)
@click.option(
    "--signature",
    "signature_file",
    type=FILE,
    required=True,
    help="The signature that came with the bundle.",
)
@click.option(
    "--public-key",
    "key_file",
    type=FILE,
    required=True,
    help="The signer's public key, had by another way than the bundle.",
)
@LANGUAGE_OPTION
@exits_with_problems
def verify_command(file: Path, signature_file: Path, key_file: Path, language: str) -> None:
    """Say whether a BUNDLE is, to the byte, what the owner of a key signed; or what differs.

    Needs no network and no database. That a bundle is the signed one does not say that its sums are
    right: `duanju replay` computes them again.

    Exit codes: 0 valid; 1 not valid, and every difference is named; 3 a file is no bundle, no
    signature or no key.
    """
    key = read_public_key(key_file)
    signature = read_signature(signature_file)
    problems = verify_bundle(file, signature=signature, key=key)
    if problems:
        click.echo(
            _say("not_valid", language, file=file, signature=signature_file, id=key.id), err=True
        )
        print_problems([_in_file(own, signature_file) for own in problems], language=language)
        raise click.exceptions.Exit(EXIT_NOT_VALID)
    params = {"period": signature.period, "digest": signature.digest, "id": key.id}
    click.echo(_say("valid", language, file=file, **params))
    if signature.snapshot_digest:
        previous = signature.previous_digest or _say("none", language)
        click.echo(_say("month", language, snapshot=signature.snapshot_digest, previous=previous))


def _signature_path(bundle: Path) -> Path:
    return bundle.with_name(f"{bundle.name.removesuffix('.bundle.json')}.signature.json")


def _in_file(problem: Problem, signature_file: Path) -> Problem:
    """Return a problem with its file: what is not the bundle's is the signature's."""
    if problem.where.file:
        return problem
    return replace(problem, where=replace(problem.where, file=str(signature_file)))


def _say(saying: str, language: str, **params: object) -> str:
    return _SAYINGS[saying][language].format(**params)
