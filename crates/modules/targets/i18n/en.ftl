# dynamic: targets-outcome- targets-value- targets-file-place-
# Permissions
targets-permission-read = See resolutions, targets and verdicts
targets-permission-define = Enter and change resolutions, targets and measures
targets-permission-observe = Enter observations and evidence
targets-permission-approve = Approve observations others entered
targets-permission-review = Open reviews and collect observations
targets-permission-issue = Approve reviews and issue reports

# Verdicts
targets-outcome-exceeded = Exceeded
targets-outcome-met = Met
targets-outcome-not-met = Not met
targets-outcome-undetermined = Undetermined
targets-outcome-unknown = No data
targets-outcome-not-applicable = Not applicable
targets-answer-yes = met
targets-answer-no = not met
targets-answer-open = undetermined
targets-answer-absent = data missing
targets-answer-pending = not yet due
targets-answer-not-applicable = not applicable

# Units
targets-unit-percent = %
targets-unit-count = count
targets-unit-rate = rate
targets-unit-grade = grade
targets-unit-rank = rank
targets-unit-stage = stage
targets-unit-narrative = narrative

# Stages
targets-stage-none = not yet decided
targets-stage-approved = approved
targets-stage-procured = supplier chosen
targets-stage-built = built
targets-stage-accepted = accepted
targets-stage-in-use = in use

# Judgements
targets-judgement-none = nobody has judged it yet
targets-judgement-done = done
targets-judgement-not-done = not done
targets-judgement-in-part = done in part

# Values
targets-value-told = { $text }
targets-value-told-percent = { $text }%
targets-value-exact = { $value }
targets-value-exact-percent = { $value }%
targets-value-between = from { $low } to { $high }
targets-value-between-percent = from { $low }% to { $high }%
targets-value-above = above { $low }
targets-value-above-percent = above { $low }%
targets-value-below = below { $high }
targets-value-below-percent = below { $high }%
targets-value-anything = unbounded
targets-value-grade = { $grade }
targets-value-rank = ranked { $place }
targets-value-rank-tied = ranked { $place }, shared
targets-value-stage = { $stage }
targets-value-narrative = { $chosen }
targets-value-not-applicable = not applicable: { $why }
targets-value-of-nothing = the denominator is 0
targets-value-of-slots = { $yes }/{ $all }
targets-value-of-needed = { $yes } of { $needed } needed

# Steps
targets-step-latest = Latest value, as of { $as-of }: { $value }
targets-step-sum = { $count } observations added up: { $value }
targets-step-slot = { $slot }: { $answer }
targets-step-period = Period { $period }
targets-step-unit = Unit { $unit }
targets-step-condition = Condition “{ $measure }”: { $answer }
targets-step-reading = Read as “{ $label }”: { $answer }
targets-step-implied = The report says exceeded by { $excess }% with a result of { $value }; the implied target is { $target } (not written in the resolution)

# Consistency
targets-finding-parts-agree = Numerator and denominator give { $found }, which agrees with “{ $told }”
targets-finding-parts-disagree = Numerator and denominator give { $found }, which contradicts “{ $told }”. Check the numerator, the denominator or the ratio.
targets-finding-part-exceeds-whole = The part “of which” ({ $part }) is larger than the whole ({ $whole })
targets-finding-rounded = { $before } was rounded to { $after } ({ $places } decimals) before comparing, by the stored rule of the target
targets-finding-weight = By the rule of the measure, each “{ $event }” counts { $weight }
targets-finding-crosswalk = “{ $from }” was taken for “{ $to }” by a crosswalk signed by a person: { $signed }
targets-finding-claim-agrees = The report claims “{ $told }” ({ $sentence }); the computation says “{ $found }” as well
targets-finding-claim-near = The report claims “{ $told }” ({ $sentence }); the computation says “{ $found }”
targets-finding-claim-disagrees = The report claims “{ $told }” ({ $sentence }), but the computation says “{ $found }”
targets-finding-claim-unchecked = The report claims “{ $told }” ({ $sentence }); there are not enough data to check it (now “{ $found }”)

# Missing
targets-missing-observation = No observation of “{ $measure }” yet
targets-missing-left-open = The source does not give the value: { $why }
targets-missing-crosswalk = Nobody has signed a crosswalk from “{ $from }” to “{ $to }”
targets-missing-judgement = Nobody has judged yet whether this was done
targets-missing-wrong-kind = The observation is not of the measure's kind
targets-missing-not-a-number = The observation of { $as-of } is not a number and cannot be added
targets-missing-too-large = The number is too large to compute with
targets-missing-measure = There is no measure “{ $measure }”
targets-missing-resolution = There is no resolution “{ $resolution }” to roll up
targets-missing-rolled = { $open } of { $all } targets of the resolution “{ $resolution }” are undetermined or without data
targets-missing-implied = The resolution does not write the number, and no “exceeded by …%” lets it be solved
targets-missing-not-computable = The target's number cannot be solved: { $solutions } whole solutions
targets-missing-readings-disagree = The sentence can be read in several ways, and they lead to different verdicts: { $open }

# Resolution files
targets-file-place-line = Line { $which }
targets-file-place-resolution = Resolution { $which }
targets-file-place-sentence = Sentence { $which }
targets-file-place-measure = Measure { $which }
targets-file-place-target = Target { $which }
targets-file-place-claim = Claim no. { $which }
targets-file-place-observation = Observation no. { $which }
targets-file-not-read = The file cannot be read: { $why }
targets-file-not-written = The file cannot be written: { $why }
targets-file-other-format = The format line says “{ $found }”; this program reads “{ $wanted }”
targets-file-term-backwards = The term ends before it begins. Swap the two dates.
targets-file-no-code = The code is missing. Give a short code that is not yet used.
targets-file-code-twice = This code was used above. Give another.
targets-file-parent-unknown = The parent sentence “{ $parent }” does not stand above
targets-file-factor-zero = The factor of a ratio must be above 0
targets-file-sentence-unknown = There is no sentence “{ $sentence }”
targets-file-of-which-unknown = The target “{ $target }” it is a part of does not stand above
targets-file-target-unknown = There is no target “{ $target }”
targets-file-measure-unknown = There is no measure “{ $measure }”
targets-file-lane-party = “{ $org }” belongs to the Party, so its resolution must be of the Party lane (lane = "party"). Correct the lane, or choose the right issuer.
targets-file-lane-state = “{ $org }” belongs to the State, so its resolution must be of the State lane (lane = "state"). Correct the lane, or choose the right issuer.
targets-file-measure-differs = The organisation has a measure of this code that differs. Change the code or make them equal.
targets-file-org-unknown = There is no organisation with the code “{ $org }”. Enter the organisation first.
targets-file-no-condition = A target needs at least one reading with one condition
targets-file-readings-need-open = A target with several readings must say what the sentence leaves open (open)
targets-file-band-backwards = The lower end { $low } is above the upper end { $high }
targets-file-grade-unknown = There is no grade “{ $grade }”
targets-file-period-unknown = The period “{ $period }” is not understood. Write 2020, 2020-H1, 2020-Q1 or 2020-03.
targets-file-test-wrong-kind = The condition does not suit a measure of the kind “{ $unit }”
targets-file-code-exists = There is a resolution with the code “{ $code }” already. Change the code, or open that resolution to edit it.

# Observations
targets-observation-no-value = The value is missing
targets-observation-two-values = There is more than one value: { $found }. Give only one.
targets-observation-wrong-kind = The value does not suit the measure “{ $measure }” (kind: { $unit })
targets-observation-grade-form = “{ $found }” is not a grade. Write scheme/grade, for example org-2018/hoan-thanh-tot.
targets-observation-rank-form = “{ $found }” is not a rank. Write 5, or 5= when it is shared.
targets-observation-denominator = A ratio needs exactly one of two: the denominator or the rest
targets-observation-part-alone = There is a denominator or a rest without a numerator. Give the numerator too, or take them out.
targets-observation-chosen-alone = There is a judgement without a narrative. Give the narrative too, or take the judgement out.
targets-observation-negative-part = Numerator and denominator must not be negative
targets-observation-negative-count = A count cannot be below zero: “{ $found }”. For a decrease, enter the number with the kind of event that is subtracted.
targets-observation-no-date = The date of the observation is missing
targets-observation-outside-term = The date { $as-of } is outside the term ({ $from } – { $last })
targets-observation-twice = The same as another observation: same measure, day, period, unit and sentence

targets-file-observation-twice = The same as observation { $first } of the file: same measure “{ $measure }”, day, period, unit, kind of event and sentence. Keep one of them.
targets-file-recorded = The measure “{ $measure }” has a figure of { $as-of } already: { $value }. If it is the same, leave this entry out of the file: what is on record serves every resolution with that measure. If the figure of the file is the right one, correct the one on record.
targets-file-recorded-by = The measure “{ $measure }” has a figure of { $as-of } already: { $value } (recorded in the resolution { $resolution }). If it is the same, leave this entry out of the file: what is on record serves every resolution with that measure. If the figure of the file is the right one, correct the one on record.

# Resolutions
targets-resolution-not-draft = Only a draft can be put in force
targets-resolution-not-in-force = Only a resolution in force can be closed
targets-resolution-closed = The resolution is closed; nothing more is recorded
