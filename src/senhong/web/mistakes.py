"""What is wrong with a field of a request, in the reader's language."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_OWN = "Value error, "  # how pydantic begins the sentence of a validator of ours
_NOT_WHOLE = gettext_lazy("Hãy gửi một số nguyên.")
_NOT_A_DAY = gettext_lazy("Hãy viết ngày dạng 2023-03-20.")
_NOT_AN_INSTANT = gettext_lazy("Hãy viết lúc nào dạng 2023-03-20T07:30:00+07:00.")
_NOT_AN_ID = gettext_lazy("Hãy gửi một UUID.")

# By pydantic's type of error; a sentence may name what pydantic says of the limit.
SENTENCES: dict[str, str | Promise] = {
    "missing": gettext_lazy("Còn thiếu mục này."),
    "extra_forbidden": gettext_lazy("Không có mục nào tên như vậy. Hãy bỏ đi."),
    "unknown_parameter": gettext_lazy("Không có tham số này. Hãy chọn trong: {known}."),
    "repeated_parameter": gettext_lazy("Tham số này chỉ gửi một lần. Hãy bỏ bớt."),
    "no_parameters": gettext_lazy("Địa chỉ này không nhận tham số nào. Hãy bỏ đi."),
    "int_parsing": _NOT_WHOLE,
    "int_type": _NOT_WHOLE,
    "int_from_float": _NOT_WHOLE,
    "int_parsing_size": gettext_lazy("Số này quá lớn."),
    "float_parsing": gettext_lazy("Hãy gửi một số."),
    "float_type": gettext_lazy("Hãy gửi một số."),
    "finite_number": gettext_lazy("Hãy gửi một số hữu hạn."),
    "bool_parsing": gettext_lazy("Hãy gửi true hoặc false."),
    "bool_type": gettext_lazy("Hãy gửi true hoặc false."),
    "greater_than_equal": gettext_lazy("Ít nhất là {ge}."),
    "greater_than": gettext_lazy("Phải lớn hơn {gt}."),
    "less_than_equal": gettext_lazy("Nhiều nhất là {le}."),
    "less_than": gettext_lazy("Phải nhỏ hơn {lt}."),
    "string_type": gettext_lazy("Hãy gửi một đoạn chữ."),
    "string_unicode": gettext_lazy("Nội dung có ký tự không đọc được. Hãy gõ lại."),
    "string_too_short": gettext_lazy("Cần ít nhất {min_length} ký tự."),
    "string_too_long": gettext_lazy("Nhiều nhất {max_length} ký tự."),
    "string_pattern_mismatch": gettext_lazy("Chưa đúng dạng {pattern}."),
    "too_short": gettext_lazy("Cần ít nhất {min_length} mục."),
    "too_long": gettext_lazy("Nhiều nhất {max_length} mục."),
    "list_type": gettext_lazy("Hãy gửi một danh sách."),
    "dict_type": gettext_lazy("Hãy gửi một đối tượng JSON."),
    "model_attributes_type": gettext_lazy("Hãy gửi một đối tượng JSON."),
    "model_type": gettext_lazy("Hãy gửi một đối tượng JSON."),
    "enum": gettext_lazy("Chọn một trong: {expected}."),
    "literal_error": gettext_lazy("Chọn một trong: {expected}."),
    "uuid_parsing": _NOT_AN_ID,
    "uuid_type": _NOT_AN_ID,
    "date_type": _NOT_A_DAY,
    "date_parsing": _NOT_A_DAY,
    "date_from_datetime_parsing": _NOT_A_DAY,
    "date_from_datetime_inexact": _NOT_A_DAY,
    "datetime_type": _NOT_AN_INSTANT,
    "datetime_parsing": _NOT_AN_INSTANT,
    "datetime_from_date_parsing": _NOT_AN_INSTANT,
    "timezone_aware": gettext_lazy("Hãy ghi cả múi giờ, ví dụ +07:00."),
}


def sentence_of(error: dict[str, Any]) -> str:
    """One short sentence for an error as pydantic describes it."""
    kind, said = error.get("type", ""), str(error.get("msg", ""))
    if kind == "value_error":
        return said.removeprefix(_OWN)
    sentence = SENTENCES.get(kind)
    if sentence is None:
        return _("Giá trị này chưa đúng ({kind}).").format(kind=kind)
    return str(sentence).format_map(error.get("ctx") or {})
