//! Questions in, answers out: a line of JSON each, in order, as they come.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Read, StdoutLock, Write};
use std::path::Path;
use std::process::ExitCode;

use optout::question::{Judge, MAX_LINE};

use crate::args::DecideArgs;
use crate::error::{Error, say};

/// How much is read at once, and how many answers wait before they are written.
const BUFFER: usize = 256 * 1024;

/// Windows programs write it before UTF-8 text.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub(crate) fn run(args: &DecideArgs) -> Result<ExitCode, Error> {
    let mut stream = Stream::new(io::stdout().lock());
    if let Some(path) = args.file.as_deref().filter(|file| *file != Path::new("-")) {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|error| cannot_read(&name, &error))?;
        stream.answer(file, &name)?;
    } else {
        if io::stdin().is_terminal() {
            say_waiting();
        }
        stream.answer(io::stdin().lock(), "standard input")?;
    }
    Ok(stream.summary())
}

fn cannot_read(name: &str, error: &io::Error) -> Error {
    Error::new(format!("cannot read {name}: {error}"))
}

fn say_waiting() {
    let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
    let _ = writeln!(io::stderr(), "Type a question a line; end with {end}.");
}

/// The lines so far, and the answers that wait to be written.
struct Stream<'a> {
    judge: Judge,
    answers: Vec<u8>,
    stdout: StdoutLock<'a>,
    line: u64,
    questions: u64,
    failed: u64,
    first_failed: u64,
}

impl<'a> Stream<'a> {
    fn new(stdout: StdoutLock<'a>) -> Self {
        let (judge, answers) = (Judge::new(), Vec::with_capacity(BUFFER));
        Self { judge, answers, stdout, line: 0, questions: 0, failed: 0, first_failed: 0 }
    }

    /// Answers every line of the input.
    fn answer(&mut self, input: impl Read, name: &str) -> Result<(), Error> {
        let mut reader = BufReader::with_capacity(BUFFER, input);
        // A line of which the end has not been read yet.
        let mut begun = Vec::new();
        loop {
            // The next read may wait for whoever asks, who may wait for these answers.
            self.write()?;
            let read = match reader.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(cannot_read(name, &error)),
                Ok(read) => read,
            };
            if read.is_empty() {
                break;
            }
            let mut rest = read;
            while let Some(end) = memchr::memchr(b'\n', rest) {
                let (line, after) = rest.split_at(end);
                if begun.is_empty() {
                    self.answer_line(line)?;
                } else {
                    keep(&mut begun, line);
                    self.answer_line(&begun)?;
                    begun.clear();
                }
                rest = after.get(1..).unwrap_or_default();
            }
            keep(&mut begun, rest);
            let length = read.len();
            reader.consume(length);
        }
        if !begun.is_empty() {
            self.answer_line(&begun)?;
        }
        self.write()
    }

    fn answer_line(&mut self, line: &[u8]) -> Result<(), Error> {
        self.line += 1;
        let line = match line.strip_prefix(BYTE_ORDER_MARK) {
            Some(line) if self.line == 1 => line,
            _ => line,
        };
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        self.questions += 1;
        if self.judge.answer_line(line, &mut self.answers).is_err() {
            self.failed += 1;
            if self.first_failed == 0 {
                self.first_failed = self.line;
            }
        }
        if self.answers.len() >= BUFFER { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Error> {
        if self.answers.is_empty() {
            return Ok(());
        }
        self.stdout
            .write_all(&self.answers)
            .and_then(|()| self.stdout.flush())
            .map_err(Error::Output)?;
        self.answers.clear();
        Ok(())
    }

    fn summary(&self) -> ExitCode {
        let Self { questions, failed, first_failed, .. } = self;
        if *failed == 0 {
            return ExitCode::SUCCESS;
        }
        say(
            &format!("{failed} of {questions} questions could not be judged"),
            &[format!("each was answered with an \"error\"; the first is line {first_failed}")],
        );
        ExitCode::from(1)
    }
}

/// Keeps what was read of a line, but no more than shows that it is too long.
fn keep(begun: &mut Vec<u8>, read: &[u8]) {
    let room = (MAX_LINE + 1).saturating_sub(begun.len());
    begun.extend_from_slice(read.get(..room).unwrap_or(read));
}
