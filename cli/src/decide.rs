//! Questions in, answers out: a line of JSON each, in order, as they come.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Read, StdoutLock, Write};
use std::mem::take;
use std::path::Path;
use std::process::ExitCode;
use std::thread;

use optout::question::{Judge, MAX_LINE};

use crate::args::DecideArgs;
use crate::error::{Error, say};

/// How much is read at once.
const BUFFER: usize = 1 << 20;

/// Fewer bytes of lines are answered sooner than another thread starts.
const WORTH_A_THREAD: usize = 32 * 1024;

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

/// One of two who answer lines side by side.
#[derive(Default)]
struct Worker {
    judge: Judge,
    answers: Vec<u8>,
    lines: u64,
    questions: u64,
    failed: u64,
    /// The first line of its own that failed, from 1; 0 for none.
    first_failed: u64,
}

impl Worker {
    fn answer_lines(&mut self, mut lines: &[u8]) {
        while let Some(end) = memchr::memchr(b'\n', lines) {
            let (line, after) = lines.split_at(end);
            self.answer_line(line);
            lines = after.get(1..).unwrap_or_default();
        }
    }

    fn answer_line(&mut self, line: &[u8]) {
        self.lines += 1;
        if line.trim_ascii().is_empty() {
            return;
        }
        self.questions += 1;
        if self.judge.answer_line(line, &mut self.answers).is_err() {
            self.failed += 1;
            if self.first_failed == 0 {
                self.first_failed = self.lines;
            }
        }
    }
}

/// The answers so far, and where they go.
struct Stream<'a> {
    first: Worker,
    second: Worker,
    stdout: StdoutLock<'a>,
    line: u64,
    questions: u64,
    failed: u64,
    first_failed: u64,
}

impl<'a> Stream<'a> {
    fn new(stdout: StdoutLock<'a>) -> Self {
        let (first, second) = (Worker::default(), Worker::default());
        Self { first, second, stdout, line: 0, questions: 0, failed: 0, first_failed: 0 }
    }

    /// Answers every line of the input.
    fn answer(&mut self, input: impl Read, name: &str) -> Result<(), Error> {
        let mut reader = BufReader::with_capacity(BUFFER, input);
        // A line of which the end has not been read yet.
        let mut begun = Vec::new();
        let mut is_first = true;
        loop {
            // The next read may wait for whoever asks, who may wait for these answers.
            self.write()?;
            let mut read = match reader.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(cannot_read(name, &error)),
                Ok(read) => read,
            };
            if read.is_empty() {
                break;
            }
            let length = read.len();
            if !begun.is_empty()
                && let Some(end) = memchr::memchr(b'\n', read)
            {
                let (line, after) = read.split_at(end);
                keep(&mut begun, line);
                self.first.answer_line(without_mark(&begun, &mut is_first));
                begun.clear();
                read = after.get(1..).unwrap_or_default();
            }
            let whole = memchr::memrchr(b'\n', read).map_or(0, |end| end + 1);
            let (lines, rest) = read.split_at(whole);
            if !lines.is_empty() {
                self.answer_lines(without_mark(lines, &mut is_first));
            }
            keep(&mut begun, rest);
            reader.consume(length);
        }
        if !begun.is_empty() {
            self.first.answer_line(without_mark(&begun, &mut is_first));
        }
        self.write()
    }

    /// Answers whole lines, many of them on two cores.
    fn answer_lines(&mut self, lines: &[u8]) {
        let (near, far) = lines.split_at(lines.len() / 2);
        let middle = near.len() + memchr::memchr(b'\n', far).map_or(far.len(), |end| end + 1);
        if lines.len() < WORTH_A_THREAD {
            return self.first.answer_lines(lines);
        }
        let (near, far) = lines.split_at(middle);
        let Self { first, second, .. } = self;
        thread::scope(|scope| {
            scope.spawn(|| second.answer_lines(far));
            first.answer_lines(near);
        });
    }

    /// Writes the answers in the order of the lines, and takes over the counts.
    fn write(&mut self) -> Result<(), Error> {
        for worker in [&mut self.first, &mut self.second] {
            if self.first_failed == 0 && worker.first_failed != 0 {
                self.first_failed = self.line + worker.first_failed;
            }
            self.line += take(&mut worker.lines);
            self.questions += take(&mut worker.questions);
            self.failed += take(&mut worker.failed);
            worker.first_failed = 0;
            if !worker.answers.is_empty() {
                self.stdout.write_all(&worker.answers).map_err(Error::Output)?;
                worker.answers.clear();
            }
        }
        self.stdout.flush().map_err(Error::Output)
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

/// The first line of all without a byte order mark.
fn without_mark<'l>(line: &'l [u8], is_first: &mut bool) -> &'l [u8] {
    if take(is_first) { line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line) } else { line }
}

/// Keeps what was read of a line, but no more than shows that it is too long.
fn keep(begun: &mut Vec<u8>, read: &[u8]) {
    let room = (MAX_LINE + 1).saturating_sub(begun.len());
    begun.extend_from_slice(read.get(..room).unwrap_or(read));
}
