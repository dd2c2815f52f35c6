//! Starting the program with a driver of its own, and what tests ask of it.

use crate::processes;
use serde::Deserialize as _;
use serde_json::{Value, json};
use std::future::Future;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, Key};

pub type Outcome = WebDriverResult<()>;

/// Longest a screen may take before a test gives up; the machine may be busy with other tests.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN: Duration = Duration::from_millis(20);

/// The folder of a test: the program's home, the answers of its file dialogs, and whatever else the test makes. It outlives
/// the program, so that a test can start it again.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        // Tests read Chinese, whatever the machine speaks.
        std::fs::create_dir(place.path("home")).unwrap();
        place.file("home/settings.json", br#"{"lang":"zh","theme":"light"}"#);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The next file dialog gets this answer: a path, a list of paths, or null.
    pub fn answer(&self, answer: impl serde::Serialize) {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(self.path("answers")).unwrap();
        writeln!(file, "{}", serde_json::to_string(&answer).unwrap()).unwrap();
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.path("home").join("logs/beishen.log")).unwrap_or_default()
    }
}

/// A running program.
pub struct App {
    pub web: WebDriver,
    driver: Driver,
}

/// `tauri-driver` with all its children in one process group.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        // The driver alone would leave WebKitWebDriver and the program behind.
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

impl App {
    /// Starts the program with an empty start screen.
    pub async fn start(place: &Place) -> Self {
        Self::with(place, &[]).await
    }

    /// Starts the program on its sample assessment, and waits for the overview.
    pub async fn sample(place: &Place) -> Self {
        let app = Self::with(place, &["--sample"]).await;
        app.see("nav-overview").await;
        app
    }

    /// Starts the program with arguments.
    pub async fn with(place: &Place, args: &[&str]) -> Self {
        let program = std::env::var("BEISHEN_APP").expect("BEISHEN_APP names the program; run `cargo xtask test`");
        let tauri_driver =
            std::env::var("TAURI_DRIVER").expect("TAURI_DRIVER names tauri-driver; run `cargo xtask test`");
        let [port, native] = free_ports();
        // Null, not a pipe: a grandchild that outlives us would hold it and make `cargo test | …` hang.
        let child = Command::new(tauri_driver)
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("BEISHEN_CONFIG_DIR", place.path("home"))
            .env("BEISHEN_PICK", place.path("answers"))
            .env("BEISHEN_NO_SINGLE_INSTANCE", "1")
            .env("BEISHEN_NO_WINDOW_STATE", "1")
            .env("XDG_DATA_HOME", place.path("xdg-data"))
            .env("XDG_CACHE_HOME", place.path("xdg-cache"))
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("LANG", "zh_CN.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("tauri-driver starts");
        let driver = Driver(child);
        // tauri-driver listens before the driver behind it does, and drops what it cannot pass on.
        until("both drivers listen", || async { listens(port).await && listens(native).await }).await;
        let mut capabilities = Capabilities::new();
        capabilities.set("browserName", "wry").unwrap();
        capabilities.set("tauri:options", json!({ "application": program, "args": args })).unwrap();
        let web = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await.expect("a session");
        web.set_script_timeout(PATIENCE).await.unwrap();
        Self { web, driver }
    }

    /// The process of the program itself.
    pub fn process(&self) -> u32 {
        let program = |pid: &u32| processes::name(*pid).as_deref() == Some("beishen");
        processes::family(self.driver.0.id()).into_iter().find(program).expect("the program runs")
    }

    /// Closes the window as a user would and waits until the program has ended.
    pub async fn close(self) -> Outcome {
        self.web.quit().await?;
        drop(self.driver);
        Ok(())
    }

    /// Ends the program without warning, as a power cut would.
    pub fn kill(self) {
        drop(self.driver);
        // The session is gone; asking the driver to end it would wait for nobody.
        std::mem::forget(self.web);
    }

    /// Waits until the element with this test id is on screen.
    pub async fn see(&self, id: &str) -> WebElement {
        self.find(&by_id(id)).await
    }

    /// Waits until an element is on screen.
    pub async fn find(&self, css: &str) -> WebElement {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Ok(element) = self.web.find(By::Css(css)).await
                && element.is_displayed().await.unwrap_or(false)
            {
                return element;
            }
            if Instant::now() > end {
                panic!("{css} did not come; the page shows: {}", self.text().await);
            }
            tokio::time::sleep(BETWEEN).await;
        }
    }

    /// Waits until no such element is on screen.
    pub async fn gone(&self, id: &str) {
        let css = by_id(id);
        until(&format!("{id} is gone"), || async { !self.shows_css(&css).await }).await;
    }

    /// Whether an element is on screen now.
    pub async fn shows(&self, id: &str) -> bool {
        self.shows_css(&by_id(id)).await
    }

    async fn shows_css(&self, css: &str) -> bool {
        match self.web.find(By::Css(css)).await {
            Ok(element) => element.is_displayed().await.unwrap_or(false),
            Err(_) => false,
        }
    }

    /// Waits until the element can be clicked, and clicks it.
    pub async fn click(&self, id: &str) {
        self.click_css(&by_id(id)).await;
    }

    pub async fn click_css(&self, css: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let element = self.find(css).await;
            // What moves or is replaced while a screen is drawn refuses the first click.
            match element.click().await {
                Ok(()) => return,
                Err(error) if Instant::now() > end => panic!("{css} cannot be clicked: {error}"),
                Err(_) => tokio::time::sleep(BETWEEN).await,
            }
        }
    }

    /// Types into a field after emptying it.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.see(id).await;
        field.click().await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: impl IntoIterator<Item = &str>) {
        for key in keys {
            self.web.action_chain().send_keys(key).perform().await.unwrap();
        }
    }

    /// Presses one special key.
    pub async fn press_key(&self, key: Key) {
        self.web.action_chain().send_keys(key.value()).perform().await.unwrap();
    }

    /// Presses a key with Ctrl.
    pub async fn control(&self, key: &str) {
        self.web.action_chain().key_down(Key::Control).send_keys(key).key_up(Key::Control).perform().await.unwrap();
    }

    /// Presses a special key with Shift.
    pub async fn shift(&self, key: Key) {
        self.web.action_chain().key_down(Key::Shift).send_keys(key.value()).key_up(Key::Shift).perform().await.unwrap();
    }

    /// What the page says. Asked of the page: the driver leaves out rows of a list that scrolls.
    pub async fn text(&self) -> String {
        match self.web.execute("return document.body.innerText", vec![]).await {
            Ok(text) => text.json().as_str().unwrap_or_default().to_owned(),
            Err(error) => error.to_string(),
        }
    }

    /// Runs a script in the page.
    pub async fn script(&self, script: &str, args: Vec<Value>) -> Value {
        self.web.execute(script, args).await.unwrap().json().clone()
    }

    /// Asks the program itself: what a test asserts is what Rust holds, not what the page remembers.
    pub async fn ask(&self, command: &str, args: Value) -> Value {
        match self.try_ask(command, args).await {
            Ok(value) => value,
            Err(code) => panic!("{command} was refused: {code}"),
        }
    }

    /// As [`Self::ask`]; a refusal gives its code.
    pub async fn try_ask(&self, command: &str, args: Value) -> Result<Value, String> {
        let script = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1])
                .then((ok) => done({ ok }), (error) => done({ error }));";
        let answer = self.web.execute_async(script, vec![json!(command), args]).await.unwrap().json().clone();
        match answer.get("error") {
            Some(error) => Err(error["code"].as_str().map_or_else(|| error.to_string(), str::to_owned)),
            None => Ok(answer["ok"].clone()),
        }
    }

    /// Everything about the round, from Rust; its root with it, which the window itself is not sent.
    pub async fn round(&self) -> Value {
        let mut round = self.ask("current", json!({})).await["round"].take();
        if !round.is_null() {
            round["root"] = domain::Snapshot::deserialize(&round["snapshot"]).unwrap().root().into();
        }
        round
    }

    pub async fn root(&self) -> String {
        self.round().await["root"].as_str().unwrap().to_owned()
    }

    /// Codes of all items, in their order.
    pub async fn codes(&self) -> Vec<String> {
        let opened = self.ask("current", json!({})).await;
        opened["pack"]["items"].as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap().to_owned()).collect()
    }

    /// Waits until Rust holds what is expected.
    pub async fn holds(&self, what: &str, test: impl Fn(&Value) -> bool) {
        let held = in_time(|| async { test(&self.round().await) }).await;
        assert!(held, "waited in vain: {what}; the page shows: {}", self.text().await);
    }

    /// Goes to a screen by the rail and waits for it.
    pub async fn go(&self, screen: &str) {
        self.click(&format!("nav-{screen}")).await;
        self.see(&format!("screen-{screen}")).await;
    }

    /// Fills in the wizard as a quality supervisor would, and waits for the list of items.
    pub async fn create(&self, place: &Place) -> PathBuf {
        let dir = place.path("示例客服中心");
        self.click("new-workspace").await;
        self.fill("wizard-organization", "示例客服中心").await;
        self.click("wizard-next").await;
        self.see("wizard-from").await;
        self.click("wizard-next").await;
        self.see("condition-outbound").await;
        self.click("wizard-next").await;
        self.see("wizard-dir").await;
        place.answer(&dir);
        self.click("wizard-pick").await;
        let wanted = dir.display().to_string();
        until("the chosen folder is shown", || async {
            self.see("wizard-dir").await.value().await.unwrap().as_deref() == Some(wanted.as_str())
        })
        .await;
        self.click("wizard-next").await;
        self.see("screen-assess").await;
        self.gone("wizard-next").await;
        dir
    }
}

/// CSS of a test id.
pub fn by_id(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

/// Waits until something holds.
pub async fn until<F: Future<Output = bool>>(what: &str, test: impl FnMut() -> F) {
    assert!(in_time(test).await, "waited in vain: {what}");
}

/// Whether something comes to hold while patience lasts.
async fn in_time<F: Future<Output = bool>>(mut test: impl FnMut() -> F) -> bool {
    let end = Instant::now() + PATIENCE;
    while !test().await {
        if Instant::now() > end {
            return false;
        }
        tokio::time::sleep(BETWEEN).await;
    }
    true
}

fn free_ports() -> [u16; 2] {
    // Both are held until both are known, so that they differ.
    let held = [(), ()].map(|()| std::net::TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}

async fn listens(port: u16) -> bool {
    tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok()
}
