"""Who may do what: the groups, their permissions and the review workflows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import (
    AbstractGroupApprovalTask,
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from asflist.models import Enterprise, EnterpriseApprovalTask
from campaigns.models import Event, EventApprovalTask
from home.models import HomePage

# Wagtail asks for the permissions of its own image and document models, also where a project has
# its own; wagtailmedia has no permission to choose.
FILES = {
    "wagtailimages.image": ("add", "change", "choose"),
    "wagtaildocs.document": ("add", "change", "choose"),
    "wagtailmedia.media": ("add", "change"),
}


@dataclass(frozen=True)
class Role:
    """A group: its name in the admin and what its members may do.

    ``pages`` are Wagtail's page permissions on every home page, ``translations`` those on the home
    pages that are not in the source language, ``files`` the actions on images, documents and films,
    ``models`` maps ``app.model`` to the actions on that snippet.
    """

    name: str
    pages: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    models: dict[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()


WRITE = ("add", "change", "view")
ALL = (*WRITE, "delete")
READ_AND_CHANGE = ("view", "change")
EDITORS = Role(
    "Redaktörer",
    pages=("add", "change"),
    files=("add", "change", "choose"),
    models={
        "campaigns.event": READ_AND_CHANGE,
        "campaigns.mediabankitem": WRITE,
        "campaigns.presscontact": WRITE,
        "campaigns.presssubscription": ("view",),
        "core.theme": ("view",),
        "library.feedback": ("view",),
        "library.glossaryterm": WRITE,
    },
    others=("wagtail_localize.submit_translation",),
)
MODERATORS = Role(
    "Moderatorer",
    pages=("add", "change", "publish", "lock", "unlock", "bulk_delete"),
    files=("add", "change", "choose"),
    models={
        "asflist.enterprise": (*ALL, "publish", "lock", "unlock"),
        "asflist.certificationstep": ALL,
        "asflist.district": ALL,
        "asflist.processleader": ALL,
        "asflist.survey": ALL,
        "asflist.surveyquestion": ALL,
        "asflist.surveyround": ALL,
        "asflist.industry": ALL,
        "campaigns.event": (*ALL, "publish", "lock", "unlock"),
        "campaigns.mediabankitem": ALL,
        "campaigns.presscontact": ALL,
        "campaigns.presssettings": WRITE,
        "campaigns.presssubscription": ("view", "delete"),
        "core.organisationsettings": WRITE,
        "core.theme": ALL,
        "library.feedback": ("view", "delete"),
        "library.glossaryterm": ALL,
    },
    others=("wagtail_localize.submit_translation",),
)
LIST_KEEPERS = Role(
    "Listansvariga",
    files=("add", "choose"),
    models={
        "asflist.enterprise": (*ALL, "publish", "lock", "unlock"),
        "asflist.certificationstep": ALL,
        "asflist.district": ALL,
        "asflist.processleader": ALL,
        "asflist.survey": ALL,
        "asflist.surveyquestion": ALL,
        "asflist.surveyround": ALL,
        "asflist.industry": ALL,
    },
    others=("wagtail_localize.submit_translation",),
)
TRANSLATORS = Role(
    "Översättare",
    translations=("change", "publish"),
    files=("choose",),
    models={
        "asflist.enterprise": READ_AND_CHANGE,
        "asflist.certificationstep": READ_AND_CHANGE,
        "asflist.district": READ_AND_CHANGE,
        "asflist.processleader": READ_AND_CHANGE,
        "asflist.survey": READ_AND_CHANGE,
        "asflist.surveyquestion": READ_AND_CHANGE,
        "asflist.industry": READ_AND_CHANGE,
        "campaigns.mediabankitem": READ_AND_CHANGE,
        "campaigns.presscontact": READ_AND_CHANGE,
        "campaigns.presssettings": READ_AND_CHANGE,
        "core.organisationsettings": READ_AND_CHANGE,
        "core.theme": READ_AND_CHANGE,
        "library.glossaryterm": READ_AND_CHANGE,
    },
    others=("wagtail_localize.submit_translation",),
)
ROLES = (EDITORS, MODERATORS, LIST_KEEPERS, TRANSLATORS)
WAGTAILS_OWN = ("Editors", "Moderators")


def set_up_groups() -> None:
    """Make the groups and give each exactly its permissions; safe to run again.

    Wagtail's own two groups are removed when nobody is in them: two sets of editors confuse.
    """
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role.name)
        group.permissions.set(model_permissions(role))
        set_page_permissions(group, role)
        set_collection_permissions(group, role)
    Group.objects.filter(name__in=WAGTAILS_OWN, user__isnull=True).delete()


def may_change_in(language: str, user: User | AnonymousUser, model: type[Model]) -> bool:
    """Whether the user may change snippets of this kind in ``language``.

    Django's permissions know no language: a translator's are for what is not in the source's.
    """
    if language != settings.LANGUAGE_CODE or user.is_superuser:
        return True
    return Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        codename=f"change_{model._meta.model_name}",
        group__in=user.groups.exclude(name=TRANSLATORS.name),
    ).exists()


def model_permissions(role: Role) -> list[Permission]:
    """Return the permissions on snippets and to the admin. Raises when one does not exist."""
    names = ["wagtailadmin.access_admin", *role.others]
    for label, actions in role.models.items():
        app, model = label.split(".")
        names += [f"{app}.{action}_{model}" for action in actions]
    return [find_permission(name) for name in names]


def find_permission(name: str) -> Permission:
    """Return the permission called ``app.codename``."""
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def set_page_permissions(group: Group, role: Role) -> None:
    """Give ``group`` its rights on the home pages, and no other."""
    source = HomePage.objects.order_by("path").first()
    wanted: set[tuple[int, str]] = set()
    for home in HomePage.objects.all():
        actions: Iterable[str] = role.pages
        if source and home.locale_id != source.locale_id:
            actions = {*role.pages, *role.translations}
        wanted |= {(home.pk, action) for action in actions}
    page_type = ContentType.objects.get_for_model(Page)
    permissions = {
        permission.codename.removesuffix("_page"): permission
        for permission in Permission.objects.filter(content_type=page_type)
    }
    GroupPagePermission.objects.filter(group=group).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission=permissions[action])
        for page, action in sorted(wanted)
    )


def set_collection_permissions(group: Group, role: Role) -> None:
    """Give ``group`` its rights on images, documents and films, and no other."""
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.filter(group=group).delete()
    for label, actions in FILES.items():
        app, model = label.split(".")
        for action in actions:
            if action in role.files:
                permission = find_permission(f"{app}.{action}_{model}")
                GroupCollectionPermission.objects.create(
                    group=group, collection=root, permission=permission
                )


def set_up_workflows() -> None:
    """Pages and events are reviewed by moderators, enterprises by list keepers; safe to repeat."""
    pages = workflow("Granskning av sidor", "Godkänns av moderator", MODERATORS)
    for home in HomePage.objects.all():
        WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": pages})
    enterprises = workflow(
        "Granskning av ASF",
        "ASF godkänns av listansvarig",
        LIST_KEEPERS,
        EnterpriseApprovalTask,
    )
    events = workflow(
        "Granskning av evenemang",
        "Evenemanget godkänns av moderator",
        MODERATORS,
        EventApprovalTask,
    )
    for model, chosen in ((Enterprise, enterprises), (Event, events)):
        WorkflowContentType.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": chosen}
        )
    ours = (pages.pk, enterprises.pk, events.pk)
    for other in Workflow.objects.active().exclude(pk__in=ours).filter(name="Moderators approval"):
        other.deactivate()


def workflow(
    name: str,
    task_name: str,
    role: Role,
    kind: type[AbstractGroupApprovalTask] = GroupApprovalTask,
) -> Workflow:
    """Return the workflow called ``name`` with one task that the role's group approves."""
    found, _created = Workflow.objects.get_or_create(name=name)
    task, _created = kind.objects.get_or_create(name=task_name)
    task.groups.set([Group.objects.get(name=role.name)])
    WorkflowTask.objects.get_or_create(workflow=found, task=task, defaults={"sort_order": 0})
    return found
