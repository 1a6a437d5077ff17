//! Hostile input that is legal: more of it takes as much longer, and no more.

use std::io::{self, Read};
use std::time::Duration;

use optout::extract::{Dialect, Table};
use rustix::time::{ClockId, clock_gettime};

use super::setting::{at, extract, research};

/// Gives a few bytes at a time, as a pipe does.
struct Pieces<R>(R);

impl<R: Read> Read for Pieces<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = into.len().min(1 << 12);
        self.0.read(&mut into[..length])
    }
}

/// The least processor time of several runs of this thread, which does the work alone.
fn shortest(run: impl Fn()) -> Duration {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap())
    };
    let time = || {
        let start = now();
        run();
        now().checked_sub(start).unwrap()
    };
    (0..4).map(|_| time()).min().unwrap()
}

/// Compares one size with sixteen times the size: what is quadratic takes 256 times as long.
fn grows_evenly(what: &str, run: impl Fn(usize)) {
    let (small, large) = (shortest(|| run(1)), shortest(|| run(16)));
    assert!(large < small * 64, "{what}: {small:?}, and of sixteen times the size {large:?}");
}

fn stops(read: impl Read + Send, what: &str) {
    let table = Table::new("t", Dialect::CSV.without_header(), Pieces(read), io::sink());
    let extract = extract(&research()).threads(1).block_bytes(1 << 14);
    let error = extract.run([table.person(at(1))]).unwrap_err();
    assert!(error.to_string().contains(what), "{error}");
}

#[test]
fn a_header_without_an_end() {
    grows_evenly("a header", |times| {
        let length = times as u64 * (1 << 18);
        stops(io::repeat(b'a').take(length).chain(b"\"\n\"".as_slice()), "is never closed");
    });
    let length = 17 << 20;
    stops(io::repeat(b'a').take(length), "a row is longer than");
}

#[test]
fn a_row_of_many_blocks() {
    for byte in [b'a', b'\n', b','] {
        grows_evenly("a row", |times| {
            let length = times as u64 * (1 << 18);
            let start = b"a,b\nc,x\"x\nc,\"".as_slice();
            stops(start.chain(io::repeat(byte).take(length)), "is never closed");
        });
    }
}

#[test]
fn many_blank_lines() {
    grows_evenly("blank lines", |times| {
        let length = times as u64 * (1 << 18);
        let read = b"a,b\n".as_slice().chain(io::repeat(b'\n').take(length)).chain(b"c".as_slice());
        stops(read, &format!("line {}: the row has 1 field", length + 2));
    });
}
