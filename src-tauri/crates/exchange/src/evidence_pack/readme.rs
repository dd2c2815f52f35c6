//! The README of a pack, for somebody who has never heard of this program and may have nothing but Windows.

use super::{CRITERIA, DATA, PackEntry, PackParts, SUMS, report_name};

/// Checks every line of the list with what Windows brings along, in the PowerShell 5.1 it still starts by default.
const POWERSHELL: &str = concat!(
    "Get-Content SHA256SUMS -Encoding UTF8 | ForEach-Object { $h, $f = $_ -split '  ', 2; ",
    "if ((Get-FileHash -LiteralPath $f -Algorithm SHA256).Hash -eq $h) { \"OK   $f\" } else { \"BAD  $f\" } }"
);

/// The text with a byte order mark and the line ends of Windows: its old editor needs both, and nobody else minds.
pub(super) fn text(parts: &PackParts<'_>, evidence: &[(String, &PackEntry)]) -> String {
    let mut lines = chinese(parts);
    lines.push(format!("\n{}\n", "-".repeat(64)));
    lines.extend(english(parts));
    lines.push(format!("\n{}\n", "-".repeat(64)));
    lines.push(format!("证据 / Evidence ({})", evidence.len()));
    lines.extend(
        evidence.iter().map(|(name, entry)| format!("  {}  {}\n      evidence/{name}", entry.label, entry.title)),
    );
    if !parts.left_out.is_empty() {
        let list = parts.left_out.join(", ");
        lines.push("\n未能收入的证据（文件缺失、已改变或无法读取）".to_owned());
        lines.push(format!("Evidence that could not be included (missing, changed or unreadable)\n  {list}"));
    }
    lines.push(String::new());
    format!("\u{FEFF}{}", lines.join("\n").replace('\n', "\r\n"))
}

fn chinese(parts: &PackParts<'_>) -> Vec<String> {
    let PackParts { organization, title, standard, notice, report_label, data, .. } = parts;
    let root = data.root();
    let report = report_name(parts.lang);
    vec![
        format!("证据包 · {organization}\n{title}\n"),
        "本文件夹由「备审」导出，核对它不需要安装任何软件。自评准备度，不是认证结论。".to_owned(),
        format!("{notice}\n"),
        "一、内容".to_owned(),
        format!("  {report}   准备度报告 {report_label}（{standard} 自评）"),
        format!("  {DATA}  报告所依据的全部数据；与报告 PDF 的附件相同"),
        format!("  {CRITERIA}    所用的评审准则"),
        "  evidence 文件夹   证据文件，编号与报告「证据清单」一致".to_owned(),
        format!("  {SUMS}       除它自身以外全部文件的 SHA-256，每行一个：散列值、两个空格、文件名\n"),
        "二、核对全部文件".to_owned(),
        "  Windows：在资源管理器中打开本文件夹，在地址栏输入 powershell 并回车，粘贴下面一行并回车；".to_owned(),
        "  每个文件应显示 OK，显示 BAD 的文件内容已改变或缺失：".to_owned(),
        format!("    {POWERSHELL}"),
        "  只核对一个文件，可在命令提示符（cmd）或 PowerShell 中执行其一，与清单中的值比较（不分大小写）：".to_owned(),
        format!("    certutil -hashfile {DATA} SHA256"),
        format!("    Get-FileHash {DATA} -Algorithm SHA256"),
        format!("  Linux：sha256sum -c {SUMS}\n  macOS：shasum -a 256 -c {SUMS}\n"),
        "三、与报告核对".to_owned(),
        format!("  清单本身也可能被改，因此再与报告比较：\n  1. {DATA} 的 SHA-256 应等于报告每页页脚的根值："),
        format!("     {root}"),
        "  2. 证据文件的 SHA-256 应等于报告「证据清单」中所印的值。".to_owned(),
        format!("  3. {CRITERIA} 的 SHA-256 应等于报告封面所印的准则 SHA-256。"),
        "  改动任何一个字节，上述核对必有一步不成立。散列值能发现改动，但不是签名，也不证明由谁在何时作出。".to_owned(),
    ]
}

fn english(parts: &PackParts<'_>) -> Vec<String> {
    let PackParts { organization, title, standard, notice_en, report_label, data, .. } = parts;
    let root = data.root();
    let report = report_name(parts.lang);
    vec![
        format!("Evidence pack · {organization}\n{title}\n"),
        "Exported by Beishen; no program is needed to check it. Self-assessed readiness, not a certificate.".to_owned(),
        format!("{notice_en}\n"),
        "1. Contents".to_owned(),
        format!("  {report}   readiness report {report_label} (self-assessment against {standard})"),
        format!("  {DATA}  all data the report was made from; the same as the attachment of the PDF"),
        format!("  {CRITERIA}    the criteria that were used"),
        "  folder evidence   evidence files, numbered as in the report's evidence index".to_owned(),
        format!("  {SUMS}       SHA-256 of every file but itself, one a line: hash, two spaces, name\n"),
        "2. Check all files".to_owned(),
        "  Windows: open this folder in Explorer, type powershell into the address bar, press Enter, paste the".to_owned(),
        "  line below and press Enter. Every file must say OK; one that says BAD was changed or is missing:".to_owned(),
        format!("    {POWERSHELL}"),
        "  One file alone: run either of these in cmd or PowerShell and compare with the list (case does not matter):"
            .to_owned(),
        format!("    certutil -hashfile {DATA} SHA256"),
        format!("    Get-FileHash {DATA} -Algorithm SHA256"),
        format!("  Linux: sha256sum -c {SUMS}\n  macOS: shasum -a 256 -c {SUMS}\n"),
        "3. Compare with the report".to_owned(),
        "  The list itself could have been changed, so compare with the report as well:".to_owned(),
        format!("  1. The SHA-256 of {DATA} must equal the root at the foot of every page of the report:"),
        format!("     {root}"),
        "  2. The SHA-256 of each evidence file must equal the one printed in the report's evidence index.".to_owned(),
        format!("  3. The SHA-256 of {CRITERIA} must equal the criteria SHA-256 on the cover of the report."),
        "  A change of a single byte breaks one of these. A hash reveals changes; it is no signature and does not prove"
            .to_owned(),
        "  who made it or when.".to_owned(),
    ]
}
