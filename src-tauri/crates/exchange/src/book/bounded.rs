//! The bytes of a workbook, read only so often: a file of a few kilobytes can name the part that unpacks to the most ten thousand times.

use std::io::{Cursor, Error, Read, Result, Seek, SeekFrom};

/// How often the file may be read as a whole. Each part is read three times at most, and a little of it to see what it is.
const TIMES: u64 = 6;
/// For what reading takes beside the parts: the list of them, several times.
const BESIDE: u64 = 128 << 10;

/// Bytes that are refused when they have been read too often.
pub struct Bounded<'a> {
    bytes: Cursor<&'a [u8]>,
    left: u64,
}

impl<'a> Bounded<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: Cursor::new(bytes), left: bytes.len() as u64 * TIMES + BESIDE }
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| Error::other("read too often"))?;
        Ok(read)
    }
}

impl Seek for Bounded<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.bytes.seek(to)
    }
}
