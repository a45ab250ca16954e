"""The only room that knows every other one."""

# Imported first so that shared tasks bind to this Celery application and not to the amqp default.
from config.celery import app as celery_app

__all__ = ("celery_app",)
