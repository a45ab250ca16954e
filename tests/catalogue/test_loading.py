"""The data files, the loader, and what it refuses."""

import re
import shutil
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalogue.enums import CommendationKind, Mark, SimplifiedCase, Vocabulary
from catalogue.models import AwardType, AwardVersion, CatalogueLoad, LegalText, LegalValue, Term
from catalogue.references import keys_to_versions, referenced_versions
from catalogue.services import CatalogueFrozen, load_catalogue
from catalogue.shipped import DATA, BadData, read_shipped
from core.audit.models import Entry
from tests.awards.factories import CommendationFactory, TitleRegistrationFactory
from units.enums import SubjectClass

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files that a test may edit."""
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


def edit(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after, 1), encoding="utf-8")


def counts() -> dict[str, int]:
    return {
        m.__name__: m.objects.count() for m in (LegalText, LegalValue, Term, AwardType, AwardVersion, CatalogueLoad)
    }


def test_the_first_loading_brings_everything_and_the_second_nothing() -> None:
    report = load_catalogue()
    first = counts()
    assert all(first.values())
    assert len(report.created) == sum(first.values()) - first["AwardType"] - 1
    entry = Entry.objects.get(action="catalogue.loaded")
    assert entry.changes["legaltext"] == [0, first["LegalText"]]
    entries = Entry.objects.count()
    again = load_catalogue()
    assert again.is_empty
    assert again.kept == []
    assert counts() == first
    assert Entry.objects.count() == entries


def test_a_changed_text_is_written_and_audited(folder: Path) -> None:
    load_catalogue()
    edit(folder, "texts.toml", 'title = "Về công tác văn thư"', 'title = "Quy định về công tác văn thư"')
    report = load_catalogue(folder=folder)
    assert report.changed == ["NĐ 30/2020/NĐ-CP"]
    assert report.created == []
    entry = Entry.objects.get(action="catalogue_entry.changed")
    assert entry.changes == {"title": ["Về công tác văn thư", "Quy định về công tác văn thư"]}


def test_an_award_nothing_rests_on_is_rewritten_with_its_lines(folder: Path) -> None:
    load_catalogue()
    edit(folder, "titles.toml", "Hai lần liên tục được tặng", "Hai lần liên tiếp được tặng")
    report = load_catalogue(folder=folder)
    assert len(report.changed) == 2, "both versions of the award say it"
    version = AwardVersion.objects.get(type__code="cstd-toan-quoc", valid_from=date(2024, 1, 1))
    assert version.rules.first().words.startswith("Hai lần liên tiếp")
    assert load_catalogue(folder=folder).is_empty


@pytest.mark.parametrize("factory", [TitleRegistrationFactory, CommendationFactory])
def test_a_version_that_records_rest_on_is_frozen(folder: Path, factory: Any) -> None:
    load_catalogue()
    version = AwardVersion.objects.get(type__code="lao-dong-tien-tien", valid_from=date(2024, 1, 1))
    factory(award_version=version)
    edit(folder, "titles.toml", 'name = "Lao động tiên tiến"', 'name = "Lao động giỏi"')
    with pytest.raises(CatalogueFrozen, match="Lao động tiên tiến"):
        load_catalogue(folder=folder)
    names = set(AwardVersion.objects.filter(type__code="lao-dong-tien-tien").values_list("name", flat=True))
    assert names == {"Lao động tiên tiến"}, "nothing of a refused loading is written"


def test_the_lines_of_a_frozen_version_are_frozen(folder: Path) -> None:
    load_catalogue()
    version = AwardVersion.objects.get(type__code="giay-khen-xa", valid_from=date(2024, 1, 1))
    CommendationFactory(award_version=version)
    edit(folder, "forms.toml", 'coefficient = "0.15"', 'coefficient = "0.2"')
    with pytest.raises(CatalogueFrozen):
        load_catalogue(folder=folder)


def test_a_frozen_version_may_end(folder: Path) -> None:
    load_catalogue()
    version = AwardVersion.objects.get(type__code="huan-chuong-sao-vang", valid_from=date(2025, 7, 1))
    CommendationFactory(award_version=version)
    path = folder / "orders.toml"
    content = path.read_text(encoding="utf-8")
    place = content.index('code = "huan-chuong-sao-vang"')
    versions = content[:place] + content[place:].replace("from = 2025-07-01", "from = 2025-07-01\nto = 2027-01-01", 1)
    path.write_text(versions, encoding="utf-8")
    load_catalogue(folder=folder)
    version.refresh_from_db()
    assert version.valid_to == date(2027, 1, 1)


def test_references_are_found_through_every_key() -> None:
    names = {f"{key.model.__name__}.{key.name}" for key in keys_to_versions()}
    assert names >= {
        "TitleRegistration.award_version", "Nomination.award_version", "Nomination.lower_version",
        "Commendation.award_version",
    }  # fmt: skip
    assert not {name for name in names if name.endswith(".version")}
    row = TitleRegistrationFactory()
    assert referenced_versions([row.award_version_id, 0]) == {row.award_version_id}


# --- What the files say ---


def test_every_entry_says_how_far_it_was_compared_and_where_it_was_read() -> None:
    shipped = read_shipped()
    entries = [*shipped.values, *shipped.terms]
    for award in shipped.awards:
        for version in award.versions:
            entries += [version.values, *version.subjects, *version.authorities, *version.rules, *version.dossier_items]
    for entry in [*shipped.texts, *entries]:
        assert entry["mark"] in Mark.values
        assert entry["mark"] == Mark.UNCHECKED or entry["source"], entry
    assert all(entry["text"] or entry["mark"] != Mark.CHECKED or "value" in entry for entry in entries)


def test_an_unchecked_bonus_or_rule_has_no_figure_to_compute_with() -> None:
    for award in read_shipped().awards:
        for version in award.versions:
            assert all(line["coefficient"] is None for line in version.subjects if line["mark"] == Mark.UNCHECKED)
            assert all(line["weight"] != "hard" for line in version.rules if line["mark"] == Mark.UNCHECKED)


@pytest.mark.parametrize(
    ("vocabulary", "codes"),
    [
        (Vocabulary.COMMENDATION_KIND, CommendationKind.values),
        (Vocabulary.SIMPLIFIED_CASE, SimplifiedCase.values),
        (Vocabulary.SUBJECT_CLASS, SubjectClass.values),
    ],
)
def test_lists_that_code_knows_too_agree_with_it(vocabulary: str, codes: list[str]) -> None:
    assert [row["code"] for row in read_shipped().terms if row["vocabulary"] == vocabulary] == codes


def test_the_list_of_titles_is_the_laws() -> None:
    titles = [award for award in read_shipped().awards if award.nature == "title"]
    kinds = [{line["kind"] for line in award.versions[-1].subjects} for award in titles]
    assert len(titles) == 11
    assert sum("person" in kind for kind in kinds) == 4
    assert sum("household" in kind for kind in kinds) == 1
    assert not [a.code for a in titles if re.search("huyen", a.code)], "the 2022 Law has no flag of the district"


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("texts.toml", 'source = "law-copy"', 'source = "nowhere"', "nowhere"),
        ("values.toml", 'text = "nd-73-2024"', 'text = "nd-0"', "nd-0"),
        ("values.toml", "from = 2023-07-01", "from = 2019-01-01", "base_salary"),
    ],
)
def test_data_that_contradicts_itself_is_refused(
    folder: Path, name: str, before: str, after: str, message: str
) -> None:
    edit(folder, name, before, after)
    with pytest.raises(BadData, match=message):
        load_catalogue(folder=folder)
    assert not LegalText.objects.exists()


def test_the_command_prints_what_it_did(monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    call_command("load_catalogue", stdout=out)
    assert re.search(r"\d+ new, 0 changed, 0 kept", out.getvalue())
    LegalText.objects.filter(code="nd-30-2020").update(title="Khác")
    again = StringIO()
    call_command("load_catalogue", stdout=again)
    assert "changed: NĐ 30/2020/NĐ-CP" in again.getvalue()
    version = AwardVersion.objects.get(type__code="lao-dong-tien-tien", valid_from=date(2024, 1, 1))
    TitleRegistrationFactory(award_version=version)
    AwardVersion.objects.filter(pk=version.pk).update(name="Khác")
    with pytest.raises(CommandError, match="Khác"):
        call_command("load_catalogue", stdout=StringIO())
