//! Numbers of JSON, of which only whole ones are ever used.

use super::{EOF, Reader, Stop};

/// A number, as far as it matters.
pub(super) enum Number {
    /// Zero or more.
    Natural(u64),
    /// Less than zero.
    Negative(i64),
    /// With a fraction or an exponent, too large, or minus zero.
    Other,
}

const INVALID: &str = "invalid number";

impl Reader<'_> {
    /// A number that begins here.
    pub(super) fn number(&mut self) -> Result<Number, Stop> {
        let negative = self.peek() == Some(b'-');
        if negative {
            self.at += 1;
        }
        let start = self.at;
        let mut whole = self.first_digit()?;
        if whole == Some(0) {
            if matches!(self.peek(), Some(b'0'..=b'9')) {
                return Err(self.stop_ahead(INVALID));
            }
        } else {
            while let Some(digit @ b'0'..=b'9') = self.peek() {
                let digit = u64::from(digit - b'0');
                whole = whole.and_then(|whole| whole.checked_mul(10)?.checked_add(digit));
                self.at += 1;
            }
        }
        debug_assert!(self.at > start);
        let mut other = false;
        if self.peek() == Some(b'.') {
            other = true;
            self.at += 1;
            match self.peek() {
                Some(b'0'..=b'9') => self.digits(),
                Some(_) => return Err(self.stop_ahead(INVALID)),
                None => return Err(self.stop_ahead(EOF)),
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            other = true;
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.first_digit()?;
            self.digits();
        }
        Ok(match whole {
            Some(whole) if !other && !negative => Number::Natural(whole),
            Some(whole @ 1..) if !other => {
                0_i64.checked_sub_unsigned(whole).map_or(Number::Other, Number::Negative)
            }
            _ => Number::Other,
        })
    }

    fn first_digit(&mut self) -> Result<Option<u64>, Stop> {
        let Some(first) = self.peek() else { return Err(self.stop(EOF)) };
        self.at += 1;
        match first {
            b'0'..=b'9' => Ok(Some(u64::from(first - b'0'))),
            _ => Err(self.stop(INVALID)),
        }
    }

    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
    }
}
