"""Restores the state of moto's AWS, which runs in this process, without calls."""

from collections.abc import Callable
from copy import deepcopy

from moto.backends import get_backend
from moto.moto_api._internal.models import moto_api_backend

SERVICES = ("events", "s3", "scheduler", "secretsmanager", "sqs")


def empty_account() -> None:
    """Deletes everything in moto's AWS."""
    moto_api_backend.reset()


def saved_account() -> Callable[[], None]:
    """Returns a function that restores today's buckets, queues, events, schedules and secrets, and deletes everything else.

    Objects and messages are not restored: there must be none.
    """
    backends = {
        (service, account, region): backend
        for service in SERVICES
        for account, regions in get_backend(service).items()
        for region, backend in regions.items()
    }
    locks = [queue._messages_lock for backend in backends.values() for queue in getattr(backend, "queues", {}).values()]
    shared = {id(lock): lock for lock in locks}  # locks cannot be copied
    saved = {key: deepcopy(vars(backend), dict(shared)) for key, backend in backends.items()}
    bucket_accounts = dict(get_backend("s3").bucket_accounts)

    def restore() -> None:
        moto_api_backend.reset()
        for (service, account, region), state in saved.items():
            vars(get_backend(service)[account][region]).update(deepcopy(state, dict(shared)))
        get_backend("s3").bucket_accounts.update(bucket_accounts)

    return restore
