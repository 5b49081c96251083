# dynamic: web-problem-
# Lời chung của mọi trang

web-product = Liên Thông
web-product-line = hệ thống điều hành số của tỉnh
web-skip = Đến nội dung chính
web-home = Về trang chủ
web-menu = Trình đơn chính
web-crumbs = Vị trí trang
web-sign-in = Đăng nhập
web-sign-out = Đăng xuất
web-search-label = Tìm trang, người, văn bản
web-search-hint = Tìm kiếm
web-page-faulty = Có lỗi
web-sample-title = Dữ liệu mẫu.
web-sample-text = Số liệu trên trang này dùng để làm quen, không phải số liệu chính thức.
web-foot-keys = Phím tắt: Ctrl K để tìm; J, K và Enter để đi trong bảng.
web-draft-kept = Đã lưu bản nháp trên máy này.
web-draft-back = Đã khôi phục nội dung bạn nhập dở trên máy này.
web-draft-drop = Bỏ bản nháp
web-draft-dropped = Đã bỏ bản nháp.

## Biểu mẫu

web-field-fault = Lỗi
web-field-optional = (không bắt buộc)
web-field-date = ngày/tháng/năm
web-field-drop = Chọn tệp hoặc kéo tệp vào đây.
web-faults-title = Có chỗ cần sửa
web-fault-empty = Ô này chưa có nội dung.
web-fault-date = “{ $text }” không phải là ngày. Hãy nhập ngày/tháng/năm, ví dụ 05/03/2026.
web-fault-int = “{ $text }” không phải là số nguyên. Hãy chỉ nhập chữ số, ví dụ 4600.
web-confirm-back = Không, quay lại

## Danh sách

web-pager = Các trang của danh sách
web-pager-first = Về đầu danh sách
web-pager-next = Trang sau
web-filter-label = Lọc danh sách
web-filter-go = Lọc
web-filter-clear = Bỏ lọc
web-step-done = đã xong
web-yes = Có
web-no = Không
web-diff-none = Không có gì thay đổi.
web-diff-caption = Nội dung thay đổi
web-diff-name = Mục
web-diff-before = Trước
web-diff-after = Sau

## Biểu đồ

web-chart-table = Số liệu của biểu đồ
web-chart-name = Mục
web-chart-value = Giá trị
web-chart-share = Tỷ lệ
web-chart-day = Ngày
web-chart-goal = Chỉ tiêu: { $value }
web-chart-none = Chưa có số liệu để vẽ biểu đồ.
web-chart-total = Tổng số

## Kết quả đánh giá

web-verdict-met = Đạt
web-verdict-exceeded = Vượt
web-verdict-on-the-way = Đang thực hiện
web-verdict-at-risk = Có nguy cơ không đạt
web-verdict-not-met = Chưa đạt
web-verdict-undetermined = Chưa xác định
web-verdict-unknown = Chưa có số liệu
web-verdict-not-applicable = Không áp dụng

## Trang báo lỗi

web-problem-desk = Mã hỗ trợ (đọc cho bộ phận hỗ trợ khi cần):
web-problem-bad-request-title = Yêu cầu không hợp lệ
web-problem-bad-request-text = Hệ thống không hiểu được yêu cầu này.
web-problem-bad-request-next = Hãy quay lại trang trước, kiểm tra nội dung rồi gửi lại. Chưa có gì bị thay đổi.
web-problem-sign-in-title = Cần đăng nhập
web-problem-sign-in-text = Trang này chỉ dành cho người đã đăng nhập.
web-problem-sign-in-next = Sau khi đăng nhập, bạn sẽ trở lại đúng trang này.
web-problem-forbidden-title = Không có quyền
web-problem-forbidden-text = Tài khoản của bạn không được phép xem hoặc làm việc này.
web-problem-forbidden-next = Nếu công việc của bạn cần đến, hãy đề nghị người quản trị của cơ quan cấp quyền.
web-problem-form-expired-title = Biểu mẫu đã hết hiệu lực
web-problem-form-expired-text = Biểu mẫu được gửi từ một phiên làm việc cũ hoặc từ trang khác nên không được nhận. Chưa có gì bị thay đổi.
web-problem-form-expired-next = Hãy quay lại trang trước, tải lại trang rồi gửi lại. Nội dung nhập dở vẫn được giữ trên máy này.
web-problem-not-found-title = Không tìm thấy trang
web-problem-not-found-text = Không có gì ở địa chỉ này, hoặc nội dung đã được chuyển đi.
web-problem-not-found-next = Hãy kiểm tra lại địa chỉ, hoặc tìm từ trang chủ.
web-problem-method-title = Không làm được theo cách này
web-problem-method-text = Địa chỉ này có, nhưng không nhận cách gọi vừa dùng.
web-problem-method-next = Hãy quay lại trang trước và dùng nút trên trang.
web-problem-refused-title = Chưa thực hiện được
web-problem-refused-text = Quy định của nghiệp vụ không cho phép việc này vào lúc này.
web-problem-refused-next = Chưa có gì bị thay đổi. Hãy xem lý do ở trên rồi chọn cách khác.
web-problem-stale-title = Có người vừa sửa trước bạn
web-problem-stale-text = Nội dung này đã được người khác thay đổi sau khi bạn mở trang. Bản của bạn chưa được lưu để không ghi đè lên bản của họ.
web-problem-stale-next = Hãy mở lại trang, xem nội dung mới rồi nhập lại phần của bạn nếu vẫn cần.
web-problem-stale-mine = Bản của bạn (chưa lưu)
web-problem-stale-theirs = Bản đang lưu
web-problem-stale-go = Sửa tiếp từ bản đang lưu
web-problem-too-large-title = Nội dung gửi quá lớn
web-problem-too-large-text = Nội dung gửi lên vượt quá giới hạn cho phép.
web-problem-too-large-limit = Nội dung gửi lên vượt quá { $limit } MB.
web-problem-too-large-next = Hãy chia nhỏ hoặc nén tệp rồi gửi lại. Chưa có gì được lưu.
web-problem-invalid-title = Nội dung chưa hợp lệ
web-problem-invalid-text = Một số trường chưa hợp lệ.
web-problem-invalid-next = Hãy sửa các trường được nêu rồi gửi lại. Chưa có gì được lưu.
web-problem-too-often-title = Quá nhiều lần trong thời gian ngắn
web-problem-too-often-text = Yêu cầu được gửi quá dày nên tạm thời không được nhận.
web-problem-too-often-next = Hãy chờ một phút rồi thử lại.
web-problem-trouble-title = Hệ thống gặp sự cố
web-problem-trouble-text = Yêu cầu chưa được thực hiện do lỗi của hệ thống, không phải do bạn.
web-problem-trouble-next = Hãy thử lại sau ít phút. Nếu vẫn gặp lỗi, hãy báo bộ phận hỗ trợ kèm mã dưới đây.
web-problem-unknown-title = Chưa rõ đã lưu hay chưa
web-problem-unknown-text = Hệ thống mất liên lạc với cơ sở dữ liệu đúng lúc đang lưu, nên chưa biết nội dung đã được lưu hay chưa.
web-problem-unknown-next = Trước khi gửi lại, hãy mở lại trang và kiểm tra xem nội dung đã có chưa.
web-problem-full-title = Hết chỗ lưu trữ
web-problem-full-text = Ổ đĩa của hệ thống đã đầy nên không nhận thêm nội dung. Vẫn xem được mọi thứ đã có.
web-problem-full-next = Hãy báo ngay cho người vận hành hệ thống kèm mã dưới đây.
web-problem-form-kind = Hệ thống không đọc được kiểu nội dung vừa gửi.
web-problem-form-not-utf8 = Nội dung ô «{ $field }» không phải là chữ ở dạng UTF-8 nên chưa lưu gì. Hãy gõ lại ô này, hoặc chép lại từ tệp đã lưu với bảng mã UTF-8.
web-problem-form-broken = Nội dung gửi lên bị hỏng hoặc bị ngắt giữa chừng, hoặc tên tệp có ký tự hỏng.

## Trang giới thiệu thành phần giao diện

web-home-name = Trang chủ
web-problems-title = Bảng mã lỗi
web-problems-lead = Mỗi lỗi trả về cho trang hoặc cho giao diện lập trình có một mã trong bảng này.
web-problems-code = Mã
web-problems-status = Trạng thái HTTP
web-problems-what = Điều đã xảy ra
web-problems-next = Việc cần làm
web-design-title = Thành phần giao diện
web-design-lead = Mọi trang được ghép từ các thành phần dưới đây.
web-design-words = Chữ và dấu hiệu
web-design-forms = Biểu mẫu
web-design-lists = Danh sách và diễn biến
web-design-pictures = Biểu đồ
web-design-text = Đoạn văn thường, đủ dấu: thẩm quyền, khuyến khích, nghị quyết, chuyển đổi số, thủ tục hành chính.
web-design-link = liên kết
web-design-soft = Chữ phụ, nhỏ và nhạt hơn.
web-design-draft = Bản nháp
web-design-approved = Đã phê duyệt
web-design-due = Sắp đến hạn
web-design-late = Quá hạn
web-design-info = Kỳ đánh giá này đang mở
web-design-good = Đã lưu số liệu
web-design-warn = Còn 3 chỉ tiêu chưa có số liệu
web-design-bad = Không nhập được tệp
web-design-notice = Một hai câu nói rõ điều đã xảy ra và việc cần làm tiếp theo.
web-design-sentence = Đến hết năm, ít nhất 95% hồ sơ thủ tục hành chính được giải quyết đúng hạn.
web-design-place = Nghị quyết mẫu, phần II, mục 3
web-design-more = Cách tính chỉ tiêu này
web-design-empty = Chưa có số liệu nào
web-design-empty-text = Số liệu xuất hiện ở đây sau khi được nhập bằng biểu mẫu hoặc từ tệp CSV, XLSX.
web-design-import = Nhập số liệu từ tệp
web-design-wait = Đang tính
web-design-name = Tên chỉ tiêu
web-design-name-hint = Ghi ngắn gọn, như trong nghị quyết.
web-design-day = Ngày chốt số liệu
web-design-value = Giá trị
web-design-scope = Phạm vi
web-design-method = Cách tính
web-design-kinds = Loại minh chứng
web-design-sum = Cộng dồn
web-design-sum-hint = Lấy tổng các kỳ trong nhiệm kỳ.
web-design-last = Giá trị cuối kỳ
web-design-last-hint = Lấy số liệu mới nhất tính đến ngày chốt.
web-design-note = Ghi chú
web-design-note-text = Đã đối chiếu với cơ quan thống kê
web-design-files = Tệp minh chứng
web-design-agree = Tôi đã kiểm tra số liệu này
web-design-save = Lưu số liệu
web-design-cancel = Quay lại
web-design-preview = Xem trước
web-design-delete = Xóa chỉ tiêu
web-design-confirm = Xóa chỉ tiêu này?
web-design-consequence = Chỉ tiêu và 12 số liệu của nó sẽ không còn trên bảng theo dõi. Lịch sử vẫn được giữ và có thể khôi phục trong 30 ngày.
web-design-step1 = Mở kỳ rà soát
web-design-step2 = Thu thập số liệu
web-design-step2-text = Đã có 21 trên 24 chỉ tiêu.
web-design-step3 = Phê duyệt và chốt
web-design-target = Chỉ tiêu
web-design-targets = Chỉ tiêu của nghị quyết
web-design-verdict = Kết quả
web-design-course = Diễn biến
web-design-row = Tỷ lệ hồ sơ giải quyết đúng hạn, nhóm { $n }
web-design-table = Kết quả thực hiện chỉ tiêu
web-design-tree = Cơ cấu tổ chức
web-design-province = Ủy ban nhân dân tỉnh
web-design-district = Ủy ban nhân dân huyện (trước 01/07/2025)
web-design-ended = Đã kết thúc
web-design-commune = Ủy ban nhân dân xã số { $n }
web-design-commune-name = Ủy ban nhân dân xã số 1
web-design-moment1 = Ghi nhận số liệu
web-design-moment2 = Sửa số liệu
web-design-tabs = Các phần của chỉ tiêu
web-design-tab1 = Tổng quan
web-design-tab2 = Số liệu
web-design-tab3 = Diễn biến
web-design-owner = Cơ quan chủ trì
web-design-change = Sửa
web-design-kind-page = Trang
web-design-kind-org = Cơ quan, tổ chức
web-design-left = 62%, còn khoảng 2 phút
web-design-share = Kết quả 24 chỉ tiêu
web-design-share-text = 17 chỉ tiêu đạt hoặc vượt, 2 chỉ tiêu chưa đạt.
web-design-bars = Tỷ lệ giải quyết đúng hạn theo xã
web-design-bars-text = Một trong ba xã đạt chỉ tiêu 95%.
web-design-line = Tỷ lệ giải quyết đúng hạn qua các tháng
web-design-line-text = Tăng từ 61,0% lên 96,3%, vượt chỉ tiêu 95% từ tháng 7.

## Tài liệu giao diện lập trình

web-openapi-title = Giao diện lập trình
web-openapi-json = Tài liệu OpenAPI (JSON)
web-openapi-operations = Các lời gọi
web-openapi-schemas = Cấu trúc dữ liệu
web-openapi-none = Tài liệu này chưa mô tả lời gọi nào.
web-openapi-guarded = Cần mã truy cập của tài khoản có quyền.
web-openapi-parameters = Tham số
web-openapi-body = Nội dung gửi lên
web-openapi-answers = Kết quả trả về
web-openapi-example = Ví dụ
web-openapi-name = Tên
web-openapi-kind = Kiểu
web-openapi-about = Ý nghĩa
web-openapi-required = bắt buộc
web-openapi-list = danh sách
