//! A handful of pages compared with pictures that somebody looked at.
//!
//! After a change that is meant: `BEISHEN_BLESS=1 cargo test -p report --test golden`, look at the pictures, commit them.

#![allow(clippy::unwrap_used)]

mod common;

use domain::Lang;
use image::GrayImage;
use report::Layout;
use std::path::PathBuf;

/// Dots per inch: enough to tell a lost chart or a shifted table, too few to tell two releases of a rasteriser.
const DPI: &str = "36";
/// Mean difference of grey values that passes: about one line of text in fifty.
const TOLERANCE: f64 = 4.0;

#[test]
fn cover_conclusion_results_and_sheet_look_as_they_did() {
    let round = common::round();
    let report = round.render(&common::options(Layout::Certification, Lang::Zh));
    let Some(texts) = common::pages(&report.pdf) else { return };
    let page_of = |line: &str| texts.iter().position(|p| p.lines().any(|l| l.trim() == line)).unwrap() + 1;
    for (name, page) in [
        ("cover", 1),
        ("conclusion", page_of("1 准备度结论")),
        ("results", page_of("3 总体结果")),
        ("sheet", page_of("4.2 不符合项报告")),
    ] {
        let Some(seen) = picture(&report.pdf, page) else { return };
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.png"));
        if std::env::var_os("BEISHEN_BLESS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            seen.save(&path).unwrap();
        }
        let golden = image::open(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display())).to_luma8();
        assert_eq!(golden.dimensions(), seen.dimensions(), "{name}");
        let difference = difference(&golden, &seen);
        assert!(difference <= TOLERANCE, "{name} differs by {difference:.2} grey values");
        assert!(difference_to_blank(&seen) > TOLERANCE, "{name}: a blank page would pass");
    }
}

fn picture(pdf: &[u8], page: usize) -> Option<GrayImage> {
    let page = page.to_string();
    let before = ["-r", DPI, "-gray", "-singlefile", "-f", &page, "-l", &page];
    let output = common::tool("pdftoppm", &before, pdf, &[])?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(pgm(&output.stdout))
}

/// The raw PGM that pdftoppm writes to its standard output.
fn pgm(bytes: &[u8]) -> GrayImage {
    let mut fields = bytes.splitn(4, u8::is_ascii_whitespace);
    assert_eq!(fields.next().unwrap(), b"P5");
    let mut number = || String::from_utf8(fields.next().unwrap().to_vec()).unwrap().parse::<u32>().unwrap();
    let (width, height) = (number(), number());
    let pixels = bytes[bytes.len() - (width * height) as usize..].to_vec();
    GrayImage::from_raw(width, height, pixels).unwrap()
}

fn difference(one: &GrayImage, two: &GrayImage) -> f64 {
    let sum: u64 = one.pixels().zip(two.pixels()).map(|(a, b)| u64::from(a[0].abs_diff(b[0]))).sum();
    sum as f64 / f64::from(one.width() * one.height())
}

fn difference_to_blank(seen: &GrayImage) -> f64 {
    let blank = GrayImage::from_pixel(seen.width(), seen.height(), image::Luma([255]));
    difference(&blank, seen)
}
