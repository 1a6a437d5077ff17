//! `optout check read`: what came back, and the register of it.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use optout::record::national::pair::{
    EmptyAnswer, Expected, FullAnswer, PairError, PairWarning, Paired,
};
use optout::record::national::{Inbound, Manifest, Outgoing, RowsError, pair};
use optout::record::register::BuildError;
use optout::record::{Existing, Register};

use super::args::ReadArgs;
use super::inbox::{self, Item, Kind};
use super::wording::{count, days, percent, thousands};
use super::{cannot, refuse_taken, shown, today};
use crate::error::{Error, say_warning};
use crate::input;
use crate::leftovers;
use crate::screen;

/// The exit status when the list has not come yet.
const NOT_YET: u8 = 1;

pub(crate) fn run(args: &ReadArgs) -> Result<ExitCode, Error> {
    if args.opted_out_at_least > args.opted_out_at_most {
        return Err(Error::new("--opted-out-at-least is above --opted-out-at-most"));
    }
    let mut manifest = read_manifest(&args.manifest)?;
    know_sender(&mut manifest, args)?;
    let of_request = files_of_request(args);
    let of_request: Vec<_> = of_request.iter().map(PathBuf::as_path).collect();
    let inbound = args.inbound.iter().map(PathBuf::as_path);
    let read: Vec<_> = inbound.chain(of_request.iter().copied()).collect();
    refuse_taken(&args.register, args.force, &read)?;

    leftovers::say_beside(&args.register);
    let items = inbox::open(&args.inbound, &of_request, &manifest)?;
    // What is wrong is said by the exit status too, when this cannot be.
    let _ = tell(&items, &manifest);
    let Some(list) = the_list(&items, &manifest)? else {
        let _ = tell_not_yet(&manifest);
        return Ok(ExitCode::from(NOT_YET));
    };
    let paired = pair_files(args, &manifest, list)?;
    refuse_untied(args, &paired, list)?;
    warn(args, &paired, list);
    let existing = if args.force { Existing::Replace } else { Existing::Refuse };
    paired
        .register
        .write(&args.register, existing)
        .map_err(|error| cannot("write", &args.register, &error))?;
    let _ = summarise(&args.register, &paired.register);
    Ok(ExitCode::SUCCESS)
}

fn read_manifest(path: &Path) -> Result<Manifest, Error> {
    let text = input::small_text(path)?;
    let manifest = Manifest::from_json(&text).map_err(|error| {
        Error::new(format!("{}: {error}", path.display()))
            .hint("the manifest is written beside the request, as PREFIX.manifest.json")
    })?;
    let (created, today) = (manifest.created, today()?);
    if created > today {
        return Err(Error::new(format!(
            "the request was made on {created}, and today is {today} in UTC"
        ))
        .hint("was the clock wrong on either day? The age of a check must be right: ask again"));
    }
    let age = age(created, today);
    if age > 21 {
        say_warning(&format!(
            "the request was made {} ago, and the check is as old; 21 days is widely quoted as the most",
            days(age)
        ));
    }
    Ok(manifest)
}

/// From which mailbox the request was sent, where its manifest does not say it: as the caller says, or
/// the control file beside the manifest.
fn know_sender(manifest: &mut Manifest, args: &ReadArgs) -> Result<(), Error> {
    manifest.from.extend(args.from.clone());
    let beside = files_of_request(args).into_iter().find(|path| inbox::is_control(path));
    if let Some(path) = beside.filter(|path| manifest.from.is_empty() && path.is_file()) {
        let control = inbox::read_control(&path)?;
        manifest.from.extend([control.from, control.from_address].into_iter().flatten());
        manifest.to.extend([control.to, control.to_address].into_iter().flatten());
    }
    Ok(())
}

fn age(of: optout::Date, on: optout::Date) -> i64 {
    i64::from(on.days_since_1970()) - i64::from(of.days_since_1970())
}

/// The `.dat` that was sent, and the files beside it.
fn files_of_request(args: &ReadArgs) -> Vec<PathBuf> {
    let name = args.manifest.as_os_str().to_str().unwrap_or_default();
    let stem = name.strip_suffix(".manifest.json");
    let beside = stem.map(|stem| Outgoing::paths(Path::new(stem)));
    let given = args.request.iter().cloned();
    given.chain(beside.into_iter().flatten()).chain([args.manifest.clone()]).collect()
}

/// Says what each file is.
fn tell(items: &[Item], manifest: &Manifest) -> io::Result<()> {
    let mut out = anstream::stderr().lock();
    for item in items {
        let path = shown(&item.path);
        if !item.is_of(manifest) {
            writeln!(out, "{path}: belongs to another request; passed over")?;
            continue;
        }
        match &item.kind {
            Kind::OfRequest => writeln!(out, "{path}: is of the request itself; passed over")?,
            Kind::Sent => {
                writeln!(out, "{path}: was sent from the mailbox of the request; it is no answer")?;
            }
            Kind::NoData => {
                writeln!(out, "{path}: a control file whose .dat is not there; fetch it too")?;
            }
            Kind::Inbound(inbound) => {
                writeln!(out, "{path}: {}", screen::text(&described(inbound)))?;
            }
        }
    }
    Ok(())
}

fn described(inbound: &Inbound) -> String {
    match inbound {
        Inbound::TransportReport { event, .. } => {
            format!("a report on the transport ({event}); there is no list with it")
        }
        Inbound::JobCreated { status, failed, .. } if failed.is_empty() => {
            let status = status.as_deref().unwrap_or("no state given");
            format!("the acknowledgement that a job was created ({status}); the list comes later")
        }
        Inbound::JobCreated { failed, .. } => {
            format!("the acknowledgement of a request that fails its checks: {}", failed.join(", "))
        }
        Inbound::ErrorText { text } => format!("an error: {text}"),
        Inbound::CleanedList => "the cleaned list".to_owned(),
        Inbound::EmptyList => "an empty list".to_owned(),
        Inbound::Unrecognised(why) => format!("nothing that the service sends: {why}"),
    }
}

fn tell_not_yet(manifest: &Manifest) -> io::Result<()> {
    let mut out = anstream::stderr().lock();
    writeln!(out, "the cleaned list has not come yet; no register was written")?;
    writeln!(
        out,
        "it comes mostly within an hour, at times within a day, with {} as local id",
        screen::text(&manifest.local_id)
    )?;
    writeln!(out, "when none comes: was the subject filled in, and did the transport succeed?")
}

/// The one list of the request, where it has come.
fn the_list<'a>(items: &'a [Item], manifest: &Manifest) -> Result<Option<&'a Item>, Error> {
    let (mut lists, mut undelivered, mut sent) = (Vec::new(), None, None);
    for item in items.iter().filter(|item| item.is_of(manifest)) {
        let path = item.path.display();
        let inbound = match &item.kind {
            Kind::Inbound(inbound) => inbound,
            Kind::Sent => {
                sent = Some(Error::new(format!("{path}: {}", PairError::Sent)).hint(
                    "it is what a MESH client keeps of a message that it sent: give what came into the inbox",
                ));
                continue;
            }
            Kind::NoData | Kind::OfRequest => continue,
        };
        match inbound {
            Inbound::TransportReport { failed: false, .. } => {}
            // Of whose message it is, only a local id tells.
            Inbound::TransportReport { .. } if item.local_id().is_none() => {}
            Inbound::TransportReport { event, .. } => {
                undelivered = Some(format!("{path}: the request did not arrive ({event})"));
            }
            Inbound::JobCreated { failed, .. } if failed.is_empty() => {}
            Inbound::JobCreated { .. } => {
                return Err(Error::new(format!("{path}: the service will not answer this request"))
                    .hint("make a request again with `optout check request`, under a new name, and send it"));
            }
            Inbound::ErrorText { .. } => {
                return Err(Error::new(format!("{path}: the service refuses the request, whole"))
                    .hint("was the .dat changed after `optout check request` wrote it? It leaves out what is not valid")
                    .hint("make the request again and send it; files of another request are to be left out here"));
            }
            Inbound::Unrecognised(why) => {
                return Err(Error::new(format!("{path} cannot be read: {why}")).hint(
                    "fetch the message again as it is; leave out what is not from the service",
                ));
            }
            Inbound::CleanedList | Inbound::EmptyList => lists.push(item),
        }
    }
    match lists.as_slice() {
        // A list shows that it was sent again, and arrived.
        [] => match (undelivered, sent) {
            (Some(error), _) => Err(Error::new(error).hint(
                "no list will come; look at the mailbox and the workflow id, and send it again",
            )),
            (None, Some(error)) => Err(error),
            (None, None) => Ok(None),
        },
        [list] => Ok(Some(list)),
        [..] => Err(Error::new(format!(
            "there are {} lists, and one request has one answer",
            lists.len()
        ))
        .hint("give the one that answers this request; control files beside the lists tell which")),
    }
}

fn pair_files(args: &ReadArgs, manifest: &Manifest, list: &Item) -> Result<Paired, Error> {
    let request = files_of_request(args);
    let Some(request) = request.first().filter(|path| **path != args.manifest) else {
        return Err(Error::new("it is not said where the request is").hint(
            "give the .dat that was sent with `--request FILE`; beside PREFIX.manifest.json it is found",
        ));
    };
    let asked = File::open(request).map_err(|error| {
        cannot("read", request, &error)
            .hint("a list means nothing without its request: give the .dat that was sent with `--request`")
    })?;
    let answered = File::open(&list.path).map_err(|error| cannot("read", &list.path, &error))?;
    let empty = if args.everybody_opted_out { EmptyAnswer::Confirmed } else { EmptyAnswer::Refuse };
    let full = if args.nobody_opted_out { FullAnswer::Confirmed } else { FullAnswer::Refuse };
    let (at_least, at_most) = (args.opted_out_at_least / 100.0, args.opted_out_at_most / 100.0);
    let expected = Expected { at_least, at_most, empty, full };
    pair(manifest, asked, answered, list.control.as_ref(), &expected)
        .map_err(|error| refused(&error, request, list))
}

fn refused(error: &PairError, request: &Path, list: &Item) -> Error {
    let of_list =
        |error: &dyn std::fmt::Display| Error::new(format!("{}: {error}", list.path.display()));
    match error {
        PairError::Request(RowsError::Io(error)) => cannot("read", request, error),
        PairError::Request(_)
        | PairError::RequestAltered { .. }
        | PairError::RequestCount { .. } => {
            Error::new(format!("{}: {error}", request.display()))
                .hint("give the .dat as it was sent with `--request`, and the manifest written with it")
        }
        PairError::Response(RowsError::Io(error)) => cannot("read", &list.path, error),
        PairError::Response(_) => of_list(error)
            .hint("it was cut short or changed on the way; fetch the message again"),
        PairError::Empty => of_list(error).hint(
            "look at the message in the MESH mailbox; if it is empty there too, say `--everybody-opted-out`",
        ),
        PairError::Build(BuildError::NotAsked { .. }) | PairError::SentBefore { .. } => {
            of_list(error).hint("find the manifest of the request that it answers, or the answer to this one")
        }
        PairError::TheRequest => of_list(error)
            .hint("give what came back; where nobody has opted out that can look the same, and only the .ctl that came with it, with another sender than yours, tells them apart")
            .hint("where the request was made without `--from`, say your mailbox with `--from`"),
        PairError::NobodyOptedOut { .. } => of_list(error)
            .hint("is it the answer, and not the request or a copy of it?")
            .hint("if it is, say `--nobody-opted-out`"),
        PairError::TooManyOptedOut { .. } => of_list(error)
            .hint("compare its length with that of the message in the MESH mailbox, and fetch it again")
            .hint("if it is whole, say with `--opted-out-at-most` how many per cent may have opted out"),
        PairError::Sent => of_list(error).hint("give what came into the inbox"),
        PairError::OtherLocalId
        | PairError::TransportReport { .. }
        | PairError::JobCreated
        | PairError::ErrorText { .. }
        | PairError::Unrecognised(_)
        | PairError::Build(_)
        | _ => of_list(error),
    }
}

/// An old answer about the same people would make an old check a fresh one.
fn refuse_untied(args: &ReadArgs, paired: &Paired, list: &Item) -> Result<(), Error> {
    if args.no_control_file || !paired.warnings.contains(&PairWarning::NoLocalId) {
        return Ok(());
    }
    Err(Error::new(format!(
        "{}: there is no control file with a local id beside it, so that the answer to an earlier request about the same people would look alike",
        list.path.display()
    ))
    .hint("give the .ctl that came with it; if your MESH client keeps none, make sure of it by the message's date, and say `--no-control-file`"))
}

fn warn(args: &ReadArgs, paired: &Paired, list: &Item) {
    let path = list.path.display();
    for warning in &paired.warnings {
        match warning {
            PairWarning::Share { found } => say_warning(&format!(
                "{path}: {:.1}% have opted out, and {}% at least was expected; is it the answer to this request?",
                100.0 * found,
                args.opted_out_at_least,
            )),
            // Refused, or known.
            PairWarning::NoLocalId => {}
            PairWarning::Repeated { rows } => say_warning(&format!(
                "{path}: {} a number that stands there already",
                count(*rows, "row repeats", "rows repeat")
            )),
            PairWarning::SameFile => {
                say_warning(&format!(
                    "{path}: is the request, byte for byte; its control file says that another sent it"
                ));
            }
            _ => say_warning(&format!("{path}: something about it is unusual")),
        }
    }
}

fn summarise(path: &Path, register: &Register) -> io::Result<()> {
    let (asked, opted_out) = (register.asked(), register.opted_out());
    let mut out = anstream::stderr().lock();
    writeln!(out, "wrote {}", shown(path))?;
    writeln!(out, "  checked    {}, the day of the request", register.checked())?;
    writeln!(out, "  asked      {}", thousands(asked))?;
    writeln!(out, "  opted out  {} ({:.1}%)", thousands(opted_out), percent(opted_out, asked))?;
    writeln!(out, "it is for applying the opt-out only: keep it out of patients' records")
}
