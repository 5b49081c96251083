# dynamic: targets-missing-
# dynamic: targets-outcome- targets-value- targets-file-place-
# Quyền
targets-permission-read = Xem nghị quyết, chỉ tiêu và kết luận
targets-permission-define = Nhập và sửa nghị quyết, chỉ tiêu, thước đo
targets-permission-observe = Nhập số liệu và minh chứng
targets-permission-approve = Duyệt số liệu do người khác nhập
targets-permission-review = Mở kỳ rà soát, tập hợp số liệu
targets-permission-issue = Duyệt kỳ rà soát và ban hành báo cáo

# Kết luận
targets-outcome-exceeded = Vượt
targets-outcome-met = Đạt
targets-outcome-not-met = Chưa đạt
targets-outcome-undetermined = Chưa xác định
targets-outcome-unknown = Chưa có số liệu
targets-outcome-not-applicable = Không áp dụng
targets-answer-yes = đạt
targets-answer-no = không đạt
targets-answer-open = chưa xác định được
targets-answer-absent = thiếu số liệu
targets-answer-pending = chưa đến hạn
targets-answer-not-applicable = không áp dụng

# Đơn vị
targets-unit-percent = %
targets-unit-count = số lượng
targets-unit-rate = tỷ suất
targets-unit-grade = xếp loại
targets-unit-rank = thứ hạng
targets-unit-stage = mức hoàn thành
targets-unit-narrative = nhận định

# Mức hoàn thành của một hạng mục
targets-stage-none = chưa có chủ trương
targets-stage-approved = đã phê duyệt
targets-stage-procured = đã chọn nhà thầu
targets-stage-built = đã xây dựng xong
targets-stage-accepted = đã nghiệm thu
targets-stage-in-use = đã đưa vào sử dụng

# Nhận định
targets-judgement-none = chưa ai kết luận
targets-judgement-done = đã thực hiện
targets-judgement-not-done = chưa thực hiện
targets-judgement-in-part = thực hiện một phần

# Giá trị
targets-value-told = { $text }
targets-value-told-percent = { $text }%
targets-value-exact = { $value }
targets-value-exact-percent = { $value }%
targets-value-between = từ { $low } đến { $high }
targets-value-between-percent = từ { $low }% đến { $high }%
targets-value-above = trên { $low }
targets-value-above-percent = trên { $low }%
targets-value-below = dưới { $high }
targets-value-below-percent = dưới { $high }%
targets-value-anything = không giới hạn
targets-value-grade = { $grade }
targets-value-rank = xếp thứ { $place }
targets-value-rank-tied = đồng hạng { $place }
targets-value-stage = { $stage }
targets-value-narrative = { $chosen }
targets-value-not-applicable = không áp dụng: { $why }
targets-value-of-nothing = mẫu số bằng 0
targets-value-of-slots = { $yes }/{ $all }
targets-value-of-needed = { $yes } trên { $needed } lần cần có

# Các bước tính
targets-step-latest = Lấy giá trị mới nhất, ngày { $as-of }: { $value }
targets-step-sum = Cộng dồn { $count } số liệu trong kỳ: { $value }
targets-step-slot = { $slot }: { $answer }
targets-step-period = Kỳ { $period }
targets-step-unit = Đơn vị { $unit }
targets-step-condition = Điều kiện «{ $measure }»: { $answer }
targets-step-reading = Hiểu là «{ $label }»: { $answer }
targets-step-implied = Báo cáo nói vượt { $excess }% với kết quả { $value }; chỉ tiêu suy ra là { $target } (không ghi trong nghị quyết)

# Nhất quán
targets-finding-parts-agree = Tính lại từ tử số và mẫu số được { $found }, khớp với «{ $told }»
targets-finding-parts-disagree = Tính lại từ tử số và mẫu số được { $found }, không khớp với «{ $told }». Hãy kiểm tra tử số, mẫu số hoặc tỷ lệ.
targets-finding-part-exceeds-whole = Phần «trong đó» ({ $part }) lớn hơn chỉ tiêu chung ({ $whole })
targets-finding-rounded = Làm tròn { $before } thành { $after } ({ $places } chữ số thập phân) trước khi so sánh, theo quy tắc đã lưu của chỉ tiêu
targets-finding-weight = Theo quy tắc của thước đo, mỗi «{ $event }» tính { $weight }
targets-finding-crosswalk = Quy đổi «{ $from }» thành «{ $to }» theo bảng quy đổi do người có thẩm quyền ký: { $signed }
targets-finding-claim-agrees = Báo cáo tự đánh giá «{ $told }» ({ $sentence }); tính lại cũng là «{ $found }»
targets-finding-claim-near = Báo cáo tự đánh giá «{ $told }» ({ $sentence }); tính lại là «{ $found }»
targets-finding-claim-disagrees = Báo cáo tự đánh giá «{ $told }» ({ $sentence }), nhưng tính lại là «{ $found }»
targets-finding-claim-unchecked = Báo cáo tự đánh giá «{ $told }» ({ $sentence }); không đủ số liệu để kiểm tra (hiện là «{ $found }»)

# Còn thiếu
targets-missing-observation = Chưa có số liệu cho «{ $measure }»
targets-missing-left-open = Nguồn không nêu giá trị: { $why }
targets-missing-crosswalk = Chưa ai ký bảng quy đổi từ «{ $from }» sang «{ $to }»
targets-missing-judgement = Chưa ai kết luận nhận định này đã thực hiện hay chưa
targets-missing-wrong-kind = Số liệu không cùng loại với thước đo
targets-missing-not-a-number = Số liệu ngày { $as-of } không phải là số nên không cộng được
targets-missing-too-large = Số quá lớn để tính
targets-missing-measure = Không có thước đo «{ $measure }»
targets-missing-resolution = Không có nghị quyết «{ $resolution }» để tổng hợp
targets-missing-rolled = Còn { $open } trên { $all } chỉ tiêu của nghị quyết «{ $resolution }» chưa xác định hoặc chưa có số liệu
targets-missing-implied = Nghị quyết không ghi con số của chỉ tiêu, và không có nhận định «vượt … %» để suy ra
targets-missing-not-computable = Không suy ra được con số của chỉ tiêu: có { $solutions } nghiệm nguyên
targets-missing-readings-disagree = Câu của nghị quyết có nhiều cách hiểu và các cách hiểu cho kết luận khác nhau: { $open }

# Tệp nghị quyết
targets-file-place-line = Dòng { $which }
targets-file-place-resolution = Nghị quyết { $which }
targets-file-place-sentence = Câu { $which }
targets-file-place-measure = Thước đo { $which }
targets-file-place-target = Chỉ tiêu { $which }
targets-file-place-claim = Tự đánh giá thứ { $which }
targets-file-place-observation = Số liệu thứ { $which }
targets-file-not-read = Không đọc được tệp: { $why }
targets-file-not-written = Không ghi được tệp: { $why }
targets-file-other-format = Dòng format là «{ $found }»; chương trình này đọc «{ $wanted }»
targets-file-term-backwards = Ngày đầu nhiệm kỳ sau ngày cuối. Hãy đổi lại hai ngày.
targets-file-no-code = Thiếu mã. Hãy đặt một mã ngắn, không trùng.
targets-file-code-twice = Mã này đã dùng ở trên. Hãy đặt mã khác.
targets-file-parent-unknown = Câu cha «{ $parent }» không có ở phía trên
targets-file-factor-zero = Hệ số của tỷ lệ phải lớn hơn 0
targets-file-sentence-unknown = Không có câu «{ $sentence }»
targets-file-of-which-unknown = Chỉ tiêu «{ $target }» mà nó là một phần không có ở phía trên
targets-file-target-unknown = Không có chỉ tiêu «{ $target }»
targets-file-measure-unknown = Không có thước đo «{ $measure }»
targets-file-lane-party = Tổ chức «{ $org }» thuộc khối Đảng, nên nghị quyết của tổ chức này phải thuộc khối Đảng (lane = "party"). Hãy sửa khối hoặc chọn đúng tổ chức ban hành.
targets-file-lane-state = Tổ chức «{ $org }» thuộc khối Nhà nước, nên nghị quyết của tổ chức này phải thuộc khối Nhà nước (lane = "state"). Hãy sửa khối hoặc chọn đúng tổ chức ban hành.
targets-file-measure-differs = Cơ quan đã có thước đo cùng mã nhưng nội dung khác. Hãy đổi mã hoặc sửa cho giống.
targets-file-org-unknown = Không có tổ chức mã «{ $org }». Hãy nhập tổ chức trước.
targets-file-no-condition = Chỉ tiêu cần ít nhất một cách hiểu với một điều kiện
targets-file-readings-need-open = Chỉ tiêu có nhiều cách hiểu thì phải ghi câu văn bỏ ngỏ điều gì (open)
targets-file-band-backwards = Cận dưới { $low } lớn hơn cận trên { $high }
targets-file-grade-unknown = Không có mức xếp loại «{ $grade }»
targets-file-period-unknown = Không hiểu kỳ «{ $period }». Viết 2020, 2020-H1, 2020-Q1 hoặc 2020-03.
targets-file-test-wrong-kind = Điều kiện không hợp với thước đo loại «{ $unit }»
targets-file-code-exists = Đã có nghị quyết mang mã «{ $code }». Hãy đổi mã, hoặc mở nghị quyết đó để sửa.

# Số liệu
targets-observation-no-value = Thiếu giá trị
targets-observation-two-values = Có nhiều hơn một giá trị: { $found }. Chỉ ghi một.
targets-observation-wrong-kind = Giá trị không hợp với thước đo «{ $measure }» (loại: { $unit })
targets-observation-grade-form = «{ $found }» không phải là xếp loại. Viết khung/mức, ví dụ org-2018/hoan-thanh-tot.
targets-observation-rank-form = «{ $found }» không phải là thứ hạng. Viết 5, hoặc 5= khi đồng hạng.
targets-observation-denominator = Tỷ lệ cần đúng một trong hai: mẫu số hoặc phần còn lại
targets-observation-part-alone = Có mẫu số hoặc phần còn lại mà thiếu tử số. Ghi thêm tử số, hoặc xóa mẫu số và phần còn lại.
targets-observation-chosen-alone = Có kết luận mà không có nhận định. Ghi thêm nhận định, hoặc xóa kết luận.
targets-observation-negative-part = Tử số và mẫu số không được âm
targets-observation-negative-count = Số đếm không thể nhỏ hơn 0: «{ $found }». Nếu là số giảm, hãy ghi số dương với loại sự kiện được trừ ra.
targets-observation-no-date = Thiếu ngày của số liệu
targets-observation-outside-term = Ngày { $as-of } nằm ngoài nhiệm kỳ ({ $from } – { $last })
targets-observation-twice = Trùng với một số liệu khác: cùng thước đo, ngày, kỳ, đơn vị và câu

targets-file-observation-twice = Trùng với số liệu thứ { $first } trong tệp: cùng thước đo «{ $measure }», ngày, kỳ, đơn vị, loại sự việc và câu. Chỉ giữ một.
targets-file-recorded = Thước đo «{ $measure }» đã có số liệu của ngày { $as-of }: { $value }. Nếu là một, hãy bỏ mục này khỏi tệp, vì số liệu đã có dùng cho mọi nghị quyết có thước đo ấy; nếu số trong tệp mới đúng, hãy đính chính số liệu đã có.
targets-file-recorded-by = Thước đo «{ $measure }» đã có số liệu của ngày { $as-of }: { $value } (ghi ở nghị quyết { $resolution }). Nếu là một, hãy bỏ mục này khỏi tệp, vì số liệu đã có dùng cho mọi nghị quyết có thước đo ấy; nếu số trong tệp mới đúng, hãy đính chính số liệu đã có.

# Nghị quyết
targets-resolution-not-draft = Chỉ nghị quyết đang soạn mới đưa vào hiệu lực được
targets-resolution-not-in-force = Chỉ nghị quyết đang có hiệu lực mới đóng được
targets-resolution-closed = Nghị quyết đã đóng, không ghi thêm được
