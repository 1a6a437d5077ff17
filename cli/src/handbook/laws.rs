//! What holds of every disclosure and every patient: the laws of the policy, as sentences.

use optout::Route;

use super::page::Page;
use super::words::{code, join, route};

/// A law, and the routes it speaks of.
pub(super) struct Law {
    /// In a phrase.
    pub(super) title: &'static str,
    /// In full.
    pub(super) sentence: &'static str,
    /// The routes it speaks of; empty: every route.
    pub(super) routes: &'static [Route],
    /// The test that holds it, in `tests/policy/laws.rs`.
    pub(super) test: &'static str,
}

/// The laws, in the order of the policy.
pub(super) const LAWS: [Law; 12] = [
    Law {
        title: "No basis, no disclosure",
        sentence: "Where no route is open, nobody's data may go, whatever the patient recorded.",
        routes: &[],
        test: "no_open_route_no_disclosure_whatever_the_patient_recorded",
    },
    Law {
        title: "Care is not stopped by Type 1 or the national opt-out",
        sentence: "For a purpose of care, neither of the two ever turns an answer to deny.",
        routes: &[],
        test: "type1_and_the_national_opt_out_never_deny_a_care_purpose",
    },
    Law {
        title: "An opt-out only ever protects",
        sentence: "Recording an opt-out, or losing sight of one, never turns deny into allow. \
                   Withdrawing one, or learning that there is none, never turns allow into deny.",
        routes: &[],
        test: "recording_an_opt_out_or_losing_knowledge_never_turns_deny_into_allow",
    },
    Law {
        title: "Type 1 is about GP records that leave the practice's purpose",
        sentence: "Type 1 has no effect unless the data come from a GP record and serve someone \
                   beyond the practice.",
        routes: &[],
        test: "type1_has_no_effect_unless_gp_data_serve_someone_beyond_the_practice",
    },
    Law {
        title: "The national opt-out is about section 251",
        sentence: "On identifiable data the national opt-out has no effect unless section 251 \
                   support is relied on, or it is applied voluntarily. Where it is disapplied for \
                   the flow it has no effect either, unless it is applied voluntarily.",
        routes: &[Route::Section251],
        test: "the_national_opt_out_has_no_effect_unless_section_251_is_relied_on_or_it_is_voluntary",
    },
    Law {
        title: "The two opt-outs are independent",
        sentence: "Type 1 counts only through its own binding, and so does the national opt-out. \
                   Neither stands in for the other.",
        routes: &[],
        test: "type1_and_the_national_opt_out_are_independent",
    },
    Law {
        title: "Consent to this use prevails",
        sentence: "Where the patient's explicit consent is relied on and recorded, neither Type 1 \
                   nor the national opt-out denies, whichever came first.",
        routes: &[Route::ExplicitConsent],
        test: "consent_to_this_use_where_it_is_relied_on_defeats_both_whichever_came_first",
    },
    Law {
        title: "Claims act in one direction",
        sentence: "One more basis never turns allow into deny. Applying the national opt-out \
                   voluntarily, upholding Type 1 or running an opt-out of one's own never turns \
                   deny into allow. Disapplying the national opt-out, not upholding Type 1 or \
                   having a legitimate relationship never turns allow into deny.",
        routes: &[],
        test: "adding_a_basis_or_an_assertion_moves_verdicts_in_one_direction_only",
    },
    Law {
        title: "Not known blocks as opted out does",
        sentence: "An unknown status blocks exactly where a recorded opt-out would.",
        routes: &[],
        test: "unknown_blocks_exactly_where_opted_out_would",
    },
    Law {
        title: "A power is not a duty",
        sentence: "A statutory power to disclose changes no answer. Only a duty, or a power that \
                   expressly lifts confidentiality, opens a route.",
        routes: &[Route::StatutoryDuty],
        test: "a_statutory_power_changes_no_verdict",
    },
    Law {
        title: "Every patient is judged alone",
        sentence: "In a batch each row is decided as if it were the only one. Order, repeats and \
                   neighbours change nothing, no row is dropped, and one patient's consent never \
                   serves another.",
        routes: &[],
        test: "a_batch_decides_every_row_as_if_it_were_alone",
    },
    Law {
        title: "The same question, the same answer",
        sentence: "No clock, no setting of the machine and no chance enters a decision.",
        routes: &[],
        test: "the_same_question_always_gets_the_same_answer",
    },
];

/// The laws, numbered.
pub(super) fn write(page: &mut Page) {
    page.section("laws", "The laws");
    page.push(
        "These hold over every disclosure that the program accepts and every patient. They are not \
         sampled. The tests of the software try every origin, boundary, form, purpose, set of \
         bases, set of conditions and patient. Laws 2 to 7 and law 9 speak of records in which \
         every field has a meaning; any other is denied as `invalid-status`.",
    );
    page.table(
        ["Law", "What holds", "Speaks of"],
        LAWS.iter().enumerate().map(|(i, law)| {
            let routes = match law.routes {
                [] => "every route".to_owned(),
                routes => join(routes.iter().copied().map(route), "and"),
            };
            [(i + 1).to_string(), format!("**{}.** {}", law.title, law.sentence), routes]
        }),
    );
    page.push("Each law is a test of that number in `tests/policy/laws.rs`:");
    page.steps(LAWS.iter().map(|law| code(law.test)));
}
