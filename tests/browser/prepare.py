"""Units and accounts for the browser tests, made in a process of its own: ``python -m tests.browser.prepare``.

Nothing else: campaigns, pledges and reports come about by clicks and keys.
"""

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 -- Django is set up above

    from accounts.models import User  # noqa: PLC0415
    from tests.campaigns.world import build_committee  # noqa: PLC0415

    build_committee()
    User.objects.update(password=make_password(sys.argv[1]))


if __name__ == "__main__":
    main()
