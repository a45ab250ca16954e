"""The Celery application. It carries wake-up calls only; the Job row is the job (core/jobs)."""

import os

from celery import Celery
from kombu import Exchange, Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("config")
# "Current" is known to one thread only: a web server's other threads would fall back to amqp.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
# A worker started without -Q serves all lines (core.jobs.enums.Queue).
app.conf.task_queues = [
    Queue(name, Exchange(name), routing_key=name) for name in ("interactive", "reports", "mail", "maintenance")
]
app.autodiscover_tasks()
