from catalogue.forms.in_force import InForceForm
from catalogue.forms.texts import TextForm
from catalogue.forms.values import ValueForm

__all__ = ["InForceForm", "TextForm", "ValueForm"]
