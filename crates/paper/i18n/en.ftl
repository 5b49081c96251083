# Papers out
paper-render-no-anchor = The paper links to “{ $name }”, but no place in it has that name. Correct the link and export again.
paper-render-two-anchors = The name “{ $name }” stands at two places of the paper, so the link does not know where to lead. Rename one of them.
paper-render-page = The margins leave too little room. The text needs at least 50 mm in width and height, and the sheet may not exceed 2 m.
paper-render-writer = The file could not be written: { $detail }. Tell your administrator, with this message word for word.

# Tables in
paper-sheet-too-large = The file is larger than the { $limit } allowed. Split it into smaller files.
paper-sheet-too-many-rows = The table has more than { $limit } rows. Split it into smaller files.
paper-sheet-too-wide = Cell { $cell } lies beyond the { $limit } columns that are read. Remove what stands to the right of the table.
paper-sheet-cell-too-long = Cell { $cell } (row { $row }) holds more than { $limit } bytes. In a CSV file, look for a quotation mark that is never closed.
paper-sheet-open-quote = Cell { $cell } (row { $row }) opens a quotation mark that is never closed; the rest of the file stands inside it. Correct the mark and import again.
paper-sheet-empty = The file has no rows.
paper-sheet-not-a-sheet = The file is neither CSV nor XLSX. Save the table in one of these forms.
paper-sheet-old-or-locked = The file is an XLS of before 2007, or locked by a password. Remove the password and save it as XLSX.
paper-sheet-bomb = Part “{ $entry }” of the packed file unpacks to an abnormal size, so the file was not opened. Make it again with a spreadsheet program.
paper-sheet-damaged = The file is damaged and cannot be read: { $detail }
paper-sheet-not-utf8 = Line { $line }: byte { $byte } of the file is not UTF-8. Save the file again as UTF-8.
paper-sheet-not-utf16 = Line { $line }: the file begins as UTF-16 but does not go on so. Save the file again as UTF-8.
paper-sheet-no-sheet = The workbook has no sheet named “{ $name }”.
paper-sheet-all-hidden = Every sheet of the workbook is hidden. Unhide the one to be read.
paper-sheet-unreadable = The file could not be read: { $detail }
paper-sheet-formula = Cell { $cell } holds a formula. Copy the result and paste it back as a value.
paper-sheet-merged = Cell { $cell } belongs to a merged range. Unmerge it and fill in every cell.
paper-sheet-error-value = Cell { $cell } holds an error value. Correct it and import again.
paper-sheet-hidden-row = Cell { $cell } is in row { $row }, which is hidden or filtered away. Unhide or delete the row.
paper-sheet-hidden-column = Cell { $cell } is in column { $column }, which is hidden. Unhide or delete the column.
