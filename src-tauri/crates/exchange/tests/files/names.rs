//! File names that every system accepts.

use exchange::safe_name;

/// Fuzzing found it: a device's name before spaces so many that the rest is cut away.
#[test]
fn a_name_that_is_cut_does_not_become_a_device() {
    let name = format!("COM4{}别的", " ".repeat(300));
    assert_eq!(safe_name(&name), "_COM4");
}

#[test]
fn names_are_made_safe_for_windows_macos_and_linux() {
    for (given, wanted) in [
        ("排班表 2026-08.xlsx", "排班表 2026-08.xlsx"),
        ("质检/监听:记录?.wav", "质检_监听_记录_.wav"),
        (r"..\..\Windows\system.ini", ".._.._Windows_system.ini"),
        ("a*b\"c<d>e|f.csv", "a_b_c_d_e_f.csv"),
        ("换行\n制表\t名.txt", "换行_制表_名.txt"),
        ("零\0字节.txt", "零_字节.txt"),
        // A right-to-left mark makes a program look like a picture.
        ("photo\u{202E}gnp.exe", "photo_gnp.exe"),
        ("标\u{2066}记\u{2069}.pdf", "标_记_.pdf"),
        ("阿\u{061C}拉\u{200F}伯.pdf", "阿_拉_伯.pdf"),
        ("零宽\u{200B}空格\u{FEFF}.pdf", "零宽_空格_.pdf"),
        ("行\u{2028}分\u{2029}隔.pdf", "行_分_隔.pdf"),
        ("制度.pdf.", "制度.pdf"),
        ("制度...", "制度"),
        // Found by fuzzing: a wide space before the dot was laid bare by taking the dot away.
        ("制度\u{3000}\u{2000}.", "制度"),
        ("制度.pdf . .", "制度.pdf"),
        ("  录音 01.wav  ", "录音 01.wav"),
        ("", "_"),
        (".", "_"),
        ("..", "_"),
        ("   ", "_"),
        (".隐藏", ".隐藏"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Nul.tar.gz", "_Nul.tar.gz"),
        ("aux .csv", "_aux .csv"),
        ("COM1.wav", "_COM1.wav"),
        ("LPT9", "_LPT9"),
        ("com0.log", "_com0.log"),
        ("COM¹.txt", "_COM¹.txt"),
        ("CONIN$", "_CONIN$"),
        ("COM10.wav", "COM10.wav"),
        ("CONTRACT.pdf", "CONTRACT.pdf"),
        ("通讯 COM1.wav", "通讯 COM1.wav"),
    ] {
        assert_eq!(safe_name(given), wanted, "{given:?}");
        assert_eq!(safe_name(&safe_name(given)), wanted, "{given:?} twice");
    }
}

#[test]
fn long_chinese_names_are_cut_between_characters_and_keep_their_extension() {
    let long = format!("{}.xlsx", "客户满意度回访记录".repeat(12));
    assert!(long.len() > 300);
    let safe = safe_name(&long);
    assert!(safe.len() <= 200, "{} bytes", safe.len());
    assert!(safe.ends_with(".xlsx"));
    assert!(long.starts_with(safe.trim_end_matches(".xlsx")));

    let bare = safe_name(&"现场巡检".repeat(40));
    assert!(bare.len() <= 200 && "现场巡检".repeat(40).starts_with(&bare));

    // Found by fuzzing: nothing but a dot and spaces before the cut.
    assert_eq!(safe_name(&format!(".{}记录", " ".repeat(200))), "_");

    // A path on Windows has 260 units in all, so an ASCII name may not take them either.
    let latin = safe_name(&format!("{}.pdf", "monthly quality report ".repeat(10)));
    assert!(latin.encode_utf16().count() <= 110 && latin.ends_with(".pdf"), "{latin}");

    // The cut itself must not leave what Windows drops.
    let dotted = safe_name(&format!("{}. . . . {}", "班".repeat(65), "表".repeat(40)));
    assert!(!dotted.ends_with(['.', ' ']), "{dotted:?}");

    // What stands behind the last dot of a long sentence is no extension.
    let sentence = safe_name(&format!("第1.{}", "条".repeat(90)));
    assert!(sentence.len() <= 200 && sentence.starts_with("第1.条"));
}
