//! Logos come from strangers.

#![allow(clippy::unwrap_used)]

mod common;

use common::options;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use report::{Error, Lang, Layout, Report};
use std::io::Cursor;

fn encode(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn with_logo(logo: Vec<u8>) -> Result<Report, Error> {
    let mut options = options(Layout::Management, Lang::Zh);
    options.logo = Some(logo);
    report::render(&common::round().input(), &options, &mut |_| std::ops::ControlFlow::Continue(()))
}

fn disc() -> DynamicImage {
    DynamicImage::ImageRgba8(RgbaImage::from_fn(300, 120, |x, y| {
        let inside = (i64::from(x) - 60).pow(2) + (i64::from(y) - 60).pow(2) < 2500;
        if inside { Rgba([15, 94, 99, 255]) } else { Rgba([0, 0, 0, 0]) }
    }))
}

#[test]
fn png_and_jpeg_are_drawn() {
    for bytes in [encode(&disc(), ImageFormat::Png), encode(&disc().to_rgb8().into(), ImageFormat::Jpeg)] {
        let report = with_logo(bytes).unwrap();
        let Some(listed) = common::tool("pdfimages", &["-list"], &report.pdf, &[]) else { return };
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        assert_eq!(listed.lines().skip(2).count(), 1, "{listed}");
        assert!(listed.contains("300   120"), "{listed}");
    }
}

#[test]
fn what_is_no_picture_is_refused() {
    for bytes in [b"".to_vec(), b"%PDF-1.7".to_vec(), "这不是图片".as_bytes().to_vec(), vec![0xFF, 0xD8, 0xFF, 0xE0]]
    {
        assert_eq!(with_logo(bytes).unwrap_err().code(), "report_logo_unreadable");
    }
    let mut cut = encode(&disc(), ImageFormat::Png);
    cut.truncate(60);
    assert_eq!(with_logo(cut).unwrap_err().code(), "report_logo_unreadable");
}

#[test]
fn a_picture_of_a_hundred_megapixels_is_refused_before_it_is_decoded() {
    // Only the header says so: a real one would take the test machine's memory.
    let mut png = encode(&disc(), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10]);
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    assert!(matches!(with_logo(png).unwrap_err(), Error::LogoTooLarge { megapixels: 100, limit: 25 }));
}

#[test]
fn a_cmyk_jpeg_is_refused() {
    let mut jpeg = encode(&disc().to_rgb8().into(), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 9] = 4;
    assert!(matches!(with_logo(jpeg).unwrap_err(), Error::LogoCmyk));
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 })
    })
}

#[test]
fn an_svg_of_shapes_is_drawn_and_one_that_reaches_outside_is_refused() {
    let svg = |inner: &str| {
        let head = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 50\">";
        format!("{head}{inner}</svg>").into_bytes()
    };
    let report = with_logo(svg("<circle cx='25' cy='25' r='20' fill='#0F5E63'/>")).unwrap();
    let Some(listed) = common::tool("pdfimages", &["-list"], &report.pdf, &[]) else { return };
    assert!(String::from_utf8_lossy(&listed.stdout).contains("1200   300"));
    for inner in ["<text>示例</text>", "<image href='file:///etc/hostname'/>", "<circle"] {
        assert_eq!(with_logo(svg(inner)).unwrap_err().code(), "report_logo_unreadable", "{inner}");
    }
    assert_eq!(with_logo(b"<html></html>".to_vec()).unwrap_err().code(), "report_logo_unreadable");
}
