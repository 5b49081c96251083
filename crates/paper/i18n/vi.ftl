# Văn bản xuất ra
paper-render-no-anchor = Văn bản có liên kết đến “{ $name }” nhưng không có chỗ nào mang tên ấy. Hãy sửa liên kết rồi xuất lại.
paper-render-two-anchors = Tên “{ $name }” đứng ở hai chỗ trong văn bản nên liên kết không biết dẫn về đâu. Hãy đổi một trong hai tên.
paper-render-page = Lề trang không để lại đủ chỗ cho nội dung. Phần nội dung phải rộng và cao ít nhất 50 mm, khổ giấy không quá 2 m.
paper-render-writer = Không ghi được tệp: { $detail }. Hãy báo cho người quản trị kèm nguyên văn thông báo này.

# Bảng đọc vào
paper-sheet-too-large = Tệp lớn hơn mức cho phép là { $limit }. Hãy tách thành nhiều tệp nhỏ hơn.
paper-sheet-too-many-rows = Bảng có nhiều hơn { $limit } dòng. Hãy tách thành nhiều tệp nhỏ hơn.
paper-sheet-too-wide = Ô { $cell } nằm ngoài { $limit } cột được đọc. Hãy xóa nội dung thừa ở bên phải bảng.
paper-sheet-cell-too-long = Ô { $cell } (dòng { $row }) dài hơn { $limit } byte. Nếu là tệp CSV, hãy kiểm tra dấu nháy kép mở mà chưa đóng.
paper-sheet-open-quote = Ô { $cell } (dòng { $row }) mở dấu nháy kép mà không đóng, phần còn lại của tệp bị nuốt vào ô này. Hãy sửa dấu nháy rồi nhập lại.
paper-sheet-empty = Tệp không có dòng nào.
paper-sheet-not-a-sheet = Tệp không phải là CSV hoặc XLSX. Hãy lưu lại bảng theo một trong hai dạng này.
paper-sheet-old-or-locked = Tệp là dạng XLS cũ (trước năm 2007) hoặc đang đặt mật khẩu. Hãy bỏ mật khẩu và lưu lại thành XLSX.
paper-sheet-bomb = Phần “{ $entry }” của tệp nén giải ra lớn bất thường nên tệp không được mở. Hãy tạo lại tệp bằng phần mềm bảng tính.
paper-sheet-damaged = Tệp bị hỏng, không đọc được: { $detail }
paper-sheet-not-utf8 = Dòng { $line }: byte thứ { $byte } của tệp không phải là UTF-8. Hãy lưu lại tệp với bảng mã UTF-8.
paper-sheet-not-utf16 = Dòng { $line }: tệp mở đầu là UTF-16 nhưng phần sau không đúng bảng mã ấy. Hãy lưu lại tệp với bảng mã UTF-8.
paper-sheet-no-sheet = Sổ tính không có trang tên “{ $name }”.
paper-sheet-all-hidden = Mọi trang của sổ tính đều bị ẩn. Hãy cho hiện trang cần đọc.
paper-sheet-unreadable = Không đọc được tệp: { $detail }
paper-sheet-formula = Ô { $cell } chứa công thức. Hãy chép kết quả và dán lại dưới dạng giá trị.
paper-sheet-merged = Ô { $cell } thuộc vùng ô gộp. Hãy bỏ gộp ô và điền đủ từng ô.
paper-sheet-error-value = Ô { $cell } chứa giá trị lỗi. Hãy sửa rồi nhập lại.
paper-sheet-hidden-row = Ô { $cell } nằm ở dòng { $row } đang bị ẩn hoặc bị lọc. Hãy cho hiện hoặc xóa dòng này.
paper-sheet-hidden-column = Ô { $cell } nằm ở cột { $column } đang bị ẩn. Hãy cho hiện hoặc xóa cột này.
