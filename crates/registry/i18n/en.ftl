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

# Organisations through time

registry-menu = Organisations
registry-permission-read = See the directory of organisations
registry-permission-manage = Keep the directory of organisations
registry-back = Back
registry-lane-party = Party

## The tree

registry-tree-title = Organisations
registry-tree-at = On the day
registry-tree-search = Name or code
registry-tree-count = { $count } organisations existed on { $date }.
registry-tree-cut = The directory is large: only the two upper levels are shown here. Open an organisation to see the units below, or search by name or code.
registry-tree-csv = Download as CSV
registry-tree-empty = No organisation on that day
registry-tree-empty-text = Found the first one, or import a directory from a file.
registry-search-none = Nothing found
registry-search-none-text = Try fewer words, or another day: the organisation may have ended.

## One organisation

registry-org-at = As of
registry-org-kind = Kind
registry-org-level = Level
registry-org-founded = Founded
registry-org-known = In the directory since
registry-org-end = Ended
registry-org-ended = Ended on { $date }
registry-org-abbrev = Abbreviation
registry-org-territory = Territory
registry-org-parent = Under
registry-org-receives = Who receives for it
registry-org-several = Several follow it: a clerk has to choose who receives.
registry-org-nobody = No successor is recorded for that day.
registry-org-codes = Codes
registry-org-units = Units below
registry-org-no-units = No units below on that day
registry-org-story = History
registry-org-verbs = Changes
registry-code-scheme = Scheme
registry-scheme-qd20 = Identifier (Decision 20/2020/QĐ-TTg)
registry-scheme-qcvn102 = Former identifier (QCVN 102:2016/BTTTT)
registry-scheme-gso2025 = Administrative unit (Decision 19/2025/QĐ-TTg)
registry-scheme-gso2004 = Administrative unit until 30 June 2025
registry-scheme-tax = Tax number
registry-scheme-hub-system = System code on the national axis
registry-scheme-local = Local code
registry-code-value = Code
registry-code-from = From
registry-code-to = Until before
registry-code-basis = Basis
registry-contact-address = Address
registry-contact-phone = Telephone
registry-contact-email = E-mail
registry-contact-website = Website
registry-contact-website-hint = Begins with https:// or http://.
registry-act = { $number }
registry-act-dated = { $number } of { $date }
registry-class-province = province
registry-class-central-city = centrally-run city
registry-class-district = district
registry-class-commune = commune
registry-class-ward = ward
registry-class-special-zone = special zone
registry-story-renamed = Renamed “{ $value }”
registry-story-moved = Put under { $value }
registry-story-reclassified = Territory: { $value } ({ $class })
registry-story-contact = Contact: { $value }
registry-story-gave = { $value } received { $what }
registry-story-received = Received { $what } from { $value }
registry-story-ended = Ended
registry-story-founded = Founded as “{ $value }”
registry-story-known = The directory knows it from this day: “{ $value }”
registry-share-all = everything
registry-share-part = a part

## Kinds

registry-kind-ministry = Ministry or Government body
registry-kind-council = People's Council
registry-kind-committee = Provincial People's Committee
registry-kind-office = Office
registry-kind-department = Department
registry-kind-district = District People's Committee
registry-kind-commune = Commune People's Committee
registry-kind-division = Division
registry-kind-centre = Public service unit
registry-kind-enterprise = Enterprise, co-operative or household business
registry-kind-mass-organisation = Front or mass organisation
registry-kind-party-committee = Party committee
registry-kind-party-body = Advisory body of a Party committee
registry-kind-party-cell = Party cell
registry-kind-party-group = Party group
registry-kind-other = Other

## Forms

registry-found-title = Found an organisation
registry-found-below = Found a unit below
registry-found-lead = Each legal person is an organisation of its own. For a new name only, use “Rename” on its page.
registry-verb-rename = Rename
registry-verb-rename-lead = { $name } keeps its codes and its past; documents of before keep the old name.
registry-verb-abbreviate = Change the abbreviation
registry-verb-abbreviate-lead = Used in the symbols of documents of { $name } from the day on.
registry-verb-move = Move under another parent
registry-verb-move-lead = From the day on { $name } is under another organisation. Leave empty for none.
registry-verb-recode = Give a code
registry-verb-recode-lead = The code { $name } has in that scheme ends on the day.
registry-verb-contact = Change the contact
registry-verb-contact-lead = How the office { $name } is reached from the day on; never a person's own address. Leave all four empty when nothing is known any more.
registry-verb-reclassify = Change class or extent of the territory
registry-verb-reclassify-lead = { $name } stays the same organisation and keeps its codes; only its territory changes from the day on. When the name changes too, use “Rename” as well.
registry-verb-hand-over = Hand over functions
registry-verb-hand-over-lead = { $name } lives on; the functions named pass to the receiver from the day on.
registry-verb-merge = Merge into another
registry-verb-merge-lead = { $name } ends; the receiver follows it in everything and takes its letters.
registry-verb-split = Split
registry-verb-split-lead = { $name } ends; the receivers follow it in parts. Found them first.
registry-verb-close = Close
registry-verb-close-lead = { $name } ends without a successor. Nothing is deleted.
registry-field-name = Name
registry-field-abbrev = Abbreviation
registry-field-parent = Parent
registry-field-into = Receiver
registry-field-class = Class of the territory
registry-field-area = Territory
registry-field-area-hint = For example: thành phố Đồng Nai
registry-field-functions = Functions handed over
registry-field-functions-hint = With commas between. For example: press, publishing
registry-field-pick-hint = A code or the whole name.
registry-field-along = The units below go along to the receiver
registry-field-parts = Receivers, one a line
registry-field-parts-hint = Code or name; after the first semicolon the functions, after the second the territory, with commas between, both may be left out. For example: H53.04; post, telecom or H53.31; ; hamlet 1, hamlet 2
registry-field-first = The first one takes the letters when no function tells
registry-field-date = Effective date
registry-field-act = Number of the act
registry-field-act-hint = For example: 202/2025/QH15
registry-field-act-date = Date of the act
registry-pick-none = No organisation has the code or name “{ $text }” on that day.
registry-pick-several = { $count } organisations have the code or name “{ $text }”. Give a code that tells them apart.

## Refusals

registry-refused-unknown = The directory has no organisation { $id }.
registry-refused-known = The organisation { $id } is there already.
registry-refused-no-name = There is no name.
registry-refused-not-alive = { $name } does not exist on { $date }.
registry-refused-same = { $name }: “{ $value }” already holds on { $date }.
registry-refused-same-day = { $name } already has a change of this sort on { $date }.
registry-refused-later-history = { $name } has ended already, or has changes that take effect after { $date }.
registry-refused-circle = { $parent } is below { $name } and cannot be its parent.
registry-refused-lanes = { $name } and { $parent } belong to different lanes (Party and State).
registry-refused-code-taken = The code { $value } ({ $scheme ->
        [qd20] { registry-scheme-qd20 }
        [qcvn102] { registry-scheme-qcvn102 }
        [gso2025] { registry-scheme-gso2025 }
        [gso2004] { registry-scheme-gso2004 }
        [tax] { registry-scheme-tax }
        [hub-system] { registry-scheme-hub-system }
        [local] { registry-scheme-local }
       *[other] { $scheme }
    }) is held by { $holder } from { $date }.
registry-refused-bad-code = “{ $value }” is not a code.
registry-refused-units-below = { $name } still has { $count } units below on { $date }, such as { $example }.
registry-refused-too-few = Too few organisations: a merger needs one giver, a split two receivers.
registry-refused-two-defaults = One receiver is named twice, or two take the letters.
registry-refused-itself = { $name } cannot follow itself.
registry-refused-no-function = No function is named.
registry-refused-bad-address = The address “{ $value }” is longer than 300 characters.
registry-refused-bad-phone = “{ $value }” is not a telephone number: digits, spaces and the signs + ( ) . - / only.
registry-refused-bad-email = “{ $value }” is not a mail address, such as vanthu@tinh.gov.vn.
registry-refused-bad-website = “{ $value }” is not the address of a site: it must begin with https:// or http://.
registry-refused-bad-class = “{ $value }” is not a class of territory. Choose one of the list.
registry-refused-abolished-district = { $name }: from { $date } on there is no district level any more (Resolution { $act }). Choose an earlier day, or record its end and its successors by { $date } at the latest.

## Letters to a code

registry-addressee-nobody = Nobody ever had the code { $value } by the day of the document.
registry-addressee-no-successor = The code { $value } was that of { $name }, which ended; no successor is recorded.
registry-addressee-over = The code { $value } of { $name } is closed; letters to it were taken until { $last }. Write to: { $instead }.

## Import

registry-import-title = Import a directory
registry-import-lead = The file must hold the whole directory of one scheme. New codes are founded, names and parents taken over, codes missing from the file end on the day. With a single fault nothing is written.
registry-import-file = CSV file
registry-import-file-hint = Columns: scheme, code, name, kind; optional parent_code, level, abbrev, deleted.
registry-import-look = Preview
registry-import-write = Write it
registry-import-no-file = No file was chosen.
registry-import-row = Line
registry-import-column = Column
registry-import-fault = Fault
registry-import-faults = Faults of the file
registry-import-nothing = { $count } faults; nothing was written.
registry-import-planned = { $steps } changes from { $date }, { $same } lines stay as they are. Nothing is written yet; choose the file again and press “Write it”.
registry-import-steps = Changes
registry-import-code = Code
registry-import-name = Name
registry-import-step = Change
registry-import-step-found = Founded
registry-import-step-rename = Renamed, formerly “{ $old }”
registry-import-step-move = Moved, formerly under { $old }
registry-import-step-abbreviate = Abbreviated otherwise, formerly { $old }
registry-import-step-close = Ends
registry-import-fault-unreadable = The line cannot be read: the file must be CSV in UTF-8.
registry-import-fault-too-long = The file has too many lines.
registry-import-fault-no-column = The file lacks this column.
registry-import-fault-no-lines = The file has no lines.
registry-import-fault-empty = The cell must not be empty.
registry-import-fault-code-too-long = The code is longer than 64 characters.
registry-import-fault-kind = “{ $value }” is not a kind of organisation.
registry-import-fault-level = The level must be a number from 0 to 9.
registry-import-fault-scheme = The scheme “{ $value }” differs from the first line's; a file holds one scheme.
registry-import-fault-twice = The code already stands in line { $row }.
registry-import-fault-parent = The code “{ $value }” is neither in the file nor in the directory.
registry-import-fault-kind-differs = { $name } is of another kind in the directory; a kind never changes: close it and found a new one.
