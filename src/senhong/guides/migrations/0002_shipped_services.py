"""The services that the movement helps with today, each with its indicator."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# code, group, is a platform, name, English name, description, English description
SHIPPED = [
    ("online-public-services", "government", False,
     "Dịch vụ công trực tuyến", "Online public services",
     "Tìm, nộp, theo dõi và trả phí hồ sơ trên cổng dịch vụ công.",
     "Finding, filing, following and paying for a case on the public service portal."),
    ("cashless-payment", "economy", True,
     "Thanh toán không tiền mặt, ví điện tử", "Cashless payment and e-wallets",
     "Mở tài khoản, cài ví điện tử, trả tiền và nhận tiền bằng mã QR.",
     "Opening an account, installing an e-wallet, paying and being paid by QR code."),
    ("e-dong-thap", "government", True,
     "Ứng dụng e-Đồng Tháp", "The e-Đồng Tháp app",
     "Cài đặt và sử dụng ứng dụng e-Đồng Tháp.",
     "Installing and using the e-Đồng Tháp app."),
    ("y-te-dong-thap", "society", True,
     "Ứng dụng Y tế Đồng Tháp", "The Y tế Đồng Tháp health app",
     "Cài đặt và sử dụng ứng dụng Y tế Đồng Tháp: đặt lịch khám, xem hồ sơ sức khỏe.",
     "Installing and using the Y tế Đồng Tháp app: appointments, health record."),
    ("vneid", "government", True,
     "Định danh điện tử VNeID", "VNeID electronic identity",
     "Cài đặt, kích hoạt và sử dụng VNeID. Người dân tự nhập số, mật khẩu và mã OTP.",
     "Installing, activating and using VNeID. Citizens type numbers and passwords themselves."),
    ("thanh-nien-viet-nam", "society", True,
     "Ứng dụng Thanh niên Việt Nam", "The Thanh niên Việt Nam app",
     "Cài đặt và sử dụng ứng dụng Thanh niên Việt Nam.",
     "Installing and using the Thanh niên Việt Nam app."),
    ("email-account", "society", False,
     "Tài khoản thư điện tử", "E-mail account",
     "Lập và sử dụng tài khoản thư điện tử.",
     "Opening and using an e-mail account."),
    ("administrative-procedure", "government", False,
     "Thủ tục hành chính", "Administrative procedure",
     "Chuẩn bị giấy tờ, điền tờ khai, nộp hồ sơ tại bộ phận một cửa.",
     "Preparing papers, filling in forms, filing at the one-stop desk."),
    ("e-commerce", "economy", False,
     "Đưa sản phẩm lên sàn thương mại điện tử", "Selling on e-commerce platforms",
     "Lập gian hàng, chụp ảnh, đăng và bán sản phẩm trên sàn thương mại điện tử.",
     "Opening a shop, taking pictures, listing and selling products."),
    ("hoi-quan-it", "economy", False,
     "Hỗ trợ công nghệ thông tin cho Hội quán", "IT support for a Hội quán",
     "Hỗ trợ Hội quán về máy móc, mạng, phần mềm và kênh giới thiệu.",
     "Helping a farmers' club with machines, network, software and its pages."),
    ("other", "society", False,
     "Việc khác", "Something else",
     "Việc được giúp chưa có trong danh mục.",
     "Help with something that is not in this list."),
]  # fmt: skip
RULE = (
    "Mỗi người (hoặc hộ kinh doanh, doanh nghiệp, tổ chức) được giúp việc này trong một hoạt động "
    "tính một lượt, ghi cho đơn vị của tổ đã giúp, vào ngày giúp. Được giúp nhiều việc thì mỗi việc "
    "tính một lượt ở việc đó."
)
RULE_EN = (
    "Each person (or household business, enterprise, organisation) helped with this in one activity "
    "counts one turn, at the unit of the team that helped, on the day of the help. Somebody helped "
    "with several services counts one turn under each."
)


def ship(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    Indicator = apps.get_model("ledger", "Indicator")
    HelpKind = apps.get_model("guides", "HelpKind")
    for place, (code, group, is_platform, name, name_en, about, about_en) in enumerate(SHIPPED, 1):
        indicator = Indicator.objects.create(
            code=f"help.{code}",
            name=name,
            name_en=name_en,
            group=group,
            nature="flow",
            unit_of_measure="lượt",
            unit_of_measure_en="turns",
            definition=f"Số lượt được giúp: {name}. {about}",
            definition_en=f"Turns of help with: {name_en}. {about_en}",
            counting_rule=RULE,
            counting_rule_en=RULE_EN,
            position=100 + place,
        )
        HelpKind.objects.create(
            code=code,
            indicator=indicator,
            name=name,
            name_en=name_en,
            description=about,
            description_en=about_en,
            is_platform=is_platform,
            position=place,
        )


def take_back(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    codes = [row[0] for row in SHIPPED]
    apps.get_model("guides", "HelpKind").objects.filter(code__in=codes).delete()
    indicators = [f"help.{code}" for code in codes]
    apps.get_model("ledger", "Indicator").objects.filter(code__in=indicators).delete()


class Migration(migrations.Migration):
    dependencies = [("guides", "0001_tables")]
    operations = [migrations.RunPython(ship, take_back)]
