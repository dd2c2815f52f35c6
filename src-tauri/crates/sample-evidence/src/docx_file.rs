//! DOCX: a title, headings and paragraphs.

use super::Error;
use super::recipe::Paper;
use docx_rs::{AlignmentType, Docx, Paragraph, Run, RunFonts};
use std::io::Cursor;

/// Writes one document. The writer stamps neither the clock nor random ids into it.
pub(super) fn write(paper: &Paper) -> Result<Vec<u8>, Error> {
    let fonts = RunFonts::new().east_asia("Noto Sans SC").ascii("Noto Sans SC").hi_ansi("Noto Sans SC");
    // Sizes are in half points.
    let run = |text: &str, size: usize| Run::new().add_text(text).size(size).fonts(fonts.clone());
    let title = Paragraph::new().align(AlignmentType::Center).add_run(run(&paper.title, 36).bold());
    let mut docx = Docx::new().add_paragraph(title);
    for line in paper.lines() {
        let text = if line.heading { run(line.text, 26).bold() } else { run(line.text, 22) };
        docx = docx.add_paragraph(Paragraph::new().add_run(text));
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(|e| Error::file(&paper.file, &e))?;
    Ok(bytes.into_inner())
}
