# The policy in Rego, written by hand from the specification (POLICY.md), not from the library's
# tables. The input is a question of `optout decide`: a disclosure and a patient.
package optout

import rego.v1

from := input.disclosure

patient := input.patient

class := data.classes[from.purpose]

# --- What may be said of the disclosure alone ---------------------------------------------------

# Type 1 concerns what leaves a GP practice for a purpose beyond care (POD15, GDPPR).
type1_in_scope if {
	from.origin == "gp-record"
	from.boundary == "beyond-controller"
	class != "care"
}

# The national opt-out concerns health and adult social care in England, beyond care (RES6, UNDER).
national_could_apply if {
	of_england
	class != "care"
}

of_england if from.origin == "gp-record"

of_england if from.origin == "england-care"

# Upheld by rule, unless the Direction or the platform's terms say that it is not (PHSMI, OS-T1).
type1_by_rule if {
	type1_in_scope
	not "type1-not-upheld" in from.conditions
}

# Upheld by the programme's own choice (OS-T1).
type1_by_choice if {
	type1_in_scope
	"type1-upheld" in from.conditions
}

# Applied where policy does not require it: whatever the identifiability (specification, 5).
national_by_choice if {
	national_could_apply
	"national-voluntary" in from.conditions
}

# On section 251 support it binds unless disapplied (OP5.1) or for non-contracted invoices (OP7.1);
# only on data that identify (RES4).
national_on_section_251 if national_by_choice

national_on_section_251 if {
	national_could_apply
	from.identifiability == "identifiable"
	not "national-disapplied" in from.conditions
	from.purpose != "invoice-validation-non-contracted"
}

programme_has_opt_out if "programme-opt-out" in from.conditions

# --- The routes that are open (specification, 4) ------------------------------------------------

open_anonymous if from.identifiability == "anonymous"

open_de_identified if {
	from.identifiability == "de-identified"
	class != "commercial"
}

open_explicit_consent if "explicit-consent" in from.bases

open_implied_consent if {
	"implied-consent" in from.bases
	class == "care"
	"legitimate-relationship" in from.conditions
}

open_overall_benefit if {
	"overall-benefit" in from.bases
	class == "care"
}

open_public_interest if {
	"public-interest" in from.bases
	class != "commercial"
}

open_s259 if {
	"s259-collection" in from.bases
	class != "commercial"
}

open_copi_reg_3 if {
	"copi-reg-3" in from.bases
	class != "payment"
	class != "commercial"
}

# Section 251 cannot serve the care of particular people: s251(6).
open_section_251 if {
	section_251_support
	class != "care"
	class != "commercial"
}

section_251_support if "copi-reg-2" in from.bases

section_251_support if "copi-reg-5" in from.bases

# On these no opt-out binds (GMC, NHSE2014, NHSUK, OP6.3).
open_and_free if open_overall_benefit

open_and_free if "court-order" in from.bases

open_and_free if "statutory-duty" in from.bases

open_and_free if open_public_interest

# --- Which opt-outs bind on some open route (specification, 5) ----------------------------------

type1_binds if {
	open_anonymous
	type1_by_choice
}

type1_binds if {
	open_de_identified
	type1_by_rule
}

type1_binds if {
	open_s259
	type1_by_rule
}

type1_binds if {
	open_copi_reg_3
	type1_by_choice
}

# Also where the national opt-out is disapplied, and nothing lifts it.
type1_binds if {
	open_section_251
	type1_in_scope
}

national_binds if {
	open_anonymous
	national_by_choice
}

national_binds if {
	open_de_identified
	national_by_choice
}

national_binds if {
	open_s259
	national_by_choice
}

national_binds if {
	open_copi_reg_3
	national_by_choice
}

national_binds if {
	open_section_251
	national_on_section_251
}

programme_binds if {
	programme_has_opt_out
	open_with_programme
}

open_with_programme if open_de_identified

open_with_programme if open_implied_consent

open_with_programme if open_s259

open_with_programme if open_copi_reg_3

open_with_programme if open_section_251

# --- What this patient's choices block: recorded, or not known ----------------------------------

type1_blocks if patient.type1 != "none"

national_blocks if patient.national == "opted-out"

national_blocks if patient.national == "unknown"

programme_blocks if {
	programme_has_opt_out
	patient.programme != "none"
}

# --- The verdict: some open route serves this patient, and nothing that binds there blocks ------

default allow := false

allow if {
	not invalid_status
	permitted
}

invalid_status if patient.type1 == "invalid"

invalid_status if patient.programme == "invalid"

permitted if {
	open_anonymous
	not blocked_by_type1_choice
	not blocked_by_national_choice
}

permitted if {
	open_de_identified
	not blocked_by_type1_rule
	not blocked_by_national_choice
	not programme_blocks
}

# Consent to this use defeats both, whichever came first (RCGP, RES6).
permitted if {
	open_explicit_consent
	patient["explicit-consent"]
}

permitted if {
	open_implied_consent
	not programme_blocks
	not patient["care-objection"]
}

permitted if open_and_free

permitted if {
	open_s259
	not blocked_by_type1_rule
	not blocked_by_national_choice
	not programme_blocks
}

permitted if {
	open_copi_reg_3
	not blocked_by_type1_choice
	not blocked_by_national_choice
	not programme_blocks
}

permitted if {
	open_section_251
	not blocked_by_type1_in_scope
	not blocked_by_national_on_section_251
	not programme_blocks
}

blocked_by_type1_in_scope if {
	type1_in_scope
	type1_blocks
}

blocked_by_type1_rule if {
	type1_by_rule
	type1_blocks
}

blocked_by_type1_choice if {
	type1_by_choice
	type1_blocks
}

blocked_by_national_choice if {
	national_by_choice
	national_blocks
}

blocked_by_national_on_section_251 if {
	national_on_section_251
	national_blocks
}

# --- The reason, in the order of precedence (specification, 6) ----------------------------------

open_beside_consent if open_anonymous

open_beside_consent if open_with_programme

open_beside_consent if open_and_free

default reason := "not-decided"

reason := "invalid-status" if {
	invalid_status
} else := "permitted" if {
	permitted
} else := "consent-not-recorded" if {
	not open_beside_consent
	open_explicit_consent
} else := "no-lawful-basis" if {
	not open_beside_consent
} else := "type1-dissent" if {
	patient.type1 == "dissent"
	type1_binds
} else := "national-opt-out" if {
	patient.national == "opted-out"
	national_binds
} else := "programme-opt-out" if {
	patient.programme == "opted-out"
	programme_binds
} else := "care-objection" if {
	patient["care-objection"]
	open_implied_consent
} else := "type1-unknown" if {
	patient.type1 == "unknown"
	type1_binds
} else := "national-unknown" if {
	patient.national == "unknown"
	national_binds
} else := "programme-unknown" if {
	patient.programme == "unknown"
	programme_binds
}
