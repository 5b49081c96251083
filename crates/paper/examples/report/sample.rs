//! A half-year report of an invented Party cell and of an invented department, in the outline of the reference.

use lt_kernel::{Instant, Lang};
use lt_paper::{Align, Block, Cell, Column, Head, Indent, Inline, Letterhead, PageSize, Paper, Row, Signature, Table};

/// 2026-07-01 08:00 in Vietnam.
pub(crate) const CREATED: Instant = Instant::from_micros(1_782_867_600_000_000);

const TARGETS: [(&str, &str, &str, &str, &str); 8] = [
    (
        "Kết nạp đảng viên mới trong nhiệm kỳ",
        "ít nhất 5 đảng viên",
        "4 đảng viên",
        "Chưa xác định",
        "10% thời gian còn lại",
    ),
    (
        "Đảng viên được đánh giá hoàn thành tốt nhiệm vụ trở lên hằng năm",
        "từ 90% trở lên",
        "66,67%",
        "Chưa đạt",
        "2/3 đồng chí",
    ),
    ("Sinh hoạt chuyên đề", "4 kỳ mỗi năm", "2 kỳ", "Đúng tiến độ", "6 tháng đầu năm"),
    ("Tham dự học tập, quán triệt nghị quyết", "gần 98%", "hơn 98%", "Vượt", "tổng hợp 5 đợt"),
    ("Hồ sơ giải quyết đúng hạn", "trên 99%", "99,2%", "Đạt", "4.600 hồ sơ"),
    ("Kiểm tra, giám sát theo kế hoạch", "2 cuộc", "1 cuộc", "Đúng tiến độ", "cuộc thứ hai vào quý III"),
    (
        "Thôn, tổ dân phố có mạng băng rộng cố định",
        "100%",
        "chưa có số liệu",
        "Chưa có số liệu",
        "chờ báo cáo của doanh nghiệp",
    ),
    ("Văn bản điện tử được ký số", "100%", "100%", "Đạt", "12.480 văn bản"),
];

fn table() -> Table {
    let bold = |text: &str| Cell::new(vec![Inline::bold(text)]);
    let head = ["TT", "Chỉ tiêu", "Mục tiêu", "Kết quả", "Đánh giá", "Ghi chú"].map(bold);
    let mut rows = vec![Row::of([
        Cell::from("I"),
        bold("Công tác xây dựng Đảng và nhiệm vụ chuyên môn").over(5).aligned(Align::Left),
    ])];
    for (index, (target, goal, value, verdict, note)) in TARGETS.iter().enumerate() {
        rows.push(Row::of([
            Cell::from((index + 1).to_string().as_str()),
            Cell::from(*target),
            Cell::from(*goal),
            Cell::new(vec![Inline::to_anchor(*value, format!("quan-sat-{index}"))]),
            Cell::from(*verdict),
            Cell::from(*note),
        ]));
    }
    Table {
        caption: vec![Inline::plain("Bảng 1. Kết quả thực hiện chỉ tiêu đến ngày 20/6/2026")],
        columns: vec![
            Column::new(0.7, Align::Center),
            Column::new(3.6, Align::Left),
            Column::new(2.0, Align::Left),
            Column::new(1.7, Align::Center),
            Column::new(1.8, Align::Center),
            Column::new(2.2, Align::Left),
        ],
        head: vec![Row::of(head)],
        rows,
        size: Some(12),
    }
}

fn evidence() -> Vec<Block> {
    let mut blocks = vec![
        Block::heading(1, "Phụ lục. Nguồn số liệu và minh chứng"),
        Block::text(
            "Mỗi số liệu trong báo cáo dẫn đến một quan sát dưới đây; mỗi quan sát dẫn đến tệp minh chứng có mã băm đi kèm.",
        ),
    ];
    let rows = TARGETS.iter().enumerate().map(|(index, (target, _, value, ..))| {
        Row::of([
            Cell::new(vec![Inline::Anchor(format!("quan-sat-{index}")), Inline::plain(format!("QS-{:03}", index + 1))]),
            Cell::from(*target),
            Cell::from(*value),
            Cell::new(vec![
                Inline::to_url("Biên bản", format!("https://lienthong.example.vn/minh-chung/{index}")),
                Inline::plain(format!(", SHA-256 {:064x}", 0x9e37_79b9_7f4a_7c15_u128 * (index as u128 + 7))),
            ]),
        ])
    });
    blocks.push(Block::Table(Table {
        caption: vec![Inline::plain("Bảng 2. Danh mục quan sát")],
        columns: vec![
            Column::new(1.1, Align::Center),
            Column::new(3.2, Align::Left),
            Column::new(1.6, Align::Center),
            Column::new(4.0, Align::Left),
        ],
        head: vec![Row::of(
            ["Mã", "Chỉ tiêu", "Giá trị", "Minh chứng"].map(|text| Cell::new(vec![Inline::bold(text)])),
        )],
        rows: rows.collect(),
        size: None,
    }));
    blocks
}

fn body() -> Vec<Block> {
    [opening(), rest()].concat()
}

fn opening() -> Vec<Block> {
    let link = |text: &str, index: usize| Inline::to_anchor(text, format!("quan-sat-{index}"));
    vec![
        Block::text(
            "Thực hiện Nghị quyết Đại hội Chi bộ nhiệm kỳ 2025 - 2030 và chương trình công tác năm 2026, Chi bộ báo cáo kết quả lãnh đạo thực hiện nhiệm vụ 6 tháng đầu năm, phương hướng nhiệm vụ 6 tháng cuối năm 2026 như sau (số liệu tính đến ngày 20 tháng 6 năm 2026):",
        ),
        Block::heading(1, "I. Đặc điểm tình hình"),
        Block::para(vec![
            Inline::plain(
                "Chi bộ hiện có 27 đảng viên, trong đó đảng viên chính thức 25 đồng chí, đảng viên dự bị 02 đồng chí; sinh hoạt tại 03 tổ đảng. Trong kỳ kết nạp ",
            ),
            link("04 đảng viên", 0),
            Inline::plain(", tiếp nhận 01 đồng chí chuyển đến, giới thiệu 01 đồng chí chuyển sinh hoạt đảng."),
        ]),
        Block::heading(1, "II. Kết quả lãnh đạo thực hiện nhiệm vụ"),
        Block::heading(2, "1. Công tác lãnh đạo, chỉ đạo"),
        Block::para(vec![
            Inline::plain(
                "Chi bộ ban hành 06 nghị quyết thường kỳ và 03 kế hoạch, đạt 100% chương trình công tác đề ra; tổ chức ",
            ),
            link("02 kỳ sinh hoạt chuyên đề", 2),
            Inline::plain(
                " trên tổng số 04 kỳ của năm. Thời gian sinh hoạt bình quân mỗi kỳ là 95 phút; tỷ lệ đảng viên dự sinh hoạt bình quân đạt 96,3%. Nội dung sinh hoạt tập trung vào nhiệm vụ chuyển đổi số, cải cách hành chính và những việc còn chậm so với chỉ tiêu của Nghị quyết.",
            ),
        ]),
        Block::heading(2, "2. Công tác tư tưởng, học tập nghị quyết"),
        Block::para(vec![
            Inline::plain("Tỷ lệ tham dự học tập, quán triệt nghị quyết của Trung ương và cấp ủy cấp trên đạt "),
            link("hơn 98%", 3),
            Inline::plain(" qua 05 đợt; 100% đảng viên dự học viết thu hoạch. "),
            Inline::italic("Việc viết thu hoạch còn có bài trùng ý, chưa gắn với nhiệm vụ được giao."),
        ]),
    ]
}

fn rest() -> Vec<Block> {
    let link = |text: &str, index: usize| Inline::to_anchor(text, format!("quan-sat-{index}"));
    vec![
        Block::heading(2, "3. Lãnh đạo nhiệm vụ chuyên môn"),
        Block::List {
            ordered: false,
            items: vec![
                vec![
                    Inline::bold("Dịch vụ công: "),
                    Inline::plain("tiếp nhận 4.638 hồ sơ, giải quyết đúng hạn "),
                    link("99,2%", 4),
                    Inline::plain("; 38 hồ sơ quá hạn đã có văn bản xin lỗi và hẹn lại ngày trả."),
                ],
                vec![
                    Inline::bold("Văn bản điện tử: "),
                    link("12.480 văn bản", 7),
                    Inline::plain(" gửi đi đều được ký số và có trạng thái nhận trả về."),
                ],
                vec![
                    Inline::bold("Hạ tầng viễn thông: "),
                    Inline::plain("tỷ lệ thôn, tổ dân phố có mạng băng rộng cố định "),
                    link("chưa có số liệu", 6),
                    Inline::plain(" của kỳ này vì doanh nghiệp chưa nộp báo cáo quý II."),
                ],
            ],
        },
        Block::heading(2, "4. Kết quả thực hiện chỉ tiêu"),
        Block::Table(table()),
        Block::Note(vec![Inline::plain(
            "Ghi chú: “Chưa xác định” là có số liệu nhưng chưa đủ căn cứ kết luận; “Chưa có số liệu” là chưa có quan sát nào được duyệt trong kỳ.",
        )]),
        Block::heading(1, "III. Hạn chế, nguyên nhân"),
        Block::text(
            "Tỷ lệ đảng viên được đánh giá hoàn thành tốt nhiệm vụ trở lên mới đạt 66,67%, thấp hơn mục tiêu 23,33 điểm phần trăm. Nguyên nhân chủ quan: việc giao nhiệm vụ cho đảng viên dự bị còn chung chung, chưa lượng hóa được sản phẩm; tổ đảng chưa kiểm điểm kịp thời những việc quá hạn. Nguyên nhân khách quan: biên chế của đơn vị thay đổi hai lần trong kỳ do sắp xếp tổ chức bộ máy.",
        ),
        Block::heading(1, "IV. Phương hướng, nhiệm vụ 6 tháng cuối năm"),
        Block::List {
            ordered: true,
            items: vec![
                vec![Inline::plain(
                    "Hoàn thành hồ sơ kết nạp 02 quần chúng ưu tú trước ngày 30 tháng 9 năm 2026; giao tổ đảng số 2 chủ trì.",
                )],
                vec![Inline::plain("Tổ chức 02 kỳ sinh hoạt chuyên đề còn lại vào tháng 8 và tháng 11.")],
                vec![Inline::plain(
                    "Đôn đốc doanh nghiệp viễn thông nộp báo cáo quý II; bổ sung số liệu trước ngày 15 tháng 7 năm 2026.",
                )],
            ],
        },
        Block::heading(1, "V. Kiến nghị"),
        Block::Para {
            text: vec![Inline::plain(
                "Đề nghị Đảng ủy cấp trên sớm hướng dẫn cách tính tỷ lệ đánh giá khi số đảng viên thay đổi trong kỳ.",
            )],
            align: Align::Justify,
            indent: Indent::FirstLine,
        },
    ]
}

/// The report of a Party cell.
pub(crate) fn party() -> Paper {
    Paper {
        title: "Báo cáo kết quả lãnh đạo thực hiện nhiệm vụ 6 tháng đầu năm 2026".into(),
        lang: Lang::Vi,
        page: PageSize::A4,
        head: Head::Party(Letterhead {
            superior: Some("ĐẢNG BỘ CÁC CƠ QUAN TỈNH".into()),
            issuer: "CHI BỘ CHUYỂN ĐỔI SỐ".into(),
            number: "Số 12-BC/CB".into(),
            place: "Tỉnh mẫu".into(),
            date: "ngày 30 tháng 6 năm 2026".into(),
            kind: "BÁO CÁO".into(),
            summary:
                "kết quả lãnh đạo thực hiện nhiệm vụ 6 tháng đầu năm,\nphương hướng, nhiệm vụ 6 tháng cuối năm 2026"
                    .into(),
        }),
        blocks: body(),
        signature: Some(Signature {
            authority: "T/M CHI BỘ".into(),
            office: "BÍ THƯ".into(),
            name: None,
            recipients: vec![
                "Đảng ủy các cơ quan tỉnh".into(),
                "Các đồng chí trong cấp ủy".into(),
                "Lưu Chi bộ".into(),
            ],
        }),
        annex: evidence(),
        created: CREATED,
    }
}

/// The same as a report of a State department.
pub(crate) fn state() -> Paper {
    Paper {
        head: Head::State(Letterhead {
            superior: Some("ỦY BAN NHÂN DÂN TỈNH MẪU".into()),
            issuer: "SỞ KHOA HỌC VÀ CÔNG NGHỆ".into(),
            number: "Số: 215/BC-SKHCN".into(),
            place: "Tỉnh mẫu".into(),
            date: "ngày 30 tháng 6 năm 2026".into(),
            kind: "BÁO CÁO".into(),
            summary: "Kết quả thực hiện nhiệm vụ 6 tháng đầu năm,\nphương hướng, nhiệm vụ 6 tháng cuối năm 2026".into(),
        }),
        signature: Some(Signature {
            authority: String::new(),
            office: "GIÁM ĐỐC".into(),
            name: None,
            recipients: vec![
                "Ủy ban nhân dân tỉnh (để báo cáo)".into(),
                "Các phòng, đơn vị thuộc Sở".into(),
                "Lưu: VT, VP".into(),
            ],
        }),
        ..party()
    }
}

/// The Party report with its body repeated until it has about `pages` pages.
pub(crate) fn long(times: usize) -> Paper {
    let mut paper = party();
    let once = body();
    for _ in 1..times {
        paper.blocks.splice(0..0, once.iter().cloned());
    }
    paper
}
