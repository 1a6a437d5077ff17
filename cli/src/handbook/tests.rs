//! The handbook holds every rule, and nothing that is not one.

mod confirm;

use std::collections::BTreeSet;

use optout::binding::{Binding, MATRIX, OptOut, out_of_scope, scope_citations};
use optout::clause::{NOT_FOLLOWED, UNSETTLED};
use optout::route::ROUTES;
use optout::{
    Bases, Boundary, Citation, Clause, Conditions, Disclosure, Grade, Identifiability, National,
    Origin, Programme, Purpose, PurposeClass, Reason, Route, Type1, assess, flow,
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::examples::EXAMPLES;
use super::glossary::TERMS;
use super::laws::LAWS;
use super::scope::{NO_OPT_OUT, Reach, every_disclosure, statuses};
use super::sources::{self, NO_BASIS, used};
use super::{handbook, near, words};

fn parse(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

#[track_caller]
fn holds(text: &str, part: &str) {
    assert!(text.contains(part), "the handbook does not say: {part}");
}

#[test]
fn every_route_and_binding_is_stated_with_its_near_miss_and_its_clauses() {
    let text = handbook();
    for (rule, cells) in ROUTES.iter().zip(MATRIX) {
        let part = format!("<a id=\"route-{}\"></a>", rule.route);
        let (_, part) = text.split_once(&part).expect("a part for each route");
        let part = part.split("<a id=").next().unwrap_or_default();
        holds(part, &words::capital(rule.route.meaning()));
        holds(part, &words::statement(rule.plain, rule.citations));
        holds(part, rule.near_miss);
        holds(part, &words::cite(rule.citations));
        for cell in cells {
            holds(part, &words::statement(cell.plain, cell.citations));
            holds(part, &near::miss(cell));
            holds(part, &words::cite(&words::citations(cell.citations, cell.rule)));
        }
    }
}

#[test]
fn a_near_miss_is_what_changes_the_cell_elsewhere_and_not_here() {
    let miss =
        |route, opt_out: OptOut| near::miss(&Binding::of(route)[usize::from(opt_out.number()) - 1]);
    assert_eq!(miss(Route::Section251, OptOut::Type1), "`type1-not-upheld` does not lift it.");
    assert_eq!(
        miss(Route::Section251, OptOut::National),
        "`invoice-validation`, `prescription-payment` and `provider-payment` do not lift it."
    );
    assert_eq!(miss(Route::CourtOrder, OptOut::Type1), "`type1-upheld` does not make it bind.");
    assert_eq!(miss(Route::DeIdentified, OptOut::Type1), "");
    assert_eq!(miss(Route::CopiReg3, OptOut::National), "");
}

/// Told apart by the grade alone, and never by the words of the rule.
#[test]
fn a_statement_of_grade_c_or_d_is_marked_as_our_reading() {
    let [a, d] = [Grade::A, Grade::D].map(|grade| Citation { clause: Clause::S251, grade });
    let [b, c] = [Grade::B, Grade::C].map(|grade| Citation { clause: Clause::S251, grade });
    assert_eq!(words::statement("It is so.", &[a, b]), "It is so.");
    assert_eq!(words::statement("It is so.", &[c, d]), "It is so. *Our reading.*");
    assert_eq!(words::statement("It is so.", &[a, d]), "It is so. *Partly our reading.*");
    assert_eq!(words::cite(&[a, c]), "[S251] A, [S251] C†");
}

#[test]
fn every_point_flow_law_reason_and_word_is_in_it() {
    let text = handbook();
    for point in UNSETTLED {
        holds(&text, point.question);
    }
    for (clause, says, _) in NOT_FOLLOWED {
        holds(&text, &format!("| [{clause}] | {says} |"));
    }
    for flow in flow::all() {
        for part in [flow.id, flow.name, flow.sender, flow.recipient, flow.note] {
            holds(&text, part);
        }
        holds(&text, flow.conflict.unwrap_or_default());
        for source in flow.sources {
            holds(&text, &sources::link(source));
        }
    }
    for law in &LAWS {
        holds(&text, law.sentence);
    }
    for reason in Reason::PRECEDENCE {
        holds(&text, &format!("| {} | `{reason}` | {} |", reason.number(), reason.meaning()));
    }
    for purpose in Purpose::ALL {
        holds(&text, &format!("| {} | `{purpose}` | {} |", purpose.number(), purpose.meaning()));
    }
    for (_, code, meaning) in Bases::TABLE {
        holds(&text, &format!("| `{code}` | {meaning} |"));
    }
    for (_, code, meaning) in Conditions::TABLE {
        holds(&text, &format!("| `{code}` | {meaning} |"));
    }
}

#[test]
fn every_clause_is_a_source_and_every_cited_one_says_by_what() {
    let text = handbook();
    let used = used();
    for clause in Clause::ALL {
        let row = text.lines().find(|line| line.contains(&format!("</a>{clause} |")));
        let row = row.unwrap_or_else(|| panic!("{clause} is not among the sources"));
        for part in [clause.instrument(), clause.section(), &words::capital(clause.meaning())] {
            holds(row, part);
        }
        assert_eq!(row.contains("no rule"), !used.contains_key(clause), "{row}");
    }
    for opt_out in OptOut::ALL {
        for citation in scope_citations(*opt_out) {
            let row =
                text.lines().find(|line| line.contains(&format!("</a>{} |", citation.clause)));
            holds(row.unwrap(), &format!("[scope](#scope) of {}", opt_out.meaning()));
        }
    }
    let no_basis = Disclosure { conditions: Conditions::empty(), ..EXAMPLES[0].disclosure };
    let no_basis = assess(&Disclosure { bases: Bases::empty(), ..no_basis }).unwrap();
    assert_eq!(no_basis.clauses(NO_OPT_OUT).as_slice(), [NO_BASIS.clause]);
    holds(&text, &format!("{}, section 10", Clause::Reading.instrument()));
    holds(&text, "## 10. Unsettled points");
}

#[test]
fn every_law_is_held_by_a_test_of_the_policy() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/policy/laws.rs");
    let tests = std::fs::read_to_string(path).unwrap();
    let tests: Vec<_> = tests.split("#[test]\nfn ").skip(1).collect();
    for (i, (law, test)) in LAWS.iter().zip(&tests).enumerate() {
        assert!(test.starts_with(&format!("{}()", law.test)), "law {}: {}", i + 1, law.test);
    }
    assert_eq!(LAWS.len(), tests.len());
}

/// A renderer fills a short row up and cuts a long one, so the rows are counted as they are written.
#[test]
fn the_rows_of_a_table_have_one_number_of_cells() {
    let text = handbook();
    let mut columns = None;
    for line in text.lines() {
        if line.starts_with('|') {
            let cells = line.replace("\\|", "").matches('|').count() - 1;
            assert_eq!(*columns.get_or_insert(cells), cells, "{line}");
        } else {
            columns = None;
        }
    }
    let tables = parse(&text).filter(|event| matches!(event, Event::Start(Tag::Table(_)))).count();
    assert_eq!(text.matches("\n| :--- |").count(), tables, "each table is read as one");
}

#[test]
fn a_bar_in_a_cell_is_not_a_column() {
    let mut page = super::Page::default();
    page.table(["a|b", "c"], [["d".to_owned(), "e|f|g".to_owned()]]);
    let text = page.into_text();
    assert_eq!(text, "| a\\|b | c |\n| :--- | :--- |\n| d | e\\|f\\|g |\n");
    let cells = parse(&text).filter(|event| *event == Event::End(TagEnd::TableCell));
    assert_eq!(cells.count(), 4);
}

/// Whatever is set as code is a word of the vocabulary, an HL7 code, a flow, or a command.
#[test]
fn no_code_is_named_that_does_not_exist() {
    let mut known: BTreeSet<&str> = BTreeSet::from(["true", "false", "explicit-consent"]);
    known.extend(Origin::ALL.iter().map(|v| v.code()));
    known.extend(Boundary::ALL.iter().map(|v| v.code()));
    known.extend(Identifiability::ALL.iter().map(|v| v.code()));
    known.extend(Purpose::ALL.iter().map(|v| v.code()));
    known.extend(PurposeClass::ALL.iter().map(|v| v.code()));
    known.extend(Bases::TABLE.iter().map(|(_, code, _)| *code));
    known.extend(Conditions::TABLE.iter().map(|(_, code, _)| *code));
    known.extend(Route::ALL.iter().map(|v| v.code()));
    known.extend(OptOut::ALL.iter().map(|v| v.code()));
    known.extend(Type1::ALL.iter().map(|v| v.code()));
    known.extend(National::ALL.iter().map(|v| v.code()));
    known.extend(Programme::ALL.iter().map(|v| v.code()));
    known.extend(Reason::ALL.iter().map(|v| v.code()));
    known.extend(Purpose::HL7.iter().map(|(code, _)| *code));
    known.extend(Purpose::HL7_AMBIGUOUS.iter().map(|(code, _)| *code));
    known.extend(flow::all().map(|flow| flow.id));
    known.extend(LAWS.iter().map(|law| law.test));
    known.extend(["tests/policy/laws.rs", "optout", "optout decide", "optout handbook"]);
    known.extend(["optout handbook --check ."]);
    for event in parse(&handbook()) {
        if let Event::Code(code) = event {
            assert!(known.contains(&*code), "there is no `{code}`");
        }
    }
}

#[test]
fn every_link_within_the_handbook_leads_somewhere() {
    let text = handbook();
    let ids: Vec<_> =
        text.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an id is given twice");
    for event in parse(&text) {
        if let Event::Start(Tag::Link { dest_url, .. }) = &event {
            let leads = match dest_url.strip_prefix('#') {
                Some(id) => unique.contains(id),
                None => dest_url.starts_with("https://") || dest_url.starts_with("http://"),
            };
            assert!(leads, "{dest_url} leads nowhere");
        }
        // The key of a clause that is not among the sources would stay in its brackets.
        if let Event::Text(text) = &event {
            assert!(!text.contains(['[', ']']), "not a link: {text}");
        }
    }
}

/// The table of scopes says so only if each column can be read by itself.
#[test]
fn an_opt_out_is_in_scope_when_every_column_of_its_row_holds() {
    for opt_out in OptOut::ALL {
        let reach = Reach::of(*opt_out);
        for disclosure in every_disclosure() {
            let in_scope = out_of_scope(*opt_out, &disclosure).is_none();
            assert_eq!(in_scope, reach.has(&disclosure), "{opt_out}: {disclosure:?}");
        }
    }
    let voluntary = Reach::voluntary();
    for route in Route::ALL {
        let [_, national, ..] = Binding::of(*route);
        for disclosure in every_disclosure() {
            let conditions = Conditions::NATIONAL_VOLUNTARY;
            let binds = national.effect(&Disclosure { conditions, ..disclosure }).binds();
            let may = national.rule.bound_by().contains(Conditions::NATIONAL_VOLUNTARY);
            assert_eq!(binds, may && voluntary.has(&disclosure), "{route}: {disclosure:?}");
        }
    }
}

#[test]
fn what_blocks_is_what_is_recorded_or_not_known_save_for_a_care_objection() {
    for opt_out in OptOut::ALL {
        let blocking = statuses(*opt_out).into_iter().filter(|status| status.blocks);
        let blocking: Vec<_> = blocking.map(|status| status.code).collect();
        match opt_out {
            OptOut::Type1 => assert_eq!(blocking, ["unknown", "dissent"]),
            OptOut::National | OptOut::Programme => assert_eq!(blocking, ["unknown", "opted-out"]),
            OptOut::CareObjection => assert_eq!(blocking, ["true"]),
        }
    }
}

#[test]
fn every_worked_decision_can_be_judged_and_both_answers_occur() {
    let mut answers = BTreeSet::new();
    for example in EXAMPLES {
        let ruling =
            assess(&example.disclosure).unwrap_or_else(|e| panic!("{e}: {}", example.title));
        answers.extend(example.patients.iter().map(|patient| ruling.decide(*patient).verdict()));
    }
    assert_eq!(answers.len(), 2);
}

#[test]
fn the_glossary_is_in_order() {
    let terms: Vec<_> = TERMS.iter().map(|(term, _)| term.to_lowercase()).collect();
    assert!(terms.is_sorted(), "{terms:?}");
}
