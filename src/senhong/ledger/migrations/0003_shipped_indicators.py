"""The indicators that every installation has. Their words may be changed afterwards."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# code, group, nature, name, measure, definition, counting rule; each text Vietnamese, English.
SHIPPED = [
    (
        "teams.province", "organisation", "state",
        ("Tổ tham vấn cấp tỉnh", "Provincial advisory teams"),
        ("tổ", "teams"),
        (
            "Số tổ tham vấn chuyển đổi số của cấp tỉnh đang hoạt động vào một ngày.",
            "Advisory teams for digital transformation of the province that stand on a day.",
        ),
        (
            "Đọc tại ngày cuối kỳ, không cộng dồn. Một tổ tính từ ngày thành lập đến trước ngày "
            "giải thể.",
            "Read on the last day of the period, never added up. A team counts from the day it is "
            "formed until the day before it is disbanded.",
        ),
    ),
    (
        "teams.district", "organisation", "state",
        ("Tổ thanh niên CĐS cộng đồng cấp huyện", "District community teams"),
        ("tổ", "teams"),
        (
            "Số tổ thanh niên chuyển đổi số cộng đồng của cấp huyện đang hoạt động vào một ngày.",
            "Youth community teams for digital transformation of district units that stand on a "
            "day.",
        ),
        (
            "Đọc tại ngày cuối kỳ, không cộng dồn. Khi cấp huyện thôi hoạt động, tổ chưa giải thể "
            "được tính ở đơn vị kế thừa.",
            "Read on the last day of the period, never added up. When a district ends, a team "
            "that was not disbanded counts at the unit that succeeds it.",
        ),
    ),
    (
        "teams.commune", "organisation", "state",
        ("Tổ thanh niên CĐS cộng đồng cấp xã", "Commune community teams"),
        ("tổ", "teams"),
        (
            "Số tổ thanh niên chuyển đổi số cộng đồng của cấp xã đang hoạt động vào một ngày.",
            "Youth community teams for digital transformation of communes that stand on a day.",
        ),
        (
            "Đọc tại ngày cuối kỳ, không cộng dồn. Khi xã được sắp xếp lại, tổ chưa giải thể được "
            "tính ở đơn vị kế thừa.",
            "Read on the last day of the period, never added up. When a commune is merged, a team "
            "that was not disbanded counts at the unit that succeeds it.",
        ),
    ),
    (
        "activities", "organisation", "flow",
        ("Hoạt động", "Activities"),
        ("hoạt động", "activities"),
        (
            "Hoạt động đã kết thúc: một tổ (hoặc nhiều tổ phối hợp), một nơi, một buổi liền mạch.",
            "Activities that were closed: one team (or several together), one place, one "
            "continuous session.",
        ),
        (
            "Tính một lần khi kết thúc hoạt động, tại đơn vị của tổ chủ trì, vào ngày bắt đầu, dù "
            "có bao nhiêu tổ tham gia. Hoạt động bị hủy không được tính.",
            "Counted once, when the activity is closed, at the unit of the lead team, on the day "
            "it began, however many teams took part. A cancelled activity does not count.",
        ),
    ),
    (
        "activities.province", "organisation", "flow",
        ("Hoạt động cấp tỉnh", "Provincial activities"),
        ("hoạt động", "activities"),
        (
            "Hoạt động đã kết thúc có quy mô cấp tỉnh.",
            "Closed activities of provincial level.",
        ),
        (
            "Tính như “Hoạt động”, chỉ gồm hoạt động ghi cấp tỉnh. Mỗi hoạt động cấp tỉnh cũng "
            "nằm trong “Hoạt động”: không cộng hai chỉ tiêu với nhau.",
            "Counted as “Activities”, only those recorded as provincial. Each is also among "
            "“Activities”: never add the two.",
        ),
    ),
    (
        "sorties", "organisation", "flow",
        ("Lượt ra quân", "Sorties"),
        ("lượt", "sorties"),
        (
            "Một lần ra quân đã kết thúc: một tổ, một nơi, một buổi liền mạch đi đến với người "
            "dân.",
            "A closed sortie: one team, one place, one continuous session, out to the people.",
        ),
        (
            "Tính một lần khi kết thúc hoạt động loại ra quân, tại đơn vị của tổ chủ trì. Mỗi "
            "lượt ra quân cũng nằm trong “Hoạt động”: không cộng hai chỉ tiêu với nhau.",
            "Counted once, when an activity of the kind sortie is closed, at the unit of the lead "
            "team. Each is also among “Activities”: never add the two.",
        ),
    ),
    (
        "volunteer-turns", "organisation", "flow",
        ("Lượt đoàn viên, thanh niên tham gia", "Volunteer turns"),
        ("lượt", "turns"),
        (
            "Một thành viên có mặt ở một hoạt động là một lượt. Đây là số lượt, không phải số "
            "người.",
            "One member present at one activity is one turn. Turns, not persons.",
        ),
        (
            "Tính khi kết thúc hoạt động, tại đơn vị của tổ mà thành viên có mặt cùng: theo danh "
            "sách có mặt, hoặc theo con số có ghi lý do.",
            "Counted when the activity is closed, at the unit of the team with which the member "
            "was present: from the attendance list, or from a number with a reason.",
        ),
    ),
    (
        "citizen-turns", "society", "flow",
        ("Lượt người dân được hướng dẫn", "Citizen turns"),
        ("lượt", "turns"),
        (
            "Một người dân được giúp ít nhất một việc trong một hoạt động là một lượt. Đây là số "
            "lượt, không phải số người.",
            "One citizen helped with at least one service in one activity is one turn. Turns, not "
            "persons.",
        ),
        (
            "Tính ngay khi ghi, tại đơn vị của tổ đã giúp, một lần cho mỗi người trong mỗi hoạt "
            "động dù được giúp bao nhiêu việc.",
            "Counted at once when recorded, at the unit of the team that helped, once for each "
            "citizen and activity however many services.",
        ),
    ),
    (
        "platform-turns", "society", "flow",
        ("Lượt người dân dùng nền tảng số", "Platform turns"),
        ("lượt", "turns"),
        (
            "Một người dân được hướng dẫn cài đặt hoặc sử dụng ít nhất một nền tảng số trong một "
            "hoạt động là một lượt.",
            "One citizen guided to install or use at least one digital platform in one activity "
            "is one turn.",
        ),
        (
            "Tính cùng lúc với “Lượt người dân được hướng dẫn”, một lần cho mỗi người trong mỗi "
            "hoạt động nếu có ít nhất một việc là nền tảng số. Mỗi lượt này cũng nằm trong “Lượt "
            "người dân được hướng dẫn”.",
            "Counted together with “Citizen turns”, once for each citizen and activity if at "
            "least one of the services is a digital platform. Each is also among “Citizen turns”.",
        ),
    ),
    (
        "organisations-helped", "economy", "flow",
        ("Lượt hộ kinh doanh, doanh nghiệp, tổ chức được giúp", "Organisations helped"),
        ("lượt", "turns"),
        (
            "Một hộ kinh doanh, doanh nghiệp hoặc tổ chức được giúp ít nhất một việc trong một "
            "hoạt động là một lượt.",
            "One household business, enterprise or organisation helped with at least one service "
            "in one activity is one turn.",
        ),
        (
            "Tính ngay khi ghi, tại đơn vị của tổ đã giúp, thay cho lượt người dân: một lượt giúp "
            "không nằm ở cả hai chỉ tiêu.",
            "Counted at once when recorded, at the unit of the team that helped, instead of "
            "citizen turns: no help is in both.",
        ),
    ),
]  # fmt: skip


def ship(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    Indicator = apps.get_model("ledger", "Indicator")
    Indicator.objects.bulk_create(
        Indicator(
            code=code, group=group, nature=nature, position=position,
            name=name[0], name_en=name[1],
            unit_of_measure=measure[0], unit_of_measure_en=measure[1],
            definition=meaning[0], definition_en=meaning[1],
            counting_rule=rule[0], counting_rule_en=rule[1],
        )
        for position, (code, group, nature, name, measure, meaning, rule) in enumerate(SHIPPED, 1)
    )  # fmt: skip


def take_back(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    codes = [line[0] for line in SHIPPED]
    apps.get_model("ledger", "Indicator").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [migrations.RunPython(ship, take_back)]
