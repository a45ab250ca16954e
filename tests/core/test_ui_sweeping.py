"""The daily sweep, and the checks at start-up."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from core.clock import real_now
from core.ui import checks, navigation, states
from core.ui.models import Draft, PostOnce
from core.ui.sweeping import sweep
from core.workflow import WORKFLOWS
from tests.core.ui_site.models import SampleRecord
from tests.core.ui_site.states import Sample
from tests.factories import UserFactory


@pytest.mark.django_db
def test_only_what_nobody_needs_is_swept() -> None:
    user, now = UserFactory(), real_now()
    for days in (1, 170, 190):
        Draft.objects.create(user=user, form="f", object_ref=str(days), payload={}, updated=now - timedelta(days=days))
    for days in (1, 5):
        PostOnce.objects.create(user=user, key=str(days), result_url="/", created=now - timedelta(days=days))
    sweep()
    assert set(Draft.objects.values_list("object_ref", flat=True)) == {"1", "170"}
    assert list(PostOnce.objects.values_list("key", flat=True)) == ["1"]


@pytest.fixture
def workflow(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = SimpleNamespace(model=SampleRecord, field="state")
    monkeypatch.setattr(WORKFLOWS, "_entries", {"sample": fake})


@pytest.mark.usefixtures("workflow")
def test_state_without_a_look_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(checks.unseen_states()) == []
    monkeypatch.setitem(states._looks, Sample, {"draft": states.Look("draft", "pencil")})
    assert [fault.msg for fault in checks.unseen_states()] == ["States without a look: sent."]
    monkeypatch.delitem(states._looks, Sample)
    assert [fault.msg for fault in checks.unseen_states()] == ["States without a look: draft, sent."]


def faults_of_the_product() -> list[Any]:
    """Without the workflows that other tests define for themselves."""
    return [
        fault for fault in checks.check_looks(None) if not getattr(fault.obj, "__module__", "").startswith("tests.")
    ]


def test_unknown_icon_of_the_menu_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not faults_of_the_product()
    monkeypatch.setattr(navigation, "ENTRIES", navigation.Registry("navigation entry"))
    navigation.register("a", label="A", icon="no-such", url_name="list")
    assert [fault.id for fault in faults_of_the_product()] == ["ui.E002"]
