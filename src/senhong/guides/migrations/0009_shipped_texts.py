"""How to help with the shipped services, in a few steps each."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Steps by the service's code, Vietnamese and English.
TEXTS = {
    "online-public-services": (
        ["Hỏi người dân cần việc gì, có giấy tờ gì trong tay.",
         "Mở Cổng dịch vụ công quốc gia; người dân tự đăng nhập bằng VNeID.",
         "Tìm tên thủ tục, điền theo từng bước, chụp giấy tờ rõ bốn góc.",
         "Ghi lại mã hồ sơ và chỉ cách xem hồ sơ đang ở đâu."],
        ["Ask what is needed and which papers are at hand.",
         "Open the National Public Service Portal; the citizen signs in herself with VNeID.",
         "Find the procedure, fill in step by step, photograph papers with all four corners.",
         "Write down the case number and show how to follow it."],
    ),
    "cashless-payment": (
        ["Kiểm tra điện thoại có sóng, còn pin, số thuê bao chính chủ.",
         "Tải ứng dụng ngân hàng hoặc ví từ cửa hàng chính thức, không theo đường dẫn lạ.",
         "Người dân tự đặt mật khẩu, tự nhập OTP; mình quay mặt đi.",
         "Thử chuyển 1.000 đồng hoặc quét một mã QR; nhắc: không ai được hỏi OTP."],
        ["Check signal, battery, and that the number is in her own name.",
         "Get the bank's or wallet's app from the official store, never from a link.",
         "She sets the password and types the OTP herself; look away.",
         "Try 1,000 đồng or one QR code; remind her that nobody may ask for an OTP."],
    ),
    "e-dong-thap": (
        ["Tải ứng dụng e-Đồng Tháp từ cửa hàng chính thức.",
         "Người dân tự đăng ký bằng số điện thoại của mình.",
         "Cùng xem một việc dùng ngay: tin của xã, phản ánh kèm ảnh, tra hồ sơ."],
        ["Get the e-Đồng Tháp app from the official store.",
         "The citizen registers herself with her own number.",
         "Try one useful thing together: local news, a report with a picture, a case."],
    ),
    "y-te-dong-thap": (
        ["Tải ứng dụng Y tế Đồng Tháp từ cửa hàng chính thức.",
         "Người dân tự nhập số thẻ bảo hiểm và đặt mật khẩu.",
         "Cùng đặt thử một lịch khám và xem hồ sơ sức khỏe."],
        ["Get the Y tế Đồng Tháp app from the official store.",
         "The citizen types her insurance number and password herself.",
         "Book one appointment together and look at the health record."],
    ),
    "vneid": (
        ["Hỏi: đã làm định danh mức 2 ở công an xã chưa? Chưa thì chỉ nơi và giờ làm.",
         "Tải VNeID từ cửa hàng chính thức, bấm Kích hoạt.",
         "Người dân tự nhập số, mật khẩu, OTP. Không chụp, không ghi lại giấy tờ.",
         "Cùng mở thử thẻ căn cước và bảo hiểm y tế trong Ví giấy tờ."],
        ["Ask whether level 2 was registered with the commune police; if not, say where and when.",
         "Get VNeID from the official store and tap Activate.",
         "She types number, password and OTP herself. Photograph and write down nothing.",
         "Open the identity and health cards in the wallet together."],
    ),
    "thanh-nien-viet-nam": (
        ["Tải ứng dụng Thanh niên Việt Nam từ cửa hàng chính thức.",
         "Đoàn viên tự đăng ký, chọn đúng chi đoàn của mình.",
         "Cùng xem thẻ đoàn viên số và một hoạt động sắp tới."],
        ["Get the Thanh niên Việt Nam app from the official store.",
         "The member registers herself and chooses her own branch.",
         "Look at the digital card and a coming activity together."],
    ),
    "email-account": (
        ["Chọn tên dễ nhớ, ghép họ tên và năm; viết ra giấy cho người dân giữ.",
         "Người dân tự đặt mật khẩu và thêm số điện thoại để lấy lại khi quên.",
         "Gửi thử một thư, mở thử một tệp đính kèm; chỉ cách nhận ra thư lừa."],
        ["Choose a name that is easy to keep in mind; write it down for her to keep.",
         "She sets the password herself and adds her number for recovery.",
         "Send one mail, open one attachment; show how to tell a fraud."],
    ),
    "administrative-procedure": (
        ["Hỏi việc cần làm, tra thành phần hồ sơ trên cổng dịch vụ công.",
         "Cùng xem giấy tờ: đủ bản, còn hạn, đúng tên.",
         "Giúp điền tờ khai bằng lời người dân; người dân tự ký.",
         "Chỉ quầy nộp và ngày trả; việc nào nộp được trên mạng thì chỉ luôn."],
        ["Ask what is to be done and look up the papers on the portal.",
         "Go through them: complete, still valid, the right name.",
         "Help to fill in the form in her words; she signs herself.",
         "Show the counter and the day of return; what can be filed online, too."],
    ),
    "e-commerce": (
        ["Chụp ảnh sản phẩm nơi sáng, nền trơn, ba góc.",
         "Chủ hàng tự mở gian hàng bằng số điện thoại và tài khoản của mình.",
         "Viết tên, giá, cân nặng, nơi làm ra; đăng sản phẩm đầu tiên.",
         "Thử một đơn: xác nhận, đóng gói, gửi."],
        ["Photograph the product in good light, plain ground, from three sides.",
         "The owner opens the shop herself with her own number and account.",
         "Write name, price, weight and origin; list the first product.",
         "Try one order: confirm, pack, send."],
    ),
    "hoi-quan-it": (
        ["Hỏi Hội quán đang vướng gì: máy, mạng, phần mềm hay trang giới thiệu.",
         "Sửa việc nhỏ tại chỗ; việc lớn thì ghi lại, hẹn người và ngày.",
         "Chỉ cho một người trong Hội quán tự làm lại được."],
        ["Ask what the club struggles with: machine, network, software or page.",
         "Mend what is small; write down what is not, with a name and a day.",
         "Show one person of the club how to do it again."],
    ),
    "other": (
        ["Nghe người dân nói cần gì; việc có trong danh mục thì chọn đúng việc ấy.",
         "Việc ngoài khả năng thì chỉ đúng nơi: bộ phận một cửa, công an, ngân hàng.",
         "Ghi một câu ở ghi chú, không ghi tên hay số của ai."],
        ["Listen; if it is in the list, choose that.",
         "What is beyond you: show where to go: one-stop desk, police, bank.",
         "One sentence in the note, nobody's name or number."],
    ),
}  # fmt: skip


def write(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    kinds = apps.get_model("guides", "HelpKind").objects
    for code, (steps, steps_en) in TEXTS.items():
        kinds.filter(code=code, how_to="").update(
            how_to="\n".join(steps), how_to_en="\n".join(steps_en)
        )


class Migration(migrations.Migration):
    dependencies = [("guides", "0008_texts_for_phones")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
