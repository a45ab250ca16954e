"""Lines under appraisal at the committee of tests.campaigns.world, for tests of what follows."""

from datetime import date
from typing import Any

from awards.enums import NominationState
from awards.models import Nomination
from awards.services.decisions import Signed
from catalogue.enums import Nature
from catalogue.models import AwardVersion
from catalogue.queries import award_versions_on
from tests.awards.factories import AppraisalFactory, NominationFactory, ReviewRoundFactory, SubmissionFactory
from tests.campaigns.pledging import scan
from tests.campaigns.world import Committee, user
from tests.units.factories import PersonFactory
from units.enums import Role, SubjectKind
from units.models import Subject
from units.services.subjects import subject_for

DAY = date(2024, 12, 20)


def award(day: date = DAY, level: str = "district", nature: str = Nature.FORM) -> AwardVersion:
    """An award that the level may decide on the day, for a person."""
    rows = award_versions_on(day, subject_kind=SubjectKind.PERSON, organiser_level=level, nature=nature)
    found = rows.first()
    assert found is not None
    return found


def award_beyond(level: str) -> AwardVersion:
    """An award that others decide, and `level` does not, by an entry that was checked."""
    for version in award_versions_on(DAY, subject_kind=SubjectKind.PERSON):
        entries = list(version.authorities.all())
        if entries and all(entry.binds and entry.level != level for entry in entries):
            return version
    raise LookupError(level)


def person(committee: Committee, name: str, number: int = 0, **more: Any) -> Subject:
    return subject_for(person=PersonFactory(name=name, organiser=committee.communes[number], **more))


def line(
    committee: Committee, name: str = "Danh Hữu Lộc", state: str = NominationState.APPRAISING, **more: Any
) -> Nomination:
    """A line of the first commune (`number=` for another) to the district."""
    number = more.pop("number", 0)
    letter = more.pop("submission", None) or SubmissionFactory(
        round=ReviewRoundFactory(organiser=committee.district), unit=committee.communes[number]
    )
    more.setdefault("award_version", award())
    subject = more.pop("subject", None) or person(committee, name, number)
    return NominationFactory(
        submission=letter, state=state, printed_name=name, honorific="Ông", subject=subject,
        post_then="Công chức Văn phòng – thống kê", unit_then=f"UBND xã {committee.communes[number].name}", **more,
    )  # fmt: skip


def reviewer(committee: Committee, name: str = "tham.dinh") -> Any:
    return user(name, Role.REVIEWER, committee.district)


def asked(nomination: Nomination, account: Any, **more: Any) -> Nomination:
    """The line as the reviewer's task stands on it."""
    AppraisalFactory(nomination=nomination, reviewer=account, **more)
    return Nomination.objects.get(pk=nomination.pk)


def signed(number: str = "1632", day: date = DAY, **more: Any) -> Signed:
    values = {"symbol": "QĐ-UBND", "signer": "Trần Văn Ký", "post": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "scan": scan()}
    return Signed(number=number, signed_on=day, **{**values, **more})
