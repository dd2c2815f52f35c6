//! `cargo xtask …`: set-up, run, test, generated files. Knows nothing of the product, so that it is compiled in seconds and can
//! say what it is doing from the start.

mod bench;
mod desktop;
mod nightly;
mod notices;
mod packages;
mod python;
mod run;
mod steps;
mod test;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <task>
  run               set up, build, open the sample (without a display: write its report and evidence pack)
  test              set up and pass every test, the real-window ones included
  setup             system packages and npm packages only
  bridge            build the windowless shell that the page's tests ask (npm test, run axe, leaks, shots)
  bindings          rewrite ui/src/bindings.ts and the domain's words in ui/src/i18n/core.*.ts
  schema            rewrite criteria/schema.json
  sample-evidence   rewrite the sample's evidence files
  notices           rewrite THIRD-PARTY-NOTICES.md
  bench             every benchmark, release build
  bench window      the window's first paint, memory and reactions beside a blank window, release build
  nightly           the long runs: 500 kills of each kind, 1,500 power cuts, 4,000 flips, 1 GB, fuzzing; `nightly fuzz` picks one";

fn main() -> ExitCode {
    let Some(root) = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3) else { return ExitCode::FAILURE };
    let task = std::env::args().nth(1).unwrap_or_default();
    let outcome = match task.as_str() {
        "run" => run::run(root),
        "test" => test::test(root),
        "setup" => steps::Steps::new().within(|steps| run::set_up(root, steps, packages::TEST)),
        "bridge" => steps::Steps::new().within(|steps| {
            steps.command("page", &mut steps::npm(root, &["run", "build"]))?;
            steps.command("shell for the page's tests", &mut test::bridge(root))
        }),
        "bindings" => steps::cargo(
            root,
            &["test", "--workspace", "--features", "beishen/custom-protocol", "--test", "bindings"],
            &[("UPDATE_BINDINGS", "1")],
        ),
        "schema" => {
            steps::cargo(root, &["test", "--package", "domain", "--test", "criteria"], &[("UPDATE_SCHEMA", "1")])
        }
        "sample-evidence" => steps::cargo(root, &["run", "--package", "sample-evidence"], &[]),
        "notices" => {
            notices::write(root).map(|(crates, packages)| say(&format!("{crates} crates, {packages} packages")))
        }
        "nightly" => nightly::nightly(root, std::env::args().nth(2).as_deref()),
        "bench" => bench::bench(root, std::env::args().nth(2).as_deref()),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            say(&text);
            ExitCode::FAILURE
        }
    }
}

/// A line to whoever started the task. Nobody can be told that standard error is closed.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
