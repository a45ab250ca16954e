"""Units and accounts for the browser tests, made in a process of its own: ``python -m tests.browser.prepare``.

A commune of today with two hamlets, and the people of the five roles. Nothing else: campaigns, pledges, reports
and nominations come about by clicks and keys.
"""

import os
import sys
from datetime import date

import django

OPENED = date(2020, 1, 1)
HAMLETS = ("Ấp Phước Thuận", "Ấp Trà Quýt")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 -- Django is set up above

    from accounts.models import User  # noqa: PLC0415

    build_commune()
    User.objects.update(password=make_password(sys.argv[1]))


def build_commune() -> None:
    """Made through the services, as the system."""
    from units.enums import Role, UnitKind, UnitLevel  # noqa: PLC0415 -- as above
    from units.services.units import create_unit  # noqa: PLC0415

    def unit(name: str, kind: str, level: str, parent: object, order: int = 0) -> object:
        return create_unit(
            kind=kind, level=level, name=name, opened_on=OPENED, parent=parent, actor=None, official_order=order
        )

    province = unit("Thành phố Cần Thơ", UnitKind.PROVINCE, UnitLevel.PROVINCE, None)
    commune = unit("Xã Phú Tâm", UnitKind.COMMUNE, UnitLevel.COMMUNE, province)
    account("thuong.truc", "Lý Thị Ngọc Hân", Role.STANDING_OFFICER, commune)
    account("tham.dinh", "Kim Thị Sà Rươl", Role.REVIEWER, commune)
    account("chu.tich", "Trần Hữu Phước", Role.APPROVER, commune)
    for order, name in enumerate(HAMLETS, 1):
        hamlet = unit(name, UnitKind.HAMLET, UnitLevel.BASE, commune, order)
        account(f"phu.trach.{order}", f"Thạch Văn Sô {order}", Role.UNIT_OFFICER, hamlet)
        account(f"truong.ap.{order}", f"Quách Minh Đạt {order}", Role.UNIT_HEAD, hamlet)


def account(username: str, full_name: str, role: str, unit: object) -> None:
    from tests.factories import UserFactory  # noqa: PLC0415 -- as above
    from units.services.memberships import grant_role  # noqa: PLC0415

    user = UserFactory(username=username, full_name=full_name)
    grant_role(user=user, role=role, unit=unit, valid_from=OPENED, actor=None)


if __name__ == "__main__":
    main()
