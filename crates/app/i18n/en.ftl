app-permission-history = See what happened
app-permission-operate = Operate the program

app-start-title = Resolution targets with their evidence
app-start-lead = Each sentence of a resolution leads to targets, measures, observations and at last to the records that prove them. Reports are derived from that chain; no figure is typed.
app-start-board = Open the scoreboard
app-start-sign-in = Sign in
app-start-how = How it works
app-start-how-1 = Enter the resolution verbatim, sentence by sentence; targets stand on sentences.
app-start-how-2 = Record observations with their evidence, keeping words such as “nearly”, “more than”, “at least”.
app-start-how-3 = The program says met, exceeded, not met, undetermined or no data, and shows every step of the arithmetic.
app-start-how-4 = Open a review, have a second person approve it, freeze the figures, issue the report.
app-start-count = There are { $count } resolutions.

app-history-title = What happened
app-history-lead = Every change, newest first: who made it, when, before and after.
app-history-noun = Kind (such as targets.observation)
app-history-thing = Identifier of the thing
app-history-from = From
app-history-until = Until
app-history-filter = Filter
app-history-empty = No change fits. Take away a condition.
app-history-of-thing = Everything that happened to this thing
app-history-program = The program
app-history-bad-date = Write dates as dd/mm/yyyy.
app-history-bad-thing = That is not an identifier.

app-operate-title = Operation
app-operate-parked = Changes put aside
app-operate-parked-none = No change was put aside.
app-operate-retry = Try again
app-operate-jobs = Work in the background
app-operate-jobs-none = No work has run in the background yet.
app-operate-job = Work
app-operate-due = Next run
app-operate-failures = Failures in a row
app-operate-trouble = Latest failure

app-search-title = Search
app-search-words = What are you looking for? (marks are optional)
app-search-go = Search
app-search-empty = Nothing was found
app-search-empty-help = Try fewer words, or the code of a resolution or target.
app-search-page = Page
app-search-resolution = Resolution
app-search-organisation = Organisation
