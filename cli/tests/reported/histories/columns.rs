//! The wrong column of codes, several of them, and codes that an export has changed.

use super::{CLEAR, DISSENTS, Practice, SOUGHT, filler};

const DESCRIPTIONS: &str = "code = \"description\"\nsystem = \"snomed-ct\"\n";
const READ: &str = "code = \"code\"\nsystem = \"read-v2\"\n";

/// The ids of descriptions are named, and the concept stands beside them.
#[test]
fn a_concept_beside_a_description_is_not_passed_over() {
    let header = "nhs,description,concept,date,practice\n";
    let sought = format!("{SOUGHT},2194031000000110,827241000000103,2019-01-01,P1\n");
    let other = format!("{CLEAR},497511000000119,195967001,2019-01-01,P1\n");
    let practice = Practice::new(DESCRIPTIONS, &format!("{header}{sought}{other}"));
    practice.stops("so the wrong column is named");
    // No setting passes over it.
    practice
        .request(&format!("{DESCRIPTIONS}unreadable-codes-at-most = 50\nno-type1-at = [\"P1\"]\n"));
    practice.stops("so the wrong column is named");
    // The column of concepts is the right one.
    practice.request("code = \"concept\"\nsystem = \"snomed-ct\"\n");
    practice.withholds();
    // Where nothing tells of a dissent but a description, the codes cannot be read.
    let without = format!("{header}{other}{other}");
    practice.bench.write("entries.csv", without);
    practice.request(DESCRIPTIONS);
    practice.stops("rows without a code that can be read in its system: 2 of 2");
}

#[test]
fn a_code_elsewhere_leaves_its_person_unknown_where_other_codes_are_read() {
    let header = "nhs,code,text,date,practice\n";
    let read = format!("{DISSENTS},9Nu0.,,2019-01-01,P1\n");
    let other = format!("{CLEAR},H33..,,2019-01-01,P1\n");
    for text in
        ["XaZ89", "827241000000103", "9Nu1.", "she sent 9Nu0. by post", "8.27241E+14", "９Ｎｕ０"]
    {
        let sought = format!("{SOUGHT},H33..,{text},2019-01-01,P1\n");
        let practice = Practice::new(READ, &format!("{header}{read}{other}{sought}"));
        let said = practice.withholds();
        assert!(said.contains("elsewhere than in the column of codes: 1"), "{said}");
        assert!(!said.contains(text), "{said}");
        // More such rows than codes that are read.
        practice.bench.write("entries.csv", format!("{header}{read}{other}{sought}{sought}"));
        practice.stops("so the wrong column is named");
    }
    for text in ["see leaflet 19Nu0", "type 1 discussed", "1827241000000103", "XaZ891"] {
        let sought = format!("{SOUGHT},H33..,{text},2019-01-01,P1\n");
        Practice::new(READ, &format!("{header}{read}{other}{sought}")).releases();
    }
    // Of nobody, it may be anybody's.
    let nobody = format!("{header}{read}{other},H33..,9Nu0.,2019-01-01,P1\n");
    Practice::new(READ, &nobody).stops("line 4: an opt-out of a patient who cannot be known");
}

/// Two terminologies side by side say the same; only the named one is read.
#[test]
fn two_terminologies_side_by_side_are_an_ordinary_export() {
    let header = "nhs,code,concept,date,practice\n";
    let rows = format!(
        "{SOUGHT},9Nu0.,827241000000103,2019-01-01,P1\n{SOUGHT},9Nu1.,827261000000102,2020-01-01,P1\n\
         {DISSENTS},9Nu0.,827241000000103,2019-01-01,P1\n{CLEAR},H33..,195967001,2019-01-01,P1\n"
    );
    let said = Practice::new(READ, &format!("{header}{rows}")).releases();
    assert!(!said.contains("elsewhere"), "{said}");
    Practice::new("code = \"concept\"\nsystem = \"snomed-ct\"\n", &format!("{header}{rows}"))
        .releases();
    // A withdrawal beside the code of a dissent says two things.
    let two = rows.replace("9Nu1.,827261000000102", "9Nu1.,827241000000103");
    Practice::new(READ, &format!("{header}{two}")).withholds();
}

/// One of two columns of codes is named.
#[test]
fn a_second_column_of_codes_is_not_passed_over() {
    let header = "nhs,date,practice,read_2,read_3\n";
    let rows = format!("{SOUGHT},2019-03-05,P1,,XaZ89\n{CLEAR},2019-03-05,P1,H33..,\n");
    let entries = format!("{header}{rows}");
    let practice = Practice::new("code = \"read_2\"\nsystem = \"read-v2\"\n", &entries);
    practice.stops("so the wrong column is named");
    let both = "code = [\"read_2\", \"read_3\"]\nsystem = [\"read-v2\", \"ctv3\"]\n";
    practice.request(both);
    practice.withholds();
    // Both filled: a dissent prevails, whichever column has it.
    for codes in ["9Nu0.,XaZ8A", "9Nu1.,XaZ89", "9Nu0.,XaZ89"] {
        practice.bench.write("entries.csv", entries.replace(",XaZ89", codes));
        practice.withholds();
    }
    practice.bench.write("entries.csv", entries.replace(",XaZ89", "9Nu1.,XaZ8A"));
    practice.releases();
    // A code of the one in the column of the other.
    practice.bench.write("entries.csv", entries.replace(",XaZ89", "XaZ89,"));
    practice.stops("line 2: a Type 1 code of ctv3, given as read-v2");
    for (settings, what) in [
        (
            "code = [\"read_2\", \"read_3\"]\nsystem = [\"read-v2\"]\n",
            "give each column its system",
        ),
        ("code = []\nsystem = \"read-v2\"\n", "`code` names no column"),
        (
            "code = [\"read_2\", \"read_3\"]\nsystem-column = \"practice\"\nsystems = { P1 = \"ctv3\" }\n",
            "`code` names several",
        ),
        ("code = \"read_2\"\n", "nothing says of what system the codes are"),
    ] {
        practice.request(settings);
        practice.stops(what);
    }
}

/// What spreadsheets and exports make of a Type 1 code stops under any system, declared or not.
#[test]
fn an_altered_code_always_stops() {
    let entries = |code: &str, system: &str| {
        let filler = filler(&format!("{CLEAR},H33..,2019-01-01,P1,r\n"));
        format!(
            "nhs,code,date,practice,system\n{DISSENTS},9Nu0.,2019-01-01,P1,r\n{filler}{SOUGHT},{code},2019-01-01,P1,{system}\n"
        )
    };
    let by_column = "code = \"code\"\nsystem-column = \"system\"\nsystems = { r = \"read-v2\", c = \"ctv3\", s = \"snomed-ct\" }\nunreadable-codes-at-most = 50\n";
    let practice = Practice::new(by_column, "");
    for code in [
        "8.27241E+14",
        "8.27261E+14",
        "8.27241000000103E14",
        "827241000000100",
        "827241000000000",
        "82724100000010",
        "８２７２４１００００００１０３",
        "827241OOOOOO1O3",
        "827240967307264",
        "9NuO.",
        "９Nu0.",
    ] {
        for system in ["r", "c", "s", "local", ""] {
            practice.bench.write("entries.csv", entries(code, system));
            practice.stops("entries.csv: line 33: ");
        }
    }
    for (code, system) in [("XaZ89", "r"), ("9Nu1.", "s"), ("827241000000103", "c"), ("9Nu0.", "")]
    {
        practice.bench.write("entries.csv", entries(code, system));
        practice.stops("entries.csv: line 33: a Type 1 code");
    }
    // In an accepted form it is read.
    for (code, system) in [
        ("827241000000103.0", "s"),
        ("SCT_827241000000103", "s"),
        ("SN_827241000000103", "s"),
        ("R2_9Nu0.", "r"),
        ("R3_XaZ89", "c"),
    ] {
        practice.bench.write("entries.csv", entries(code, system));
        practice.withholds();
    }
    // Other codes that a spreadsheet has rounded cannot be read, and are warned of.
    practice.bench.write("entries.csv", entries("1.95967E+08", "s"));
    let said = practice.releases();
    assert!(said.contains("a code that can be read in its system: 1 of 32"), "{said}");
}

#[test]
fn codes_that_cannot_be_read_stop_from_a_share() {
    let entries = |code: &str, rows: usize| {
        let dissent = format!("{DISSENTS},9Nu0.,2019-01-01,P1\n");
        let readable = format!("{CLEAR},H33..,2019-01-01,P1\n").repeat(95 - 1);
        let unreadable = format!("{SOUGHT},{code},2019-01-01,P1\n").repeat(rows);
        format!("nhs,code,date,practice\n{dissent}{readable}{unreadable}")
    };
    let practice = Practice::new(READ, "");
    for code in ["195967001", "", "NULL", "-99", "137.0"] {
        practice.bench.write("entries.csv", entries(code, 5));
        let said = practice.releases();
        assert!(said.contains("a code that can be read in its system: 5 of 100"), "{said}");
        practice.bench.write("entries.csv", entries(code, 6));
        practice.stops("6 of 101, more than 5 %");
    }
    // Whatever is accepted of all, not most of a practice.
    practice.request(&format!("{READ}unreadable-codes-at-most = 50\n"));
    practice.releases();
    let other = format!("{SOUGHT},195967001,2019-01-01,P2\n").repeat(20);
    practice.bench.write("entries.csv", entries("H33..", 40) + &other);
    practice.stops("more than half of the rows have no code");
    practice.request(&format!("{READ}unreadable-codes-at-most = 51\n"));
    practice.stops("`unreadable-codes-at-most` is a share from 0 to 50");
    // Codes of the supplier and codes that are numbers are readable.
    practice.request(READ);
    for code in ["^ESCT1173456", "EMISNQTE170", "137..", "1371.", "13711", "1371.00"] {
        practice.bench.write("entries.csv", entries(code, 60));
        let said = practice.releases();
        assert!(!said.contains("can be read"), "{said}");
    }
}
