//! The BLAKE3 digest of a stream whose parts are hashed by different threads while they are in the
//! cache, and put together in order.

use std::vec::Vec;

use blake3::hazmat::{
    ChainingValue, HasherExt, Mode, merge_subtrees_non_root, merge_subtrees_root,
};

use crate::record::Digest;

/// The unit of the tree: what is smaller travels as bytes.
const LEAF: usize = blake3::CHUNK_LEN;

/// A part of a stream, hashed as far as its place allows without its neighbours.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Bytes up to the first boundary of a leaf.
    head: Vec<u8>,
    /// Whole subtrees, each with its size as a power of two of leaves.
    subtrees: Vec<(u32, ChainingValue)>,
    /// Bytes after the last boundary.
    tail: Vec<u8>,
}

impl Part {
    /// Hashes the bytes that begin at `offset` of the stream.
    pub(super) fn of(&mut self, offset: u64, bytes: &[u8]) {
        self.head.clear();
        self.subtrees.clear();
        self.tail.clear();
        let leaf = LEAF as u64;
        let ahead = usize::try_from(offset.next_multiple_of(leaf) - offset).unwrap_or(LEAF);
        let (head, mut rest) = bytes.split_at(ahead.min(bytes.len()));
        self.head.extend_from_slice(head);
        let mut at = offset + ahead as u64;
        while rest.len() > LEAF {
            // The largest aligned power of two that leaves something: the root is never among them.
            let room = usize::BITS - 1 - ((rest.len() - 1) / LEAF).leading_zeros();
            let aligned = if at == 0 { room } else { (at / leaf).trailing_zeros() };
            let level = room.min(aligned);
            let (subtree, after) = rest.split_at(LEAF << level);
            self.subtrees.push((level, subtree_value(at, subtree)));
            at += subtree.len() as u64;
            rest = after;
        }
        self.tail.extend_from_slice(rest);
    }
}

fn subtree_value(offset: u64, bytes: &[u8]) -> ChainingValue {
    blake3::Hasher::new().set_input_offset(offset).update(bytes).finalize_non_root()
}

/// The parts so far, in order.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Subtrees of descending size, of which only the last two may be equal: a pair is joined when
    /// more follows, so that the last join is left for the root.
    stack: Vec<(u32, ChainingValue)>,
    /// Up to one leaf, which is closed when more follows.
    pending: Vec<u8>,
    length: u64,
}

impl Tree {
    /// Bytes so far.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Adds the part that begins where the last one ended.
    pub(super) fn append(&mut self, part: &Part) {
        self.bytes(&part.head);
        for (level, value) in &part.subtrees {
            self.close_pending();
            self.push(*level, *value);
            self.length += (LEAF as u64) << level;
        }
        self.bytes(&part.tail);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            if self.pending.len() == LEAF {
                self.close_pending();
            }
            let (now, after) = rest.split_at(rest.len().min(LEAF - self.pending.len()));
            self.pending.extend_from_slice(now);
            self.length += now.len() as u64;
            rest = after;
        }
    }

    /// Closes a leaf that more will follow.
    fn close_pending(&mut self) {
        if !self.pending.is_empty() {
            let value = subtree_value(self.length - self.pending.len() as u64, &self.pending);
            self.push(0, value);
            self.pending.clear();
        }
    }

    fn push(&mut self, level: u32, value: ChainingValue) {
        while let [.., (left_level, left), (right_level, right)] = self.stack.as_slice()
            && left_level == right_level
        {
            let joined = (left_level + 1, merge_subtrees_non_root(left, right, Mode::Hash));
            self.stack.truncate(self.stack.len() - 2);
            self.stack.push(joined);
        }
        self.stack.push((level, value));
    }

    /// The digest of everything.
    pub(super) fn finish(mut self) -> Digest {
        if self.stack.is_empty() {
            return Digest::of(&self.pending);
        }
        self.close_pending();
        let mut values = self.stack.iter().rev().map(|(_, value)| *value);
        let mut right = values.next().unwrap_or_default();
        let mut left = values.next().unwrap_or_default();
        for next in values {
            right = merge_subtrees_non_root(&left, &right, Mode::Hash);
            left = next;
        }
        Digest(*merge_subtrees_root(&left, &right, Mode::Hash).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn digest(bytes: &[u8], cuts: &[usize]) -> Digest {
        let (mut tree, mut part, mut rest) = (Tree::default(), Part::default(), bytes);
        for cut in cuts {
            let (now, after) = rest.split_at((*cut).min(rest.len()));
            part.of(tree.length(), now);
            tree.append(&part);
            rest = after;
        }
        part.of(tree.length(), rest);
        tree.append(&part);
        assert_eq!(tree.length(), bytes.len() as u64);
        tree.finish()
    }

    #[test]
    fn every_length_around_a_boundary_has_the_digest_of_the_whole() {
        let bytes: Vec<u8> = (0..=250).cycle().take(70_000).collect();
        for leaves in [0, 1, 2, 3, 4, 5, 7, 8, 16, 33, 64] {
            for length in (leaves * LEAF).saturating_sub(2)..leaves * LEAF + 3 {
                let bytes = &bytes[..length];
                assert_eq!(digest(bytes, &[]), Digest::of(bytes), "{length}");
                assert_eq!(digest(bytes, &[1]), Digest::of(bytes), "{length}");
                assert_eq!(digest(bytes, &[LEAF]), Digest::of(bytes), "{length}");
            }
        }
    }

    proptest! {
        #[test]
        fn parts_of_any_size_have_the_digest_of_the_whole(
            length in 0_usize..60_000,
            cuts in prop::collection::vec(0_usize..9000, 0..12),
        ) {
            let bytes: Vec<u8> = (0..=252).cycle().take(length).collect();
            prop_assert_eq!(digest(&bytes, &cuts), Digest::of(&bytes));
        }
    }
}
