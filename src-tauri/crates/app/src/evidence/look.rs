//! A look into a file that is offered as evidence: whether there is anything to see in it. Nothing is refused for what is seen
//! here; the import warns, and the gate names it. In doubt nothing is wrong: programs may open what we cannot.

use domain::Flaw;
use image::{ImageFormat, ImageReader};
use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use zip::ZipArchive;

/// Most bytes of one file that are read; a larger one shows something, and is only asked for what it begins with.
const MOST_BYTES: u64 = 16 << 20;
/// Most bytes of a part of an office file that are unpacked.
const MOST_PART_BYTES: u64 = 8 << 20;
/// How an OLE file begins: office files before 2007, and newer ones under a password.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What is wrong with the file at `path`, which was called `name`.
#[must_use]
pub(super) fn flaw(path: &Path, name: &str) -> Option<Flaw> {
    look(path, &extension(name)).ok().flatten()
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
}

fn look(path: &Path, extension: &str) -> std::io::Result<Option<Flaw>> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    if size == 0 {
        return Ok(Some(Flaw::Empty));
    }
    let mut head = Vec::new();
    file.by_ref().take(4096).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(match extension {
        "txt" | "csv" | "log" | "md" | "eml" | "json" | "xml" | "html" | "htm" => text(file, size)?,
        "pdf" if size <= MOST_BYTES => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            report::pdf_flaw(&bytes)
        }
        "pdf" => begins(&head, &[b"%PDF-"]),
        "docx" | "xlsx" | "pptx" | "docm" | "xlsm" | "pptm" if head.starts_with(OLE) => sealed(file, size)?,
        "docx" | "docm" => parts(file, |name| name == "word/document.xml", &["<w:t>", "<w:t "], &["word/media/"]),
        "xlsx" | "xlsm" => parts(file, is_sheet, &["<v>", "<is>", "<f>"], &["xl/media/", "xl/charts/"]),
        "pptx" | "pptm" => parts(file, is_slide, &["<a:t>"], &["ppt/media/", "ppt/charts/"]),
        "doc" | "wps" | "xls" | "et" if head.starts_with(OLE) => before_2007(&head),
        "zip" => archive(file),
        "png" | "jpg" | "jpeg" => picture(path, size)?,
        "gif" => begins(&head, &[b"GIF8"]),
        "bmp" => begins(&head, &[b"BM"]),
        "webp" => begins(&head, &[b"WEBP"]),
        _ => None,
    })
}

fn begins(head: &[u8], with: &[&[u8]]) -> Option<Flaw> {
    let head = &head[..head.len().min(1024)];
    if with.iter().any(|magic| has(head, magic)) { None } else { Some(Flaw::Unreadable) }
}

/// A PNG or JPEG picture, whichever of the two its name says, has a size and an end: a broken download has none.
fn picture(path: &Path, size: u64) -> std::io::Result<Option<Flaw>> {
    /// Cameras write a few things behind a picture, and its end is not the file's.
    const TAIL_BYTES: u64 = 1 << 20;
    let reader = ImageReader::open(path)?.with_guessed_format()?;
    let end: &[u8] = match reader.format() {
        Some(ImageFormat::Png) => b"IEND",
        Some(ImageFormat::Jpeg) => b"\xFF\xD9",
        _ => return Ok(Some(Flaw::Unreadable)),
    };
    let is_sized = reader.into_dimensions().is_ok_and(|(width, height)| width > 0 && height > 0);
    let mut tail = Vec::new();
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(size.saturating_sub(TAIL_BYTES)))?;
    file.read_to_end(&mut tail)?;
    Ok(if is_sized && has(&tail, end) { None } else { Some(Flaw::Unreadable) })
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

/// Text of white space alone, in whatever encoding; only what is short can be.
fn text(file: File, size: u64) -> std::io::Result<Option<Flaw>> {
    const MOST_BLANK_BYTES: u64 = 64 << 10;
    if size > MOST_BLANK_BYTES {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.take(size).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let is_nothing = |c: char| c.is_whitespace() || matches!(c, '\0' | '\u{FEFF}' | ',' | ';');
    // The byte order mark of UTF-16 is no UTF-8.
    let bare = text.trim_start_matches('\u{FFFD}');
    Ok(if text.chars().count() - bare.chars().count() <= 2 && bare.chars().all(is_nothing) {
        Some(Flaw::Blank)
    } else {
        None
    })
}

/// A new office file that is no ZIP: under a password, if it says so, and otherwise an old one under a new name.
fn sealed(file: File, size: u64) -> std::io::Result<Option<Flaw>> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut bytes = Vec::new();
    file.take(size.min(MOST_BYTES)).read_to_end(&mut bytes)?;
    Ok(if has(&bytes, &name) { Some(Flaw::Protected) } else { None })
}

/// Word and Excel before 2007 say near their beginning whether a password is needed; their main stream mostly is the first.
fn before_2007(head: &[u8]) -> Option<Flaw> {
    const MAIN: usize = 512;
    let word = |at: usize| head.get(MAIN + at..MAIN + at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    let is_locked_doc = word(0) == Some(0xA5EC) && word(10).is_some_and(|flags| flags & 0x0100 != 0);
    // A workbook begins with BOF; under a password FILEPASS comes next.
    let after = word(2).map(|length| 4 + usize::from(length));
    let is_locked_xls = word(0) == Some(0x0809) && after.is_some_and(|at| word(at) == Some(0x002F));
    if is_locked_doc || is_locked_xls { Some(Flaw::Protected) } else { None }
}

fn is_sheet(name: &str) -> bool {
    name.starts_with("xl/worksheets/sheet")
}

fn is_slide(name: &str) -> bool {
    name.starts_with("ppt/slides/slide")
}

/// Whether any of an office file's main parts holds something, or pictures lie beside them.
fn parts(file: File, is_main: impl Fn(&str) -> bool, holds: &[&str], beside: &[&str]) -> Option<Flaw> {
    let Ok(mut archive) = ZipArchive::new(file) else { return Some(Flaw::Unreadable) };
    let names: Vec<String> = archive.file_names().flatten().map(Cow::into_owned).collect();
    let main: Vec<&String> = names.iter().filter(|name| is_main(name)).collect();
    let pictured = names.iter().any(|name| beside.iter().any(|folder| name.starts_with(folder)));
    if pictured || main.is_empty() {
        return None;
    }
    for name in main {
        let Ok(part) = archive.by_name(name) else { return Some(Flaw::Unreadable) };
        if part.size() > MOST_PART_BYTES {
            return None;
        }
        let mut xml = Vec::new();
        if part.take(MOST_PART_BYTES).read_to_end(&mut xml).is_err() {
            return Some(Flaw::Unreadable);
        }
        let xml = String::from_utf8_lossy(&xml);
        if holds.iter().any(|tag| xml.split(tag).skip(1).any(says_something)) || xml.contains("<w:drawing") {
            return None;
        }
    }
    Some(Flaw::Blank)
}

/// Text that follows a tag, up to the next one.
fn says_something(after: &str) -> bool {
    let inner = after.trim_start_matches("xml:space=\"preserve\">");
    let text = inner.split('<').next().unwrap_or_default();
    !text.trim().is_empty() || inner.starts_with("<t")
}

fn archive(file: File) -> Option<Flaw> {
    let Ok(mut archive) = ZipArchive::new(file) else { return Some(Flaw::Unreadable) };
    let files = (0..archive.len()).filter_map(|i| archive.by_index_raw(i).ok().map(|f| (f.is_file(), f.encrypted())));
    let files: Vec<bool> = files.filter(|(is_file, _)| *is_file).map(|(_, is_locked)| is_locked).collect();
    match files.as_slice() {
        [] => Some(Flaw::Blank),
        locked if locked.iter().all(|is_locked| *is_locked) => Some(Flaw::Protected),
        _ => None,
    }
}
