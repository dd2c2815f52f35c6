//! What is no workbook that can be read, told from its first bytes and its list of parts before anything reads it: each in one sentence.

use crate::Error;
use domain::Words;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Most bytes of a file; a full workbook has a tenth of it, pictures that somebody pasted included.
pub const MAX_BYTES: u64 = 32 << 20;
/// Most bytes that its parts may unpack to beyond its own size.
const MAX_UNPACKED: u64 = 48 << 20;
/// Most parts.
const MAX_PARTS: usize = 4_000;
/// How an OLE file begins: workbooks before 2007, and newer ones under a password.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Refuses what is no XLSX file, holds macros, or unpacks to more than any checklist.
///
/// # Errors
/// [`Error::Workbook`].
pub fn check(bytes: &[u8]) -> Result<(), Error> {
    let refused = |words: Words| Err(Error::Workbook(words));
    if bytes.len() as u64 > MAX_BYTES {
        return refused(too_large());
    }
    if bytes.starts_with(OLE) {
        return refused(ole(bytes));
    }
    if !bytes.starts_with(b"PK") {
        return refused(no_zip(bytes));
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return refused(damaged()) };
    if archive.len() > MAX_PARTS {
        return refused(too_large());
    }
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.to_lowercase()).collect();
    let has = |part: &str| names.iter().any(|name| name == part);
    if names.iter().any(|name| name.ends_with("vbaproject.bin")) {
        return refused(words(
            "这是含宏的工作簿（.xlsm）；请在 Excel 或 WPS 中另存为不含宏的 .xlsx 后重试",
            "the workbook holds macros (.xlsm); save it as .xlsx without macros and take that in",
        ));
    }
    if has("xl/workbook.bin") {
        return refused(other("Excel 二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"));
    }
    if has("content.xml") && has("mimetype") {
        return refused(other("OpenDocument 表格（.ods）", "an OpenDocument file (.ods)"));
    }
    if !has("xl/workbook.xml") {
        return refused(words(
            "文件不是 Excel 工作簿；请选择在 Excel 或 WPS 中存为 .xlsx 的文件",
            "the file is no Excel workbook; choose one that a spreadsheet program saved as .xlsx",
        ));
    }
    // Sizes in the list of parts are only claimed, so they are unpacked once, up to the bound and to nowhere.
    let mut left = MAX_UNPACKED + bytes.len() as u64;
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else { return refused(damaged()) };
        let Ok(unpacked) = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()) else {
            return refused(damaged());
        };
        if unpacked > left {
            return refused(too_large());
        }
        left -= unpacked;
    }
    Ok(())
}

fn ole(bytes: &[u8]) -> Words {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("DRMEncrypted") {
        return words(
            "文件受权限管理（IRM）保护；请由有权限的人取消保护、另存为 .xlsx 后重试",
            "the file is under rights management (IRM); have it saved as .xlsx without by somebody who may",
        );
    }
    if holds("EncryptedPackage") {
        return words(
            "文件设有打开密码；请在 Excel 或 WPS 中取消密码、另存为 .xlsx 后重试",
            "the file is under a password; save it as .xlsx without one and take that in",
        );
    }
    other("旧格式的文件（.xls 等）", "a file of an old format (.xls or the like)")
}

/// Whether this is a file of an office program by its first bytes, or none that holds a list, whatever it is called.
pub(crate) fn is_office(bytes: &[u8]) -> bool {
    bytes.is_empty() || [OLE, b"PK\x03\x04", b"%PDF"].iter().any(|first| bytes.starts_with(first))
}

/// What a text is that spreadsheet programs open though it is no list of cells.
pub(crate) fn markup(text: &str) -> Option<Words> {
    let head: String = text.chars().take(2048).flat_map(char::to_lowercase).collect();
    let is_markup = ["<html", "<table", "<?xml"].iter().any(|mark| head.contains(mark));
    is_markup.then(|| other("网页或 XML 表格", "a table as HTML or XML"))
}

fn no_zip(bytes: &[u8]) -> Words {
    let head = &bytes[..bytes.len().min(4096)];
    if bytes.is_empty() {
        words("文件是空的", "the file is empty")
    } else if head.starts_with(b"%PDF") {
        words("文件是 PDF，不是工作簿", "the file is a PDF, not a workbook")
    } else if let Some(markup) = markup(&String::from_utf8_lossy(head)) {
        markup
    } else if !head.contains(&0) {
        words(
            "文件是文本（如 CSV）改了扩展名，不是 .xlsx 工作簿；请把扩展名改回 .csv，用“取入其他表格”读取",
            "the file is text (CSV or the like) under another name, no .xlsx workbook; call it .csv again and take it in as another list",
        )
    } else {
        damaged()
    }
}

/// It is something else that spreadsheet programs open.
fn other(zh: &str, en: &str) -> Words {
    let zh = format!("文件是{zh}；请在 Excel 或 WPS 中另存为 .xlsx 后重试");
    (zh, format!("the file is {en}; save it as .xlsx and take that in")).into()
}

/// More than any checklist holds.
pub(crate) fn too_large() -> Words {
    words(
        "文件太大：展开后超过 48 MiB、两万行或三十万格，评审条目用不了这么多；请确认选对了文件，或删去无关的工作表",
        "the file is too large: it unpacks to more than 48 MiB, 20,000 rows or 300,000 cells, more than the items take; check which file it is, or delete sheets that do not belong to it",
    )
}

/// Nothing can be made of it.
pub(crate) fn damaged() -> Words {
    words(
        "文件已损坏，或不是 .xlsx 工作簿；请在 Excel 或 WPS 中打开确认，另存为 .xlsx 后重试",
        "the file is damaged or no .xlsx workbook; open it in a spreadsheet program, save it as .xlsx, and take that in",
    )
}

fn words(zh: &str, en: &str) -> Words {
    (zh, en).into()
}
