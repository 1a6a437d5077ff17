// Compares every answer of the library with the committed ones.
//
//	cd bindings/go && go run ./golden ../../tests/golden/answers.tsv
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"example.org/epr/optout"
)

// A failure must say in words what is wrong.
func judged(err error) string {
	var failure *optout.Error
	if errors.As(err, &failure) && failure.Message != "" {
		return fmt.Sprintf("%d\t%d", failure.Status, failure.Field)
	}
	return "0\t0"
}

func number(text string) uint32 {
	parsed, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		panic(err)
	}
	return uint32(parsed)
}

var register *optout.Register

// Answers a line: what the library says, and what it must say.
func answer(ruling *optout.Ruling, kind string, of []string) (found, expected string) {
	rest := func(from int) string { return strings.Join(of[from:], "\t") }
	switch kind {
	case "word":
		code, _ := optout.Number(number(of[0]), of[2])
		return fmt.Sprintf("%d\t%s", code, optout.Code(number(of[0]), number(of[1]))), rest(1)
	case "number":
		code, err := optout.Number(number(of[0]), of[1])
		return fmt.Sprintf("%d\t%d", optout.Status(err), code), rest(2)
	case "disclosure":
		*ruling = optout.Ruling{}
		return judged(ruling.Assess(optout.Disclosure{
			On: number(of[0]), Origin: number(of[1]), Boundary: number(of[2]),
			Identifiability: number(of[3]), Purpose: number(of[4]), Bases: number(of[5]),
			Conditions: number(of[6]),
		})), rest(7)
	case "flow":
		*ruling = optout.Ruling{}
		return judged(ruling.AssessFlow(of[0], number(of[1]))), rest(2)
	case "verdicts":
		patients := make([]byte, 256)
		for i := range patients {
			patients[i] = byte(i)
		}
		verdicts, status := ruling.DecideMany(patients)
		for i := range verdicts {
			verdicts[i] += '0'
		}
		return fmt.Sprintf("%d\t%s", status, verdicts), rest(0)
	case "patient":
		byte := optout.Statuses{
			Type1: number(of[0]), National: number(of[1]), Programme: number(of[2]),
			ExplicitConsent: of[3] == "1", CareObjection: of[4] == "1",
		}.Byte()
		d := ruling.Decide(byte)
		if d.Allowed() != (d.Status == 0 && d.Verdict == 1) {
			return "allowed is not the verdict", ""
		}
		clauses := strings.ReplaceAll(strings.Trim(fmt.Sprint(ruling.Clauses(byte)), "[]"), " ", ",")
		if clauses == "" {
			clauses = "-"
		}
		return fmt.Sprintf("%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s", byte, d.Status, d.Verdict, d.Reason,
			d.Route, d.BlockedBy, d.UnverifiedBases, d.UnverifiedConds, clauses), rest(5)
	case "register":
		opened, err := optout.OpenRegister(of[0], number(of[1]))
		if err == nil {
			register = opened
		}
		return fmt.Sprint(optout.Status(err)), rest(2)
	case "national":
		national, err := register.National(number(of[0]), of[1])
		return fmt.Sprintf("%d\t%d", optout.Status(err), national), rest(2)
	case "json":
		answer, status := optout.DecideJSON(of[0])
		return fmt.Sprintf("%d\t%s", status, answer), rest(1)
	}
	return "a kind of line that this program does not know", kind
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(file)
	ruling, equal, different := new(optout.Ruling), 0, 0
	for place := 1; lines.Scan(); place++ {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		fields := strings.Split(lines.Text(), "\t")
		if found, expected := answer(ruling, fields[0], fields[1:]); found == expected {
			equal++
		} else {
			different++
			fmt.Printf("line %d: %s: found %q, expected %q\n", place, fields[0], found, expected)
		}
	}
	register.Close()
	if different > 0 || equal == 0 || lines.Err() != nil {
		fmt.Printf("%d answers differ\n", different)
		os.Exit(1)
	}
	fmt.Printf("%d answers equal\n", equal)
}
