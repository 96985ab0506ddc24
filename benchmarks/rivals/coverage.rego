# every head has a talk in the term
package coverage

import rego.v1

covered contains talk.head if {
	some talk in input.talks
	talk.end >= input.term.start
	talk.end <= input.term.end
}

uncovered contains head.id if {
	some head in input.heads
	not head.id in covered
}
