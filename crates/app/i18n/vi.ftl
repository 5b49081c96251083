app-permission-history = Xem nhật ký thay đổi
app-permission-operate = Vận hành chương trình

app-start-title = Chỉ tiêu nghị quyết và minh chứng
app-start-lead = Mỗi câu của nghị quyết dẫn đến chỉ tiêu, thước đo, số liệu và cuối cùng là hồ sơ chứng minh. Báo cáo được lập từ chuỗi đó, không gõ tay con số nào.
app-start-board = Mở bảng theo dõi chỉ tiêu
app-start-sign-in = Đăng nhập
app-start-how = Cách làm việc
app-start-how-1 = Nhập nghị quyết nguyên văn, từng câu theo thứ tự; gắn chỉ tiêu vào câu.
app-start-how-2 = Ghi số liệu kèm minh chứng, giữ nguyên những chữ «gần», «hơn», «ít nhất».
app-start-how-3 = Chương trình kết luận đạt, vượt, chưa đạt, chưa xác định hay chưa có số liệu, và chỉ rõ từng bước tính.
app-start-how-4 = Mở kỳ rà soát, người thứ hai duyệt, chốt số liệu rồi ban hành báo cáo.
app-start-count = Hiện có { $count } nghị quyết.

app-history-title = Nhật ký thay đổi
app-history-lead = Mọi thay đổi, mới nhất ở trên: ai làm, lúc nào, trước và sau ra sao.
app-history-noun = Loại (ví dụ targets.observation)
app-history-thing = Mã của đối tượng
app-history-from = Từ ngày
app-history-until = Đến ngày
app-history-filter = Lọc
app-history-empty = Không có thay đổi nào khớp. Hãy bỏ bớt điều kiện lọc.
app-history-of-thing = Toàn bộ lịch sử của đối tượng này
app-history-program = Chương trình
app-history-bad-date = Ngày phải viết dd/mm/yyyy.
app-history-bad-thing = Mã của đối tượng không đúng dạng.

app-operate-title = Vận hành
app-operate-parked = Thay đổi bị gác lại
app-operate-parked-none = Không có thay đổi nào bị gác lại.
app-operate-retry = Thử lại
app-operate-jobs = Công việc nền
app-operate-jobs-none = Chưa có công việc nền nào chạy.
app-operate-job = Công việc
app-operate-due = Lần chạy tới
app-operate-failures = Số lần lỗi liên tiếp
app-operate-trouble = Lỗi gần nhất

app-search-title = Tìm kiếm
app-search-words = Cần tìm gì? (không cần gõ dấu)
app-search-go = Tìm
app-search-empty = Không tìm thấy gì
app-search-empty-help = Hãy thử ít chữ hơn, hoặc mã của nghị quyết hay chỉ tiêu.
app-search-page = Trang
app-search-resolution = Nghị quyết
app-search-organisation = Tổ chức
