"""Pages of rounds, letters and lines: the whole way by plain forms, exact rows, equal queries."""

import re
from datetime import date

import pytest
from django.urls import reverse

from awards.models import Nomination, ReviewRound, Submission
from awards.services.nominations import edit_line
from awards.services.title_registrations import register_title
from catalogue.enums import Nature
from catalogue.queries import award_versions_on
from catalogue.services import load_catalogue
from core import clock
from tests.awards.factories import AppraisalFactory, OpenFieldFactory
from tests.awards.nominating import DAY, award_of, begun, line, opened, sent, taken_in, values
from tests.campaigns.pledging import launched, scan
from tests.campaigns.world import build_committee
from tests.units.factories import HouseholdFactory, PersonFactory
from units.services.subjects import subject_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    load_catalogue()
    return build_committee()


@pytest.fixture
def person(committee):
    return subject_for(person=PersonFactory(name="Thạch Thị Sóc Kha", birth_year=1985, organiser=committee.communes[0]))


@pytest.fixture
def as_user(client):
    def sign_in(user):
        user.working_day = DAY
        user.save()
        client.force_login(user)
        return client

    return sign_in


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def text(page):
    return page.content.decode()


def test_the_whole_way_by_plain_forms(committee, person, as_user):
    client = as_user(committee.officer)
    assert client.get(url("round_create")).status_code == 200
    form = {"organiser": committee.district.pk, "title": "Xét khen năm 2024", "year": "2024", "kind": "merit",
            "route": "no_meeting", "due_on": "30/11/2024"}  # fmt: skip
    bad = client.post(url("round_create"), {**form, "route": "simplified"})
    assert "simplified_case" in bad.context["form"].errors
    assert client.post(url("round_create"), form).status_code == 302
    row = ReviewRound.objects.get()

    client = as_user(committee.unit_officers[0])
    assert "Xét khen năm 2024" in text(client.get(url("round_list")))
    assert client.get(url("submission_create", row.pk)).status_code == 200
    done = client.post(url("submission_create", row.pk), {"unit": committee.communes[0].pk, "symbol": "45/TTr-UBND",
                                                          "signed_on": "08/11/2024", "signer": "Chủ tịch"})  # fmt: skip
    letter = Submission.objects.get()
    assert done.url == url("submission_detail", letter.pk)
    page = client.post(
        url("submission_file_add", letter.pk), {"upload": scan(), "kind": "minutes", "label": "Biên bản"}
    )
    assert page.status_code == 302, page.context["form"].errors

    found = client.post(
        url("nomination_pick", letter.pk), {"subject": "", "subject__q": "soc kha", "_search": "subject"}
    )
    ref = f"person:{person.person_id}"
    assert f'value="{ref}"' in text(found)
    assert "1985" in text(found)
    step = client.post(url("nomination_pick", letter.pk), {"subject": ref})
    assert "Thạch Thị Sóc Kha" in text(client.get(step.url))
    given = {"award_version": award_of(person).pk, "honorific": "Bà", "printed_name": "Thạch Thị Sóc Kha",
             "merit": "Hai năm liền hoàn thành tốt", "achievement_year": "2024", "subject_class": "direct"}  # fmt: skip
    assert client.post(step.url, given).status_code == 302
    twin = client.post(step.url, given)
    assert "award_version" in twin.context["form"].errors
    page = text(client.get(url("submission_detail", letter.pk)))
    assert "Bà Thạch Thị Sóc Kha" in page
    assert "Biên bản" in page

    client = as_user(committee.heads[0])
    for act, state in (("confirm", "confirmed"), ("send", "sent")):
        letter.refresh_from_db()
        assert url(f"submission_{act}", letter.pk) in text(client.get(url("submission_detail", letter.pk)))
        assert client.post(url(f"submission_{act}", letter.pk), {"version": letter.version}).status_code == 302
        letter.refresh_from_db()
        assert letter.state == state

    client = as_user(committee.officer)
    assert client.post(url("submission_take_in", letter.pk), {"version": letter.version}).status_code == 302
    assert client.post(url("submission_take_in", letter.pk), {"version": 0}).status_code == 409
    line_ = Nomination.objects.get()
    assert line_.state == "appraising"
    page = text(client.get(url("round_detail", row.pk) + "?state=appraising"))
    assert "Thạch Thị Sóc Kha" in page
    assert client.get(url("nomination_withdraw", line_.pk)).status_code == 200
    client.post(url("nomination_withdraw", line_.pk), {"version": line_.version, "reason": "Nhầm người"})
    assert "Nhầm người" in text(client.get(url("nomination_detail", line_.pk)))


def test_a_line_is_changed_given_papers_and_removed(committee, person, as_user):
    row = line(begun(committee, opened(committee)), person, committee.unit_officers[0])
    client = as_user(committee.unit_officers[0])
    assert 'name="version"' in text(client.get(url("nomination_edit", row.pk)))
    given = {"award_version": row.award_version_id, "printed_name": "Thạch Thị Sóc Kha", "achievement_year": "2024",
             "merit": "Mới", "position": "4", "version": row.version}  # fmt: skip
    assert client.post(url("nomination_edit", row.pk), given).status_code == 302
    assert client.post(url("nomination_edit", row.pk), {**given, "merit": "Khác"}).status_code == 409
    row.refresh_from_db()
    assert (row.merit, row.position) == ("Mới", 4)
    page = client.post(
        url("nomination_file_add", row.pk), {"upload": scan(), "kind": "achievements", "label": "Báo cáo"}
    )
    assert page.status_code == 302
    assert "Báo cáo" in text(client.get(url("nomination_detail", row.pk)))
    assert client.get(url("nomination_remove", row.pk)).status_code == 200
    client.post(url("nomination_remove", row.pk), {"version": row.version})
    assert not Nomination.objects.exists()


def test_what_was_asked_is_shown_mended_and_handed_back(committee, person, as_user):
    letter = begun(committee, opened(committee))
    row = line(letter, person, committee.unit_officers[0])
    taken_in(letter, committee.heads[0], committee.officer)
    Nomination.objects.filter(pk=row.pk).update(state="more_asked")
    OpenFieldFactory(nomination=row, name="merit", note="Nêu số liệu")
    row.refresh_from_db()
    client = as_user(committee.heads[0])
    assert "Nêu số liệu" in text(client.get(url("nomination_detail", row.pk)))
    page = client.get(url("nomination_answer", row.pk))
    assert list(page.context["form"].fields) == ["merit"]
    given = {"merit": "Thu ngân sách 102 %", "version": row.version, "send": "1"}
    assert client.post(url("nomination_answer", row.pk), given).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.merit) == ("appraising", "Thu ngân sách 102 %")


def test_opinions_are_read_by_the_committee_only(committee, person, as_user):
    letter = begun(committee, opened(committee))
    row = line(letter, person, committee.unit_officers[0])
    taken_in(letter, committee.heads[0], committee.officer)
    AppraisalFactory(nomination=row, outcome="eligible", reason="Đủ hai năm")
    assert "Đủ hai năm" in text(as_user(committee.officer).get(url("nomination_detail", row.pk)))
    assert "Đủ hai năm" not in text(as_user(committee.heads[0]).get(url("nomination_detail", row.pk)))


def test_registered_titles_are_ticked(committee, person, as_user):
    award = next(row.type for row in award_versions_on(DAY, subject_kind="person", nature=Nature.TITLE))
    letter = begun(committee, opened(committee))
    client = as_user(committee.unit_officers[0])
    assert client.get(url("submission_prefill", letter.pk)).status_code == 200
    row = register_title(unit=committee.communes[0], year=2024, subject=person, award_type=award,
                         actor=committee.unit_officers[0])  # fmt: skip
    assert "Thạch Thị Sóc Kha" in text(client.get(url("submission_prefill", letter.pk)))
    assert client.post(url("submission_prefill", letter.pk), {"registrations": [row.pk]}).status_code == 302
    assert Nomination.objects.get().registration == row


def test_the_list_of_a_letter_has_three_parts_with_roman_numbers(committee, person, as_user):
    letter, officer = begun(committee, opened(committee)), committee.unit_officers[0]
    for subject in (person, subject_for(household=HouseholdFactory(unit=committee.communes[0])),
                    subject_for(unit=committee.communes[0])):  # fmt: skip
        line(letter, subject, officer)
    page = as_user(officer).get(url("submission_detail", letter.pk))
    assert [part.code for part in page.context["sections"]] == ["collective", "household", "person"]
    assert re.findall(r'<h2 class="card-title">(I+)\. ', text(page)) == ["I", "II", "III"]


def test_the_standing_body_begins_from_paper(committee, as_user):
    row = opened(committee)
    client = as_user(committee.officer)
    bad = client.post(url("submission_create", row.pk), {"unit": committee.communes[2].pk})
    assert {"paper_symbol", "paper_signed_on", "scan"} <= set(bad.context["form"].errors)
    given = {
        "unit": committee.communes[2].pk,
        "paper_symbol": "12/TTr",
        "paper_signed_on": "01/11/2024",
        "scan": scan(),
    }
    assert client.post(url("submission_create", row.pk), given).status_code == 302
    letter = Submission.objects.get()
    assert (letter.on_behalf, letter.symbol, letter.signed_on) == (True, "12/TTr", date(2024, 11, 1))


def test_each_reads_exactly_their_rows(committee, person, as_user):
    round_ = opened(committee)
    first, second = begun(committee, round_, 0), begun(committee, round_, 1)
    row = line(first, person, committee.unit_officers[0])
    line(second, subject_for(unit=committee.communes[1]), committee.unit_officers[1])
    sent(second, committee.heads[1])
    people = {"officer": committee.officer, "approver": committee.approver, "observer": committee.observer,
              "first": committee.unit_officers[0], "second": committee.heads[1]}  # fmt: skip
    seen = {}
    for name, user in people.items():
        page = as_user(user).get(url("round_detail", round_.pk))
        letters = {letter.unit.name for letter in page.context["submissions"].records}
        lines = {record.nominating_unit.name for record in page.context["table"].records}
        assert letters == lines
        seen[name] = lines
    assert seen == {"officer": {"Xã An Ninh"}, "approver": {"Xã An Ninh"}, "observer": {"Xã An Ninh"},
                    "first": {"Xã An Hiệp"}, "second": {"Xã An Ninh"}}  # fmt: skip
    for user, rows in ((committee.heads[1], [round_]), (committee.outsider, [])):
        assert list(as_user(user).get(url("round_list")).context["table"].records) == rows
    assert as_user(committee.outsider).get(url("round_detail", round_.pk)).status_code == 404
    for name, pk in (("nomination_detail", row.pk), ("submission_detail", first.pk), ("nomination_edit", row.pk)):
        assert as_user(committee.officer).get(url(name, pk)).status_code == 404
    assert as_user(committee.approver).get(url("submission_create", round_.pk)).status_code == 403
    assert as_user(committee.approver).get(url("round_create")).status_code == 403


def test_the_tab_of_a_campaign_shows_its_rounds_and_lines(committee, person, as_user):
    with clock.on_day(date(2024, 3, 10)):
        campaign = launched(committee)
    letter = begun(committee, opened(committee, campaign=campaign))
    line(letter, person, committee.unit_officers[0])
    page = as_user(committee.unit_officers[0]).get(url("campaign_nominations", campaign.pk))
    assert [str(row) for row in page.context["table"].records] == ["Thạch Thị Sóc Kha"]
    assert "Xét khen thưởng năm 2024" in text(page)
    assert url("campaign_nominations", campaign.pk) in text(page)
    assert as_user(committee.outsider).get(url("campaign_nominations", campaign.pk)).status_code == 404


def fill(committee, count):
    letter = begun(committee, opened(committee))
    for number in range(count):
        who = subject_for(person=PersonFactory(organiser=committee.communes[0]))
        row = line(letter, who, committee.unit_officers[0])
        edit_line(nomination_id=row.pk, version=0, values=values(who, merit=f"Số {number}"),
                  actor=committee.unit_officers[0])  # fmt: skip
    return letter


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("round_list", 10), ("round_detail", 18), ("submission_detail", 11)])
def test_pages_take_the_same_queries_however_long(committee, as_user, count, name, queries, django_assert_num_queries):
    letter = fill(committee, count)
    args = {"round_list": [], "round_detail": [letter.round_id], "submission_detail": [letter.pk]}[name]
    client = as_user(committee.unit_officers[0])
    client.get(url(name, *args))
    with django_assert_num_queries(queries):
        client.get(url(name, *args))
