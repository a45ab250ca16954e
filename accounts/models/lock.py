"""What is remembered of failed sign-ins."""

from django.db import models

SECOND_STEP = "second step"
"""Stands in the place of an address: wrong codes of the second factor are counted for the account, wherever
they come from. Only who knows the password can make them, and such a one may have many addresses."""


class SignInLock(models.Model):
    """Failed sign-ins of one name from one address; the name need not belong to an account."""

    username = models.CharField(max_length=150)
    address = models.CharField(max_length=45)
    failures = models.PositiveIntegerField(default=0)
    times_locked = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    last_failed = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["username", "address"], name="one_lock_a_pair")]
        indexes = [models.Index(fields=["last_failed"])]

    @property
    def of_codes(self) -> bool:
        """Whether it counts wrong codes, not wrong passwords."""
        return self.address == SECOND_STEP


class AddressTally(models.Model):
    """Failed sign-ins from one address, whatever the names, since the window opened."""

    address = models.CharField(max_length=45, unique=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
