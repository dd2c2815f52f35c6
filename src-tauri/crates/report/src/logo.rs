//! The logo: a picture somebody else made, so nothing about it is taken on trust.

use crate::Error;
use crate::layout::display::Picture;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits};
use std::io::Cursor;

/// Most pixels a logo may have.
const MOST_PIXELS: u64 = 25_000_000;
/// Longest side that is embedded: 190 points at 450 dpi.
const LONGEST_SIDE: u32 = 1_200;

/// Largest SVG file in bytes.
const MOST_SVG_BYTES: usize = 2_000_000;

/// Reads a PNG, JPEG or SVG, checks it, makes it small enough and lays it on white.
///
/// # Errors
/// When it is no picture, damaged, too large or CMYK.
pub fn read(bytes: &[u8]) -> Result<Picture, Error> {
    if looks_like_svg(bytes) {
        return svg(bytes);
    }
    if let Some((components, _, _)) = jpeg_frame(bytes)
        && components == 4
    {
        return Err(Error::LogoCmyk);
    }
    let unreadable = |why: &dyn std::fmt::Display| Error::LogoUnreadable(why.to_string());
    let reader = || ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let size = reader().map_err(|e| unreadable(&e))?.into_dimensions().map_err(|e| unreadable(&e))?;
    let pixels = u64::from(size.0) * u64::from(size.1);
    if pixels > MOST_PIXELS {
        return Err(Error::LogoTooLarge { megapixels: pixels.div_ceil(1_000_000), limit: MOST_PIXELS / 1_000_000 });
    }
    let mut reader = reader().map_err(|e| unreadable(&e))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 16);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| unreadable(&e))?;
    // A camera notes how it was held and leaves the pixels lying as they came.
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|e| unreadable(&e))?;
    picture.apply_orientation(turn);
    Ok(flatten(&shrink(picture)))
}

fn shrink(picture: DynamicImage) -> DynamicImage {
    if picture.width().max(picture.height()) <= LONGEST_SIDE {
        return picture;
    }
    picture.resize(LONGEST_SIDE, LONGEST_SIDE, image::imageops::FilterType::Triangle)
}

fn flatten(picture: &DynamicImage) -> Picture {
    let rgba = picture.to_rgba8();
    let over = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    let rgb = rgba.pixels().flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])]).collect();
    Picture { width: rgba.width(), height: rgba.height(), rgb }
}

/// Components, width and height from a JPEG's frame header.
fn jpeg_frame(bytes: &[u8]) -> Option<(u8, u16, u16)> {
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let mut at = 2;
    loop {
        let [0xFF, marker] = *bytes.get(at..at + 2)? else { return None };
        if marker == 0xFF {
            at += 1;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        if (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let frame = bytes.get(at + 4..at + 10)?;
            let two = |i: usize| u16::from_be_bytes([frame[i], frame[i + 1]]);
            return Some((frame[5], two(3), two(1)));
        }
        at += 2 + length.max(2);
    }
}

/// Whether the file is XML: after a byte order mark and white space comes `<`.
fn looks_like_svg(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

/// Draws an SVG. It may hold shapes only: text would need the fonts of the machine it was made on, and pictures or
/// entities would reach outside the file.
fn svg(bytes: &[u8]) -> Result<Picture, Error> {
    use resvg::{tiny_skia, usvg};
    let refuse = |why: &str| Err(Error::LogoUnreadable(why.to_owned()));
    if bytes.len() > MOST_SVG_BYTES {
        return refuse("SVG 大于 2 MB");
    }
    let text = std::str::from_utf8(bytes).map_err(|why| Error::LogoUnreadable(why.to_string()))?;
    // Counted in the text, before the parser unfolds anything.
    if text.contains("<!ENTITY") {
        return refuse("SVG 声明了实体");
    }
    let parsing = usvg::roxmltree::ParsingOptions { allow_dtd: true, ..usvg::roxmltree::ParsingOptions::default() };
    let xml = usvg::roxmltree::Document::parse_with_options(text, parsing)
        .map_err(|why| Error::LogoUnreadable(why.to_string()))?;
    if let Some(why) = xml.descendants().find_map(|node| not_only_shapes(&node)) {
        return refuse(why);
    }
    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_xmltree(&xml, &options).map_err(|why| Error::LogoUnreadable(why.to_string()))?;
    let size = tree.size();
    #[expect(clippy::cast_precision_loss, reason = "1,200")]
    let scale = LONGEST_SIDE as f32 / size.width().max(size.height());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1,200")]
    let pixels = |side: f32| ((side * scale).round() as u32).clamp(1, LONGEST_SIDE);
    let Some(mut canvas) = tiny_skia::Pixmap::new(pixels(size.width()), pixels(size.height())) else {
        return refuse("SVG 没有尺寸");
    };
    canvas.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let rgb = canvas.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    Ok(Picture { width: canvas.width(), height: canvas.height(), rgb })
}

/// Most shapes drawn again elsewhere: each may itself hold such, and they multiply.
const MOST_USES: usize = 64;

/// Why an element has no place in a logo, if it has none.
fn not_only_shapes(node: &resvg::usvg::roxmltree::Node<'_, '_>) -> Option<&'static str> {
    const OUTSIDE: &str = "SVG 引用了文件以外的内容";
    match node.tag_name().name() {
        "text" | "textPath" | "tspan" | "tref" => return Some("SVG 含文字，请先转为轮廓"),
        "image" | "feImage" => return Some("SVG 含位图，请另存为 PNG"),
        "foreignObject" => return Some("SVG 含外来对象"),
        "script" | "handler" => return Some("SVG 含脚本"),
        "filter" => return Some("SVG 含滤镜，请另存为 PNG"),
        "style" if node.text().is_some_and(|css| css.contains("@import")) => return Some(OUTSIDE),
        "svg" if node.descendants().filter(|n| n.tag_name().name() == "use").count() > MOST_USES => {
            return Some("SVG 重复引用的图形过多，请合并后再存");
        }
        _ => {}
    }
    node.attributes().find_map(|attribute| {
        let value = attribute.value().trim_start();
        if attribute.name().starts_with("on") {
            return Some("SVG 含脚本");
        }
        let inside = attribute.name() != "href" || value.is_empty() || value.starts_with('#');
        let paint = value.split("url(").skip(1).all(|to| to.trim_start_matches(['"', '\'', ' ']).starts_with('#'));
        (!inside || !paint).then_some(OUTSIDE)
    })
}
