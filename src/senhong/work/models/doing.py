"""What is done about a task: answers, requests for time, pauses, talk, files."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.files.models import StoredFile
from senhong.org.models import Unit
from senhong.work.models.tasks import Brief, Task


class Verdict(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("kết quả", "Chờ duyệt")
    ACCEPTED = "accepted", pgettext_lazy("kết quả", "Đã nhận")
    RETURNED = "returned", pgettext_lazy("kết quả", "Trả lại")
    TAKEN_BACK = "taken-back", pgettext_lazy("kết quả", "Tự rút lại")


class Answer(models.Model):
    """What was handed in for a task once, and what became of it. All of them are kept."""

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="answers")
    words = models.TextField(_("kết quả"), blank=True)
    number = models.DecimalField(max_digits=19, decimal_places=3, null=True, blank=True)
    rows = models.JSONField(default=list)  # as the brief's columns say, numbers in plain digits
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("nộp lúc"))
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.WAITING)
    reason = models.CharField(_("lý do"), max_length=500, blank=True)  # of a return
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("kết quả nộp")
        indexes = [models.Index(fields=["task", "at"], name="answers_of_task")]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(verdict="waiting"), name="answer_waits_once"
            ),
            models.CheckConstraint(
                name="answer_return_reason", condition=~Q(verdict="returned") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.verdict}"


class TaskFile(models.Model):
    """A file of what is to be done (then all who got it have it), or of one answer: evidence."""

    id = models.UUIDField(primary_key=True)
    brief = models.ForeignKey(Brief, models.CASCADE, null=True, blank=True, related_name="files")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("tệp của nhiệm vụ")
        constraints = [
            models.CheckConstraint(
                name="task_file_of_one",
                condition=Q(brief=None, answer__isnull=False) | Q(brief__isnull=False, answer=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}"


class ExtensionState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("xin gia hạn", "Chờ trả lời")
    GRANTED = "granted", pgettext_lazy("xin gia hạn", "Đồng ý")
    REFUSED = "refused", pgettext_lazy("xin gia hạn", "Không đồng ý")
    WITHDRAWN = "withdrawn", pgettext_lazy("xin gia hạn", "Đã rút")


class Extension(models.Model):
    """A request for more time, and what was answered. All of them are kept."""

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="extensions")
    from_due_at = models.DateTimeField(_("hạn cũ"))
    asked_due_at = models.DateTimeField(_("xin tới"))
    granted_due_at = models.DateTimeField(_("cho tới"), null=True, blank=True)
    reason = models.CharField(_("lý do"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("xin lúc"))
    state = models.CharField(max_length=10, choices=ExtensionState, default=ExtensionState.WAITING)
    words = models.CharField(_("trả lời"), max_length=500, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lần xin gia hạn")
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(state="waiting"), name="extension_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.state}"


class Pause(models.Model):
    """A stretch of time in which a task's clock stood still, and why."""

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="pauses")
    reason = models.CharField(_("lý do"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    from_at = models.DateTimeField(_("dừng lúc"))
    to_at = models.DateTimeField(_("làm tiếp lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần tạm dừng")
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(to_at=None), name="pause_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.from_at}"


class Comment(models.Model):
    """Something said about a task, and who is called by name in it."""

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="comments")
    words = models.TextField(_("ý kiến"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("lúc"))
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="mentioned_in"
    )

    class Meta:
        verbose_name = _("ý kiến")
        indexes = [models.Index(fields=["task", "at"], name="comments_of_task")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.at}"


class ChecklistItem(models.Model):
    """One line to tick off."""

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="checklist")
    words = models.CharField(_("việc nhỏ"), max_length=300)
    position = models.IntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("dòng việc nhỏ")
        indexes = [models.Index(fields=["task", "position"], name="checklist_of_task")]

    def __str__(self) -> str:
        return self.words


class TaskMove(models.Model):
    """An open task passed to another unit, because its own ended with a change of the map."""

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="moves")
    # Without constraints: when a change of the map is taken back, its units have never been.
    from_unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="+", db_constraint=False)
    to_unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="+", db_constraint=False)
    day = models.IntegerField()  # of the change, yyyymmdd

    class Meta:
        verbose_name = _("lần chuyển đơn vị")

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id}"
