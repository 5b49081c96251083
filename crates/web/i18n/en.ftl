# Words all pages share

web-product = Liên Thông
web-product-line = the province’s digital government
web-skip = Skip to main content
web-home = Go to the home page
web-menu = Main menu
web-crumbs = Where this page is
web-sign-in = Sign in
web-sign-out = Sign out
web-search-label = Search pages, people, documents
web-search-hint = Search
web-page-faulty = Error
web-sample-title = Sample data.
web-sample-text = The figures on this page are for getting to know the system; they are not official.
web-foot-keys = Keys: Ctrl K to search; J, K and Enter to move in a table.
web-draft-kept = Draft kept on this machine.
web-draft-back = What you had typed on this machine has been put back.
web-draft-drop = Discard the draft
web-draft-dropped = Draft discarded.

## Forms

web-field-fault = Error
web-field-optional = (optional)
web-field-date = day/month/year
web-field-drop = Choose a file or drop one here.
web-faults-title = Something needs correcting
web-fault-empty = This field is empty.
web-fault-date = “{ $text }” is not a date. Write day/month/year, for example 05/03/2026.
web-fault-int = “{ $text }” is not a whole number. Write digits only, for example 4600.
web-confirm-back = No, go back

## Lists

web-pager = Pages of the list
web-pager-first = Back to the start
web-pager-next = Next page
web-filter-label = Filter the list
web-filter-go = Filter
web-filter-clear = Clear the filter
web-step-done = done
web-yes = Yes
web-no = No
web-diff-none = Nothing has changed.
web-diff-caption = What changed
web-diff-name = Item
web-diff-before = Before
web-diff-after = After

## Charts

web-chart-table = Figures of this chart
web-chart-name = Item
web-chart-value = Value
web-chart-share = Share
web-chart-day = Day
web-chart-goal = Target: { $value }
web-chart-none = There are no figures to draw yet.
web-chart-total = Total

## Verdicts

web-verdict-met = Met
web-verdict-exceeded = Exceeded
web-verdict-on-the-way = On the way
web-verdict-at-risk = At risk
web-verdict-not-met = Not met
web-verdict-undetermined = Undetermined
web-verdict-unknown = No data yet
web-verdict-not-applicable = Not applicable

## Error pages

web-problem-desk = Help-desk code (read it out if you call support):
web-problem-bad-request-title = The request is not valid
web-problem-bad-request-text = The system could not understand this request.
web-problem-bad-request-next = Go back, check what you entered and send it again. Nothing has been changed.
web-problem-sign-in-title = Please sign in
web-problem-sign-in-text = This page is only for people who are signed in.
web-problem-sign-in-next = After signing in you return to this very page.
web-problem-forbidden-title = Not permitted
web-problem-forbidden-text = Your account may not see or do this.
web-problem-forbidden-next = If your work needs it, ask your organisation’s administrator for permission.
web-problem-form-expired-title = The form has expired
web-problem-form-expired-text = The form came from an earlier session or from another site and was not accepted. Nothing has been changed.
web-problem-form-expired-next = Go back, reload the page and send it again. What you had typed is still kept on this machine.
web-problem-not-found-title = Page not found
web-problem-not-found-text = There is nothing at this address, or it has moved.
web-problem-not-found-next = Check the address, or search from the home page.
web-problem-method-title = Not possible this way
web-problem-method-text = The address exists, but does not take this kind of call.
web-problem-method-next = Go back and use the button on the page.
web-problem-refused-title = This could not be done
web-problem-refused-text = The rules of this matter do not allow it at this time.
web-problem-refused-next = Nothing has been changed. Read the reason above and choose another way.
web-problem-stale-title = Somebody changed this just before you
web-problem-stale-text = Somebody else changed this after you opened the page. Your version was not stored, so that theirs is not overwritten.
web-problem-stale-next = Open the page again, look at what is new and enter your part again if it is still needed.
web-problem-stale-mine = Your version (not stored)
web-problem-stale-theirs = What is stored now
web-problem-stale-go = Go on from what is stored
web-problem-too-large-title = Too large
web-problem-too-large-text = What you sent is larger than the limit.
web-problem-too-large-limit = What you sent is larger than { $limit } MB.
web-problem-too-large-next = Split or compress the file and send it again. Nothing has been stored.
web-problem-invalid-title = Not valid yet
web-problem-invalid-text = Some fields are not valid.
web-problem-invalid-next = Correct the fields named and send again. Nothing has been stored.
web-problem-too-often-title = Too many times in a short while
web-problem-too-often-text = Requests came too fast and are not accepted for the moment.
web-problem-too-often-next = Wait a minute and try again.
web-problem-trouble-title = The system has a problem
web-problem-trouble-text = Your request was not carried out because of a fault in the system, not because of you.
web-problem-trouble-next = Try again in a few minutes. If it happens again, tell support the code below.
web-problem-unknown-title = It is not known whether this was stored
web-problem-unknown-text = The system lost its database at the very moment of storing, so it does not know whether your change was stored.
web-problem-unknown-next = Before sending again, open the page and check whether your change is there.
web-problem-full-title = Out of storage
web-problem-full-text = The system’s disk is full, so nothing more is accepted. Everything already stored can still be read.
web-problem-full-next = Tell the operator at once, with the code below.
web-problem-form-kind = The system cannot read the kind of content that was sent.
web-problem-form-not-utf8 = The field “{ $field }” does not hold text in UTF-8, so nothing was stored. Type it again, or copy it from a file saved as UTF-8.
web-problem-form-broken = What was sent is damaged or was cut off, or a file name has broken characters.

## The page of components

web-home-name = Home
web-problems-title = Table of problem codes
web-problems-lead = Every problem, on a page or in the programming interface, has a code of this table.
web-problems-code = Code
web-problems-status = HTTP status
web-problems-what = What happened
web-problems-next = What to do
web-design-title = Components
web-design-lead = Every page is put together from the components below.
web-design-words = Type and marks
web-design-forms = Forms
web-design-lists = Lists and history
web-design-pictures = Charts
web-design-text = Plain text with every mark: thẩm quyền, khuyến khích, nghị quyết, chuyển đổi số, thủ tục hành chính.
web-design-link = a link
web-design-soft = Secondary text, smaller and paler.
web-design-draft = Draft
web-design-approved = Approved
web-design-due = Due soon
web-design-late = Overdue
web-design-info = This review period is open
web-design-good = The figures are stored
web-design-warn = 3 targets have no figures yet
web-design-bad = The file could not be imported
web-design-notice = One or two sentences that say what happened and what to do next.
web-design-sentence = Đến hết năm, ít nhất 95% hồ sơ thủ tục hành chính được giải quyết đúng hạn.
web-design-place = Sample resolution, part II, item 3
web-design-more = How this target is worked out
web-design-empty = No figures yet
web-design-empty-text = Figures appear here once they are entered in the form or imported from a CSV or XLSX file.
web-design-import = Import figures from a file
web-design-wait = Working it out
web-design-name = Name of the target
web-design-name-hint = Short, as in the resolution.
web-design-day = Cut-off day
web-design-value = Value
web-design-scope = Scope
web-design-method = Method
web-design-kinds = Kinds of evidence
web-design-sum = Running total
web-design-sum-hint = Adds up all periods of the term.
web-design-last = Value at the end
web-design-last-hint = Takes the newest figure up to the cut-off day.
web-design-note = Note
web-design-note-text = Checked against the statistics office
web-design-files = Evidence files
web-design-agree = I have checked these figures
web-design-save = Save the figures
web-design-cancel = Back
web-design-preview = Preview
web-design-delete = Delete the target
web-design-confirm = Delete this target?
web-design-consequence = The target and its 12 figures disappear from the scoreboard. History is kept and it can be restored within 30 days.
web-design-step1 = Open the review period
web-design-step2 = Collect the figures
web-design-step2-text = 21 of 24 targets have theirs.
web-design-step3 = Approve and freeze
web-design-target = Target
web-design-targets = Targets of the resolution
web-design-verdict = Verdict
web-design-course = Course
web-design-row = Share of files settled in time, group { $n }
web-design-table = How the targets are being met
web-design-tree = Organisation
web-design-province = Provincial People’s Committee
web-design-district = District People’s Committee (before 1 Jul 2025)
web-design-ended = Ended
web-design-commune = People’s Committee of commune { $n }
web-design-commune-name = People’s Committee of commune 1
web-design-moment1 = Figure recorded
web-design-moment2 = Figure corrected
web-design-tabs = Parts of the target
web-design-tab1 = Overview
web-design-tab2 = Figures
web-design-tab3 = History
web-design-owner = Lead organisation
web-design-change = Change
web-design-kind-page = Page
web-design-kind-org = Organisation
web-design-left = 62%, about 2 minutes left
web-design-share = Verdicts of 24 targets
web-design-share-text = 17 targets met or exceeded, 2 not met.
web-design-bars = Settled in time, by commune
web-design-bars-text = One commune of three meets the target of 95%.
web-design-line = Settled in time, month by month
web-design-line-text = Rose from 61.0% to 96.3%, above the target of 95% since July.

## The programming interface’s papers

web-openapi-title = Programming interface
web-openapi-json = OpenAPI document (JSON)
web-openapi-operations = Operations
web-openapi-schemas = Data structures
web-openapi-none = This document describes no operations yet.
web-openapi-guarded = Needs the token of an account with the permission.
web-openapi-parameters = Parameters
web-openapi-body = What is sent
web-openapi-answers = Answers
web-openapi-example = Example
web-openapi-name = Name
web-openapi-kind = Kind
web-openapi-about = Meaning
web-openapi-required = required
web-openapi-list = list of
