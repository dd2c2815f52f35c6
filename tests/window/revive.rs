//! The page's own process can end (out of memory, a fault in the web view) while the program and its workspace go on.

use crate::harness::{Outcome, Place, until};
use crate::processes;
use std::process::{Command, Stdio};

/// Without the driver, which would end with the page.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_process_ended_is_shown_again() -> Outcome {
    let place = Place::new();
    let mut program = Command::new(std::env::var("BEISHEN_APP").unwrap())
        .arg("--sample")
        .env("BEISHEN_CONFIG_DIR", place.path("home"))
        .env("BEISHEN_NO_SINGLE_INSTANCE", "1")
        .env("BEISHEN_NO_WINDOW_STATE", "1")
        .env("XDG_DATA_HOME", place.path("xdg-data"))
        .env("XDG_CACHE_HOME", place.path("xdg-cache"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let paints = || place.log().matches("first paint").count();
    until("the sample is painted", || async { paints() == 1 }).await;
    let page = processes::family(program.id())
        .into_iter()
        .find(|pid| processes::name(*pid).is_some_and(|name| name.starts_with("WebKitWebProces")))
        .expect("the page has a process");
    let end = |pid: u32| Command::new("kill").args(["-KILL", &pid.to_string()]).status().unwrap();
    end(page);
    until("the page is painted again", || async { paints() == 2 }).await;
    assert!(place.log().contains("the page's process ended"), "{}", place.log());
    assert!(program.try_wait()?.is_none(), "the program goes on");
    end(program.id());
    program.wait()?;
    Ok(())
}
