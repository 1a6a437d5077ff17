//! Writes a synthetic extract and what decides it: the same seed writes the same files.
//!
//! ```text
//! cargo run --release --features extract --example generate -- DIR [--rows N] [--people N] [--seed N] \
//!     [--checked DATE] [--wide-range] [--only FILE]
//! ```
//!
//! | file | what |
//! |---|---|
//! | `hes-apc.csv` | admitted care, in the shape of Hospital Episode Statistics: 20 columns |
//! | `gp-patients.csv`, `gp-events.csv` | a general practice's patients and coded events, Type 1 codes among them |
//! | `request.dat`, `response.dat` | the national check: who was asked, and who came back |
//! | `register` | the register made of them |
//! | `type1-dissent.csv` | the people with a Type 1 opt-out, by the coded events |
//! | `consent.csv` | people who consented to a study |
//! | `ids.csv`, `refused.txt` | one column of numbers, for measurements: patients; those who may not leave, by the register. Only with `--only` |
//!
//! Nobody is real: the numbers lie in the range 999, which is never issued, unless `--wide-range`
//! spreads them as the population's are spread.
#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use optout::Date;
use optout::record::register::{Answer, Builder, Sources};
use optout::record::{Existing, NhsNumber};

/// Ten digits that are not an NHS number, as they are typed.
const INVALID: &[u8] = b"1234567890";

/// What to write.
struct Plan {
    dir: PathBuf,
    rows: u64,
    people: u64,
    seed: u64,
    wide_range: bool,
    /// The day of the national check.
    checked: Date,
    only: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let plan = arguments()?;
    fs::create_dir_all(&plan.dir)?;
    plan.file("hes-apc.csv", |out| plan.admitted_care(out))?;
    plan.file("gp-patients.csv", |out| plan.gp_patients(out))?;
    plan.file("gp-events.csv", |out| plan.gp_events(out))?;
    plan.file("request.dat", |out| plan.checked(out, |_| true))?;
    plan.file("response.dat", |out| plan.checked(out, |person| !plan.opted_out(person)))?;
    plan.file("type1-dissent.csv", |out| plan.list(out, |person| plan.type1(person)))?;
    plan.file("consent.csv", |out| plan.list(out, |person| plan.consents(person)))?;
    if plan.only.is_some() {
        plan.file("ids.csv", |out| plan.ids(out))?;
        plan.file("refused.txt", |out| plan.refused(out))?;
    }
    if plan.only.as_ref().is_none_or(|only| only == "register") {
        plan.register()?;
    }
    Ok(())
}

fn arguments() -> Result<Plan, Box<dyn Error>> {
    let mut plan = Plan {
        dir: PathBuf::new(),
        rows: 400,
        people: 150,
        seed: 1,
        wide_range: false,
        checked: Date::ymd(2025, 1, 6),
        only: None,
    };
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        let mut value = || given.next().ok_or("a value is missing");
        match argument.as_str() {
            "--rows" => plan.rows = value()?.parse()?,
            "--people" => plan.people = value()?.parse()?,
            "--seed" => plan.seed = value()?.parse()?,
            "--checked" => plan.checked = value()?.parse()?,
            "--only" => plan.only = Some(value()?),
            "--wide-range" => plan.wide_range = true,
            dir => plan.dir = PathBuf::from(dir),
        }
    }
    if plan.dir == Path::new("") {
        return Err("give the folder to write".into());
    }
    Ok(plan)
}

type Out = BufWriter<File>;

impl Plan {
    fn file(&self, name: &str, write: impl FnOnce(&mut Out) -> io::Result<()>) -> io::Result<()> {
        if self.only.as_ref().is_some_and(|only| only != name) {
            return Ok(());
        }
        let mut out = BufWriter::with_capacity(1 << 20, File::create(self.dir.join(name))?);
        write(&mut out)?;
        out.flush()
    }

    /// A number that looks random and is not: the same for the same seed, subject and index.
    fn draw(&self, subject: u64, index: u64) -> u64 {
        let mut x = self.seed ^ subject << 56 ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for _ in 0..2 {
            x = (x ^ x >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
            x ^= x >> 31;
        }
        x
    }

    fn number(&self, person: u64) -> [u8; 10] {
        let first_nine = if self.wide_range {
            let place = person * 5 + self.draw(1, person) % 3;
            if place < 100_000_000 { 400_000_000 + place } else { 500_000_000 + place }
        } else {
            // Not in the order of the people.
            let places = self.people * 2 + 1;
            999_000_000 + (person * 7_919 + self.seed) % places * 3
        };
        let from = u32::try_from(first_nine).unwrap_or(u32::MAX);
        (from..from + 9)
            .find_map(NhsNumber::from_first_nine)
            .map_or([b'0'; 10], NhsNumber::to_digits)
    }

    /// Of a thousand people about 55 have opted out, as nationally.
    fn opted_out(&self, person: u64) -> bool {
        self.draw(2, person) % 1000 < 55
    }

    fn type1(&self, person: u64) -> bool {
        self.draw(3, person) % 1000 < 50
    }

    fn consents(&self, person: u64) -> bool {
        self.draw(4, person) % 1000 < 30
    }

    fn person_of(&self, row: u64) -> u64 {
        self.draw(5, row) % self.people.max(1)
    }

    fn date(&self, subject: u64, index: u64, from: u64) -> (u64, u64, u64) {
        let draw = self.draw(subject, index);
        (from + draw % 3, 1 + draw / 3 % 12, 1 + draw / 36 % 28)
    }

    fn pick<'a>(&self, subject: u64, index: u64, of: &[&'a str]) -> &'a str {
        let place = self.draw(subject, index) % of.len() as u64;
        usize::try_from(place).ok().and_then(|place| of.get(place)).copied().unwrap_or_default()
    }

    fn admitted_care(&self, out: &mut Out) -> io::Result<()> {
        out.write_all(
            b"EPIKEY,NEWNHSNO,ADMIDATE,DISDATE,EPISTART,EPIEND,SEX,STARTAGE,ETHNOS,PROCODE3,\
SITETRET,MAINSPEF,TRETSPEF,ADMIMETH,DISMETH,EPIORDER,DIAG_01,DIAG_02,OPERTN_01,LSOA11\r\n",
        )?;
        for row in 0..self.rows {
            let person = self.person_of(row);
            let (year, month, day) = self.date(6, row, 2023);
            let date = format!("{year}-{month:02}-{day:02}");
            write!(out, "{:012},", 600_000_000_000 + row)?;
            // One in 150 was never traced, and one in 400 was typed wrongly.
            match self.draw(7, row) % 1200 {
                0..8 => {}
                8..11 => out.write_all(INVALID)?,
                _ => out.write_all(&self.number(person))?,
            }
            let draw = self.draw(8, row);
            write!(out, ",{date},{date},{date},{date},{},{:03},", 1 + person % 2, draw % 97)?;
            write!(out, "{},", self.pick(9, person, &["A", "B", "C", "H", "J", "M", "N", "Z"]))?;
            let provider = self.pick(10, row, &["RXX", "RYJ", "R0A", "RJ1", "RGT", "RTH"]);
            write!(out, "{provider},{provider}{:02},", draw / 97 % 9)?;
            let specialty = self.pick(11, row, &["100", "110", "300", "320", "430", "502"]);
            write!(out, "{specialty},{specialty},{},", self.pick(12, row, &["11", "21", "2A"]))?;
            write!(out, "1,{:02},", 1 + draw / 1000 % 3)?;
            let diagnosis = &["I219", "J189", "C509", "E119", "N390", "S720", "O800"];
            write!(out, "{},", self.pick(13, row, diagnosis))?;
            write!(out, "{},", self.pick(14, row, &["", "I10X", "Z921", "E780"]))?;
            write!(out, "{},", self.pick(15, row, &["", "K401", "H221", "W371"]))?;
            write!(out, "E01{:06}\r\n", self.draw(16, person) % 34_000)?;
        }
        Ok(())
    }

    fn gp_patients(&self, out: &mut Out) -> io::Result<()> {
        out.write_all(
            b"nhs_number,date_of_birth,sex,practice,registered_from,registered_until,died,address\n",
        )?;
        for person in 0..self.people {
            let (year, month, day) = self.date(17, person, 1930);
            let year = year + self.draw(18, person) % 80;
            out.write_all(&self.number(person))?;
            write!(out, ",{year}-{month:02}-{day:02},{}", self.pick(19, person, &["F", "M"]))?;
            self.practice(out, person)?;
            // Of a hundred people two have moved away and one has died.
            out.write_all(match self.draw(28, person) % 100 {
                0..2 => b",2019-04-01,2024-09-30,N,",
                2 => b",2019-04-01,2024-06-15,Y,",
                _ => b",2019-04-01,,N,",
            })?;
            let street = self.pick(21, person, &["High Street", "Mill Lane", "Church Road"]);
            // A quoted field with a delimiter and, at times, a line end.
            let end = if person % 9 == 0 { "\n" } else { " " };
            writeln!(out, "\"{} {street},{end}Anytown\"", 1 + self.draw(22, person) % 90)?;
        }
        Ok(())
    }

    /// The person's practice, after a comma.
    fn practice(&self, out: &mut Out, person: u64) -> io::Result<()> {
        write!(out, ",Y0{:04}", self.draw(20, person) % 5)
    }

    fn gp_events(&self, out: &mut Out) -> io::Result<()> {
        out.write_all(b"nhs_number,practice,date,code_system,code,value\n")?;
        for person in 0..self.people {
            for event in 0..self.rows.div_ceil(self.people.max(1)) {
                let index = person * 64 + event;
                let (year, month, day) = self.date(23, index, 2021);
                out.write_all(&self.number(person))?;
                self.practice(out, person)?;
                let code = self.pick(24, index, &["246..", "22A..", "137..", "44J3."]);
                writeln!(
                    out,
                    ",{year}-{month:02}-{day:02},read-v2,{code},{}",
                    self.draw(25, index) % 200
                )?;
            }
            if self.type1(person) {
                out.write_all(&self.number(person))?;
                self.practice(out, person)?;
                out.write_all(b",2022-05-17,read-v2,9Nu0.,\n")?;
            } else if self.draw(26, person).is_multiple_of(40) {
                // Dissented, and took it back.
                for entry in ["2021-02-01,read-v2,9Nu0.", "2022-03-01,read-v2,9Nu1."] {
                    out.write_all(&self.number(person))?;
                    self.practice(out, person)?;
                    writeln!(out, ",{entry},")?;
                }
            }
        }
        Ok(())
    }

    /// The register of the check, as it is made from its two files.
    fn register(&self) -> Result<(), Box<dyn Error>> {
        let mut builder = Builder::new();
        let asked = || (0..self.people).filter(|person| self.asked(*person));
        for person in asked() {
            builder.ask(NhsNumber::parse(&self.number(person))?);
        }
        for person in asked().filter(|person| !self.opted_out(*person)) {
            let answer = builder.answer(NhsNumber::parse(&self.number(person))?);
            if answer == Answer::NotAsked {
                return Err("somebody came back who was not asked".into());
            }
        }
        let register = builder.finish(self.checked, Sources::default())?;
        Ok(register.write(self.dir.join("register"), Existing::Replace)?)
    }

    /// Everyone was asked but one in fifty, who came later.
    fn asked(&self, person: u64) -> bool {
        !self.draw(27, person).is_multiple_of(50)
    }

    fn checked(&self, out: &mut Out, holds: impl Fn(u64) -> bool) -> io::Result<()> {
        for person in (0..self.people).filter(|person| self.asked(*person)) {
            if holds(person) {
                out.write_all(&self.number(person))?;
                out.write_all(b",\n")?;
            }
        }
        Ok(())
    }

    fn list(&self, out: &mut Out, holds: impl Fn(u64) -> bool) -> io::Result<()> {
        out.write_all(b"nhs_number\n")?;
        for person in (0..self.people).filter(|person| holds(*person)) {
            out.write_all(&self.number(person))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Who opted out, who was never asked, and the number that is none: a plain list, for programs
    /// that only remove those on a list.
    fn refused(&self, out: &mut Out) -> io::Result<()> {
        let may_leave = |person| self.asked(person) && !self.opted_out(person);
        for person in (0..self.people).filter(|person| !may_leave(*person)) {
            out.write_all(&self.number(person))?;
            out.write_all(b"\n")?;
        }
        out.write_all(INVALID)?;
        out.write_all(b"\n")
    }

    fn ids(&self, out: &mut Out) -> io::Result<()> {
        for row in 0..self.rows {
            out.write_all(&self.number(self.person_of(row)))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
