# Words of the kernel: numbers, dates, dated rules. The source is vi.ftl.

## Numbers
kernel-number-empty = No number was entered.
kernel-number-unexpected = “{ $text }” cannot be read as a number: “{ $found }” is not part of one.
kernel-number-inner-space = “{ $text }” has a space inside and may be two numbers. Write it without the space, or group the thousands with the usual mark.
kernel-number-wrong-groups = “{ $text }” has “{ $mark }” in the wrong place: where it groups thousands, every group needs three digits.
kernel-number-wrong-space-groups = “{ $text }” has a space in the wrong place: every group of thousands needs three digits, and only one way of grouping may be used.
kernel-number-two-decimals = “{ $text }” has more than one decimal mark “{ $mark }”.
kernel-number-bare-mark = “{ $text }” lacks a digit before or after its decimal mark.
kernel-number-ambiguous = “{ $text }” can be read in two ways: { $as_vi } in Vietnamese writing, { $as_en } in English writing. Please say which is meant.
kernel-number-too-long = “{ $text }” has too many digits.
kernel-number-too-large-result = The exact result is too large to be computed.
kernel-number-divided-by-zero = This cannot be computed because the divisor is 0.
kernel-number-not-canonical = “{ $text }” is not the canonical form of an exact number.
kernel-number-excess-without-target = The excess in per cent cannot be computed because the target is not above 0.
kernel-number-unknown-qualifier = The word “{ $word }” beside the number is not known. Known words: { $known_en }; in Vietnamese: { $known_vi }.

## How near is “nearly” and “about”
kernel-near-bad-policy = The widths for “nearly” and “about” must be above 0, and the relative one below 1.
kernel-near-no-width = “Nearly 0” and “about 0” cannot be told by a relative width.

## Dates
kernel-date-empty = No date was entered.
kernel-date-year-missing = “{ $text }” lacks the year. Write day/month/year, such as 12/06/2020.
kernel-date-year-short = “{ $text }” has a year of fewer than four digits. Write it in full, such as 12/06/2020.
kernel-date-no-such-day = “{ $text }” is not in the calendar. Write day/month/year, in this order.
kernel-date-unreadable = “{ $text }” cannot be read as a date. Write day/month/year, such as 12/06/2020.

## Dated rules
kernel-rule-syntax = The rule file is malformed: { $detail }
kernel-rule-empty = Rule “{ $name }” leaves { $field } empty.
kernel-rule-bad-value = Rule “{ $name }” has an unusable value: { $value }. It must be a whole number, a text, or an exact number.
kernel-rule-bad-date = Rule “{ $name }” has an unusable date: { $value }. Dates are written year-month-day, and the end must come after the beginning.
kernel-rule-bad-trust = Rule “{ $name }” has an unknown grade of trust: “{ $letter }”.
kernel-rule-overlap = Rule “{ $name }” has two versions in force on the same day: the one from { $first } and the one from { $second }.

## How far a source is trusted
kernel-trust-a = official text read in full
kernel-trust-b = regulation of a ministry or province, or the issuer's own material, read in full
kernel-trust-c = from third-party code, notes or a compilation
kernel-trust-d = from part of a web page or press article
kernel-trust-e = recalled, not looked up
kernel-trust-v = the relevant part of the text, or an official answer quoting it, was seen
kernel-trust-n = from a newspaper's or legal site's summary
kernel-trust-q = from a question bank
kernel-trust-i = inferred by the program's authors
kernel-trust-u = not verified; to be checked against the text before use

## Days off and working days

kernel-off-new-year = New Year's Day
kernel-off-tet = Lunar New Year (Tết)
kernel-off-hung-kings = Hùng Kings' Commemoration Day
kernel-off-reunification = Victory Day
kernel-off-labour = International Labour Day
kernel-off-national = National Day
kernel-off-culture = Day of Vietnamese Culture
kernel-off-compensation = Day off in lieu
kernel-day-working = Working day
kernel-day-weekly-rest = Weekly day of rest
kernel-day-swapped-off = Off by a swap
kernel-day-swapped-work = Worked in exchange
kernel-day-off-by-row = Off by local decision
kernel-day-work-by-row = Worked by local decision
