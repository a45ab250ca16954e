"""From the request to the file, with the rights of the moment it is made."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from docx import Document as read_document
from openpyxl import load_workbook

from core import audit, clock
from core.documents import Document
from core.errors import NotAllowed
from core.jobs.enums import Failure, JobState
from core.jobs.failures import failure_text
from core.jobs.models import Job
from core.jobs.tasks import run_job
from reports.base import DocumentReport
from reports.registration import REPORTS
from reports.running import NothingInside
from reports.services import request_report
from tests.reports.sample import UnitForm, UnitList, in_catalogue
from units.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_unit_list")]


def ask(user, code="unit-list", **values):
    form = UnitForm(MultiValueDict({name: [str(value)] for name, value in values.items()}), user=user)
    assert form.is_valid()
    return request_report(report=REPORTS[code], form=form, actor=user)[0]


def made(job):
    run_job(str(job.uuid))
    return Job.objects.get(pk=job.pk)


def book_of(client, job):
    """The file as its owner downloads it."""
    client.force_login(job.owner)
    answer = client.get(reverse("jobs:download", args=[job.uuid]))
    assert answer.status_code == 200
    return load_workbook(BytesIO(b"".join(answer.streaming_content)))


def names_in(client, job):
    rows = book_of(client, job)["Đơn vị"].iter_rows(values_only=True)
    return [row[1] for row in rows if isinstance(row[0], int)]


SEEN = {
    # the unit, what it succeeds, and the line above it
    "north.unit_head": ["Tỉnh North", "Ấp Bờ Kênh", "Xã Châu Thành", "Ấp Hòa Long"],
    "south.b_head": ["Tỉnh South", "Phường Long Đức", "Ấp Đầu Giồng"],
    "north.b_standing_officer": ["Tỉnh North", "Phường Long Đức", "Phòng Kinh tế", "Ấp Đầu Giồng"],
}


@pytest.mark.parametrize(("name", "expected"), SEEN.items())
def test_file_holds_exactly_what_the_owner_may_see(client, world, name, expected):
    job = made(ask(world.user(name)))
    assert job.state == JobState.SUCCEEDED
    assert names_in(client, job) == expected


def test_rights_are_those_of_the_moment_it_is_made(client, world):
    """A role that ended while the job waited shows nothing more."""
    user = world.user("north.b_standing_officer")
    job = ask(user)
    Membership.objects.filter(user=user).update(unit=world.unit("north.b.office"))
    assert names_in(client, made(job)) == ["Tỉnh North", "Phường Long Đức", "Phòng Kinh tế"]


def test_a_choice_that_is_no_longer_within_scope_fails_with_words(world):
    user = world.user("north.standing_officer")
    job = ask(user, unit=world.unit("north.a").pk)
    Membership.objects.filter(user=user).update(unit=world.unit("north.b.hamlet"))
    job = made(job)
    assert (job.state, job.error_code) == (JobState.FAILED, Failure.REPORTED)
    with translation.override("vi"):
        assert failure_text(job).startswith("Phạm vi đã chọn không còn")


def test_owner_without_the_right_gets_nothing(world):
    user = world.user("north.standing_officer")
    job = ask(user)
    Membership.objects.filter(user=user).delete()
    assert made(job).error_code == Failure.RIGHT_LOST


def test_asking_without_the_right_is_refused(world):
    with pytest.raises(NotAllowed):
        ask(world.user("administrator"))
    assert not Job.objects.exists()


def test_asking_for_nothing_is_refused_with_the_reason(world):
    with pytest.raises(NothingInside, match="không có đơn vị trực thuộc"):
        ask(world.user("north.standing_officer"), unit=world.unit("north.a.hamlet").pk)
    assert not Job.objects.exists()


def test_what_became_empty_meanwhile_fails_with_the_reason(world, monkeypatch):
    job = ask(world.user("north.standing_officer"))
    monkeypatch.setattr(UnitList, "empty_reason", lambda self, user, params: "Không còn đơn vị nào.")
    job = made(job)
    assert job.state == JobState.FAILED
    assert failure_text(job) == "Không còn đơn vị nào."


def test_the_same_question_waits_once(world):
    user = world.user("north.standing_officer")
    unit = world.unit("north.a")
    assert ask(user, unit=unit.pk, until="05/03/2024").pk == ask(user, until="5/3/2024", unit=unit.pk).pk
    assert ask(user).pk != ask(user, unit=unit.pk).pk
    assert Job.objects.count() == 3


def test_request_is_audited_once(world):
    user = world.user("north.standing_officer")
    job = ask(user)
    ask(user)
    entries = [(entry.action, entry.actor) for entry in audit.entries_for(job)]
    assert entries == [("report.requested", user)]


def test_job_bears_title_and_scope(world):
    job = ask(world.user("north.standing_officer"), unit=world.unit("north.a").pk, until="20/10/2024")
    assert (job.title, job.scope) == ("Danh sách đơn vị", "Xã Châu Thành, 20/10/2024")


def test_file_is_named_after_report_scope_and_business_day(world):
    user = world.user("north.standing_officer")
    user.working_day = clock.today().replace(year=2025, month=10, day=20)
    user.save()
    job = made(ask(user, unit=world.unit("north.a").pk))
    assert job.result.name == "danh-sach-don-vi_Xa-Chau-Thanh_20251020.xlsx"


def test_workbook_says_whose_it_is_and_where_it_comes_from(client, world):
    user = world.user("north.office_head")
    job = made(ask(user, unit=world.unit("north.a").pk))
    book = book_of(client, job)
    sheet = book["Đơn vị"]
    assert sheet["A1"].value == "ỦY BAN NHÂN DÂN XÃ CHÂU THÀNH"
    assert sheet["A2"].value == "PHÒNG VĂN HÓA – XÃ HỘI"
    source = {row[0]: row[1] for row in book["Nguồn số liệu"].iter_rows(values_only=True) if row[0]}
    assert source["Người lập"] == "north office_head (tài khoản north.office_head)"
    assert source["Mã biểu"] == "unit-list"
    assert source["Đơn vị"] == "Xã Châu Thành"


def test_workbook_is_vietnamese_though_asked_for_in_english(client, world):
    with translation.override("en"):
        job = made(ask(world.user("north.standing_officer")))
    assert "Nguồn số liệu" in book_of(client, job).sheetnames


class UnitLetter(DocumentReport):
    code, title, description, group = "unit-letter", "Báo cáo đơn vị", "Một trang.", UnitList.group
    parameters = UnitForm

    def document(self, ctx):
        document = Document().title("Báo cáo", "Đơn vị")
        for unit in ctx.counted(UnitList().rows(ctx.owner, ctx.params)):
            document.paragraph(unit.name)
        return document


def test_document_is_made_the_same_way(client, world):
    with in_catalogue(UnitLetter):
        job = made(ask(world.user("south.b_head"), code="unit-letter"))
        client.force_login(job.owner)
        answer = client.get(reverse("jobs:download", args=[job.uuid]))
    texts = [p.text for p in read_document(BytesIO(b"".join(answer.streaming_content))).paragraphs if p.text]
    assert texts == ["BÁO CÁO", "Đơn vị", "Tỉnh South", "Phường Long Đức", "Ấp Đầu Giồng"]
    assert job.result.name.startswith("bao-cao-don-vi_")
    assert job.result.name.endswith(".docx")
