/** Invented people, teams and sorties for the stand-in server. */

const HOUR = 3600 * 1000;

export const people = {
  tinhnguyen: { name: "Nguyễn Bông Sen" },
  totruong: { name: "Lê Bến Tràm" },
  moi: { name: "Trần Lá Súng", newcomer: true },
  chi: { name: "Phạm Nguyễn Hoàng Nắng Mai Phương Thảo" },
  dung: { name: "Võ Gió Đước" },
  em: { name: "Huỳnh Mây Sếu" },
};

const TEAM = {
  id: "0190a000-0000-7000-8000-000000000001",
  name: "Tổ TN CĐS cộng đồng Phường 1",
  unit_name: "Phường 1, Sa Đéc",
};

export function teams(user) {
  if (user === "moi") return [{ ...TEAM, role: "newcomer" }];
  if (user !== "totruong") return [{ ...TEAM, role: "member" }];
  const members = Object.entries(people).map(([id, { name }]) => ({ id, name }));
  return [{ ...TEAM, role: "leader", members }];
}

export function sorties(now) {
  const at = (ms) => new Date(now + ms).toISOString();
  const common = {
    kind: "sortie",
    state: "planned",
    team_ids: [TEAM.id],
    lead_team_id: TEAM.id,
    waiting: 0,
    leader_name: "Lê Bến Tràm",
    key: Buffer.from("0123456789abcdef").toString("base64"),
  };
  return [
    {
      ...common,
      id: "0190a000-0000-7000-8000-0000000000a1",
      name: "Chợ Sa Đéc: thanh toán không tiền mặt",
      state: "running",
      place: "Chợ Sa Đéc, khóm 1",
      point: [10.29, 105.76],
      starts_at: at(-HOUR),
      ends_at: at(2 * HOUR),
      seats: 8,
      taken: 6,
      people: { tinhnguyen: "confirmed", chi: "signed-up", dung: "present", totruong: "present" },
    },
    {
      ...common,
      id: "0190a000-0000-7000-8000-0000000000a2",
      name: "Hội quán Tân Hòa: dịch vụ công trực tuyến",
      place: "Hội quán Tân Hòa",
      point: null,
      starts_at: at(50 * HOUR),
      ends_at: at(53 * HOUR),
      seats: 6,
      taken: 4,
      people: { chi: "signed-up" },
    },
    {
      ...common,
      id: "0190a000-0000-7000-8000-0000000000a3",
      name: "Nhà văn hóa khóm 2: cài đặt VNeID",
      place: "Nhà văn hóa khóm 2",
      point: null,
      starts_at: at(98 * HOUR),
      ends_at: at(101 * HOUR),
      seats: 4,
      taken: 4,
      waiting: 1,
      people: { tinhnguyen: "signed-up" },
    },
    {
      ...common,
      id: "0190a000-0000-7000-8000-0000000000a4",
      name: "Trạm Y tế Phường 1: hướng dẫn người cao tuổi dùng ứng dụng Y tế Đồng Tháp và sổ sức khỏe điện tử",
      place: "Trạm Y tế Phường 1, số 12 đường Nguyễn Sinh Sắc, khóm Hòa Khánh, thành phố Sa Đéc",
      point: null,
      starts_at: at(100 * HOUR),
      ends_at: at(102 * HOUR),
      seats: 10,
      taken: 2,
      people: {},
    },
    {
      ...common,
      id: "0190a000-0000-7000-8000-0000000000a5",
      name: "Chợ Nàng Hai: ví điện tử",
      place: "Chợ Nàng Hai",
      point: null,
      starts_at: at(101.5 * HOUR),
      ends_at: at(103 * HOUR),
      seats: null,
      taken: 1,
      people: {},
    },
  ];
}

export function messages(now) {
  const told = (number, hours, facts) => ({
    id: `0190a000-0000-7000-8000-0000000000b${number}`,
    kind: "message",
    link: "",
    seen_at: null,
    at: new Date(now - hours * HOUR).toISOString(),
    ...facts,
  });
  return [
    told(1, 1, {
      subject: "Ngày mai: Nhà văn hóa khóm 2: cài đặt VNeID",
      words: "07:30, Nhà văn hóa khóm 2.\nBấm để nói bạn có đến hay không.",
      link: "/activities/0190a000-0000-7000-8000-0000000000a3/answer/",
    }),
    told(2, 30, {
      kind: "reminder",
      subject: "Đơn vị chậm",
      words: "Phường 1 mới đạt 32 % chỉ tiêu hướng dẫn dịch vụ công. Nhờ tổ xếp thêm một buổi.",
      link: "/messages/",
    }),
    told(3, 80, {
      subject: "Buổi ra quân bị hủy",
      words: "Chợ Tân Quy Đông: mưa lớn.",
      seen_at: new Date(now - 70 * HOUR).toISOString(),
    }),
  ];
}

const service = (code, name, short, is_platform, about) => ({
  code,
  name,
  short,
  is_platform,
  about,
});

export const services = [
  service(
    "online-public-services",
    "Dịch vụ công trực tuyến",
    "Dịch vụ công trực tuyến",
    false,
    "Mở cổng dịch vụ công, để bà con tự đăng nhập bằng VNeID.\nTìm thủ tục, đính kèm giấy tờ, nộp và ghi lại mã hồ sơ để theo dõi.",
  ),
  service(
    "cashless-payment",
    "Thanh toán không tiền mặt, ví điện tử",
    "Thanh toán không tiền mặt",
    true,
    "Cài ứng dụng ngân hàng hoặc ví. Bà con tự nhập mật khẩu và mã OTP.\nTập quét mã QR trả một món nhỏ.",
  ),
  service(
    "e-dong-thap",
    "Ứng dụng e-Đồng Tháp",
    "e-Đồng Tháp",
    true,
    "Cài đặt và sử dụng ứng dụng e-Đồng Tháp.",
  ),
  service(
    "y-te-dong-thap",
    "Ứng dụng Y tế Đồng Tháp",
    "Y tế Đồng Tháp",
    true,
    "Đặt lịch khám, xem hồ sơ sức khỏe.",
  ),
  service(
    "vneid",
    "Định danh điện tử VNeID",
    "VNeID",
    true,
    "Cài đặt, kích hoạt mức 2. Người dân tự nhập số, mật khẩu và mã OTP.",
  ),
  service(
    "thanh-nien-viet-nam",
    "Ứng dụng Thanh niên Việt Nam",
    "Thanh niên Việt Nam",
    true,
    "Cài đặt và sử dụng ứng dụng.",
  ),
  service(
    "email-account",
    "Tài khoản thư điện tử",
    "Thư điện tử",
    false,
    "Lập và sử dụng tài khoản thư điện tử.",
  ),
  service(
    "administrative-procedure",
    "Thủ tục hành chính",
    "Thủ tục hành chính",
    false,
    "Chuẩn bị giấy tờ, điền tờ khai, nộp hồ sơ tại bộ phận một cửa.",
  ),
  service(
    "e-commerce",
    "Đưa sản phẩm lên sàn thương mại điện tử",
    "Bán trên sàn",
    false,
    "Lập gian hàng, chụp ảnh, đăng sản phẩm.",
  ),
  service(
    "hoi-quan-it",
    "Hỗ trợ công nghệ thông tin cho Hội quán",
    "CNTT cho Hội quán",
    false,
    "Hỗ trợ máy móc, mạng, phần mềm.",
  ),
  service("other", "Việc khác", "Việc khác", false, "Việc được giúp chưa có trong danh mục."),
];
