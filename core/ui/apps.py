from django.apps import AppConfig


class UIConfig(AppConfig):
    name = "core.ui"
    label = "ui"
