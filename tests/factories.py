"""Base of every factory: rows are made through the default manager, names come from sequences."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import User


class HouseFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True


class UserFactory(HouseFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi.dung.{n}")
    full_name = factory.Sequence(lambda n: f"Người Dùng {n}")
    password = factory.django.Password("mat-khau-de-kiem-thu")
