from catalogue.models.award import AwardAuthority, AwardRule, AwardSubject, AwardType, AwardVersion, DossierItem
from catalogue.models.legal import LegalText, LegalValue, Term

__all__ = [
    "AwardAuthority",
    "AwardRule",
    "AwardSubject",
    "AwardType",
    "AwardVersion",
    "DossierItem",
    "LegalText",
    "LegalValue",
    "Term",
]
