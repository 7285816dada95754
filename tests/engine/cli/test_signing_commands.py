"""Whose a bundle is, and whether it is still what was signed: `keys`, `sign`, `verify`."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duanju.cli import main
from tests.support.bundles import a_bundle, bytes_of
from tests.support.signatures import KEY, OTHER_KEY, a_signature, bytes_of_signature


def ran(*arguments: object, language: str = "en") -> Result:
    """Run the command."""
    return CliRunner().invoke(main, [*map(str, arguments), "--lang", language])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a key and a bundle."""
    (tmp_path / "aurora.pem").write_bytes(KEY.pem)
    (tmp_path / "aurora.public.pem").write_bytes(KEY.public.pem)
    (tmp_path / "s.bundle.json").write_bytes(bytes_of(a_bundle()))
    return tmp_path


def signed(folder: Path) -> Result:
    """Sign the bundle."""
    return ran("sign", folder / "s.bundle.json", "--key", folder / "aurora.pem")


def verified(folder: Path, *, key: str = "aurora.public.pem", language: str = "en") -> Result:
    """Verify the bundle."""
    given = ["--signature", folder / "s.signature.json", "--public-key", folder / key]
    return ran("verify", folder / "s.bundle.json", *given, language=language)


def test_new_key_signs_and_its_public_half_verifies(folder: Path) -> None:
    made = ran("keys", "new", folder / "own.pem")
    assert made.exit_code == 0, made.output
    assert stat.S_IMODE((folder / "own.pem").stat().st_mode) == 0o600
    shown = ran("keys", "show", folder / "own.public.pem")
    assert made.stdout.splitlines()[-1] == f"Its id is {shown.stdout.strip()}"
    assert ran("sign", folder / "s.bundle.json", "--key", folder / "own.pem").exit_code == 0
    assert verified(folder, key="own.public.pem").exit_code == 0
    assert verified(folder).exit_code == 1


def test_key_is_never_overwritten(folder: Path) -> None:
    result = ran("keys", "new", folder / "aurora.pem")
    assert result.exit_code == 3
    assert "never overwritten" in result.stderr
    assert (folder / "aurora.pem").read_bytes() == KEY.pem


def test_valid_signature_says_month_digest_and_key_in_both_languages(folder: Path) -> None:
    assert signed(folder).exit_code == 0
    assert (folder / "s.signature.json").read_bytes() == bytes_of_signature(a_signature())
    assert sorted(own.name for own in folder.iterdir()) == [
        *("aurora.pem", "aurora.public.pem", "s.bundle.json", "s.signature.json"),
    ]
    digest, file = a_signature().digest, folder / "s.bundle.json"
    assert verified(folder).stdout.splitlines() == [
        f"{file}: valid. 2026-10, digest {digest}, signed with the key {KEY.public.id}",
        f"  closed month {'a' * 64}, after {'b' * 64}",
    ]
    chinese = verified(folder, language="zh-Hans").stdout
    assert f"{file}：签名有效。2026-10，摘要 {digest}，签名密钥 {KEY.public.id}" in chinese


def test_signing_again_changes_nothing(folder: Path) -> None:
    signed(folder)
    before = (folder / "s.signature.json").read_bytes()
    signed(folder)
    assert (folder / "s.signature.json").read_bytes() == before


def test_changed_bundle_is_not_valid_and_the_section_is_named(folder: Path) -> None:
    signed(folder)
    path = folder / "s.bundle.json"
    path.write_bytes(path.read_bytes().replace(b"Asia/Shanghai", b"Asia/Urumqi"))
    result = verified(folder)
    assert (result.exit_code, result.stdout) == (1, "")
    first, second, *_ = result.stderr.splitlines()
    assert first.startswith(f"{path}: NOT valid with {folder / 's.signature.json'}")
    assert second.startswith(f"{path} [settlement]: The part settlement of the bundle is not")
    assert "结算包的 settlement 部分与签名时不同" in verified(folder, language="zh-Hans").stderr


def test_changed_signature_names_its_file_and_part(folder: Path) -> None:
    signed(folder)
    path = folder / "s.signature.json"
    path.write_bytes(path.read_bytes().replace(b'"2026-10"', b'"2026-11"'))
    result = verified(folder)
    assert result.exit_code == 1
    assert f"{path} [period]: The part period of the signature's document" in result.stderr
    assert "signed 2026-10, found 2026-11" in result.stderr


def test_signature_of_somebody_else_is_not_valid(folder: Path) -> None:
    signed(folder)
    (folder / "other.public.pem").write_bytes(OTHER_KEY.public.pem)
    result = verified(folder, key="other.public.pem")
    assert result.exit_code == 1
    assert KEY.public.id in result.stderr
    assert OTHER_KEY.public.id in result.stderr


@pytest.mark.parametrize("name", ["s.bundle.json", "s.signature.json", "aurora.public.pem"])
def test_malformed_file_is_refused(name: str, folder: Path) -> None:
    signed(folder)
    (folder / name).write_bytes(b'{"a":1')
    result = verified(folder)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(str(folder / name))


@pytest.mark.parametrize("content", [b"{}", bytes_of(a_bundle()) + b"\n"])
def test_what_is_not_exactly_a_bundle_is_not_signed(content: bytes, folder: Path) -> None:
    (folder / "s.bundle.json").write_bytes(content)
    assert signed(folder).exit_code == 3
    assert not (folder / "s.signature.json").exists()


def test_bundle_is_not_signed_with_a_public_key(folder: Path) -> None:
    result = ran("sign", folder / "s.bundle.json", "--key", folder / "aurora.public.pem")
    assert result.exit_code == 3
    assert not (folder / "s.signature.json").exists()
