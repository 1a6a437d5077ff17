//! The title page and the policy in one page.

use optout::{Bases, Clause, Conditions, Disclosure, Grade, Origin, POLICY_EDITION, flow};

use super::page::Page;
use super::sources::NO_BASIS;
use super::words::{OURS, cite, code, day, graded, join};

/// The title and what the document is.
pub(super) fn title() -> String {
    let mut page = Page::default();
    page.push("# Handbook of the opt-out policy");
    page.push(
        "**May this patient's data be disclosed? What `optout` answers, on what grounds, and which \
         grounds are our own reading.**",
    );
    let entries = flow::all().count();
    let catalogue = match flow::all().map(|flow| flow.from).min() {
        Some(first) => {
            format!("{entries} entries of published flows, the earliest from {}", day(first))
        }
        None => "no entries yet".to_owned(),
    };
    page.table(["Edition", POLICY_EDITION], [
        ["Software".to_owned(), format!("`optout` {}", env!("CARGO_PKG_VERSION"))],
        [
            "Covers".to_owned(),
            format!(
                "disclosures in England from {}, when the national data opt-out began. An earlier \
                 date is refused. There is no last day: what changed after a source was read is \
                 not in here",
                day(Disclosure::FIRST_DAY)
            ),
        ],
        ["Catalogue".to_owned(), catalogue],
        [
            "Sources".to_owned(),
            format!("{}, each with how well it is known", Clause::ALL.len()),
        ],
        [
            "Made by".to_owned(),
            "`optout handbook`, from the tables that the software decides by. It is not edited by \
             hand"
                .to_owned(),
        ],
        ["Checked by".to_owned(), "`optout handbook --check .`".to_owned()],
    ]);
    page.into_text()
}

/// What the document is for, how to read it, and who signs it.
pub(super) fn about(page: &mut Page) {
    page.section("about", "About this handbook");
    page.push(
        "This handbook is for the person who answers for the use of patient data: a data \
         protection officer, a Caldicott guardian, a head of information governance. It states \
         every rule that the software applies, in plain words, with the source of each. Nothing \
         else decides.",
    );
    page.push(
        "It is written by the program from its own tables. If a rule changes, this text changes. \
         To see that this copy says what your copy of the software does, run this where the file \
         lies:",
    );
    page.push("```sh\noptout handbook --check .\n```");
    page.push("It says whether the two agree, and shows each line that differs.");

    page.part("grades", "How each statement is known");
    page.push(&format!(
        "Each rule names its sources by a key, such as [OP5.1], and a grade. The keys are \
         explained under [Sources](#sources). A grade marked {OURS} is our own: check it before \
         you rely on it. All such statements are listed under \
         [Statements to confirm](#confirm)."
    ));
    page.table(
        ["Grade", "How it is known", "Ours to be checked"],
        Grade::ALL.iter().map(|grade| {
            let ours = grade.is_our_reading();
            [graded(*grade), grade.meaning().to_owned(), if ours { "yes" } else { "no" }.to_owned()]
        }),
    );

    page.part("limits", "What it is not");
    page.list([
        "**Not legal advice.** It states how one program reads published policy.".to_owned(),
        "**Not a permission.** An *allow* says that a lawful basis was claimed and that no opt-out \
         stands in the way. It does not say that the claim is true."
            .to_owned(),
        "**Not the whole of the law.** Data protection law, contracts, retention, the duty to \
         disclose no more than is needed and the promises made to patients are outside it."
            .to_owned(),
        "**Not for the other nations.** It is the policy of England.".to_owned(),
    ]);

    page.part("signature", "Signature");
    page.push(
        "I have read this edition, the [statements to confirm](#confirm) and the \
         [unsettled points](#unsettled). My organisation adopts it, but for what is written under \
         *Exceptions*.",
    );
    page.push(
        "Sign a printed copy, or a copy that is kept elsewhere: a file that is filled in here no \
         longer agrees with the program.",
    );
    let wide = "&emsp;".repeat(24);
    page.table(
        ["Information-governance lead", &wide],
        ["Name", "Role", "Organisation", "Edition", "Exceptions", "Date", "Signature"]
            .map(|field| [field.to_owned(), "&nbsp;".to_owned()]),
    );
}

/// The rule, the three questions, the picture, and who answers for what.
pub(super) fn one_page(page: &mut Page) {
    page.section("one-page", "The policy in one page");
    page.push(
        "A health or care organisation in England is about to make a patient's data available for \
         some purpose. May it, for this patient? One rule answers:",
    );
    page.push(
        "> **Allow exactly when some open route permits: the route's own condition on the patient \
         holds, and none of the opt-outs that bind on that route blocks. Otherwise deny.**\n>\n\
         > An opt-out blocks when it is recorded, **or when its status is not known**. Doubt never \
         helps a disclosure. A patient's objection to sharing for their own care is the one \
         exception: it blocks only when recorded, because its absence must not withhold care. *Our \
         reading.*",
    );
    page.push("Three questions stand behind it. They are asked in this order and kept apart.");
    page.steps([
        format!(
            "**Does anything lift the duty of confidence?** A *route* is a lawful way for data to \
             go, such as the patient's consent, an order of a court or section 251 support. With \
             no open route there is no disclosure, whatever the patient chose. \"Not opted out\" is \
             never a permission ({}).",
            cite(&[NO_BASIS])
        ),
        "**Which opt-outs bind on that route?** That depends on the disclosure alone: where the \
         data were recorded, whose purpose they serve, in what form, for what, and on what terms. \
         See [The matrix](#matrix)."
            .to_owned(),
        "**What has this patient recorded, and do we know it?** Only what binds is looked at."
            .to_owned(),
    ]);
    page.push("![The decision as a diagram: a row for each route, when it opens, and which opt-outs bind on it](docs/decision.svg)");
    page.push(
        "A release that mixes origins or purposes is several disclosures. Judge each, and release \
         only what all of them allow. To declare the mildest one is a false declaration.",
    );
    duties(page);
}

fn duties(page: &mut Page) {
    page.part("duties", "Who answers for what");
    let assertions = Bases::NEED_EVIDENCE.codes().chain(Conditions::NEED_EVIDENCE.codes());
    page.table(
        ["Who", "Answers for"],
        [
            [
                "The controller",
                "stating the disclosure truthfully: origin, boundary, form, purpose, bases, \
                 conditions and date. The program believes what it is told",
            ],
            [
                "The controller, as keeper of evidence",
                "holding, for each claim listed below, a reference and the dates for which it is \
                 valid",
            ],
            [
                "Whoever supplies the patients' statuses",
                "where each was read, when, and whether every source was read. What was not read \
                 is *not known*",
            ],
            [
                "The information-governance lead",
                "adopting this edition, confirming the statements that are our own reading, and \
                 settling the open points",
            ],
            [
                "The program",
                "applying these rules and no others; the same answer to the same question, every \
                 time; an error, never a guess, for a question that makes no sense",
            ],
        ]
        .map(|row| row.map(str::to_owned)),
    );
    page.push(&format!(
        "**Claims that need evidence:** {}. The rules take these claims as stated, and an answer \
         that rests on one says that its evidence is *unverified*. Whoever releases the data checks \
         first that each reference is on record and covers the day.",
        join(assertions.map(code), "and")
    ));
    page.push(&format!(
        "**When data are passed on.** Type 1 is applied when data leave the practice. What another \
         controller has lawfully collected from practices is `{}` from then on, and no longer `{}`, \
         unless its terms keep honouring Type 1. That is our own reading ([READING] D{OURS}).",
        Origin::EnglandCare,
        Origin::GpRecord,
    ));
}
