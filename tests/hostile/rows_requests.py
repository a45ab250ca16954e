"""Rows 92–104: addresses, parameters and requests that no link of ours leads to."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from core.ui import drafts
from tests.hostile.rows import Asked, Case, Waits
from tests.units.world import World

NOTHING = "Không có gì ở địa chỉ này"
OFFICER = "standing_officer"
STRANGER = "south.standing_officer"
LISTS = (
    "units:unit_list",
    "units:person_list",
    "campaigns:campaign_list",
    "awards:ledger_list",
    "awards:decision_list",
)


def nowhere(row: int, what: str, path: Any, **more: Any) -> Asked:
    return Asked(row, what, 404, path, shows=(NOTHING,), **{"as_": OFFICER, **more})


def listed(row: int, what: str, query: str, page: str = "units:unit_list", **more: Any) -> Asked:
    return Asked(row, f"{what} {page}", 200, page=page, query=query, as_=OFFICER, **more)


def off_by_one(world: World, record: Any) -> str:
    number = f"{(record['uuid'].int + 1) % 2**128:032x}"
    return f"/files/{number[:8]}-{number[8:12]}-{number[12:16]}-{number[16:20]}-{number[20:]}/"


def foreign_household(world: World, record: Any) -> str:
    return reverse("units:household_detail", args=[world.households["south.a.hamlet"].pk])


def token_of_another(world: World) -> str:
    return drafts.token_for(world.user("north.unit_officer"), "awards:round_create", "")


def others(row: int) -> Iterator[Asked]:
    """Another side's file, job and result."""
    for page, method in (
        ("files:download", "GET"),
        ("jobs:download", "GET"),
        ("jobs:row", "GET"),
        ("jobs:cancel", "POST"),
    ):
        yield Asked(row, f"another's {page}", 404, page=page, method=method, as_=STRANGER, shows=(NOTHING,))


ROWS: tuple[Case | Waits, ...] = (
    *(nowhere(92, f"key {key[:24]}", f"/units/{key}/") for key in ("0", "-1", str(2**64), "9" * 5000, "abc", "1.0")),
    nowhere(92, "another side's record", foreign_household),
    nowhere(92, "file off by one", off_by_one, page="files:download"),
    *(
        Asked(
            92,
            f"key {key[:24]} in a list's filter",
            200,
            page="units:unit_list",
            query=f"?parent={key}&kind={key}",
            as_=OFFICER,
        )
        for key in (str(2**64), "abc", "9" * 5000)
    ),
    *others(93),
    *(
        Asked(
            94,
            f"after a choice to {target}",
            404,
            path=reverse("ui:page_size"),
            method="POST",
            as_=OFFICER,
            send={"per_page": "50", "next": target},
        )
        for target in ("//evil.example", "javascript:alert(1)", "https:///evil.example", "\\\\evil.example")
    ),
    *(
        Asked(
            94,
            f"sign-in page, next {target}",
            200,
            path="/account/sign-in/",
            query=f"?next={target}",
            as_="-",
            hides=(f'value="{target}"', f'href="{target}'),
        )
        for target in ("//evil.example", "javascript:evil()")
    ),
    *(
        listed(95, what, query)
        for what, query in (
            ("page -1", "?page=-1"),
            ("page 10^9", "?page=1000000000"),
            ("page of 5,000 digits", "?page=" + "9" * 5000),
            ("size 10^9", "?per_page=1000000000"),
            ("size in other digits", "?per_page=٥٠"),
        )
    ),
    listed(95, "size of 5,000 digits", "?per_page=" + "9" * 5000),
    Asked(
        95,
        "size of 5,000 digits kept",
        302,
        page="ui:page_size",
        method="POST",
        as_=OFFICER,
        send={"per_page": "9" * 5000},
        leads_to="/",
    ),
    Asked(
        95,
        "notices up to 5,000 digits",
        302,
        page="notices:read_all",
        method="POST",
        as_=OFFICER,
        send={"up_to": "9" * 5000},
        leads_to="/notices/",
    ),
    *(listed(96, "order by a secret", "?sort=password&sort=-user__password&order=password", page) for page in LISTS),
    *(
        listed(
            96,
            "filter by a secret",
            "?filter__user__password__startswith=a&user__password__startswith=a&password=a",
            page,
        )
        for page in LISTS
    ),
    listed(97, "parameter twice", "?kind=hamlet&kind=commune&q=a&q=b&page=1&page=2&per_page=20&per_page=50"),
    *(
        Asked(98, f"{method} on an act", 405, page="campaigns:campaign_launch", method=method, as_=OFFICER)
        for method in ("GET", "PUT", "DELETE", "TRACE", "HEAD")
    ),
    *(
        Asked(98, f"{method} on a list", 405, page="units:unit_list", method=method, as_=OFFICER)
        for method in ("POST", "PUT", "DELETE", "TRACE", "PATCH")
    ),
    Asked(
        98, "method in disguise", 405, page="units:unit_list", method="POST", as_=OFFICER, send={"_method": "DELETE"}
    ),
    Asked(99, "another host", 400, "/account/sign-in/", as_="-", headers={"Host": "evil.example"}, hides=("evil",)),
    Asked(
        99,
        "another host forwarded",
        200,
        "/account/forgotten/",
        as_="-",
        hides=("evil",),
        headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "evil"},
    ),
    *(
        nowhere(100, f"path {n}", path, as_=OFFICER)
        for n, path in enumerate(
            (
                "/%2e%2e%2f%2e%2e%2fetc/passwd",
                "/units/%252e%252e%252fetc",
                "/units/%c0%ae%c0%ae/",
                "/units/%00/",
                "/static/%00",
                "/static/..%2f..%2fconfig/settings.py",
                "/static/%2e%2e/config/settings.py",
                "/files/..%2f..%2fetc%2fpasswd/",
            )
        )
    ),
    listed(101, "long address", "?q=" + "a" * 9000),
    Asked(101, "cookie of 100 KB", 302, "/", as_="-", headers={"Cookie": "session=" + "a" * 100_000}),
    Asked(101, "a thousand headers", 200, "/account/sign-in/", as_="-", headers={f"X-{n}": "x" for n in range(1000)}),
    Waits(102, "gunicorn answers before the application is asked: tests/hostile/test_server.py"),
    *(
        nowhere(103, path, path)
        for path in (
            "/.git/config",
            "/.env",
            "/media/x.pdf",
            "/protected/x.pdf",
            "/static/../settings.py",
            "/admin/jsi18n",
            "/admin/",
        )
    ),
    *(
        Asked(104, what, 409, page="ui:draft_discard", method="POST", as_=OFFICER, send={"draft": token})
        for what, token in (("tampered link", "eyJ:x:y"), ("nothing", ""), ("another's link", token_of_another))
    ),
)
