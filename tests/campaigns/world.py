"""A small committee for tests of campaigns: one district, three communes, an agency, and its people."""

from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from tests.factories import UserFactory
from units.enums import Role, UnitKind, UnitLevel
from units.models import Unit
from units.services.memberships import grant_role
from units.services.units import create_unit

START = date(2020, 1, 1)


@dataclass
class Committee:
    province: Unit
    district: Unit
    communes: list[Unit]
    agency: Unit
    officer: User
    approver: User
    observer: User
    outsider: User
    unit_officers: list[User] = field(default_factory=list)
    heads: list[User] = field(default_factory=list)


def user(name: str, role: str, unit: Unit) -> User:
    account = UserFactory(username=name, full_name=name.replace(".", " ").title())
    grant_role(user=account, role=role, unit=unit, valid_from=START, actor=None)
    return account


def unit(name: str, kind: str, level: str, parent: Unit | None, order: int = 0, code: str = "") -> Unit:
    return create_unit(
        kind=kind, level=level, name=name, opened_on=START, parent=parent, actor=None, official_order=order, code=code
    )


def build_committee(prefix: str = "") -> Committee:
    """Made through the services of the floor below, as the system."""
    province = unit(f"Tỉnh {prefix}Sóc Trăng", UnitKind.PROVINCE, UnitLevel.PROVINCE, None)
    district = unit(f"Huyện {prefix}Châu Thành", UnitKind.DISTRICT, UnitLevel.DISTRICT, province)
    communes = [
        unit(f"Xã {prefix}{name}", UnitKind.COMMUNE, UnitLevel.COMMUNE, district, order)
        for order, name in enumerate(("An Hiệp", "An Ninh", "Phú Tân"), 1)
    ]
    agency = unit(f"Phòng Nội vụ {prefix}", UnitKind.AGENCY, UnitLevel.DISTRICT, district, 9)
    elsewhere = unit(f"Huyện {prefix}Kế Sách", UnitKind.DISTRICT, UnitLevel.DISTRICT, province, 2)
    committee = Committee(
        province, district, communes, agency,
        officer=user(f"{prefix}thuong.truc", Role.STANDING_OFFICER, district),
        approver=user(f"{prefix}chu.tich", Role.APPROVER, district),
        observer=user(f"{prefix}giam.sat", Role.OBSERVER, district),
        outsider=user(f"{prefix}ngoai", Role.STANDING_OFFICER, elsewhere),
    )  # fmt: skip
    for number, commune in enumerate(communes[:2], 1):
        committee.unit_officers.append(user(f"{prefix}phu.trach.{number}", Role.UNIT_OFFICER, commune))
        committee.heads.append(user(f"{prefix}thu.truong.{number}", Role.UNIT_HEAD, commune))
    return committee
