from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class FileTooLarge(DomainError):
    """A file is at most as large as everybody's line can carry."""

    most_mb: int
    code = "file-too-large"
    status = 422
    message = _("Tệp lớn hơn {most_mb} MB. Hãy nén lại hoặc tách tệp rồi gửi lại.")


@dataclass(eq=False, kw_only=True)
class FileKindNotAllowed(DomainError):
    """A file is what its name says, and of a kind that everybody can open."""

    code = "file-kind-not-allowed"
    status = 422
    message = _(
        "Tệp này chưa nhận được. Hãy gửi PDF, Word, Excel (không có macro) "
        "hoặc ảnh JPG, PNG, WebP, và giữ đúng đuôi tệp."
    )


@dataclass(eq=False, kw_only=True)
class FileEmpty(DomainError):
    """A file has something in it."""

    code = "file-empty"
    status = 422
    message = _("Tệp rỗng. Hãy mở tệp trên máy để kiểm tra rồi gửi lại.")


@dataclass(eq=False, kw_only=True)
class NotAPicture(DomainError):
    """A picture is a whole JPEG, PNG or WebP of a size that a phone can show."""

    code = "not-a-picture"
    status = 422
    message = _(
        "Tệp này không phải ảnh JPG, PNG hay WebP nguyên vẹn. Hãy mở ảnh trên máy, "
        "chụp lại màn hình hoặc xuất ra JPG rồi gửi lại."
    )


@dataclass(eq=False, kw_only=True)
class PhotoTooLarge(DomainError):
    """A photo is shrunk on the phone before it is sent."""

    most_kb: int
    code = "photo-too-large"
    status = 422
    message = _("Ảnh lớn hơn {most_kb} kB. Hãy thu nhỏ ảnh rồi gửi lại.")


@dataclass(eq=False, kw_only=True)
class TooManyPhotos(DomainError):
    """One person sends only so many photos in a day."""

    most: int
    code = "too-many-photos"
    status = 429
    message = _(
        "Hôm nay bạn đã gửi {most} ảnh, là mức cao nhất mỗi ngày. Ảnh vẫn còn trên máy: hãy gửi "
        "tiếp vào ngày mai."
    )


@dataclass(eq=False, kw_only=True)
class UploadOffset(DomainError):
    """The next piece of a photo begins where the last one that arrived ended."""

    received_bytes: int
    code = "upload-offset"
    message = _("Máy chủ đã nhận {received_bytes} byte của ảnh này. Hãy gửi tiếp từ đó.")


@dataclass(eq=False, kw_only=True)
class PieceOutOfRange(DomainError):
    """A piece of a photo is neither tiny nor larger than a weak line carries at once."""

    least_kb: int
    most_kb: int
    code = "piece-out-of-range"
    status = 422
    message = _(
        "Mỗi phần của ảnh từ {least_kb} đến {most_kb} kB, phần cuối có thể nhỏ hơn. Hãy chia lại "
        "rồi gửi."
    )


@dataclass(eq=False, kw_only=True)
class PhotoDamaged(DomainError):
    """What arrived is what was sent."""

    code = "photo-damaged"
    status = 422
    message = _("Ảnh nhận được không giống ảnh trên máy. Hãy gửi lại ảnh từ đầu.")
