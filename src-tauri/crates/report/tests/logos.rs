//! Logos come from strangers.

#![allow(clippy::unwrap_used)]

mod common;

use common::options;
use domain::Lang;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use report::{Error, Layout, Report};
use std::io::Cursor;

fn encode(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn with_logo(logo: Vec<u8>) -> Result<Report, Error> {
    let mut options = options(Layout::Management, Lang::Zh);
    options.logo = Some(logo);
    let round = common::round();
    report::render(&round.input(), round.snapshot.sealed(), &options, &mut |_| std::ops::ControlFlow::Continue(()))
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

/// A camera notes how it was held (EXIF 2.3, 4.6.4): 1 is upright, the others are mirrored, turned or both.
#[test]
fn a_photograph_stands_as_it_was_held() {
    let marked = RgbaImage::from_fn(300, 120, |x, y| {
        let inside = (40..80).contains(&x) && (10..50).contains(&y);
        if inside { Rgba([15, 94, 99, 255]) } else { Rgba([255, 255, 255, 255]) }
    });
    let jpeg = encode(&DynamicImage::ImageRgba8(marked).to_rgb8().into(), ImageFormat::Jpeg);
    let upright = (300, 120);
    let turned = (120, 300);
    for (orientation, size, middle) in [
        (1, upright, (60, 30)),
        (2, upright, (240, 30)),
        (3, upright, (240, 90)),
        (4, upright, (60, 90)),
        (5, turned, (30, 60)),
        (6, turned, (90, 60)),
        (7, turned, (90, 240)),
        (8, turned, (30, 240)),
    ] {
        let report = with_logo([&jpeg[..2], &exif(orientation), &jpeg[2..]].concat()).unwrap();
        let doc = lopdf::Document::load_mem(&report.pdf).unwrap();
        let first = doc.get_pages()[&1];
        let drawn = doc.get_page_images(first).unwrap();
        let [picture] = drawn.as_slice() else { panic!("{} pictures", drawn.len()) };
        assert_eq!((picture.width, picture.height), size, "orientation {orientation}");
        let rgb = doc.get_object(picture.id).unwrap().as_stream().unwrap().get_plain_content().unwrap();
        let at = |(x, y): (i64, i64)| rgb[usize::try_from((y * picture.width + x) * 3).unwrap()];
        assert!(at(middle) < 60, "orientation {orientation}: the mark is not at {middle:?}");
        assert!(at((size.0 - 1 - middle.0, size.1 - 1 - middle.1)) > 200, "orientation {orientation}");
    }
}

/// A JPEG segment that says nothing but the orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut segment = vec![0xFF, 0xE1, 0, 34];
    segment.extend_from_slice(b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    segment.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    segment
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

#[test]
fn a_logo_cut_off_anywhere_is_refused_or_drawn_but_never_fatal() {
    for whole in [encode(&disc(), ImageFormat::Png), encode(&disc().to_rgb8().into(), ImageFormat::Jpeg)] {
        for share in 1..8 {
            let mut cut = whole.clone();
            cut.truncate(whole.len() * share / 8);
            if let Err(refused) = with_logo(cut) {
                assert_eq!(refused.code(), "report_logo_unreadable", "{share}/8");
            }
        }
    }
}

#[test]
fn the_logo_stands_on_the_cover_of_every_layout_in_both_languages() {
    let (round, logo) = (common::round(), encode(&disc(), ImageFormat::Png));
    for layout in Layout::ALL {
        for lang in Lang::ALL {
            let mut options = options(layout, lang);
            options.logo = Some(logo.clone());
            // A short report says as much about its cover as a long one.
            options.sections = Some([report::SectionId::Summary].into());
            let pdf = round.render(&options).pdf;
            let Some(listed) = common::tool("pdfimages", &["-list", "-l", "1"], &pdf, &[]) else { return };
            let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
            assert_eq!(listed.lines().skip(2).count(), 1, "{layout:?} {lang:?}: {listed}");
        }
    }
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
    let doubling: String =
        (1..=40).map(|n| format!("<g id='g{n}'><use href='#g{}'/><use href='#g{}'/></g>", n - 1, n - 1)).collect();
    for (inner, why) in [
        ("<text>示例</text>", "文字"),
        ("<s:text xmlns:s='http://www.w3.org/2000/svg'>示例</s:text>", "文字"),
        ("<image href='file:///etc/hostname'/>", "位图"),
        ("<image href='data:image/png;base64,AAAA'/>", "位图"),
        ("<script>fetch('https://example.invalid')</script>", "脚本"),
        ("<circle r='5' onload='alert(1)'/>", "脚本"),
        ("<use href='https://example.invalid/a.svg#b'/>", "以外"),
        ("<a xmlns:x='http://www.w3.org/1999/xlink' x:href='file:///etc/passwd'><circle r='5'/></a>", "以外"),
        ("<style>@import url(https://example.invalid/a.css);</style>", "以外"),
        ("<circle r='5' fill='url(https://example.invalid/a.svg#b)'/>", "以外"),
        ("<foreignObject/>", "外来"),
        ("<filter id='f'/>", "滤镜"),
        (&format!("<g id='g0'><circle r='5'/></g>{doubling}"), "重复引用"),
        ("<circle", ""),
    ] {
        let refused = with_logo(svg(inner)).unwrap_err();
        assert_eq!(refused.code(), "report_logo_unreadable", "{inner}");
        assert!(refused.to_string().contains(why), "{inner}: {refused}");
    }
    let laughs = b"<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg xmlns='http://www.w3.org/2000/svg'/>";
    assert_eq!(with_logo(laughs.to_vec()).unwrap_err().code(), "report_logo_unreadable");
    // What drawing programs write all the same: a document type, inner references, styles.
    let drawn = "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>\
        <svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 60 20'>\
        <style>.a{fill:#0F5E63}</style><defs><linearGradient id='g'><stop stop-color='#123'/></linearGradient>\
        <circle id='c' r='5'/></defs><use xlink:href='#c' x='9' y='9' class='a'/><rect fill='url(#g)' width='9' height='9'/></svg>";
    with_logo(drawn.as_bytes().to_vec()).unwrap();
    // Sides that no picture has.
    for size in ["width='1e30' height='1'", "width='0' height='0'", "viewBox='0 0 1e-20 9'", "width='-5' height='5'"] {
        let odd = format!("<svg xmlns='http://www.w3.org/2000/svg' {size}><circle r='5'/></svg>");
        if let Err(refused) = with_logo(odd.into_bytes()) {
            assert_eq!(refused.code(), "report_logo_unreadable", "{size}");
        }
    }
    assert_eq!(with_logo(b"<html></html>".to_vec()).unwrap_err().code(), "report_logo_unreadable");
}
