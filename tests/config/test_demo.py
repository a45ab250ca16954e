"""`make demo` in processes of its own: made once, kept the second time, made anew on request."""

import json
import sqlite3

import pytest

from tests.browser import product

pytestmark = pytest.mark.workers

DESKS = """
import json
from accounts.models import User
from core import clock
from core.turns import DESKS
from desk.items import items_of
from units.grants import GRANTS
found = {}
moving = {step.permission for desk in DESKS.values() for step in desk.workflow.steps}
for user in User.objects.all():
    with clock.on_day(user.working_day):
        roles = {m.role for m in user.memberships.all()}
        if any(moving & set(GRANTS[role]) for role in roles):
            items = items_of(user)
            late = sum(item.due_on is not None and item.due_on < clock.today() for item in items)
            found[user.username] = (len(items), late)
print(json.dumps(found))
"""
TITLE = "Phong trào thi đua yêu nước năm 2024"


def ask(var_dir, question):
    with sqlite3.connect(var_dir / "db.sqlite3") as base:
        rows = base.execute(question).fetchall()
    base.close()
    return rows


def test_the_demo_is_made_kept_and_made_anew(tmp_path):
    product.manage(tmp_path, "demo", "--no-serve")
    plan = ask(tmp_path, "select title, symbol, signed_on, state from campaigns_campaign order by id")[0]
    assert plan == (TITLE, "27/KH-UBND", "2024-02-19", "launched")
    assert ask(tmp_path, "select count(*) from campaigns_focusarea where campaign_id = 1") == [(6,)]
    assert ask(tmp_path, "select count(*) from campaigns_indicator where campaign_id = 1") == [(18,)]
    states = dict(ask(tmp_path, "select state, count(*) from campaigns_pledge group by state"))
    assert states == {"accepted": 4, "returned": 1, "sent": 1, "draft": 1}
    reports = dict(ask(tmp_path, "select state, count(*) from campaigns_progressreport group by state"))
    assert reports == {"accepted": 8, "sent": 2, "returned": 1}
    lines = dict(ask(tmp_path, "select state, count(*) from awards_nomination group by state"))
    assert lines == {"at_signature": 2, "appraising": 2, "decided": 3}
    # Judged as on its day: the business day of the launch is the plan's, the time of writing is today's.
    day, written = ask(tmp_path, "select business_day, at from audit_entry where action = 'campaign.launched'")[0]
    assert day == "2024-02-19"
    assert not written.startswith("2024-02-19")

    desks = json.loads(product.manage(tmp_path, "shell", "--no-imports", "-c", DESKS).splitlines()[-1])
    # One thing to do on each desk that can have any, and no more than one overdue: the first sight of a role.
    assert {name: late for name, (count, late) in desks.items() if not count or late > 1} == {}
    assert len(desks) >= 20
    with sqlite3.connect(tmp_path / "db.sqlite3") as base:
        base.execute("update campaigns_campaign set theme = 'Giữ lại' where id = 1")
        base.execute("update units_person set search = 'as an older version wrote it'")
    base.close()
    product.manage(tmp_path, "demo", "--no-serve")
    assert ask(tmp_path, "select theme from campaigns_campaign where id = 1") == [("Giữ lại",)]
    assert len(list((tmp_path / "backups").glob("backup-*.zip"))) == 1
    assert ask(tmp_path, "select search from units_person where name = 'Lý Thị Ngọc Hân'") == [("ly thi ngoc han li",)]

    product.manage(tmp_path, "demo", "--reset", "--no-serve")
    assert ask(tmp_path, "select theme from campaigns_campaign where id = 1") != [("Giữ lại",)]
    assert len(list((tmp_path / "backups").glob("backup-*.zip"))) == 2
    assert "Không" not in product.manage(tmp_path, "verify_audit")
    assert "FAULT" not in product.manage(tmp_path, "check_invariants", "--checksums")


def test_demo_content_is_refused_outside_demo_mode(tmp_path):
    with pytest.raises(RuntimeError, match="demo mode only"):
        product.manage_in(tmp_path, "test", "demo", "--no-serve")
