from catalogue.models.award import AwardAuthority, AwardRule, AwardSubject, AwardType, AwardVersion, DossierItem
from catalogue.models.legal import CatalogueLoad, LegalText, LegalValue, Term

__all__ = [
    "AwardAuthority",
    "AwardRule",
    "AwardSubject",
    "AwardType",
    "AwardVersion",
    "CatalogueLoad",
    "DossierItem",
    "LegalText",
    "LegalValue",
    "Term",
]
