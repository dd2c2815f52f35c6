//! The README of a pack, for somebody who has never heard of this program.

use super::{CRITERIA, DATA, PackEntry, PackParts, SUMS, report_name};
use std::fmt::Write as _;

pub(super) fn text(parts: &PackParts<'_>, evidence: &[(String, &PackEntry)]) -> String {
    let mut out = String::new();
    let report = report_name(parts.lang);
    let PackParts { organization, title, standard, notice, notice_en, report_label, root, .. } = parts;
    let _ = write!(
        out,
        "证据包 · {organization}\n{title}\n\n\
         本文件夹由「备审」导出，供评审员在没有该软件的情况下核对。自评准备度，不是认证结论。\n{notice}\n\n\
         内容\n  {report}  准备度报告 {report_label}（{standard} 自评）\n  {DATA}  报告所依据的全部数据\n  \
         {CRITERIA}  所用评审准则\n  evidence/  证据文件，编号与报告「证据清单」一致\n  {SUMS}  以上全部文件的 SHA-256\n\n\
         如何核对\n  1. 在本文件夹运行  sha256sum -c {SUMS}\n     Windows：certutil -hashfile 文件名 SHA256，与 {SUMS} 中的值逐一比较。\n  \
         2. {DATA} 的 SHA-256 应等于报告每页页脚打印的数据根：\n     {root}\n  \
         3. 证据文件的 SHA-256 应等于报告「证据清单」中的值。\n  任何一个字节的改动都会使第 1 或第 2 步不成立。散列值能发现改动，但不是签名。\n\n"
    );
    let _ = write!(
        out,
        "----------------------------------------------------------------\n\n\
         Evidence pack · {organization}\n\n\
         Exported by Beishen for an auditor who does not have the program. Self-assessed readiness, not a certificate.\n{notice_en}\n\n\
         Contents\n  {report}  readiness report {report_label} (self-assessment against {standard})\n  {DATA}  all data the report was made from\n  \
         {CRITERIA}  the criteria that were used\n  evidence/  evidence files, numbered as in the report's evidence index\n  {SUMS}  SHA-256 of all of the above\n\n\
         How to check\n  1. In this folder run  sha256sum -c {SUMS}\n     Windows: certutil -hashfile FILE SHA256, compare with {SUMS}.\n  \
         2. The SHA-256 of {DATA} must equal the root printed in the footer of every page:\n     {root}\n  \
         3. The SHA-256 of each evidence file must equal the one in the report's evidence index.\n  A change of a single byte breaks step 1 or 2. A hash reveals changes; it is not a signature.\n\n"
    );
    let _ = writeln!(out, "证据 / Evidence ({})", evidence.len());
    for (name, entry) in evidence {
        let _ = writeln!(out, "  {}  {}  evidence/{name}", entry.label, entry.title);
    }
    if !parts.left_out.is_empty() {
        let _ = writeln!(
            out,
            "\n未能收入的证据（文件缺失、已改变或无法读取） / Evidence that could not be included: {}",
            parts.left_out.join(", ")
        );
    }
    out
}
