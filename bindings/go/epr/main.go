// An electronic patient record asks before it sends: examples/epr.c in Go.
//
//	cd bindings/go && go run ./epr
package main

import (
	"fmt"
	"os"
	"strings"

	"example.org/epr/optout"
)

// A message in the queue: the day that it is to go (a real hook asks its clock), Type 1 ('D' dissent,
// 'N' looked up and none, '?' never looked up), the national opt-out ('O' opted out, 'N' checked and
// none, '?' not checked), consent to this study: 1 or 0; -1 not looked up.
type row struct {
	message         string
	on              uint32
	type1, national rune
	consented       int
}

var queue = []row{
	{"msg-1001", 20260601, 'N', 'N', 0},
	{"msg-1002", 20260601, 'D', 'N', 0},
	{"msg-1003", 20260601, 'N', 'O', 0},
	{"msg-1004", 20260601, '?', 'N', 0},
	{"msg-1005", 20260601, 'D', 'O', 1},
	{"msg-1006", 20260601, 'N', '?', 1},
	{"msg-1007", 20260601, 'D', 'O', -1},
	{"msg-1008", 20260602, 'N', 'N', 0}, // the support ended the day before
	{"msg-1009", 20260602, 'N', 'N', 1},
}

// A letter that is not here is unknown, 0, and unknown denies.
var (
	type1    = map[rune]uint32{'D': optout.Type1Dissent, 'N': optout.Type1None}
	national = map[rune]uint32{'O': optout.NationalOptedOut, 'N': optout.NationalNone}
)

// A number that is neither 0 nor 1 makes a patient who is always denied.
func (r row) patient() byte {
	if r.consented != 0 && r.consented != 1 {
		return optout.PatientInvalid
	}
	return optout.Statuses{
		Type1: type1[r.type1], National: national[r.national], ExplicitConsent: r.consented == 1,
	}.Byte()
}

// What somebody has checked of an assertion: its reference, and from when until when it is valid.
type evidence struct {
	bases, conditions uint32
	reference         string
	from, until       uint32
}

// An outgoing interface: its question, the ruling of the day, and the evidence for what it asserts.
type outgoing struct {
	name     string
	terms    optout.Terms
	evidence []evidence
	ruling   *optout.Ruling
	judgedOn uint32 // 0 while nothing was judged
}

// Judges the flow for a day: a fresh ruling takes the place of the old one. With goroutines, under a
// lock. On a day that cannot be judged nothing is sent.
func (o *outgoing) judge(on uint32) error {
	o.terms.On = on
	fresh := new(optout.Ruling)
	disclosure, err := o.terms.Disclosure()
	if err == nil {
		err = fresh.Assess(disclosure)
	}
	if err == nil {
		o.ruling, o.judgedOn = fresh, on
	}
	return err
}

// Whether everything unverified that a decision rests on has evidence, valid on the day.
func (o *outgoing) isCovered(on uint32, decision optout.Decision) bool {
	bases, conditions := decision.UnverifiedBases, decision.UnverifiedConds
	for _, it := range o.evidence {
		if it.from <= on && on <= it.until {
			bases &^= it.bases
			conditions &^= it.conditions
		}
	}
	return bases == 0 && conditions == 0
}

// The send hook: decides, and leaves a line of audit that names no patient.
func (o *outgoing) maySend(r row) bool {
	if r.on != o.judgedOn {
		if err := o.judge(r.on); err != nil {
			fmt.Fprintln(os.Stderr, o.name+":", err)
			return false
		}
	}
	patient := r.patient()
	decision := o.ruling.Decide(patient)
	verdict, route, evidence, sent := "deny", "none", "none-needed", "no"
	if decision.Allowed() {
		verdict, route = "allow", optout.Code(optout.FieldRoute, decision.Route)
	}
	covered := o.isCovered(r.on, decision)
	if !covered {
		evidence = "lacking"
	} else if decision.UnverifiedBases != 0 || decision.UnverifiedConds != 0 {
		evidence = "on-record"
	}
	if decision.Allowed() && covered {
		sent = "yes"
	}
	var clauses []string
	for _, clause := range o.ruling.Clauses(patient) {
		clauses = append(clauses, optout.Code(optout.FieldClause, clause))
	}
	fmt.Printf("%s on=%d flow=%s sent=%s verdict=%s reason=%s route=%s policy=%s evidence=%s clauses=%s\n",
		r.message, r.on, o.name, sent, verdict, optout.Code(optout.FieldReason, decision.Reason), route,
		optout.PolicyEdition(), evidence, strings.Join(clauses, ","))
	return decision.Allowed() && covered
}

func main() {
	support, err := optout.Number(optout.FieldBases, "copi-reg-5")
	register := outgoing{
		name: "disease-register",
		terms: optout.Terms{
			Origin: "gp-record", Boundary: "beyond-controller", Identifiability: "identifiable",
			Purpose: "disease-registration", Bases: []string{"copi-reg-5", "explicit-consent"},
		},
		evidence: []evidence{{support, 0, "CAG reference", 20250601, 20260601}},
	}
	// A system does not start on a question that cannot be judged.
	if err == nil {
		err = register.judge(queue[0].on)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "disease-register:", err)
		os.Exit(2)
	}
	sent := 0
	for _, it := range queue {
		if register.maySend(it) {
			sent++
		}
	}
	fmt.Printf("sent %d of %d\n", sent, len(queue))
}
