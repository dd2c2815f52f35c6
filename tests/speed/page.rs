//! From a key to the painted result, inside the page: the clock starts with the event and stops two frames after the document
//! shows the result, when it has been painted.

use crate::figures::Figures;
use crate::harness::{App, Outcome, Place, until};
use crate::processes;
use serde_json::{Value, json};
use thirtyfour::Key;

/// Words that a search may be for, typed character by character and taken back again.
const QUERIES: [&str; 6] = ["投诉处理", "录音", "培训记录", "XC3-05", "应急预案", "满意度"];

/// Each screen, its key, and what is there when its first sight is shown.
const SCREENS: [(&str, &str, &str); 8] = [
    ("overview", "1", "[data-testid=\"readiness\"]"),
    ("assess", "2", "[data-testid^=\"item-row-\"]"),
    ("evidence", "3", "[data-testid^=\"evidence-row-\"]"),
    ("findings", "4", "[data-testid^=\"finding-row-\"]"),
    ("remediation", "5", "[data-testid^=\"task-row-\"]"),
    ("report", "6", "[data-testid=\"gate-count\"]"),
    ("records", "7", "[data-testid=\"record\"]"),
    ("settings", ",", "[data-testid=\"round-organization\"]"),
];

const ROUNDS: usize = 12;
const FLOOR_KEYS: usize = 60;

/// Of `/proc`, on every Linux of today.
const TICKS_PER_SECOND: f64 = 100.0;

/// `watch(shown)` measures from the next key to the paint after `shown()` holds. A key made of several (Ctrl+1) begins with the
/// last of them. What is typed into a field is no change of the document, so the field is listened to as well.
const RECORDER: &str = "
    window.__pick = (css) => document.querySelector(css);
    window.__watch = (shown) => {
      let painted;
      window.__took = new Promise((resolve) => (painted = resolve));
      let began = 0;
      const heard = (event) => { if (event.key !== 'Control') began = event.timeStamp; };
      const look = () => {
        if (began === 0 || !shown()) return;
        seen.disconnect();
        removeEventListener('keydown', heard, true);
        removeEventListener('input', typed);
        requestAnimationFrame(() => requestAnimationFrame(() => painted(performance.now() - began)));
      };
      // After the page itself has heard of it.
      const typed = () => setTimeout(look);
      const seen = new MutationObserver(look);
      addEventListener('keydown', heard, true);
      addEventListener('input', typed);
      seen.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    };";

pub async fn measure() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    app.script(RECORDER, vec![]).await;
    println!("\nfrom a key to the painted result in the window, ms");
    report("nothing but a letter", floor(&app).await, None);
    let before = work(&app);
    let took = verdicts(&app).await;
    let each = (work(&app) - before) / f64::from(u32::try_from(took.len()).unwrap());
    report("verdict key", took, Some(50));
    println!("  {:<22} {each:.1} ms of the processor for each, whatever else the machine does", "");
    report("typing in the search", search(&app).await, Some(50));
    let shown = screens(&app).await;
    let first = shown.iter().map(|took| took[0]).collect();
    report("a screen, first time", first, Some(100));
    report("a screen, again", shown.iter().flat_map(|took| &took[1..]).copied().collect(), Some(100));
    for ((screen, ..), took) in SCREENS.iter().zip(shown) {
        report(&format!("  {screen}"), took[1..].to_vec(), None);
    }
    app.close().await
}

/// Work of the page's process so far, in milliseconds.
fn work(app: &App) -> f64 {
    let pages = processes::family(app.process())
        .into_iter()
        .filter(|pid| processes::name(*pid).is_some_and(|name| name.starts_with("WebKitWeb")));
    f64::from(u32::try_from(pages.filter_map(crate::tree::ticks).sum::<u64>()).unwrap()) * 1000.0 / TICKS_PER_SECOND
}

fn report(what: &str, took: Vec<f64>, wanted: Option<u32>) {
    let wanted = wanted.map(|wanted| format!("   (at most {wanted})")).unwrap_or_default();
    println!("  {what:<22} {}{wanted}", Figures::new(took).line());
}

/// Watches for the result of the next key.
async fn watch(app: &App, shown: &str, args: Vec<Value>) {
    app.script(&format!("const [a, b] = arguments; window.__watch(() => {shown});"), args).await;
}

/// Asked once, and answered when it is painted: to be asked every few milliseconds would be work for the page that is measured.
async fn took(app: &App) -> f64 {
    let script = "window.__took.then(arguments[arguments.length - 1]);";
    app.web.execute_async(script, vec![]).await.unwrap().json().as_f64().unwrap()
}

/// What the window itself takes: each key writes one letter into an element that lies over the page.
async fn floor(app: &App) -> Vec<f64> {
    app.script(
        "const one = document.createElement('p');
         one.style = 'position: fixed; inset: 0 auto auto 0; width: 1em; height: 1em; contain: strict';
         document.body.append(one);
         window.__floor = (event) => { one.textContent = event.key; event.stopImmediatePropagation(); };
         window.__one = one;
         addEventListener('keydown', window.__floor, true);",
        vec![],
    )
    .await;
    let mut all = Vec::new();
    for at in 0..FLOOR_KEYS {
        let key = if at % 2 == 0 { "a" } else { "b" };
        // The measurement listens first: the key goes no further.
        app.script(
            "removeEventListener('keydown', window.__floor, true); window.__watch(() => window.__one.textContent === arguments[0]);
             addEventListener('keydown', window.__floor, true);"
                .replace("arguments[0]", &json!(key).to_string())
                .as_str(),
            vec![],
        )
        .await;
        app.press([key]).await;
        all.push(took(app).await);
    }
    app.script("removeEventListener('keydown', window.__floor, true); window.__one.remove();", vec![]).await;
    all
}

/// All 224 items get another verdict than they have, one key each.
async fn verdicts(app: &App) -> Vec<f64> {
    app.go("assess").await;
    app.press_key(Key::Home).await;
    let codes = app.codes().await;
    let mut all = Vec::new();
    for (at, code) in codes.iter().enumerate() {
        let row = format!("[data-testid=\"item-row-{code}\"]");
        until("the item is in the detail", || async {
            app.script("return window.__pick('[data-testid=\"detail\"]').dataset.code", vec![]).await == code.as_str()
        })
        .await;
        let held = app.script("return window.__pick(arguments[0]).dataset.verdict", vec![json!(row)]).await;
        let (key, verdict) = if held == "conform" { ("2", "partial") } else { ("1", "conform") };
        // The mark, and the next item in the detail; behind the last one there is none.
        let next = codes.get(at + 1).unwrap_or(code);
        let wanted = format!("{row}[data-verdict=\"{verdict}\"]");
        let detail = format!("[data-testid=\"detail\"][data-code=\"{next}\"]");
        watch(app, "window.__pick(a) && window.__pick(b)", vec![json!(wanted), json!(detail)]).await;
        app.press([key]).await;
        all.push(took(app).await);
    }
    all
}

/// Every row in view shows what was typed; without a query no row is marked.
async fn search(app: &App) -> Vec<f64> {
    app.press(["/"]).await;
    let shown = "(() => {
        const field = window.__pick('[data-testid=\"search\"]');
        const rows = [...document.querySelectorAll('[data-testid^=\"item-row-\"]')];
        const marked = (row) => [...row.querySelectorAll('mark')].some((mark) => mark.textContent.toLowerCase() === a.toLowerCase());
        return field.value === a && (a === '' ? rows.every((row) => !row.querySelector('mark')) : rows.every(marked));
      })()";
    let mut all = Vec::new();
    for query in QUERIES {
        let ends: Vec<usize> = query.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        for end in &ends {
            watch(app, shown, vec![json!(query[..*end])]).await;
            let typed: String = query[..*end].chars().next_back().into_iter().collect();
            app.press([typed.as_str()]).await;
            all.push(took(app).await);
        }
        for end in ends.iter().rev().skip(1).chain(&[0]) {
            watch(app, shown, vec![json!(query[..*end])]).await;
            app.press_key(Key::Backspace).await;
            all.push(took(app).await);
        }
    }
    app.press_key(Key::Escape).await;
    all
}

/// Each switch to each screen; at the first its code is still to be fetched.
async fn screens(app: &App) -> Vec<Vec<f64>> {
    let mut all = vec![vec![]; SCREENS.len()];
    for _ in 0..ROUNDS {
        for ((screen, key, there), all) in SCREENS.iter().zip(&mut all) {
            let wanted = format!("[data-testid=\"screen-{screen}\"] {there}");
            watch(app, "window.__pick(a)", vec![json!(wanted)]).await;
            app.control(key).await;
            all.push(took(app).await);
        }
    }
    all
}
