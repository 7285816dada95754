"""The library of policies: imported once, never changed."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from duanju.kernel import ProblemsFound
from duanju_web.deals.models import PolicyVersion, PolicyVersionIsFinal
from duanju_web.deals.selectors import policy_of
from duanju_web.deals.services import import_policies
from tests.support.agreements import POLICIES, T1, a_policy

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 8, 20, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """A folder with a copy of one policy."""
    text = (POLICIES / f"{T1}.toml").read_text(encoding="utf-8")
    (tmp_path / f"{T1}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def changed(folder, old, new):
    path = folder / f"{T1}.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_importing_again_adds_nothing(folder):
    assert len(import_policies(folder=folder, now=NOW).added) == 1
    again = import_policies(folder=folder, now=NOW)
    assert (again.added, again.unchanged) == ((), 1)
    assert PolicyVersion.objects.count() == 1


def test_same_version_with_other_contents_is_refused(folder):
    import_policies(folder=folder, now=NOW)
    before = list(PolicyVersion.objects.values())
    changed(folder, "exclusive_premiere = 1.5", "exclusive_premiere = 1.4")
    with pytest.raises(ProblemsFound) as found:
        import_policies(folder=folder, now=NOW)
    assert [own.code for own in found.value.problems] == ["deals.policy-version-changed"]
    assert list(PolicyVersion.objects.values()) == before


def test_new_version_stands_beside_the_old(folder):
    import_policies(folder=folder, now=NOW)
    changed(folder, "version = 1", "version = 2")
    changed(folder, "exclusive_premiere = 1.5", "exclusive_premiere = 1.4")
    import_policies(folder=folder, now=NOW)
    assert list(PolicyVersion.objects.values_list("version", flat=True).order_by("version")) == [
        1,
        2,
    ]


def test_one_faulty_file_stops_the_whole_import(folder):
    (folder / "faulty.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        import_policies(folder=folder, now=NOW)
    assert not PolicyVersion.objects.exists()


def test_imported_version_is_the_policy_of_the_file_and_never_changes():
    version = a_policy()
    assert policy_of(version).digest == version.digest
    with pytest.raises(PolicyVersionIsFinal):
        version.save()
    with pytest.raises(PolicyVersionIsFinal):
        version.delete()


def test_command_says_what_it_added_and_names_faults(folder):
    said = StringIO()
    call_command("import_policies", str(folder), stdout=said)
    assert "1 added" in said.getvalue()
    changed(folder, "exclusive_premiere = 1.5", "exclusive_premiere = 1.4")
    with pytest.raises(CommandError, match=f"{T1}.toml"):
        call_command("import_policies", str(folder))
