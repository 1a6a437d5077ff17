//! Workers that take blocks in turn, decide them side by side and write them in order.

use std::boxed::Box;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::string::ToString;
use std::thread;
use std::vec::Vec;

use super::block::{Decider, Plan};
use super::codec::Packing;
use super::error::ExtractError;
use super::outcome::Counts;
use super::table::Ready;
use super::tree::{Part, Tree};
use super::{Progress, Stream};
use crate::tables::input::{Block, Input, NoBlock};
use crate::tables::layout::Layout;
use crate::tables::turns::{Line, Turn};
use crate::tables::{At, Fault};

/// A table, opened and understood.
pub(super) struct Job<'a> {
    pub(super) table: &'a str,
    pub(super) ready: Ready<'a>,
    pub(super) plan: &'a Plan<'a>,
    pub(super) writer: &'a mut (dyn Write + Send),
    pub(super) packing: Packing,
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
    let Job { table, ready, plan, writer, packing, threads, block, progress } = job;
    let Ready { opened, layout } = ready;
    // The header's last line is the line before the first row.
    let lines = opened.lines();
    let station = Station { table, layout, plan, packing, progress };
    let order = Order {
        lines,
        offset: 0,
        tree: Tree::default(),
        counts: Counts::default(),
        compared: std::vec![Counts::default(); plan.compared.len()],
    };
    let output = Output { writer, tree: Tree::default() };
    let line = Line::new(opened.input(block), order, output);
    thread::scope(|scope| {
        for _ in 1..threads.max(1) {
            scope.spawn(|| station.work(&line));
        }
        station.work(&line);
    });
    let (order, output) = line.finish().map_err(|error| error.unwrap_or(ExtractError::Stopped))?;
    output.writer.flush().map_err(|error| station.not_written(output.tree.length(), error))?;
    Ok(Done {
        counts: order.counts,
        compared: order.compared,
        read: Stream { bytes: order.tree.length(), digest: order.tree.finish() },
        written: Stream { bytes: output.tree.length(), digest: output.tree.finish() },
    })
}

/// What every worker knows.
struct Station<'a> {
    table: &'a str,
    layout: Layout,
    plan: &'a Plan<'a>,
    packing: Packing,
    progress: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync),
}

/// What is known of the blocks decided so far, in their order.
struct Order {
    /// Lines of the blocks before, the header's among them.
    lines: u64,
    /// Bytes that the blocks before leave to be written.
    offset: u64,
    tree: Tree,
    counts: Counts,
    compared: Vec<Counts>,
}

/// What was written of them.
struct Output<'a> {
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

type Reader<'r> = Input<Box<dyn Read + Send + 'r>>;
type Blocks<'r, 'w> = Line<Reader<'r>, Order, Output<'w>, ExtractError>;
type Mine<'l, 'r, 'w> = Turn<'l, Reader<'r>, Order, Output<'w>, ExtractError>;

impl Station<'_> {
    fn work(&self, line: &Blocks<'_, '_>) {
        let mut worker = Worker::default();
        while self.one_block(line, &mut worker).is_some() {}
    }

    /// Takes a block through all its stations; none when there is nothing more to do.
    fn one_block(&self, line: &Blocks<'_, '_>, worker: &mut Worker) -> Option<()> {
        let block = &mut worker.block;
        let (turn, next) = line.take(|input| input.next(block))?;
        let place = match next {
            Ok(place) => place,
            Err(why) => return stop(turn, |order| self.no_block(why, order.lines)),
        };
        let (fresh, offset) = place.fresh;
        worker.part.of(offset, worker.block.bytes.get(fresh..place.filled).unwrap_or_default());
        match worker.decider.decide(&mut worker.block, &self.layout, self.plan) {
            Ok(kept) => self.pass_on(turn, worker, kept),
            Err(fault) => stop(turn, |order| self.malformed(fault, &worker.block, order.lines)),
        }
    }

    /// Reports a decided block in its turn, hashes what is kept of it and writes that in its turn.
    fn pass_on(&self, turn: Mine<'_, '_, '_>, worker: &mut Worker, kept: usize) -> Option<()> {
        let decider = &worker.decider;
        let mut kept = worker.block.bytes.get(..kept).unwrap_or_default();
        if self.packing != Packing::Plain {
            // A stream of nothing is packed too: no bytes at all would be no stream.
            let packed = match kept {
                [] if turn.number() > 0 => {
                    worker.packed.clear();
                    Ok(())
                }
                kept => self.packing.pack(kept, &mut worker.packed),
            };
            if let Err(error) = packed {
                return stop(turn, |order| self.not_written(order.offset, error));
            }
            kept = &worker.packed;
        }
        let (turn, (offset, progress)) = turn.first(|order| {
            order.lines += decider.lines();
            order.tree.append(&worker.part);
            order.counts.merge(&decider.counts);
            for (counts, more) in order.compared.iter_mut().zip(&decider.compared_counts) {
                counts.merge(more);
            }
            let offset = order.offset;
            order.offset += kept.len() as u64;
            let progress = Progress { rows: order.counts.rows(), bytes: order.tree.length() };
            Ok((offset, progress))
        })?;
        worker.part.of(offset, kept);
        turn.second(|output| {
            let written = output.writer.write_all(kept);
            written.map_err(|error| self.not_written(output.tree.length(), error))?;
            output.tree.append(&worker.part);
            match (self.progress)(progress) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(ExtractError::Stopped),
            }
        })
    }

    fn malformed(&self, At { at, fault }: At, block: &Block, before: u64) -> ExtractError {
        let above = block.records().get(..at).unwrap_or_default();
        let line = before + memchr::memchr_iter(b'\n', above).count() as u64 + 1;
        self.wrong(line, fault)
    }

    fn wrong(&self, line: u64, fault: Fault) -> ExtractError {
        let table = self.table.to_string();
        ExtractError::Malformed { table, line, what: fault.to_string() }
    }

    fn not_written(&self, bytes: u64, error: io::Error) -> ExtractError {
        ExtractError::Write { table: self.table.to_string(), bytes, error }
    }

    fn no_block(&self, why: NoBlock, lines: u64) -> ExtractError {
        match why {
            NoBlock::Failed(error, bytes) => {
                ExtractError::Read { table: self.table.to_string(), bytes, error }
            }
            NoBlock::TooLong => self.wrong(lines + 1, Fault::TooLong),
        }
    }
}

/// Stops at a block in its turn, so that the first fault of the table is the one reported.
fn stop(turn: Mine<'_, '_, '_>, error: impl FnOnce(&Order) -> ExtractError) -> Option<()> {
    turn.first::<()>(|order| Err(error(order))).map(|_| ())
}
