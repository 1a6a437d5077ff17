//! Workers that read one source in turn, work side by side, and pass two stations in the order in
//! which they read.
//!
//! What they share cannot be used after an error, by construction: source and stations are options,
//! taken out before anything is tried and put back only when it succeeded. A worker who waits, waits
//! for a turn that another worker holds; a turn that is dropped before it has passed both stations,
//! by an error or a panic, closes the line and wakes everybody. `tests/turns` goes through every
//! interleaving of a few workers.

use std::sync::PoisonError;

use super::sync::{Condvar, Mutex, MutexGuard};

/// The source and the two stations behind it. `E` is why the work stops.
pub(crate) struct Line<S, A, B, E> {
    source: Mutex<Option<Source<S>>>,
    first: Station<A>,
    second: Station<B>,
    error: Mutex<Option<E>>,
}

struct Source<S> {
    source: S,
    /// How often it was read.
    taken: u64,
}

/// What workers come to one after the other.
struct Station<T> {
    state: Mutex<State<T>>,
    moved: Condvar,
}

struct State<T> {
    /// Whose turn it is.
    next: u64,
    /// Nothing once the line is closed.
    value: Option<T>,
}

impl<S, A, B, E> Line<S, A, B, E> {
    pub(crate) fn new(source: S, first: A, second: B) -> Self {
        Self {
            source: Mutex::new(Some(Source { source, taken: 0 })),
            first: Station::new(first),
            second: Station::new(second),
            error: Mutex::new(None),
        }
    }

    /// Reads from the source, and takes the turn that belongs to what was read, or to the error. There
    /// is nothing more once it came to its end, failed or panicked, or the line was closed.
    #[expect(clippy::type_complexity, reason = "a turn and what it is for")]
    pub(crate) fn take<T, F>(
        &self,
        read: impl FnOnce(&mut S) -> Result<Option<T>, F>,
    ) -> Option<(Turn<'_, S, A, B, E>, Result<T, F>)> {
        let mut shared = lock(&self.source);
        let mut source = shared.take()?;
        let number = source.taken;
        let outcome = match read(&mut source.source) {
            Ok(None) => return None,
            Ok(Some(read)) => {
                source.taken += 1;
                *shared = Some(source);
                Ok(read)
            }
            Err(error) => Err(error),
        };
        drop(shared);
        Some((Turn { hold: Hold(self), number }, outcome))
    }

    /// What the stations came to; or why the work stopped, where that is known: a worker that
    /// panicked does not say.
    pub(crate) fn finish(self) -> Result<(A, B), Option<E>> {
        let error = into_inner(self.error);
        match (error, self.first.finish(), self.second.finish()) {
            (None, Some(first), Some(second)) => Ok((first, second)),
            (error, ..) => Err(error),
        }
    }

    fn fail(&self, error: E) {
        lock(&self.error).get_or_insert(error);
    }

    /// Nothing more is read, nobody passes, and nobody waits.
    fn close(&self) {
        self.first.close();
        self.second.close();
        *lock(&self.source) = None;
    }
}

impl<T> Station<T> {
    fn new(value: T) -> Self {
        let state = State { next: 0, value: Some(value) };
        Self { state: Mutex::new(state), moved: Condvar::new() }
    }

    /// Waits for a turn and works at the station; none when it was closed.
    fn pass<R, E>(
        &self,
        number: u64,
        work: impl FnOnce(&mut T) -> Result<R, E>,
    ) -> Option<Result<R, E>> {
        let mut state = lock(&self.state);
        while state.value.is_some() && state.next != number {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let mut value = state.value.take()?;
        let done = work(&mut value);
        if done.is_ok() {
            state.value = Some(value);
            state.next += 1;
        }
        drop(state);
        self.moved.notify_all();
        Some(done)
    }

    fn close(&self) {
        lock(&self.state).value = None;
        self.moved.notify_all();
    }

    fn finish(self) -> Option<T> {
        into_inner(self.state).value
    }
}

/// Closes the line when it is dropped.
struct Hold<'l, S, A, B, E>(&'l Line<S, A, B, E>);

impl<S, A, B, E> Drop for Hold<'_, S, A, B, E> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// The right to pass the first station after all who read before.
#[must_use = "dropped, it closes the line"]
pub(crate) struct Turn<'l, S, A, B, E> {
    hold: Hold<'l, S, A, B, E>,
    number: u64,
}

/// The right to pass the second station after them.
#[must_use = "dropped, it closes the line"]
pub(crate) struct Halfway<'l, S, A, B, E> {
    hold: Hold<'l, S, A, B, E>,
    number: u64,
}

impl<'l, S, A, B, E> Turn<'l, S, A, B, E> {
    /// How many were read before.
    pub(crate) const fn number(&self) -> u64 {
        self.number
    }

    /// Waits for the turn and passes; none when the line was closed, or by this error.
    pub(crate) fn first<R>(
        self,
        work: impl FnOnce(&mut A) -> Result<R, E>,
    ) -> Option<(Halfway<'l, S, A, B, E>, R)> {
        let Self { hold, number } = self;
        match hold.0.first.pass(number, work)? {
            Ok(done) => Some((Halfway { hold, number }, done)),
            Err(error) => {
                hold.0.fail(error);
                None
            }
        }
    }
}

impl<S, A, B, E> Halfway<'_, S, A, B, E> {
    /// Waits for the turn and passes; none when the line was closed, or by this error.
    pub(crate) fn second<R>(self, work: impl FnOnce(&mut B) -> Result<R, E>) -> Option<R> {
        let Self { hold, number } = self;
        match hold.0.second.pass(number, work)? {
            Ok(done) => {
                std::mem::forget(hold);
                Some(done)
            }
            Err(error) => {
                hold.0.fail(error);
                None
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn into_inner<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
}
