from catalogue.services.authority import check_authority
from catalogue.services.loading import CatalogueFrozen, LoadReport, load_catalogue
from catalogue.services.texts import add_text
from catalogue.services.values import set_value

__all__ = ["CatalogueFrozen", "LoadReport", "add_text", "check_authority", "load_catalogue", "set_value"]
