//! Compression. A tagged report is a hundred thousand small numbers; what is won on them decides the size of the file.
//! The structure comes out a quarter smaller when the shortest parse is sought, page contents by a fiftieth; JSON and
//! pictures do not come out smaller at all.

use crate::Error;
use libdeflater::{CompressionLvl, Compressor};

/// How hard to press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Not at all: the metadata packet must be readable without a PDF library.
    Not,
    /// Attachment and pictures.
    Well,
    /// Structure, page contents and fonts: a seventh of the speed.
    Hard,
}

/// Both levels, with their working memory.
pub struct Deflate {
    well: Compressor,
    hard: Compressor,
}

impl Deflate {
    /// Levels 9 and 10 of libdeflate: 9 is its last lazy one, from 10 on it seeks the shortest parse.
    ///
    /// # Errors
    /// Never: both levels exist.
    pub fn new() -> Result<Self, Error> {
        let level = |n| CompressionLvl::new(n).map(Compressor::new).map_err(|_| Error::Pdf(format!("no level {n}")));
        Ok(Self { well: level(9)?, hard: level(10)? })
    }

    /// The bytes as a zlib stream; `None` when they are to stay or would not get shorter.
    ///
    /// # Errors
    /// Never: the room asked for is the upper bound that the library names.
    pub fn press(&mut self, bytes: &[u8], press: Press) -> Result<Option<Vec<u8>>, Error> {
        let compressor = match press {
            Press::Not => return Ok(None),
            Press::Well => &mut self.well,
            Press::Hard => &mut self.hard,
        };
        let mut out = vec![0; compressor.zlib_compress_bound(bytes.len())];
        let length = compressor.zlib_compress(bytes, &mut out).map_err(|why| Error::Pdf(why.to_string()))?;
        out.truncate(length);
        out.shrink_to_fit();
        Ok((length < bytes.len()).then_some(out))
    }
}
