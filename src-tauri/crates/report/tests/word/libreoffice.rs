//! `LibreOffice` opens every document, and nothing of it is lost on the pages it makes.

use super::{all, common, read, same::bare};
use std::collections::BTreeMap;
use std::process::Command;

/// Turns documents into PDF files: one start of the program, in a profile of its own.
fn printed(documents: &[(String, Vec<u8>)]) -> Option<BTreeMap<String, Vec<u8>>> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()));
    command.args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"]).arg(folder.path());
    for (name, docx) in documents {
        let path = folder.path().join(format!("{name}.docx"));
        std::fs::write(&path, docx).unwrap();
        command.arg(path);
    }
    match command.output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(why) if std::env::var_os("BEISHEN_ALLOW_MISSING_TOOLS").is_some() => {
            eprintln!("NOT CHECKED: soffice is missing: {why}");
            return None;
        }
        Err(why) => panic!("soffice is missing ({why}); install it or set BEISHEN_ALLOW_MISSING_TOOLS"),
    }
    let read = |name: &String| std::fs::read(folder.path().join(format!("{name}.pdf")));
    Some(documents.iter().map(|(name, _)| (name.clone(), read(name).unwrap())).collect())
}

#[test]
fn libreoffice_prints_everything_in_its_order() {
    let documents = all(&common::round());
    let Some(printed) = printed(&documents) else { return };
    for (name, docx) in &documents {
        let Some(pages) = common::pages(&printed[name]) else { return };
        // The same cell in two parts on two pages is interrupted by what stands on every page.
        let furniture = |line: &&str| {
            let first = line.starts_with("示例客服中心（样例，非真实组织） ·") || line.starts_with("可编辑文件 ·");
            !(first || line.starts_with("Editable ·"))
        };
        let text: String = pages.iter().flat_map(|p| p.lines()).filter(furniture).map(bare).collect();
        let mut at = 0;
        for paragraph in read::paragraphs(docx) {
            let wanted = bare(&paragraph.text);
            let Some(place) = text[at..].find(&wanted) else {
                let here: String = text[at..].chars().take(160).collect();
                panic!("{name}: {wanted}\nis not in\n{here}");
            };
            at += place + wanted.len();
        }
    }
}
