//! CSV with a byte order mark, as Chinese systems export it so that spreadsheets show the characters.

use super::Error;
use super::recipe::{Cell, List};

/// Writes one list.
pub(super) fn write(list: &List) -> Result<Vec<u8>, Error> {
    let fail = |e: csv::Error| Error::file(&list.file, &e);
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(&list.columns).map_err(fail)?;
    for row in &list.rows {
        writer.write_record(row.iter().map(text)).map_err(fail)?;
    }
    writer.into_inner().map_err(|e| Error::file(&list.file, &e))
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Whole(number) => number.to_string(),
        Cell::Share(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    }
}
