// Package optout calls the C library optout: may this patient's data be disclosed?
//
// Copy this folder. It is built against the installed library, found by pkg-config (for a tree that was
// moved: PKG_CONFIG names a script that calls pkg-config --define-prefix). The manual is include/optout.h.
//
// A disclosure is judged once, when the program starts. Then each patient is one byte, looked up;
// release on Decision.Allowed and on nothing else. A Ruling may be read by any number of goroutines
// once it is judged, and a Register, the kept answer of the national check, until it is closed.
package optout

// #cgo pkg-config: optout
// #include <optout.h>
import "C"

import (
	"errors"
	"runtime"
	"unsafe"
)

// The header is checked when this is compiled; the library that runs, here.
func init() {
	if C.optout_abi_version() != C.OPTOUT_ABI_VERSION {
		panic("optout: another version of the library is installed")
	}
}

// Error says why a question cannot be judged. It names no patient.
type Error struct {
	Status  int32
	Field   uint32
	Message string
}

func (e *Error) Error() string { return e.Message }

func newError() C.optout_error {
	return C.optout_error{struct_size: C.sizeof_optout_error}
}

func failure(status C.optout_status, e *C.optout_error) error {
	if status == C.OPTOUT_OK {
		return nil
	}
	message := C.GoString(&e.message[0])
	if message == "" {
		message = C.GoString(C.optout_status_text(status))
	}
	return &Error{int32(status), uint32(e.field), message}
}

// Status is the number of an error of this package; 0 for none.
func Status(err error) int32 {
	var e *Error
	if errors.As(err, &e) {
		return e.Status
	}
	return 0
}

// What an empty text points to: NULL would be a text that was not fetched.
var empty [1]byte

// The bytes of a text, for the length of a call.
func chars(text []byte) *C.char {
	if len(text) == 0 {
		return (*C.char)(unsafe.Pointer(&empty[0]))
	}
	return (*C.char)(unsafe.Pointer(&text[0]))
}

// PolicyEdition is the edition of the policy: write it into the audit record.
func PolicyEdition() string { return C.GoString(C.optout_policy_edition()) }

// Code is the code of a number, such as "gp-record"; empty where it has none.
func Code(field, number uint32) string {
	return C.GoString(C.optout_code(C.uint32_t(field), C.uint32_t(number)))
}

// Number is the number of a code; the error names the nearest where there is none.
func Number(field uint32, code string) (uint32, error) {
	var found C.uint32_t
	e, given := newError(), []byte(code)
	status := C.optout_number(C.uint32_t(field), chars(given), C.size_t(len(given)), &found, &e)
	return uint32(found), failure(status, &e)
}

// Terms are a disclosure in codes, on a day such as 20260601.
type Terms struct {
	On                                         uint32
	Origin, Boundary, Identifiability, Purpose string
	Bases, Conditions                          []string
}

// Disclosure looks the codes up.
func (t Terms) Disclosure() (Disclosure, error) {
	d := Disclosure{On: t.On}
	codes := []struct {
		to    *uint32
		field uint32
		codes []string
	}{
		{&d.Origin, FieldOrigin, []string{t.Origin}},
		{&d.Boundary, FieldBoundary, []string{t.Boundary}},
		{&d.Identifiability, FieldIdentifiability, []string{t.Identifiability}},
		{&d.Purpose, FieldPurpose, []string{t.Purpose}},
		{&d.Bases, FieldBases, t.Bases},
		{&d.Conditions, FieldConditions, t.Conditions},
	}
	for _, field := range codes {
		for _, code := range field.codes {
			number, err := Number(field.field, code)
			if err != nil {
				return Disclosure{}, err
			}
			*field.to |= number
		}
	}
	return d, nil
}

// Disclosure is the question but for the patient, in numbers. 0 is no valid code of the first five,
// so a forgotten one is an error.
type Disclosure struct {
	On, Origin, Boundary, Identifiability, Purpose, Bases, Conditions uint32
}

// Ruling is a disclosure, judged. Until it is judged, and when judging fails, it denies everybody.
type Ruling struct{ memory C.optout_ruling }

// Assess judges a disclosure.
func (r *Ruling) Assess(d Disclosure) error {
	question := C.optout_disclosure{
		struct_size:     C.sizeof_optout_disclosure,
		on:              C.uint32_t(d.On),
		origin:          C.uint32_t(d.Origin),
		boundary:        C.uint32_t(d.Boundary),
		identifiability: C.uint32_t(d.Identifiability),
		purpose:         C.uint32_t(d.Purpose),
		bases:           C.uint32_t(d.Bases),
		conditions:      C.uint32_t(d.Conditions),
	}
	r.memory.struct_size = C.sizeof_optout_ruling
	e := newError()
	return failure(C.optout_assess(&question, &r.memory, &e), &e)
}

// AssessFlow judges a flow of the catalogue on the terms of a day.
func (r *Ruling) AssessFlow(flow string, on uint32) error {
	r.memory.struct_size = C.sizeof_optout_ruling
	e, given := newError(), []byte(flow)
	status := C.optout_assess_flow(chars(given), C.size_t(len(given)), C.uint32_t(on), &r.memory, &e)
	return failure(status, &e)
}

// Decision is what was decided for one patient. Its zero value is a denial that nobody decided.
type Decision struct {
	Status                                                     int32
	Verdict                                                    int32
	Reason, Route, BlockedBy, UnverifiedBases, UnverifiedConds uint32
}

// Allowed says whether the data may go. Every failure is a denial.
func (d Decision) Allowed() bool { return d.Status == C.OPTOUT_OK && d.Verdict == Allow }

// Decide decides for one patient. A failure is a denial with a status.
func (r *Ruling) Decide(patient byte) Decision {
	d := C.optout_decision{struct_size: C.sizeof_optout_decision}
	status := C.optout_decide(&r.memory, C.uint8_t(patient), &d)
	return Decision{
		int32(status), int32(d.verdict), uint32(d.reason), uint32(d.route), uint32(d.blocked_by),
		uint32(d.unverified_bases), uint32(d.unverified_conditions),
	}
}

// DecideMany decides for many patients, a byte each: each verdict is Allow or it is not. On failure
// none is, and there is a status.
func (r *Ruling) DecideMany(patients []byte) (verdicts []byte, status int32) {
	verdicts = make([]byte, len(patients))
	if len(patients) > 0 {
		status = int32(C.optout_decide_many(&r.memory, (*C.uint8_t)(&patients[0]),
			C.size_t(len(patients)), (*C.uint8_t)(&verdicts[0])))
	}
	return verdicts, status
}

// Clauses are the numbers of the clauses behind a decision, for the audit record.
func (r *Ruling) Clauses(patient byte) []uint32 {
	var found [C.OPTOUT_CLAUSES_MAX]C.uint32_t
	var count C.size_t
	if C.optout_clauses(&r.memory, C.uint8_t(patient), &found[0], C.OPTOUT_CLAUSES_MAX, &count) != C.OPTOUT_OK {
		return nil
	}
	clauses := make([]uint32, count)
	for i := range clauses {
		clauses[i] = uint32(found[i])
	}
	return clauses
}

// Statuses are what a patient has recorded. The zero value is a patient of whom nothing is known.
type Statuses struct {
	Type1, National, Programme     uint32
	ExplicitConsent, CareObjection bool
}

// Byte is the patient's byte. A status that does not exist gives a byte that is always denied.
func (s Statuses) Byte() byte {
	p := C.optout_patient_with_type1(0, C.uint32_t(s.Type1))
	p = C.optout_patient_with_national(p, C.uint32_t(s.National))
	p = C.optout_patient_with_programme(p, C.uint32_t(s.Programme))
	p = C.optout_patient_with_explicit_consent(p, flag(s.ExplicitConsent))
	return byte(C.optout_patient_with_care_objection(p, flag(s.CareObjection)))
}

func flag(set bool) C.uint32_t {
	if set {
		return 1
	}
	return 0
}

// Register is the answer of a national check, as a file.
type Register struct{ handle *C.optout_register }

// OpenRegister opens a register whose check may be so many days old when it is used. Close it when no
// goroutine asks it any more; one that is forgotten is closed with the garbage.
func OpenRegister(path string, days uint32) (*Register, error) {
	e, given, register := newError(), []byte(path), new(Register)
	status := C.optout_register_open(chars(given), C.size_t(len(given)), C.uint32_t(days),
		&register.handle, &e)
	if status != C.OPTOUT_OK {
		return nil, failure(status, &e)
	}
	runtime.SetFinalizer(register, (*Register).Close)
	return register, nil
}

// National is the national status of an NHS number on the day of a disclosure. With an error it is 0:
// the patient is unknown.
func (r *Register) National(on uint32, nhsNumber string) (uint32, error) {
	var national C.uint32_t
	e, given := newError(), []byte(nhsNumber)
	status := C.optout_register_status(r.handle, C.uint32_t(on), chars(given), C.size_t(len(given)),
		&national, &e)
	runtime.KeepAlive(r)
	return uint32(national), failure(status, &e)
}

// Close frees the register. Asked again, it answers with an error.
func (r *Register) Close() {
	C.optout_register_free(r.handle)
	r.handle = nil
	runtime.SetFinalizer(r, nil)
}

// DecideJSON answers one question as a line of JSON. The answer may be an error, with a status.
func DecideJSON(line string) (answer string, status int32) {
	given, buffer := []byte(line), make([]byte, 1024)
	for {
		var needed C.size_t
		status := C.optout_decide_json(chars(given), C.size_t(len(given)), chars(buffer),
			C.size_t(len(buffer)), &needed)
		if status != C.OPTOUT_E_BUFFER {
			return C.GoString(chars(buffer)), int32(status)
		}
		buffer = make([]byte, needed)
	}
}
