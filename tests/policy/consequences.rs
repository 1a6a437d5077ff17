//! What follows from sections 2 to 6 beside the twelve laws, over the same space.

use optout::{
    Bases, BlockedBy, Boundary, Conditions, Date, Decision, Disclosure, Identifiability, National,
    Origin, Patient, Programme, Purpose, PurposeClass, Reason, Route, Type1, Verdict, assess,
};

use crate::space::{
    OF_EACH_CLASS, ON, Table, at, consistent_bases, facts, is_small, judge, patients, space,
};

fn without_basis(disclosure: &Disclosure, basis: Bases) -> Disclosure {
    Disclosure { bases: disclosure.bases - basis, ..*disclosure }
}

/// The national opt-out has no effect on any of these disclosures.
fn assert_national_has_no_effect(on: impl Fn(&Disclosure) -> bool + Sync) {
    for (table, disclosure) in space().tables_where(on) {
        for patient in patients() {
            let none = patient.with_national(National::None);
            assert_eq!(at(table, *patient), at(table, none), "{disclosure:?} {patient:?}");
        }
    }
}

/// The national opt-out is about confidential patient information: on other data it binds only
/// where it is applied voluntarily (section 5, RES4).
#[test]
fn the_national_opt_out_has_no_effect_on_data_that_are_not_identifiable_unless_voluntary() {
    assert_national_has_no_effect(|disclosure| {
        let voluntary = disclosure.conditions.contains(Conditions::NATIONAL_VOLUNTARY);
        disclosure.identifiability != Identifiability::Identifiable && !voluntary
    });
}

/// The national opt-out is about care in England, publicly funded or coordinated: elsewhere, and for
/// care, it has no effect even where it is applied voluntarily (section 5, UNDER).
#[test]
fn the_national_opt_out_has_no_effect_outside_its_origins_even_if_voluntary() {
    assert_national_has_no_effect(|disclosure| match disclosure.origin {
        Origin::PrivateCare | Origin::ChildrensSocialCare | Origin::OutsideEngland => true,
        Origin::GpRecord | Origin::EnglandCare => false,
    });
}

/// An invoice for care outside a contract is free of the national opt-out, unless it is applied
/// voluntarily (section 5, OP7.1).
#[test]
fn the_national_opt_out_has_no_effect_on_invoices_outside_a_contract_unless_voluntary() {
    assert_national_has_no_effect(|disclosure| {
        let voluntary = disclosure.conditions.contains(Conditions::NATIONAL_VOLUNTARY);
        disclosure.purpose == Purpose::InvoiceValidationNonContracted && !voluntary
    });
}

/// A boundary is about Type 1 alone: with Type 1 out of the question, the national opt-out and all
/// else are decided alike within the controller and beyond (section 5, UNDER).
#[test]
fn the_boundary_matters_to_type1_alone() {
    let within = |disclosure: &Disclosure| {
        Some(Disclosure { boundary: Boundary::WithinController, ..*disclosure })
    };
    for (table, other, disclosure) in space().pairs(within) {
        for patient in patients().iter().map(|patient| patient.with_type1(Type1::None)) {
            assert_eq!(at(table, patient), at(other, patient), "{disclosure:?}");
        }
    }
}

/// A programme's opt-out matters only to a programme that says it runs one (section 5).
#[test]
fn a_programme_opt_out_matters_only_where_the_programme_runs_one() {
    let has_none =
        |disclosure: &Disclosure| !disclosure.conditions.contains(Conditions::PROGRAMME_OPT_OUT);
    for (table, disclosure) in space().tables_where(has_none) {
        for patient in patients() {
            let none = patient.with_programme(Programme::None);
            assert_eq!(at(table, *patient), at(table, none), "{disclosure:?} {patient:?}");
        }
    }
}

/// Where an objection to sharing for care turns allow into deny, the patient was served by implied
/// consent for care and, but for that basis, no open route serves this patient (section 5, GPG2023).
#[test]
fn a_care_objection_denies_only_where_implied_consent_is_the_only_serving_route() {
    let denied_by_it = |table: &Table, patient: &Patient| {
        let silent = at(table, patient.without_care_objection());
        silent.is_allowed() && !at(table, patient.with_care_objection()).is_allowed()
    };
    let beyond_care = |disclosure: &Disclosure| disclosure.purpose.class() != PurposeClass::Care;
    for (table, disclosure) in space().tables_where(beyond_care) {
        let denied = patients().iter().any(|patient| denied_by_it(table, patient));
        assert!(!denied, "{disclosure:?}");
    }
    let but_for = |disclosure: &Disclosure| Some(without_basis(disclosure, Bases::IMPLIED_CONSENT));
    for (table, but_for, disclosure) in space().pairs(but_for) {
        for patient in patients().iter().filter(|patient| denied_by_it(table, patient)) {
            let silent = at(table, patient.without_care_objection());
            let objecting = at(table, patient.with_care_objection());
            assert_eq!(silent.route(), Some(Route::ImpliedConsent), "{disclosure:?}");
            assert_eq!(objecting.blocked_by(), BlockedBy::CARE_OBJECTION, "{disclosure:?}");
            let reason = at(but_for, *patient).reason();
            let unserved = [Reason::NoLawfulBasis, Reason::ConsentNotRecorded];
            assert!(unserved.contains(&reason), "{disclosure:?} {patient:?}: {reason}");
        }
    }
}

/// A byte with an invalid field, 112 of the 256, is denied as such whatever the disclosure, and no
/// other byte is (section 3).
#[test]
fn an_invalid_byte_is_always_denied_as_invalid_status() {
    for (table, disclosure) in space().different() {
        let mut invalid = 0;
        for (byte, decision) in (0..=u8::MAX).zip(*table) {
            let is_invalid = byte & 0b11 == 0b11 || byte & 0b11_0000 == 0b11_0000;
            let said = decision.reason() == Reason::InvalidStatus;
            assert_eq!(said, is_invalid, "{byte:#010b} {disclosure:?}");
            assert!(!(is_invalid && decision.is_allowed()), "{byte:#010b} {disclosure:?}");
            invalid += usize::from(is_invalid);
        }
        assert_eq!(invalid, 112);
    }
}

/// An allow has the reason `permitted`, a route and nothing that blocks; a denial has no route, and
/// its reason is the lowest bit of what blocks, or one of 2 to 4 where nothing does (section 6).
#[test]
fn an_answer_names_a_route_or_what_blocks_with_the_reason_of_highest_precedence() {
    for (table, disclosure) in space().different() {
        for decision in *table {
            let (reason, blocked) = (decision.reason().number(), decision.blocked_by().bits());
            assert_eq!(decision.is_allowed(), decision.verdict() == Verdict::Allow);
            assert_eq!(decision.is_allowed(), reason == 1, "{disclosure:?}");
            assert_eq!(decision.is_allowed(), decision.route().is_some(), "{disclosure:?}");
            if blocked == 0 {
                assert!((1..=4).contains(&reason), "{disclosure:?} {decision:?}");
            } else {
                assert_eq!(u32::from(reason), blocked.trailing_zeros(), "{disclosure:?}");
                assert!((5..=11).contains(&reason), "{disclosure:?} {decision:?}");
            }
        }
    }
}

/// The answer to two sets of bases together, put together from the answers to each: either allows,
/// by the lowest-numbered route of both; else both are denied, by all that blocks on either.
fn together(one: Decision, other: Decision) -> (Verdict, u8, Option<Route>, BlockedBy) {
    let route = [one.route(), other.route()].into_iter().flatten().min();
    if one.is_allowed() || other.is_allowed() {
        return (Verdict::Allow, 1, route, BlockedBy::empty());
    }
    let blocked = one.blocked_by() | other.blocked_by();
    let reason = if blocked.is_empty() {
        // No basis (3) yields to consent that is not recorded (4); both are invalid (2) or neither.
        one.reason().number().max(other.reason().number())
    } else {
        Reason::ALL[blocked.bits().trailing_zeros() as usize].number()
    };
    (Verdict::Deny, reason, None, blocked)
}

/// Each basis is judged by itself, and an allow names the lowest-numbered route that permits: the
/// answer to any set of bases, however large, is that of its members together (sections 1 and 6).
///
/// With this, what holds of single bases holds of every set. Debug builds assert nothing, all that
/// adds denials, or all that lifts.
#[test]
fn a_set_of_bases_answers_as_its_members_together() {
    let (lifts, denies) = (
        Conditions::NATIONAL_DISAPPLIED | Conditions::TYPE1_NOT_UPHELD,
        Conditions::NATIONAL_VOLUNTARY | Conditions::TYPE1_UPHELD | Conditions::PROGRAMME_OPT_OUT,
    );
    let few = [Conditions::empty(), lifts, denies | Conditions::LEGITIMATE_RELATIONSHIP];
    let conditions = if is_small() { few.to_vec() } else { space().conditions.clone() };
    let facts: Vec<Disclosure> = facts(&OF_EACH_CLASS).collect();
    std::thread::scope(|scope| {
        for facts in facts.chunks(facts.len().div_ceil(2)) {
            let conditions = &conditions;
            scope.spawn(move || {
                for facts in facts {
                    for conditions in conditions {
                        check_sets(&Disclosure { conditions: *conditions, ..*facts });
                    }
                }
            });
        }
    });
}

fn check_sets(facts: &Disclosure) {
    let mut tables: Vec<Option<Table>> = vec![None; 1 << 11];
    for bases in consistent_bases() {
        let disclosure = Disclosure { bases, ..*facts };
        // Of the whole space each was judged before.
        let table = if is_small() { judge(&disclosure) } else { *space().table(&disclosure) };
        let lowest = bases.iter().next().unwrap_or(Bases::empty());
        let rest = bases - lowest;
        if !rest.is_empty() {
            let part = |set: Bases| tables[usize::from(set.bits())].as_ref().expect("a subset");
            let parts = part(lowest).iter().zip(part(rest));
            for (byte, (whole, (one, other))) in table.iter().zip(parts).enumerate() {
                if whole == one && whole == other {
                    continue;
                }
                let answer =
                    (whole.verdict(), whole.reason().number(), whole.route(), whole.blocked_by());
                assert_eq!(answer, together(*one, *other), "{disclosure:?}, patient {byte}");
            }
        }
        tables[usize::from(bases.bits())] = Some(table);
    }
}

/// For identifiable data, the one basis relied on names its route, numbered as in section 4.
#[test]
fn each_basis_opens_the_route_of_its_number_and_a_power_opens_none() {
    let routes: [(Bases, Option<u8>); 11] = [
        (Bases::IMPLIED_CONSENT, Some(4)),
        (Bases::EXPLICIT_CONSENT, Some(3)),
        (Bases::OVERALL_BENEFIT, Some(5)),
        (Bases::COURT_ORDER, Some(6)),
        (Bases::STATUTORY_DUTY, Some(7)),
        (Bases::S259_COLLECTION, Some(9)),
        (Bases::COPI_REG_2, Some(11)),
        (Bases::COPI_REG_3, Some(10)),
        (Bases::COPI_REG_5, Some(11)),
        (Bases::PUBLIC_INTEREST, Some(8)),
        (Bases::STATUTORY_POWER, None),
    ];
    let space = space();
    let mut used = Vec::new();
    for facts in facts(space.purposes) {
        for (bases, route) in routes {
            let conditions = Conditions::LEGITIMATE_RELATIONSHIP;
            let table = space.table(&Disclosure { bases, conditions, ..facts });
            if facts.identifiability == Identifiability::Identifiable {
                for named in table.iter().filter_map(|decision| decision.route()) {
                    assert_eq!(Some(named.number()), route, "{facts:?} {bases:?}");
                    used.push(named);
                }
            }
        }
    }
    assert!(Route::ALL[2..].iter().all(|route| used.contains(route)), "each but the first two");
}

/// For identifiable data, each basis serves the classes of its route and no other: commercial use is
/// opened by explicit consent, a court order and a statutory duty alone (section 4).
#[test]
fn each_basis_serves_the_classes_of_its_route_and_no_other() {
    use PurposeClass::{BeyondCare, Care, Commercial, Payment};
    let serves: [(Bases, &[PurposeClass]); 11] = [
        (Bases::IMPLIED_CONSENT, &[Care]),
        (Bases::EXPLICIT_CONSENT, &[Care, BeyondCare, Payment, Commercial]),
        (Bases::OVERALL_BENEFIT, &[Care]),
        (Bases::COURT_ORDER, &[Care, BeyondCare, Payment, Commercial]),
        (Bases::STATUTORY_DUTY, &[Care, BeyondCare, Payment, Commercial]),
        (Bases::S259_COLLECTION, &[Care, BeyondCare, Payment]),
        (Bases::COPI_REG_2, &[BeyondCare, Payment]),
        (Bases::COPI_REG_3, &[Care, BeyondCare]),
        (Bases::COPI_REG_5, &[BeyondCare, Payment]),
        (Bases::PUBLIC_INTEREST, &[Care, BeyondCare, Payment]),
        (Bases::STATUTORY_POWER, &[]),
    ];
    let space = space();
    for facts in facts(space.purposes) {
        for (bases, classes) in serves {
            let conditions = Conditions::LEGITIMATE_RELATIONSHIP;
            let table = space.table(&Disclosure { bases, conditions, ..facts });
            if facts.identifiability == Identifiability::Identifiable {
                let serves = table.iter().any(|decision| decision.is_allowed());
                assert_eq!(serves, classes.contains(&facts.purpose.class()), "{facts:?} {bases:?}");
            }
        }
    }
}

/// Two purposes of one class are decided alike, but for invoices outside a contract (section 2).
#[test]
fn the_class_of_a_purpose_is_what_the_rules_use() {
    let small = |set: &Conditions| set.bits().count_ones() <= 1;
    let conditions: Vec<_> = space().conditions.iter().copied().filter(small).collect();
    for purpose in Purpose::ALL {
        let mut alike = OF_EACH_CLASS.iter().filter(|known| known.class() == purpose.class());
        let like = if *purpose == Purpose::InvoiceValidationNonContracted {
            purpose
        } else {
            alike.next().expect("a purpose of each class")
        };
        for facts in facts(std::slice::from_ref(purpose)) {
            for bases in space().bases.iter().filter(|set| set.bits().count_ones() <= 1) {
                for conditions in &conditions {
                    let of = Disclosure { bases: *bases, conditions: *conditions, ..facts };
                    let other = Disclosure { purpose: *like, ..of };
                    assert!(judge(&of) == *space().table(&other), "{of:?}");
                }
            }
        }
    }
}

/// A record without an NHS number is decided as one whose patient has no national opt-out (section
/// 3, NHSUK).
#[test]
fn no_nhs_number_is_decided_as_no_opt_out() {
    for (table, disclosure) in space().different() {
        for patient in patients() {
            let no_number = at(table, patient.with_national(National::NoNhsNumber));
            let none = at(table, patient.with_national(National::None));
            assert_eq!(no_number, none, "{disclosure:?} {patient:?}");
        }
    }
}

/// A patient with both opt-outs is denied exactly where one of the two alone would deny: they do not
/// add up, and neither excuses the other. This follows from the matrix as it stands (section 5).
#[test]
fn two_opt_outs_deny_exactly_where_one_of_them_alone_would() {
    for (table, disclosure) in space().different() {
        for patient in patients() {
            let type1_alone = at(table, patient.with_national(National::None)).is_allowed();
            let national_alone = at(table, patient.with_type1(Type1::None)).is_allowed();
            let both = at(table, *patient).is_allowed();
            assert_eq!(both, type1_alone && national_alone, "{disclosure:?} {patient:?}");
        }
    }
}

/// Giving consent never turns allow into deny, nor does withdrawing it turn deny into allow (section
/// 1: a route more never withholds).
#[test]
fn consent_never_turns_allow_into_deny() {
    for (table, disclosure) in space().different() {
        for patient in patients() {
            let with = at(table, patient.with_explicit_consent()).is_allowed();
            let without = at(table, patient.without_explicit_consent()).is_allowed();
            assert!(with || !without, "{disclosure:?} {patient:?}");
        }
    }
}

/// The date says only whether the question is covered: from the first day on, it changes no decision
/// (section 2).
#[test]
fn the_date_changes_no_decision() {
    for (table, disclosure) in space().different() {
        for on in [Date::ymd(2018, 5, 25), Date::ymd(2024, 2, 29), ON, Date::ymd(9999, 12, 31)] {
            assert!(judge(&Disclosure { on, ..*disclosure }) == **table, "{on} {disclosure:?}");
        }
    }
}

/// The ruling reports as open the routes without which the willing would be denied: none exactly
/// where the reason is want of a basis (section 4).
#[test]
fn the_open_routes_reported_are_those_that_permit_or_block() {
    for (table, disclosure) in space().different() {
        let ruling = assess(disclosure).expect("a disclosure of the space");
        let open: Vec<Route> = ruling.open_routes().collect();
        assert!(
            open.is_sorted() && Route::ALL.iter().all(|r| open.contains(r) == ruling.is_open(*r))
        );
        let closed = at(table, Patient::UNKNOWN).reason() == Reason::NoLawfulBasis;
        assert_eq!(open.is_empty(), closed, "{disclosure:?}");
        let named = table.iter().filter_map(|decision| decision.route());
        assert!(named.clone().all(|route| open.contains(&route)), "{disclosure:?}");
        assert!(open.is_empty() || named.min() == open.first().copied(), "{disclosure:?}");
    }
}
