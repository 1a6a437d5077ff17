//! Pages on their way to the reader's library.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::Result as Parquet;

/// What is put in comes out in order, and nothing is the end for now.
#[derive(Clone, Default)]
pub(super) struct Slot(Arc<Mutex<VecDeque<Page>>>);

impl Slot {
    pub(super) fn put(&self, page: Page) {
        self.lock().push_back(page);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Page>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Iterator for Slot {
    type Item = Parquet<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.lock().pop_front().map(Ok)
    }
}

impl PageReader for Slot {
    fn get_next_page(&mut self) -> Parquet<Option<Page>> {
        Ok(self.lock().pop_front())
    }

    fn peek_next_page(&mut self) -> Parquet<Option<PageMetadata>> {
        Ok(None)
    }

    fn skip_next_page(&mut self) -> Parquet<()> {
        Ok(())
    }

    /// Where rows end is seen by the levels alone.
    fn at_record_boundary(&mut self) -> Parquet<bool> {
        Ok(false)
    }
}
