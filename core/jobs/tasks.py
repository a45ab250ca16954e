"""What the bell wakes."""

from celery import shared_task

from core.jobs import runner


@shared_task(name="core.jobs.tasks.run_job", ignore_result=True)
def run_job(uuid: str) -> None:
    """Make the job with this number, if it still waits. The row knows everything else."""
    runner.run(uuid)
