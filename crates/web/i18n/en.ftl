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

## Verdicts

web-verdict-met = Met
web-verdict-exceeded = Exceeded
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
web-problem-form-broken = What was sent is damaged or was cut off, or a file name has broken characters.
