"""Settings of a worker in a process of its own: production's queue, and mail in a folder."""

from config.settings import test

vars().update({name: value for name, value in vars(test).items() if name.isupper()})
TASKS = test.TASKS | {"mail": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = "tests.campaigns.mail_to_folder.EmailBackend"
