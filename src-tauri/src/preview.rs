//! A look at a piece of evidence. Images are decoded here, within limits, and go to the page as fresh PNG: the page never
//! gets bytes that somebody else made.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::imageops::FilterType;
use serde::Serialize;
use std::io::{Cursor, Read as _};
use std::path::Path;

/// What can be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Preview {
    /// A picture: PNG in base64.
    Image {
        /// The bytes.
        data: String,
    },
    /// The beginning of a text.
    Text {
        /// What it says.
        text: String,
        /// Whether there is more than is shown.
        more: bool,
    },
    /// This kind is opened outside.
    None,
}

/// Larger files are opened outside.
const MAX_IMAGE_BYTES: u64 = 40 << 20;
/// Side of a picture in the page; more is not seen.
const MAX_SIDE: u32 = 1600;
/// Beyond this a decoder would take hundreds of megabytes.
const MAX_PIXELS_SIDE: u32 = 16_000;
/// Enough of a text to recognise it.
const MAX_TEXT_BYTES: u64 = 64 << 10;

/// Looks at a file. What cannot be read or decoded gives [`Preview::None`]: its state is shown elsewhere.
#[must_use]
pub fn preview(path: &Path, media_type: &str) -> Preview {
    match media_type {
        "image/png" | "image/jpeg" => picture(path),
        "text/plain" | "text/csv" => text(path),
        _ => None,
    }
    .unwrap_or(Preview::None)
}

fn picture(path: &Path) -> Option<Preview> {
    if std::fs::metadata(path).ok()?.len() > MAX_IMAGE_BYTES {
        return None;
    }
    let mut reader = image::ImageReader::open(path).ok()?.with_guessed_format().ok()?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MAX_PIXELS_SIDE);
    limits.max_image_height = Some(MAX_PIXELS_SIDE);
    reader.limits(limits);
    let whole = reader.decode().ok()?;
    let shown = if whole.width().max(whole.height()) > MAX_SIDE {
        whole.resize(MAX_SIDE, MAX_SIDE, FilterType::Triangle)
    } else {
        whole
    };
    let mut png = Cursor::new(Vec::new());
    shown.write_to(&mut png, image::ImageFormat::Png).ok()?;
    Some(Preview::Image { data: STANDARD.encode(png.into_inner()) })
}

fn text(path: &Path) -> Option<Preview> {
    let file = std::fs::File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    let mut bytes = Vec::new();
    file.take(MAX_TEXT_BYTES).read_to_end(&mut bytes).ok()?;
    let more = length > MAX_TEXT_BYTES;
    let text = readable(&bytes, more)?;
    Some(Preview::Text { text: text.trim_start_matches('\u{feff}').replace("\r\n", "\n"), more })
}

/// The text if it is UTF-8 (a character cut in two at the end is left out); other encodings are opened outside rather than
/// shown as rubbish.
fn readable(bytes: &[u8], cut: bool) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(e) if cut && e.error_len().is_none() => std::str::from_utf8(&bytes[..e.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        file
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        image::RgbImage::new(width, height).write_to(&mut out, image::ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_large_picture_is_made_smaller() {
        let Preview::Image { data } = preview(file(&png(4000, 1000)).path(), "image/png") else { panic!("no picture") };
        let shown = image::load_from_memory(&STANDARD.decode(data).unwrap()).unwrap();
        assert_eq!((shown.width(), shown.height()), (1600, 400));
    }

    #[test]
    fn a_picture_that_is_none_is_not_shown() {
        assert_eq!(preview(file(b"<svg onload=alert(1)>").path(), "image/png"), Preview::None);
        assert_eq!(preview(Path::new("/does/not/exist.png"), "image/png"), Preview::None);
    }

    #[test]
    fn chinese_text_is_shown_and_a_cut_character_left_out() {
        let long = "质检抽样记录".repeat(20_000);
        let Preview::Text { text, more } = preview(file(long.as_bytes()).path(), "text/plain") else {
            panic!("no text")
        };
        assert!(more);
        assert!(long.starts_with(&text) && text.len() > 65_000);
    }

    #[test]
    fn gbk_is_opened_outside() {
        assert_eq!(preview(file(&[0xd6, 0xca, 0xbc, 0xec]).path(), "text/csv"), Preview::None);
    }
}
