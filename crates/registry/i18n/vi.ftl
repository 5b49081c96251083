# Put together in the code:
# dynamic: registry-import-
# dynamic: registry-import-fault-
# dynamic: registry-kind-
# dynamic: registry-refused-
# dynamic: registry-class-
# dynamic: registry-code-
# dynamic: registry-scheme-
# dynamic: registry-contact-
# dynamic: registry-addressee-
# dynamic: registry-verb-
# not words: registry-found

# Tổ chức theo thời gian

registry-menu = Tổ chức
registry-permission-read = Xem danh bạ tổ chức
registry-permission-manage = Quản lý danh bạ tổ chức
registry-back = Quay lại
registry-lane-party = Đảng

## Cây tổ chức

registry-tree-title = Cơ cấu tổ chức
registry-tree-at = Tại ngày
registry-tree-search = Tên hoặc mã
registry-tree-count = { $count } tổ chức đang hoạt động ngày { $date }.
registry-tree-cut = Danh bạ lớn: trang này chỉ hiện hai cấp trên. Hãy mở từng tổ chức để xem đơn vị trực thuộc, hoặc tìm theo tên, mã.
registry-tree-csv = Tải về CSV
registry-tree-empty = Chưa có tổ chức nào vào ngày này
registry-tree-empty-text = Thành lập tổ chức đầu tiên hoặc nhập danh bạ từ tệp.
registry-search-none = Không tìm thấy
registry-search-none-text = Hãy thử ít từ hơn, hoặc xem tại một ngày khác: tổ chức có thể đã kết thúc.

## Trang tổ chức

registry-org-at = Thông tin tại ngày
registry-org-kind = Loại
registry-org-level = Cấp
registry-org-founded = Thành lập
registry-org-known = Có trong danh bạ từ
registry-org-end = Kết thúc hoạt động
registry-org-ended = Đã kết thúc từ { $date }
registry-org-abbrev = Chữ viết tắt
registry-org-territory = Địa bàn
registry-org-parent = Trực thuộc
registry-org-receives = Đơn vị tiếp nhận thay
registry-org-several = Có nhiều đơn vị kế thừa: văn thư cần chọn đơn vị nhận.
registry-org-nobody = Không có đơn vị kế thừa được ghi nhận vào ngày này.
registry-org-codes = Mã định danh
registry-org-units = Đơn vị trực thuộc
registry-org-no-units = Không có đơn vị trực thuộc vào ngày này
registry-org-story = Quá trình
registry-org-verbs = Cập nhật
registry-code-scheme = Hệ mã
registry-scheme-qd20 = Mã định danh (QĐ 20/2020/QĐ-TTg)
registry-scheme-qcvn102 = Mã định danh cũ (QCVN 102:2016/BTTTT)
registry-scheme-gso2025 = Mã đơn vị hành chính (QĐ 19/2025/QĐ-TTg)
registry-scheme-gso2004 = Mã đơn vị hành chính đến 30/06/2025
registry-scheme-tax = Mã số thuế
registry-scheme-hub-system = Mã hệ thống trên trục liên thông
registry-scheme-local = Mã nội bộ
registry-code-value = Mã
registry-code-from = Từ ngày
registry-code-to = Đến trước ngày
registry-code-basis = Căn cứ
registry-contact-address = Địa chỉ
registry-contact-phone = Điện thoại
registry-contact-email = Thư điện tử
registry-contact-website = Trang thông tin điện tử
registry-contact-website-hint = Bắt đầu bằng https:// hoặc http://.
registry-act = { $number }
registry-act-dated = { $number } ngày { $date }
registry-class-province = tỉnh
registry-class-central-city = thành phố trực thuộc trung ương
registry-class-district = cấp huyện
registry-class-commune = xã
registry-class-ward = phường
registry-class-special-zone = đặc khu
registry-story-renamed = Đổi tên thành “{ $value }”
registry-story-moved = Trực thuộc { $value }
registry-story-reclassified = Địa bàn: { $value } ({ $class })
registry-story-contact = Thông tin liên hệ: { $value }
registry-story-gave = Chuyển { $what } cho { $value }
registry-story-received = Tiếp nhận { $what } từ { $value }
registry-story-ended = Kết thúc hoạt động
registry-story-founded = Thành lập với tên “{ $value }”
registry-story-known = Danh bạ ghi nhận từ ngày này: “{ $value }”
registry-share-all = toàn bộ chức năng, nhiệm vụ
registry-share-part = một phần chức năng, nhiệm vụ

## Loại tổ chức

registry-kind-ministry = Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ
registry-kind-council = Hội đồng nhân dân
registry-kind-committee = Ủy ban nhân dân cấp tỉnh
registry-kind-office = Văn phòng
registry-kind-department = Sở, ban, ngành
registry-kind-district = Ủy ban nhân dân cấp huyện
registry-kind-commune = Ủy ban nhân dân cấp xã
registry-kind-division = Phòng
registry-kind-centre = Đơn vị sự nghiệp
registry-kind-enterprise = Doanh nghiệp, hợp tác xã, hộ kinh doanh
registry-kind-mass-organisation = Mặt trận, đoàn thể
registry-kind-party-committee = Đảng bộ, cấp ủy
registry-kind-party-body = Cơ quan tham mưu, giúp việc của cấp ủy
registry-kind-party-cell = Chi bộ
registry-kind-party-group = Tổ đảng
registry-kind-other = Khác

## Biểu mẫu

registry-found-title = Thành lập tổ chức
registry-found-below = Thành lập đơn vị trực thuộc
registry-found-lead = Mỗi pháp nhân là một tổ chức riêng. Nếu chỉ đổi tên, hãy dùng “Đổi tên” ở trang của tổ chức đó.
registry-verb-rename = Đổi tên
registry-verb-rename-lead = { $name } giữ nguyên mã và lịch sử; tên cũ vẫn hiện ở các văn bản trước ngày đổi.
registry-verb-abbreviate = Đổi chữ viết tắt
registry-verb-abbreviate-lead = Chữ viết tắt của { $name } dùng trong số, ký hiệu văn bản từ ngày hiệu lực.
registry-verb-move = Chuyển đơn vị chủ quản
registry-verb-move-lead = Từ ngày hiệu lực, { $name } trực thuộc đơn vị khác. Để trống nếu không trực thuộc đơn vị nào.
registry-verb-recode = Cấp mã
registry-verb-recode-lead = Mã cũ của { $name } trong cùng hệ mã hết hiệu lực từ ngày cấp mã mới.
registry-verb-contact = Đổi thông tin liên hệ
registry-verb-contact-lead = Thông tin liên hệ của cơ quan { $name } từ ngày hiệu lực, không phải của cá nhân. Để trống cả bốn ô nếu không còn thông tin.
registry-verb-reclassify = Đổi loại hoặc phạm vi địa bàn
registry-verb-reclassify-lead = { $name } vẫn là tổ chức đó, giữ nguyên mã; chỉ địa bàn thay đổi từ ngày hiệu lực. Nếu tên cũng đổi, hãy dùng thêm “Đổi tên”.
registry-verb-hand-over = Chuyển giao chức năng
registry-verb-hand-over-lead = { $name } vẫn hoạt động; các chức năng được nêu chuyển sang đơn vị nhận từ ngày hiệu lực.
registry-verb-merge = Sáp nhập vào đơn vị khác
registry-verb-merge-lead = { $name } kết thúc hoạt động; đơn vị nhận kế thừa toàn bộ và nhận văn bản gửi đến.
registry-verb-split = Chia, tách
registry-verb-split-lead = { $name } kết thúc hoạt động; các đơn vị nhận kế thừa từng phần. Hãy thành lập các đơn vị nhận trước.
registry-verb-close = Giải thể
registry-verb-close-lead = { $name } kết thúc hoạt động, không có đơn vị kế thừa. Dữ liệu không bị xóa.
registry-field-name = Tên
registry-field-abbrev = Chữ viết tắt
registry-field-parent = Đơn vị chủ quản
registry-field-into = Đơn vị nhận
registry-field-class = Loại đơn vị hành chính
registry-field-area = Địa bàn
registry-field-area-hint = Ví dụ: thành phố Đồng Nai
registry-field-functions = Chức năng được chuyển giao
registry-field-functions-hint = Cách nhau bằng dấu phẩy. Ví dụ: báo chí, xuất bản
registry-field-pick-hint = Nhập mã hoặc tên đầy đủ.
registry-field-along = Các đơn vị trực thuộc chuyển theo sang đơn vị nhận
registry-field-parts = Các đơn vị nhận, mỗi dòng một đơn vị
registry-field-parts-hint = Mã hoặc tên; sau dấu chấm phẩy thứ nhất ghi chức năng, sau dấu chấm phẩy thứ hai ghi địa bàn, đều cách nhau bằng dấu phẩy và có thể bỏ trống. Ví dụ: H53.04; bưu chính, viễn thông hoặc H53.31; ; ấp 1, ấp 2
registry-field-first = Đơn vị ở dòng đầu nhận văn bản gửi đến nếu không xác định được chức năng
registry-field-date = Ngày hiệu lực
registry-field-act = Số, ký hiệu văn bản
registry-field-act-hint = Ví dụ: 202/2025/QH15
registry-field-act-date = Ngày văn bản
registry-pick-none = Không có tổ chức nào mang mã hoặc tên “{ $text }” vào ngày này.
registry-pick-several = Có { $count } tổ chức cùng mang mã hoặc tên “{ $text }”. Hãy nhập mã để chỉ rõ.

## Lý do từ chối

registry-refused-unknown = Không có tổ chức { $id } trong danh bạ.
registry-refused-known = Tổ chức { $id } đã có trong danh bạ.
registry-refused-no-name = Chưa nhập tên.
registry-refused-not-alive = { $name } không tồn tại vào ngày { $date }.
registry-refused-same = { $name }: “{ $value }” đã có hiệu lực vào ngày { $date }.
registry-refused-same-day = { $name } đã có một thay đổi cùng loại vào ngày { $date }.
registry-refused-later-history = { $name } đã kết thúc hoặc còn thay đổi có hiệu lực từ sau ngày { $date }.
registry-refused-circle = { $parent } nằm dưới { $name } nên không thể là đơn vị chủ quản.
registry-refused-lanes = { $name } và { $parent } thuộc hai hệ thống khác nhau (Đảng và Nhà nước).
registry-refused-code-taken = Mã { $value } ({ $scheme ->
        [qd20] { registry-scheme-qd20 }
        [qcvn102] { registry-scheme-qcvn102 }
        [gso2025] { registry-scheme-gso2025 }
        [gso2004] { registry-scheme-gso2004 }
        [tax] { registry-scheme-tax }
        [hub-system] { registry-scheme-hub-system }
        [local] { registry-scheme-local }
       *[other] { $scheme }
    }) đang do { $holder } sử dụng từ { $date }.
registry-refused-bad-code = “{ $value }” không phải là mã hợp lệ.
registry-refused-units-below = { $name } còn { $count } đơn vị trực thuộc vào ngày { $date }, ví dụ { $example }.
registry-refused-too-few = Cần thêm đơn vị: sáp nhập cần ít nhất một đơn vị, chia tách cần ít nhất hai đơn vị nhận.
registry-refused-two-defaults = Một đơn vị được ghi hai lần, hoặc có hai đơn vị cùng nhận văn bản gửi đến.
registry-refused-itself = { $name } không thể kế thừa chính mình.
registry-refused-no-function = Chưa nêu chức năng được chuyển giao.
registry-refused-bad-address = Địa chỉ “{ $value }” dài quá 300 ký tự.
registry-refused-bad-phone = “{ $value }” không phải là số điện thoại: chỉ gồm chữ số, dấu cách và các dấu + ( ) . - /.
registry-refused-bad-email = “{ $value }” không phải là địa chỉ thư điện tử, ví dụ vanthu@tinh.gov.vn.
registry-refused-bad-website = “{ $value }” không phải là địa chỉ trang: phải bắt đầu bằng https:// hoặc http://.
registry-refused-bad-class = “{ $value }” không phải là loại đơn vị hành chính. Hãy chọn một loại trong danh sách.
registry-refused-abolished-district = { $name }: từ ngày { $date } không còn cấp huyện (Nghị quyết số { $act }). Hãy chọn ngày trước đó, hoặc ghi nhận việc kết thúc và các đơn vị kế thừa chậm nhất vào ngày { $date }.

## Văn bản gửi đến một mã

registry-addressee-nobody = Chưa từng có tổ chức nào mang mã { $value } tính đến ngày văn bản.
registry-addressee-no-successor = Mã { $value } là của { $name }, đã kết thúc hoạt động và không có đơn vị kế thừa được ghi nhận.
registry-addressee-over = Mã { $value } của { $name } đã đóng; văn bản chỉ được nhận thay đến hết ngày { $last }. Hãy gửi đến: { $instead }.

## Nhập danh bạ

registry-import-title = Nhập danh bạ từ tệp
registry-import-lead = Tệp phải chứa toàn bộ danh bạ của một hệ mã. Mã mới được thành lập, tên và đơn vị chủ quản được cập nhật, mã không còn trong tệp kết thúc từ ngày hiệu lực. Nếu có một lỗi thì không ghi gì.
registry-import-file = Tệp CSV
registry-import-file-hint = Các cột: scheme, code, name, kind; có thể có parent_code, level, abbrev, deleted.
registry-import-look = Xem trước
registry-import-write = Ghi vào danh bạ
registry-import-no-file = Chưa chọn tệp.
registry-import-row = Dòng
registry-import-column = Cột
registry-import-fault = Lỗi
registry-import-faults = Các lỗi trong tệp
registry-import-nothing = Có { $count } lỗi, chưa ghi gì vào danh bạ.
registry-import-planned = { $steps } thay đổi từ ngày { $date }, { $same } dòng giữ nguyên. Chưa ghi gì; chọn lại tệp rồi bấm “Ghi vào danh bạ” để thực hiện.
registry-import-steps = Các thay đổi
registry-import-code = Mã
registry-import-name = Tên
registry-import-step = Thay đổi
registry-import-step-found = Thành lập
registry-import-step-rename = Đổi tên, tên cũ “{ $old }”
registry-import-step-move = Chuyển đơn vị chủ quản, trước đây { $old }
registry-import-step-abbreviate = Đổi chữ viết tắt, trước đây { $old }
registry-import-step-close = Kết thúc hoạt động
registry-import-fault-unreadable = Không đọc được dòng này: tệp phải là CSV mã hóa UTF-8.
registry-import-fault-too-long = Tệp có quá nhiều dòng.
registry-import-fault-no-column = Tệp thiếu cột này.
registry-import-fault-no-lines = Tệp không có dòng dữ liệu nào.
registry-import-fault-empty = Ô bắt buộc đang để trống.
registry-import-fault-code-too-long = Mã dài quá 64 ký tự.
registry-import-fault-kind = “{ $value }” không phải là loại tổ chức.
registry-import-fault-level = Cấp phải là số từ 0 đến 9.
registry-import-fault-scheme = Hệ mã “{ $value }” khác với dòng đầu; mỗi tệp chỉ chứa một hệ mã.
registry-import-fault-twice = Mã này đã có ở dòng { $row }.
registry-import-fault-parent = Không có mã “{ $value }” trong tệp hoặc trong danh bạ.
registry-import-fault-kind-differs = { $name } có loại khác trong danh bạ; loại không thay đổi được, hãy giải thể và thành lập mới.
