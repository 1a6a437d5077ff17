//! Workers that take blocks in turn, decide them side by side and write them in order.

use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::string::{String, ToString};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::vec::Vec;

use super::block::{Block, Decider, Plan};
use super::codec::Packing;
use super::error::{ExtractError, describe};
use super::input::{Input, LONGEST, NoBlock, Place};
use super::layout::Layout;
use super::outcome::Counts;
use super::rows::Fault;
use super::tree::{Part, Tree};
use super::{Progress, Stream};

/// A table, opened and understood.
pub(super) struct Job<'a> {
    pub(super) table: &'a str,
    pub(super) layout: Layout,
    pub(super) plan: &'a Plan<'a>,
    pub(super) reader: &'a mut (dyn Read + Send),
    pub(super) writer: &'a mut (dyn Write + Send),
    pub(super) packing: Packing,
    /// What was read to understand it.
    pub(super) start: Vec<u8>,
    /// Bytes of the header within it.
    pub(super) header: usize,
    pub(super) threads: usize,
    /// Fresh bytes of a block.
    pub(super) block: usize,
    pub(super) progress: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync),
}

/// What a table's rows came to.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) counts: Counts,
    pub(super) compared: Vec<Counts>,
    pub(super) read: Stream,
    pub(super) written: Stream,
}

/// Decides a table.
pub(super) fn run(job: Job<'_>) -> Result<Done, ExtractError> {
    let Job {
        table,
        layout,
        plan,
        reader,
        writer,
        packing,
        start,
        header,
        threads,
        block,
        progress,
    } = job;
    // The header's last line is the line before the first row.
    let lines = memchr::memchr_iter(b'\n', start.get(..header).unwrap_or_default()).count() as u64;
    let shared = Shared {
        table,
        input: Mutex::new(Input::new(reader, layout.delimiter, start, header, block)),
        layout,
        plan,
        packing,
        progress,
        order: Mutex::new(Order {
            next: 0,
            lines,
            offset: 0,
            tree: Tree::default(),
            counts: Counts::default(),
            compared: std::vec![Counts::default(); plan.compared.len()],
            error: None,
        }),
        output: Mutex::new(Output { next: 0, writer, tree: Tree::default() }),
        decided: Condvar::new(),
        written: Condvar::new(),
        stop: AtomicBool::new(false),
    };
    thread::scope(|scope| {
        for _ in 1..threads.max(1) {
            scope.spawn(|| shared.work());
        }
        shared.work();
    });
    let order = into_inner(shared.order);
    let output = into_inner(shared.output);
    if let Some(error) = order.error {
        return Err(error);
    }
    output.writer.flush().map_err(|error| ExtractError::Write {
        table: table.to_string(),
        bytes: output.tree.length(),
        error,
    })?;
    Ok(Done {
        counts: order.counts,
        compared: order.compared,
        read: Stream { bytes: order.tree.length(), digest: order.tree.finish() },
        written: Stream { bytes: output.tree.length(), digest: output.tree.finish() },
    })
}

struct Shared<'a> {
    table: &'a str,
    layout: Layout,
    plan: &'a Plan<'a>,
    packing: Packing,
    progress: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync),
    input: Mutex<Input<'a>>,
    /// What is known of the blocks decided so far, in their order.
    order: Mutex<Order>,
    decided: Condvar,
    /// What was written of them.
    output: Mutex<Output<'a>>,
    written: Condvar,
    stop: AtomicBool,
}

struct Order {
    next: u64,
    /// Lines of the blocks before, the header's among them.
    lines: u64,
    /// Bytes that the blocks before leave to be written.
    offset: u64,
    tree: Tree,
    counts: Counts,
    compared: Vec<Counts>,
    error: Option<ExtractError>,
}

struct Output<'a> {
    next: u64,
    writer: &'a mut (dyn Write + Send),
    tree: Tree,
}

/// What one worker holds.
#[derive(Default)]
struct Worker {
    block: Block,
    decider: Decider,
    packed: Vec<u8>,
    part: Part,
}

impl Shared<'_> {
    fn work(&self) {
        // A status source that panics must not leave the others waiting for its block.
        let guard = StopOnPanic(self);
        let mut worker = Worker::default();
        while !self.stop.load(Ordering::Relaxed) {
            if self.one_block(&mut worker).is_break() {
                break;
            }
        }
        std::mem::forget(guard);
    }

    /// Takes a block through all its stations.
    fn one_block(&self, worker: &mut Worker) -> ControlFlow<()> {
        let (next, number, read) = {
            let mut input = lock(&self.input);
            let number = input.blocks();
            (input.next(&mut worker.block), number, input.offset())
        };
        let place = match next {
            Ok(Some(place)) => place,
            Ok(None) => return ControlFlow::Break(()),
            Err(why) => {
                self.fail(number, |order| self.no_block(why, read, order.lines));
                return ControlFlow::Break(());
            }
        };
        let (fresh, offset) = place.fresh;
        worker.part.of(offset, worker.block.bytes.get(fresh..place.filled).unwrap_or_default());
        // The lines are counted before the rows move.
        let lines = worker.block.quotes.then(|| {
            let records = worker.block.bytes.get(worker.block.header..worker.block.end);
            memchr::memchr_iter(b'\n', records.unwrap_or_default()).count()
        });
        match worker.decider.decide(&mut worker.block, &self.layout, self.plan) {
            Ok(kept) => self.pass_on(worker, place, lines, kept),
            Err(fault) => {
                let block = &worker.block;
                self.fail(number, |order| self.malformed(fault, block, order.lines));
                ControlFlow::Break(())
            }
        }
    }

    /// Reports a decided block in its turn, hashes what is kept of it and writes that in its turn.
    fn pass_on(
        &self,
        worker: &mut Worker,
        place: Place,
        lines: Option<usize>,
        kept: usize,
    ) -> ControlFlow<()> {
        let decider = &worker.decider;
        let mut kept = worker.block.bytes.get(..kept).unwrap_or_default();
        if self.packing != Packing::Plain {
            // A stream of nothing is packed too: no bytes at all would be no stream.
            let packed = match kept {
                [] if place.number > 0 => {
                    worker.packed.clear();
                    Ok(())
                }
                kept => self.packing.pack(kept, &mut worker.packed),
            };
            if let Err(error) = packed {
                self.fail(place.number, |order| self.not_written(order.offset, error));
                return ControlFlow::Break(());
            }
            kept = &worker.packed;
        }
        let mut order =
            self.wait(&self.order, &self.decided, |order| order.next == place.number)?;
        order.next += 1;
        order.lines += lines.unwrap_or_else(|| decider.lines()) as u64;
        order.tree.append(&worker.part);
        order.counts.merge(&decider.counts);
        for (counts, more) in order.compared.iter_mut().zip(&decider.compared_counts) {
            counts.merge(more);
        }
        let offset = order.offset;
        order.offset += kept.len() as u64;
        let progress = Progress { rows: order.counts.rows(), bytes: order.tree.length() };
        drop(order);
        self.decided.notify_all();

        worker.part.of(offset, kept);
        let mut output =
            self.wait(&self.output, &self.written, |output| output.next == place.number)?;
        if let Err(error) = output.writer.write_all(kept) {
            let bytes = output.tree.length();
            drop(output);
            self.set_error(self.not_written(bytes, error));
            return ControlFlow::Break(());
        }
        output.tree.append(&worker.part);
        output.next += 1;
        drop(output);
        self.written.notify_all();
        if (self.progress)(progress).is_break() {
            self.set_error(ExtractError::Stopped);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// Waits for a turn; breaks when the work stops.
    fn wait<'m, T>(
        &self,
        mutex: &'m Mutex<T>,
        turn: &Condvar,
        mine: impl Fn(&T) -> bool,
    ) -> ControlFlow<(), MutexGuard<'m, T>> {
        let mut guard = lock(mutex);
        while !mine(&guard) {
            if self.stop.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            guard = turn.wait(guard).unwrap_or_else(PoisonError::into_inner);
        }
        ControlFlow::Continue(guard)
    }

    /// Stops at a block in its turn, so that the first fault of the table is the one reported.
    fn fail(&self, number: u64, error: impl FnOnce(&Order) -> ExtractError) {
        let turn = self.wait(&self.order, &self.decided, |order| order.next == number);
        if let ControlFlow::Continue(order) = turn {
            let error = error(&order);
            drop(order);
            self.set_error(error);
        }
    }

    fn set_error(&self, error: ExtractError) {
        lock(&self.order).error.get_or_insert(error);
        self.halt();
    }

    /// Wakes whoever waits, with each lock held once so that no one is about to wait.
    fn halt(&self) {
        self.stop.store(true, Ordering::Relaxed);
        drop(lock(&self.order));
        self.decided.notify_all();
        drop(lock(&self.output));
        self.written.notify_all();
    }

    fn malformed(&self, fault: Fault, block: &Block, before: u64) -> ExtractError {
        let until = block.header + fault.at();
        let above = block.bytes.get(block.header..until).unwrap_or_default();
        let line = before + memchr::memchr_iter(b'\n', above).count() as u64 + 1;
        let what = describe(fault, self.layout.width);
        ExtractError::Malformed { table: self.table.to_string(), line, what }
    }

    fn not_written(&self, bytes: u64, error: io::Error) -> ExtractError {
        ExtractError::Write { table: self.table.to_string(), bytes, error }
    }

    fn no_block(&self, why: NoBlock, bytes: u64, lines: u64) -> ExtractError {
        let table = String::from(self.table);
        match why {
            NoBlock::Failed(error) => ExtractError::Read { table, bytes, error },
            NoBlock::TooLong => ExtractError::Malformed {
                table,
                line: lines + 1,
                what: std::format!(
                    "a row is longer than {} MiB; is a quote opened and never closed?",
                    LONGEST >> 20
                ),
            },
        }
    }
}

struct StopOnPanic<'a, 'b>(&'a Shared<'b>);

impl Drop for StopOnPanic<'_, '_> {
    fn drop(&mut self) {
        self.0.halt();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn into_inner<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
}
