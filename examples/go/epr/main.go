// An electronic patient record asks before it sends: examples/epr.c in Go.
//
//	cd examples/go && go run ./epr
package main

import (
	"fmt"
	"os"
	"strings"

	"example.org/epr/optout"
)

// A message in the queue: Type 1 ('D' dissent, 'N' looked up and none, '?' never looked up), the
// national opt-out ('O' opted out, 'N' checked and none, '?' not checked), consent to this study.
type row struct {
	message         string
	type1, national rune
	consented       bool
}

var queue = []row{
	{"msg-1001", 'N', 'N', false},
	{"msg-1002", 'D', 'N', false},
	{"msg-1003", 'N', 'O', false},
	{"msg-1004", '?', 'N', false},
	{"msg-1005", 'D', 'O', true},
	{"msg-1006", 'N', '?', true},
}

// A letter that is not here is unknown, 0, and unknown denies.
var (
	type1    = map[rune]uint32{'D': optout.Type1Dissent, 'N': optout.Type1None}
	national = map[rune]uint32{'O': optout.NationalOptedOut, 'N': optout.NationalNone}
)

// The send hook: decides, and leaves a line of audit that names no patient.
func maySend(flow string, ruling *optout.Ruling, message string, patient byte) bool {
	decision := ruling.Decide(patient)
	verdict, route, evidence := "deny", "none", "none-needed"
	if decision.Allowed() {
		verdict, route = "allow", optout.Code(optout.FieldRoute, decision.Route)
	}
	if decision.UnverifiedBases != 0 || decision.UnverifiedConds != 0 {
		evidence = "unverified"
	}
	var clauses []string
	for _, clause := range ruling.Clauses(patient) {
		clauses = append(clauses, optout.Code(optout.FieldClause, clause))
	}
	fmt.Printf("%s flow=%s verdict=%s reason=%s route=%s policy=%s evidence=%s clauses=%s\n", message,
		flow, verdict, optout.Code(optout.FieldReason, decision.Reason), route,
		optout.PolicyEdition(), evidence, strings.Join(clauses, ","))
	return decision.Allowed()
}

func main() {
	// Judged once. A system does not start on a question that cannot be judged.
	terms := optout.Terms{
		On: 20260601, Origin: "gp-record", Boundary: "beyond-controller",
		Identifiability: "identifiable", Purpose: "disease-registration",
		Bases: []string{"copi-reg-5", "explicit-consent"},
	}
	var register optout.Ruling
	disclosure, err := terms.Disclosure()
	if err == nil {
		err = register.Assess(disclosure)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "disease-register:", err)
		os.Exit(2)
	}
	sent := 0
	for _, it := range queue {
		patient := optout.Statuses{
			Type1: type1[it.type1], National: national[it.national], ExplicitConsent: it.consented,
		}
		if maySend("disease-register", &register, it.message, patient.Byte()) {
			sent++
		}
	}
	fmt.Printf("sent %d of %d\n", sent, len(queue))
}
