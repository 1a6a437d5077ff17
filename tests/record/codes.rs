//! What a code says: Type 1, too like it, of something else, local, or not readable.

use optout::record::type1::{CodeError, CodeSystem as S, OtherConsent, Recognised, recognise};

#[test]
fn the_codes() {
    use OtherConsent as O;
    use Recognised as R;
    for (system, code, expected) in [
        (S::ReadV2, &b"9Nu0."[..], R::Dissent),
        (S::ReadV2, b"9Nu0", R::Dissent),
        (S::ReadV2, b"9Nu0.00", R::Dissent),
        (S::ReadV2, b"9Nu0.11", R::Dissent),
        (S::ReadV2, b"R2_9Nu0.", R::Dissent),
        (S::ReadV2, b"R2_9Nu0.00", R::Dissent),
        (S::ReadV2, b" 9Nu0. ", R::Dissent),
        (S::ReadV2, b"9Nu1.", R::Withdrawal),
        (S::ReadV2, b"9Nu1", R::Withdrawal),
        (S::ReadV2, b"9Nu4.", R::Other(O::Type2)),
        (S::ReadV2, b"9Nu5.", R::Other(O::Type2Withdrawn)),
        (S::ReadV2, b"9Ndo.", R::Other(O::SummaryCareRecord)),
        (S::ReadV2, b"93C1.", R::Other(O::SharedRecord)),
        (S::ReadV2, b"93C3.", R::Other(O::SharedRecord)),
        (S::ReadV2, b"9NdH.", R::Other(O::ThirdParty)),
        (S::ReadV2, b"9Nu", R::Unrelated),
        (S::ReadV2, b"9Nu..", R::Unrelated),
        (S::ReadV2, b"9Nu..00", R::Unrelated),
        (S::ReadV2, b"8E10", R::Unrelated),
        (S::ReadV2, b"C10..", R::Unrelated),
        (S::Ctv3, b"XaZ89", R::Dissent),
        (S::Ctv3, b"CTV3_XaZ89", R::Dissent),
        (S::Ctv3, b"R3_XaZ89", R::Dissent),
        (S::Ctv3, b"XaZ8A", R::Withdrawal),
        (S::Ctv3, b"XaaVL", R::Other(O::Type2)),
        (S::Ctv3, b"XaaVM", R::Other(O::Type2Withdrawn)),
        (S::Ctv3, b"XaXj6", R::Other(O::SummaryCareRecord)),
        (S::Snomed, b"827241000000103", R::Dissent),
        (S::Snomed, b"827241000000103.0", R::Dissent),
        (S::Snomed, b"SCT_827241000000103", R::Dissent),
        (S::Snomed, b"SN_827241000000103.0", R::Dissent),
        (S::Snomed, b"827261000000102", R::Withdrawal),
        (S::Snomed, b"881561000000100", R::Other(O::Type2)),
        (S::Snomed, b"881581000000109", R::Other(O::Type2Withdrawn)),
        (S::Snomed, b"73211009", R::Unrelated),
        (S::Snomed, b"195967001.0", R::Unrelated),
        (S::Snomed, b"SCT_195967001", R::Unrelated),
        // A Type 1 code is in it, and it is a concept of its own.
        (S::Snomed, b"1827241000000103", R::Unrelated),
    ] {
        assert_eq!(recognise(system, code), Ok(expected), "{}", code.escape_ascii());
    }
    for (given, code, actual) in [
        (S::Ctv3, &b"9Nu0."[..], S::ReadV2),
        (S::Snomed, b"9Nu0", S::ReadV2),
        (S::ReadV2, b"XaZ89", S::Ctv3),
        (S::ReadV2, b"827241000000103", S::Snomed),
        (S::Ctv3, b"827261000000102", S::Snomed),
        (S::ReadV2, b"827241000000103.0", S::Snomed),
        (S::ReadV2, b"R3_XaZ89", S::Ctv3),
        (S::Snomed, b"R2_9Nu0.11", S::ReadV2),
        (S::ReadV2, b"SCT_827241000000103", S::Snomed),
    ] {
        assert_eq!(recognise(given, code), Err(CodeError::OtherSystem { given, actual }));
    }
}

/// What a spreadsheet shows of a Type 1 code, under every system; and what it shows of others.
#[test]
fn a_rounded_type_1_code_stops_under_every_system() {
    for code in [
        "8.27241E+14",
        "8.27241e14",
        "8,27241E+14",
        "'8.27241E+14",
        "=\"8.27261E+14\"",
        "8.27E+14",
        "8.3E+14",
        "8.2E+14",
        "8E+14",
        "82.7241E+13",
        "827241E+09",
        "0.827261E15",
        "8.27241000000103E14",
        "8.2724100000010E+14",
        "8.2726100000E+014",
        "８.27241E+14",
    ] {
        for system in S::ALL {
            assert_eq!(recognise(*system, code.as_bytes()), Err(CodeError::Rounded), "{code}");
        }
    }
    for system in [S::ReadV2, S::Ctv3] {
        for code in ["8E14", "8E14.", "8E14.00", "8E10"] {
            assert_eq!(recognise(system, code.as_bytes()), Ok(Recognised::Unrelated), "{code}");
        }
    }
    assert_eq!(recognise(S::Snomed, b"8E14"), Err(CodeError::Rounded));
    for code in
        ["8.81561E+14", "1.95967E+08", "8.27241E+13", "8.27251E+14", "9E+14", "8E-14", "E10"]
    {
        for system in S::ALL {
            let expected = if code == "E10" && *system != S::Snomed {
                Recognised::Unrelated
            } else {
                Recognised::Unreadable
            };
            assert_eq!(recognise(*system, code.as_bytes()), Ok(expected), "{code}");
        }
    }
}

/// What is no code of its system is told from codes that say nothing about sharing.
#[test]
fn a_code_is_readable_local_or_neither() {
    use Recognised::{Local, Unreadable, Unrelated};
    for code in ["", " ", "NULL", "null", "\\N", "NaN", "-99", "-1"] {
        for system in S::ALL {
            assert_eq!(recognise(*system, code.as_bytes()), Ok(Unreadable), "{code}");
        }
    }
    for code in ["^ESCT1173456", "^ESCTAS123", "EMISNQTE170", "ESCTRE123", "EGTON203", "^EMIS_1"] {
        for system in S::ALL {
            assert_eq!(recognise(*system, code.as_bytes()), Ok(Local), "{code}");
        }
    }
    for (code, expected) in [
        ("195967001", Unrelated),
        ("44054006", Unrelated),
        ("1240581000000104", Unrelated),
        // Another check digit.
        ("195967002", Unreadable),
        ("827241000000114", Unreadable),
        // A description and a relationship, whose check digits are right.
        ("2194031000000110", Unreadable),
        ("751689013", Unreadable),
        ("100022", Unreadable),
        // Letters, other numbers, and numbers of no length that an identifier has.
        ("E10", Unreadable),
        ("H33..", Unreadable),
        ("195967001|Asthma|", Unreadable),
        ("^", Unreadable),
        ("22", Unreadable),
        ("0195967001", Unreadable),
        ("1234567890123456789", Unreadable),
    ] {
        assert_eq!(recognise(S::Snomed, code.as_bytes()), Ok(expected), "{code}");
    }
    for (code, expected) in [
        ("H33..", Unrelated),
        ("Asthma", Unrelated),
        ("137", Unrelated),
        ("137..", Unrelated),
        ("13711", Unrelated),
        ("13711.", Unrelated),
        ("137..00", Unrelated),
        ("1371.11", Unrelated),
        ("1371111", Unrelated),
        ("1E05.00", Unrelated),
        ("195967001", Unreadable),
        ("195967001.0", Unreadable),
        ("137111", Unreadable),
        ("137.0", Unreadable),
        (".137", Unreadable),
        ("137.1.", Unreadable),
        ("12345678", Unreadable),
        ("1,371", Unreadable),
    ] {
        for system in [S::ReadV2, S::Ctv3] {
            assert_eq!(recognise(system, code.as_bytes()), Ok(expected), "{code}");
        }
    }
}

/// What exports make of a Type 1 code. To take any of them for another code would lose a dissent.
#[test]
fn what_resembles_a_type_1_code_is_refused() {
    for (system, code) in [
        (S::ReadV2, &b"9NU0."[..]),
        (S::ReadV2, b"9nu0"),
        (S::ReadV2, b"9NU1.00"),
        (S::Ctv3, b"XAZ89"),
        (S::Ctv3, b"xaz89"),
        (S::Ctv3, b"XaZ8a"),
        (S::Ctv3, b"CTV3_XAZ89"),
    ] {
        let refused = recognise(system, code);
        assert_eq!(refused, Err(CodeError::LetterCase), "{}", code.escape_ascii());
    }
    for (system, code) in [
        (S::ReadV2, &b"9Nu01"[..]),
        (S::ReadV2, b"9Nu0100"),
        (S::ReadV2, b"9Nu0-1"),
        (S::ReadV2, b"'9Nu0."),
        (S::ReadV2, b"\"9Nu0.\""),
        (S::ReadV2, b"9Nu0.|x"),
        (S::ReadV2, b"9Nu0.-1"),
        (S::ReadV2, b"EMIS9Nu0."),
        (S::ReadV2, b"9 Nu0."),
        (S::ReadV2, b"\xc2\xa09nu1."),
        (S::Ctv3, b"XaZ89-1"),
        (S::Ctv3, b"XaZ89.00"),
        (S::Ctv3, b"'XaZ8A"),
        (S::Snomed, b"9NU0.-1"),
        (S::Snomed, b"'827241000000103"),
        (S::Snomed, b"827241000000103|Dissent|"),
        (S::Snomed, b"sct_827241000000103"),
        (S::Snomed, b"827,241,000,000,103"),
        (S::Snomed, b"827.241.000.000.103"),
        (S::Snomed, b"827 241 000 000 103"),
        (S::Snomed, b"827241000000103.00"),
        (S::Snomed, b"827241000000100"),
        (S::Snomed, b"827241000000000"),
        (S::Snomed, b"827261000000100.0"),
        // The last three digits zero is a concept by its check digit, and may have been a withdrawal.
        (S::Snomed, b"827261000000000"),
        (S::Snomed, b"82724100000010"),
        (S::Snomed, b"827240967307264"),
        (S::Ctv3, b"82726100000010"),
        (S::Snomed, b"82724100000O1O3"),
        (S::Snomed, b"8272410OOOOO103"),
        (S::ReadV2, b"9NuO."),
        (S::Ctv3, b"9Nuo"),
        (S::ReadV2, b"9NuI."),
        (S::ReadV2, "９Ｎｕ０．".as_bytes()),
        (S::Snomed, "９Ｎｕ０．".as_bytes()),
        (S::Snomed, "８２７２４１００００００１０３".as_bytes()),
        (S::ReadV2, "８２７２４１００００００１０３".as_bytes()),
        (S::Snomed, "٨٢٧٢٤١٠٠٠٠٠٠١٠٣".as_bytes()),
        // Cyrillic letters.
        (S::Ctv3, "ХаZ89".as_bytes()),
        (S::ReadV2, b"827241000000100"),
    ] {
        let refused = recognise(system, code);
        assert_eq!(refused, Err(CodeError::Resembles), "{}", code.escape_ascii());
    }
}
