# Lời của phần lõi: số, ngày, quy tắc có thời hạn. Bản gốc; en.ftl phải đủ các khóa này.

## Số
kernel-number-empty = Chưa nhập số.
kernel-number-unexpected = Không đọc được “{ $text }” thành số: có ký tự “{ $found }” không thuộc về số.
kernel-number-inner-space = “{ $text }” có dấu cách ở giữa nên có thể là hai số. Hãy viết liền hoặc dùng dấu chấm để phân nhóm hàng nghìn.
kernel-number-wrong-groups = “{ $text }” có dấu “{ $mark }” đặt sai chỗ: khi dấu này phân nhóm hàng nghìn thì mỗi nhóm phải đủ ba chữ số.
kernel-number-wrong-space-groups = “{ $text }” có khoảng trống đặt sai chỗ: mỗi nhóm hàng nghìn phải đủ ba chữ số và chỉ dùng một kiểu phân nhóm.
kernel-number-two-decimals = “{ $text }” có nhiều hơn một dấu thập phân “{ $mark }”.
kernel-number-bare-mark = “{ $text }” thiếu chữ số ở trước hoặc sau dấu thập phân.
kernel-number-ambiguous = “{ $text }” có thể hiểu theo hai cách: { $as_vi } nếu viết kiểu Việt Nam, { $as_en } nếu viết kiểu Anh. Hãy cho biết cách viết của số này.
kernel-number-too-long = “{ $text }” có quá nhiều chữ số.
kernel-number-too-large-result = Kết quả chính xác quá lớn nên không tính được.
kernel-number-divided-by-zero = Không tính được vì số chia bằng 0.
kernel-number-not-canonical = “{ $text }” không phải là dạng chuẩn của một số chính xác.
kernel-number-excess-without-target = Không tính được tỷ lệ vượt vì chỉ tiêu không lớn hơn 0.
kernel-number-unknown-qualifier = Không hiểu từ “{ $word }” đi kèm số. Các từ dùng được: { $known_vi }; tiếng Anh: { $known_en }.

## Độ gần của “gần” và “khoảng”
kernel-near-bad-policy = Quy ước về “gần” và “khoảng” phải có các mức lớn hơn 0, và mức tương đối phải nhỏ hơn 1.
kernel-near-no-width = Không xác định được “gần” hoặc “khoảng” của số 0 theo mức tương đối.

## Ngày
kernel-date-empty = Chưa nhập ngày.
kernel-date-year-missing = “{ $text }” thiếu năm. Hãy viết đủ ngày/tháng/năm, ví dụ 12/06/2020.
kernel-date-year-short = “{ $text }” viết năm chưa đủ bốn chữ số. Hãy viết đủ, ví dụ 12/06/2020.
kernel-date-no-such-day = “{ $text }” không có trong lịch. Hãy viết theo thứ tự ngày/tháng/năm.
kernel-date-unreadable = Không đọc được “{ $text }” thành ngày. Hãy viết ngày/tháng/năm, ví dụ 12/06/2020.

## Quy tắc có thời hạn
kernel-rule-syntax = Tệp quy tắc sai cấu trúc: { $detail }
kernel-rule-empty = Quy tắc “{ $name }” để trống mục { $field }.
kernel-rule-bad-value = Quy tắc “{ $name }” có giá trị không dùng được: { $value }. Giá trị phải là số nguyên, chữ, hoặc số chính xác.
kernel-rule-bad-date = Quy tắc “{ $name }” có ngày không dùng được: { $value }. Ngày viết dạng năm-tháng-ngày; ngày hết hiệu lực phải sau ngày có hiệu lực.
kernel-rule-bad-trust = Quy tắc “{ $name }” có mức tin cậy không biết: “{ $letter }”.
kernel-rule-overlap = Quy tắc “{ $name }” có hai bản cùng hiệu lực trong một ngày: bản từ { $first } và bản từ { $second }.

## Mức tin cậy của nguồn
kernel-trust-a = đã đọc toàn văn văn bản chính thức
kernel-trust-b = đã đọc toàn văn quy định của bộ, tỉnh hoặc tài liệu của nơi ban hành
kernel-trust-c = theo mã nguồn, ghi chép hoặc tổng hợp của bên thứ ba
kernel-trust-d = theo một phần trang thông tin hoặc bài báo
kernel-trust-e = theo trí nhớ, chưa đối chiếu
kernel-trust-v = đã xem phần liên quan của văn bản hoặc trả lời chính thức có trích văn bản
kernel-trust-n = theo tóm tắt của báo hoặc trang pháp luật
kernel-trust-q = theo bộ câu hỏi trắc nghiệm
kernel-trust-i = do nhóm xây dựng phần mềm suy luận
kernel-trust-u = chưa kiểm chứng, phải đối chiếu với văn bản trước khi dùng

## Ngày nghỉ và ngày làm việc

kernel-off-new-year = Tết Dương lịch
kernel-off-tet = Tết Âm lịch
kernel-off-hung-kings = Giỗ Tổ Hùng Vương
kernel-off-reunification = Ngày Chiến thắng
kernel-off-labour = Ngày Quốc tế lao động
kernel-off-national = Quốc khánh
kernel-off-culture = Ngày Văn hóa Việt Nam
kernel-off-compensation = Nghỉ bù
kernel-day-working = Ngày làm việc
kernel-day-weekly-rest = Ngày nghỉ hằng tuần
kernel-day-swapped-off = Nghỉ hoán đổi
kernel-day-swapped-work = Làm bù
kernel-day-off-by-row = Nghỉ theo quyết định của địa phương
kernel-day-work-by-row = Làm việc theo quyết định của địa phương
