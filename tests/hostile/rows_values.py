"""Rows 78–91: numbers, days, places in a list, and forms that no page of ours sent."""

from typing import Any

from accounts.models import User
from awards.models import Nomination, ReviewRound
from awards.services.nominations import LineValues, add_line
from awards.services.submissions import Letter, create_submission
from core import clock
from core.ui.models import PostOnce
from tests.hostile.rows import Asked, Case, Refused, Taken, Waits
from tests.matrix.nominations import award, subject
from tests.units.world import World
from units.services.subjects import subject_for

PERIOD = "campaigns:period_create"
SHARE = "expected_share"
ROUND = "awards:round_create"
LINE = "awards:nomination_edit"
UNIT = "units:unit_create"
KEY = "the key alone decides: another body is led to the first one's result and its text is lost"
NO_NUMBER = "không phải là số"


def share(row: int, what: str, text: str, says: str) -> Refused:
    return Refused(row, what, PERIOD, SHARE, says, {SHARE: text})


def day(row: int, what: str, text: str, says: str, field: str = "starts_on") -> Refused:
    return Refused(row, what, PERIOD, field, says, {field: text})


def changed_meanwhile(world: World, record: Any) -> None:
    type(record).objects.filter(pk=record.pk).update(version=record.version + 1)


def proposed_already(world: World, record: Any) -> None:
    """The hamlet stands in a letter of the commune's own in the same round, for the same award."""
    letter = create_submission(
        round_id=record.round_id, unit=world.unit("north.a"), letter=Letter(), actor=world.user("north.commune_officer")
    )
    values = LineValues(award_version=award(world), printed_name="Ấp Hòa Long")
    add_line(submission_id=letter.pk, subject=subject(world), values=values, actor=world.user("north.commune_officer"))


def key_is_used(world: World, record: Any) -> None:
    """The page's key led to a result already, with something else in its form."""
    user = world.user("north.standing_officer")
    PostOnce.objects.create(user=user, key="used", result_url="/awards/rounds/", created=clock.real_now())


def pointed_to(world: World, record: Any) -> None:
    """Asking for a recipient makes the pointer to it, which is nobody's data; here it is there already."""
    subject(world)


def reviewer_is_proposed(world: World, record: Any) -> None:
    """The line that waits for a reviewer proposes the reviewer."""
    person = world.persons["north.a.hamlet"]
    person.user = world.user("north.reviewer")
    person.save()
    Nomination.objects.update(subject=subject_for(person=person))


def no_rights_gained(world: World, record: Any) -> None:
    user = User.objects.get(pk=record.pk)
    kept = ("username", "password", "is_active", "is_administrator")
    assert [getattr(user, name) for name in kept] == [getattr(record, name) for name in kept]
    assert list(user.memberships.values_list("role", flat=True)) == ["unit_officer"]


def year_is_read(world: World, record: Any) -> None:
    """Digits of any script are one number to a reader; what is kept is the number."""
    assert ReviewRound.objects.get().year == 2026


def state_kept(world: World, record: Any) -> None:
    assert Nomination.objects.get(pk=record.pk).state == record.state


ROWS: tuple[Case | Waits, ...] = (
    share(78, "below nothing", "-1", "lớn hơn hoặc bằng 0"),
    share(78, "more than all", "101", "nhỏ hơn hoặc bằng 100"),
    *(share(78, text, text, NO_NUMBER) for text in ("NaN", "Infinity", "1e309", "-inf")),
    share(79, "2^63", str(2**63), "15"),
    share(79, "10^400", "1" + "0" * 400, "15"),
    *(
        Refused(79, f"{what} as a year", ROUND, "year", "2100", {"year": text})
        for what, text in (("2^63", str(2**63)), ("10^400", "1" + "0" * 400))
    ),
    Refused(79, "five thousand digits as a year", ROUND, "year", "số nguyên", {"year": "9" * 5000}),
    Refused(79, "2^63 as an order", UNIT, "official_order", "nhỏ hơn", {"official_order": str(2**63)}),
    Taken(80, "comma", PERIOD, {SHARE: "12,5"}),
    share(80, "two readings", "1,500", "có thể"),
    share(80, "two commas", "1,2,3", NO_NUMBER),
    day(81, "30 February", "30/02/2026", "Không có ngày"),
    day(81, "29 February of no leap year", "29/02/2027", "Không có ngày"),
    day(81, "year 1", "01/01/0001", "1900"),
    day(81, "year 9999", "31/12/9999", "2100"),
    day(81, "as a machine writes it", "2026-01-31", "không phải là ngày"),
    Refused(82, "end before start", PERIOD, "ends_on", "trước", {"starts_on": "02/01/2026", "ends_on": "01/01/2026"}),
    Refused(
        82,
        "registered on a day to come",
        "awards:registration_create",
        "registered_on",
        "không được sau hôm nay",
        {"registered_on": "01/01/2100"},
        before=pointed_to,
    ),
    share(83, "digits of another script", "١٢", NO_NUMBER),
    day(83, "day in digits of another script", "٠١/٠١/٢٠٢٦", "không phải là ngày"),
    Taken(83, "year in digits of another script", ROUND, {"year": "٢٠٢٦"}, check=year_is_read),
    Refused(84, "negative place", LINE, "position", "1", {"position": "-1"}),
    Refused(84, "place that is none", LINE, "position", "số nguyên", {"position": "1.5"}),
    Refused(84, "negative order", UNIT, "official_order", "0", {"official_order": "-1"}),
    Refused(
        85,
        "proposed by another unit",
        "awards:nomination_create",
        "award_version",
        "đã được đề nghị",
        {},
        before=proposed_already,
        unkept=frozenset({"subject"}),
    ),  # the recipient stands in the address
    Refused(
        86,
        "reviewer is proposed",
        "awards:appraisal_assign",
        "reviewer",
        "Không ai được thẩm định",
        {},
        before=reviewer_is_proposed,
    ),
    Taken(87, "1,001 fields", ROUND, {f"f{n}": "x" for n in range(1001)}),
    Asked(
        87,
        "more fields than are read",
        413,
        page=ROUND,
        method="POST",
        shows=("Nội dung gửi lên quá lớn",),
        send={f"f{n}": "x" for n in range(5001)},
    ),
    Waits(88, "no page has a formset; lines are numbered fields of one form (awards:registration_create)"),
    Taken(
        89,
        "rights of an account",
        "accounts:account_edit",
        {"is_superuser": "on", "is_staff": "on", "is_active": "", "password": "x", "username": "x", "role": "approver"},
        check=no_rights_gained,
    ),
    Taken(89, "state of a line", LINE, {"state": "decided", "score": "100", "decision": "1"}, check=state_kept),
    Refused(90, "a list where one is meant", ROUND, "year", "số nguyên", {"year": ["2026", "x"]}),
    Asked(90, "ten thousand brackets", 400, page="ui:draft_save", method="POST", body=b"[" * 10_000, as_="nobody"),
    Asked(90, "no texts", 400, page="ui:draft_save", method="POST", body=b'{"a": [{"b": 1}]}', as_="nobody"),
    Asked(90, "no text at all", 400, page="ui:draft_save", method="POST", body=b"\xff\xfe", as_="nobody"),
    Asked(91, "no token", 403, page=ROUND, method="POST", strict=True, shows=("Trang đã mở quá lâu",)),
    Asked(
        91,
        "old token",
        403,
        page=ROUND,
        method="POST",
        strict=True,
        cookies={"csrftoken": "a" * 32},
        send={"csrfmiddlewaretoken": "a" * 32 + "b" * 32},
        shows=("Trang đã mở quá lâu",),
    ),
    Refused(
        91,
        "stale version",
        LINE,
        "",
        "Tên đã gõ",
        {"printed_name": "Tên đã gõ"},
        status=409,
        before=changed_meanwhile,
        drafted=True,
    ),
    Refused(
        91,
        "key of another post",
        ROUND,
        "",
        "Tên đã gõ",
        {"title": "Tên đã gõ", "_once": "used"},
        status=409,
        before=key_is_used,
        drafted=True,
        fault=KEY,
    ),
)
