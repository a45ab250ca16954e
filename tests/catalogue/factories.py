"""Rows of the catalogue for tests that need one award, not the law."""

from datetime import date

import factory

from catalogue.enums import AwardLevel, Mark, Nature
from catalogue.models import AwardAuthority, AwardSubject, AwardType, AwardVersion, LegalText, LegalValue, Term
from tests.factories import HouseFactory

SINCE = date(2024, 1, 1)


class LegalTextFactory(HouseFactory):
    class Meta:
        model = LegalText

    code = factory.Sequence(lambda n: f"van-ban-{n}")
    symbol = factory.Sequence(lambda n: f"{n + 1}/2024/NĐ-CP")
    cite = factory.LazyAttribute(lambda o: f"NĐ {o.symbol}")
    title = "Nghị định để kiểm thử"
    issued = SINCE
    in_force_from = SINCE
    mark = Mark.CHECKED


class LegalValueFactory(HouseFactory):
    class Meta:
        model = LegalValue

    code = factory.Sequence(lambda n: f"value.{n}")
    name = factory.Sequence(lambda n: f"Giá trị số {n}")
    group = "Kiểm thử"
    value = 1
    valid_from = SINCE
    text = factory.SubFactory(LegalTextFactory)
    mark = Mark.CHECKED


class AwardTypeFactory(HouseFactory):
    class Meta:
        model = AwardType

    code = factory.Sequence(lambda n: f"danh-hieu-{n}")
    nature = Nature.TITLE


class AwardVersionFactory(HouseFactory):
    class Meta:
        model = AwardVersion

    type = factory.SubFactory(AwardTypeFactory)
    name = factory.Sequence(lambda n: f"Danh hiệu số {n}")
    level = AwardLevel.BASE
    valid_from = SINCE
    text = factory.SubFactory(LegalTextFactory)
    mark = Mark.CHECKED


class AwardSubjectFactory(HouseFactory):
    class Meta:
        model = AwardSubject

    version = factory.SubFactory(AwardVersionFactory)
    kind = "person"
    mark = Mark.CHECKED


class AwardAuthorityFactory(HouseFactory):
    class Meta:
        model = AwardAuthority

    version = factory.SubFactory(AwardVersionFactory)
    level = "commune"
    text = factory.SelfAttribute("version.text")
    mark = Mark.CHECKED


class TermFactory(HouseFactory):
    class Meta:
        model = Term

    vocabulary = "field"
    code = factory.Sequence(lambda n: f"linh-vuc-{n}")
    name = factory.Sequence(lambda n: f"Lĩnh vực số {n}")
    valid_from = SINCE
