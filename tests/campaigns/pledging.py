"""A launched campaign for tests of what its units do: eight indicators, one of every kind that is told apart."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.enums import Direction, IndicatorKind, RollUp
from campaigns.models import Campaign, Indicator, Participation, Pledge
from campaigns.services.campaigns import edit_campaign
from campaigns.services.copying import create_from_template
from campaigns.services.indicators import add_indicator, set_unit_target
from campaigns.services.launching import launch_campaign
from campaigns.services.papers import Paper
from campaigns.services.participants import set_participants
from campaigns.services.pledge_steps import send_pledge
from campaigns.services.pledges import Entry, save_lines
from campaigns.typed import read
from tests.campaigns.world import Committee

SCAN = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 2\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
PAPER = Paper("12/BC-UBND", date(2024, 3, 1), None)
INDICATORS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "Thu ngân sách",
        {"kind": IndicatorKind.MONEY, "measure": "triệu đồng", "decimals": 1},
        {"low": 4850, "base": 4700},
    ),
    ("Tham gia bảo hiểm y tế", {"kind": IndicatorKind.PERCENT, "measure": "%", "rollup": RollUp.RATIO}, {"low": 95}),
    ("Hộ nghèo", {"kind": IndicatorKind.NUMBER, "measure": "%", "direction": Direction.LOWER}, {"high": 3}),
    ("Đơn thư quá hạn", {"kind": IndicatorKind.COUNT, "measure": "đơn", "direction": Direction.ZERO}, {}),
    ("Xong quy hoạch", {"kind": IndicatorKind.DATE}, {"due_on": date(2024, 9, 30)}),
    ("Có mô hình dân vận khéo", {"kind": IndicatorKind.YES_NO}, {}),
    ("Việc làm theo Bác", {"kind": IndicatorKind.TEXT}, {}),
    ("Hưởng ứng phong trào", {"kind": IndicatorKind.NONE}, {}),
]
GOOD = ["5.000", "9.851/10.260", "2,8", "0", "15/09/2024", "yes", "Học và làm theo"]
"""What a unit may type for the seven that count."""


def scan(name: str = "van-ban.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, SCAN, "application/pdf")


def paper() -> Paper:
    return Paper(PAPER.symbol, PAPER.signed_on, scan())


def launched(committee: Committee) -> Campaign:
    """Launched to the three communes, pledges due on 31/03/2024; the third commune is not given the budget."""
    campaign = create_from_template(
        organiser=committee.district, template="six_focus_areas", title="Phong trào 2024", actor=committee.officer
    )
    areas = list(campaign.focus_areas.order_by("position"))
    for number, (name, values, target) in enumerate(INDICATORS):
        asked = {k: Decimal(v) if isinstance(v, int) else v for k, v in target.items()}
        add_indicator(focus_area_id=areas[number // 4].pk, name=name, actor=committee.officer, target=asked, **values)
    first = Indicator.objects.get(campaign=campaign, code="1.1")
    set_unit_target(indicator_id=first.pk, unit=committee.communes[2], assigned=False, actor=committee.officer)
    campaign = edit_campaign(
        campaign_id=campaign.pk, version=campaign.version, actor=committee.officer, goal="Mục tiêu",
        participants="Các xã", criteria="Tiêu chí", starts_on=date(2024, 2, 19), ends_on=date(2024, 11, 30),
        pledge_due_on=date(2024, 3, 31),
    )  # fmt: skip
    set_participants(campaign_id=campaign.pk, unit_ids=[u.pk for u in committee.communes], actor=committee.officer)
    return launch_campaign(campaign_id=campaign.pk, version=campaign.version, actor=committee.officer)


def place(campaign: Campaign, unit: Any) -> Participation:
    return Participation.objects.get(campaign=campaign, unit=unit)


def counted(campaign: Campaign) -> list[Indicator]:
    """The seven for which something is entered, in order."""
    rows = campaign.indicators.exclude(kind=IndicatorKind.NONE)
    return list(rows.order_by("focus_area__position", "position"))


def fill(participation: Participation, actor: Any, texts: list[str] = GOOD) -> Pledge:
    """Type `texts` into the counted indicators."""
    rows = zip(counted(participation.campaign), texts, strict=True)
    entries = {indicator.pk: Entry(read(indicator, text)) for indicator, text in rows if text is not None}
    outcome = save_lines(participation_id=participation.pk, entries=entries, actor=actor)
    assert not outcome.refused, outcome.refused
    return outcome.pledge


def sent(participation: Participation, officer: Any, head: Any, texts: list[str] = GOOD) -> Pledge:
    pledge = fill(participation, officer, texts)
    return send_pledge(participation_id=participation.pk, version=pledge.version, actor=head)
