//! Files on their way to disk while they are still being written.

use std::fs::File;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

/// Written before the disk is told, so that it works while rows are still being decided.
const AHEAD: u64 = 32 << 20;

/// A file that is on its way to disk while it is still being written.
#[derive(Debug)]
pub struct FlushedFile {
    file: File,
    /// Bytes written since the disk was last told.
    waiting: u64,
    flush: SyncSender<Option<File>>,
}

impl Write for FlushedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.waiting += written as u64;
        if self.waiting >= AHEAD {
            // While the disk is busy the next one waits; what is left is flushed at the end.
            if self.flush.try_send(Some(self.file.try_clone()?)).is_ok() {
                self.waiting = 0;
            }
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The thread that flushes files while they grow.
#[derive(Debug)]
pub(crate) struct Flusher {
    send: SyncSender<Option<File>>,
    thread: JoinHandle<io::Result<()>>,
}

impl Flusher {
    pub(crate) fn start() -> io::Result<Self> {
        let (send, receive) = sync_channel(1);
        let thread = thread::Builder::new().name("flush".into()).spawn(move || run(&receive))?;
        Ok(Self { send, thread })
    }

    pub(crate) fn file(&self, file: File) -> FlushedFile {
        FlushedFile { file, waiting: 0, flush: self.send.clone() }
    }

    /// Waits for what was begun. The system tells an error of writing once, so it is kept until here.
    pub(crate) fn finish(self) -> io::Result<()> {
        let Self { send, thread } = self;
        // A file that is still open must not keep it waiting.
        let _ = send.send(None);
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the flushing thread failed")))
    }
}

fn run(files: &Receiver<Option<File>>) -> io::Result<()> {
    let mut first = Ok(());
    while let Ok(Some(file)) = files.recv() {
        let done = file.sync_data();
        if first.is_ok() {
            first = done;
        }
    }
    first
}
