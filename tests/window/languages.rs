//! Both languages and large text, on every screen with the sample in it.

use crate::harness::{App, Outcome, Place, by_id};
use crate::screens::{SCREENS, hear, heard};
use serde_json::{Value, json};
use std::path::PathBuf;
use thirtyfour::Key;

/// The Chinese dictionary of the page: none of its words may be left in the English window.
const ZH: &str = include_str!("../../ui/src/i18n/zh.ts");

/// Written in its own language wherever it stands.
const OWN_NAMES: [&str; 2] = ["简体中文", "备审"];

/// Values of `'key': 'value',` lines.
fn dictionary() -> Vec<&'static str> {
    let values = ZH.lines().filter_map(|line| line.trim().strip_suffix("',")?.split_once("': '"));
    let values: Vec<_> = values.map(|(_, value)| value).collect();
    assert!(values.len() > 500, "the dictionary reads otherwise now");
    values
}

/// Texts in Chinese that are neither the user's nor the criteria's: what the document shows is compared with everything that
/// Rust sent. A word of the dictionary that stands alone counts as left over unless somebody entered just that.
const LEFT_OVER: &str = r#"
    const [dictionary, own, done] = arguments;
    const ask = (command, args) => window.__TAURI_INTERNALS__.invoke(command, args);
    const history = { item: null, actor: null, since: null, limit: 500 };
    Promise.all([ask('current'), ask('about'), ask('history', { query: history })]).then((sent) => {
      const leaves = new Set();
      const walk = (value) => {
        if (typeof value === 'string') leaves.add(value.trim());
        else if (value && typeof value === 'object') Object.values(value).forEach(walk);
      };
      walk(sent);
      const all = [...leaves].join('\n');
      const words = new Set(dictionary);
      const left = new Set();
      const judge = (text) => {
        text = text.trim();
        if (!/\p{Script=Han}/u.test(text) || own.includes(text) || leaves.has(text)) return;
        const runs = text.match(/[\p{Script=Han}，。；：、（）“”《》]+/gu);
        if (words.has(text) || !runs.every((run) => all.includes(run))) left.add(text);
      };
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) judge(texts.currentNode.data);
      for (const element of document.querySelectorAll('*')) {
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) judge(element.getAttribute(name) ?? '');
      }
      done([...left]);
    }, (error) => done(['' + JSON.stringify(error)]));"#;

#[tokio::test(flavor = "multi_thread")]
async fn the_english_window_has_no_chinese_of_its_own() -> Outcome {
    let place = Place::new();
    place.file("home/settings.json", br#"{"lang":"en","theme":"light","actor":"Assessor"}"#);
    let app = App::sample(&place).await;
    hear(&app).await;
    for screen in SCREENS {
        app.go(screen).await;
        nothing_left(&app, screen).await?;
    }
    for (key, shown) in [("k", "palette"), ("?", "key-list")] {
        if key == "?" {
            app.press([key]).await;
        } else {
            app.control(key).await;
        }
        app.see(shown).await;
        nothing_left(&app, shown).await?;
        app.press_key(Key::Escape).await;
        app.gone(shown).await;
    }
    app.go("assess").await;
    for (key, shown) in [("f", "finding-dialog"), ("t", "task-dialog")] {
        app.press([key]).await;
        app.see(shown).await;
        nothing_left(&app, shown).await?;
        app.press_key(Key::Escape).await;
        app.gone(shown).await;
    }
    assert_eq!(heard(&app).await, json!([]), "the page complained");

    // What is refused, and what is wrong with the workspace, is told in English as well.
    place.answer([place.path("vanished.pdf")]);
    app.press(["e"]).await;
    let toast = app.see("toast").await.text().await?;
    assert!(toast.contains("vanished.pdf") && toast.contains("nothing was imported"), "{toast}");
    nothing_left(&app, "a refusal").await?;
    app.click_css(&format!("{} button", by_id("toast"))).await;
    app.gone("toast").await;
    let round = app.round().await;
    let sha256 = round["snapshot"]["evidence"][0]["sha256"].as_str().unwrap();
    let dir = PathBuf::from(app.ask("current", json!({})).await["dir"].as_str().unwrap());
    std::fs::remove_file(dir.join("evidence").join(&sha256[..2]).join(sha256))?;
    app.go("settings").await;
    app.click("doctor").await;
    let troubles = app.see("troubles").await.text().await?;
    assert!(troubles.contains("the file is missing"), "{troubles}");
    nothing_left(&app, "the troubles").await?;
    app.close().await
}

async fn nothing_left(app: &App, screen: &str) -> Outcome {
    let args = vec![json!(dictionary()), json!(OWN_NAMES)];
    let left = app.web.execute_async(LEFT_OVER, args).await?.json().clone();
    assert_eq!(left, json!([]), "Chinese is left on {screen}");
    Ok(())
}

/// What does not fit: a page that scrolls sideways, a control that is cut off by the window or that cuts its own words. What
/// lies in a part that scrolls can be reached; what ends in dots says so.
const CUT: &str = r#"
    const cut = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) cut.push(`the page is ${root.scrollWidth} wide`);
    const scrolls = (element, axis) => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        const overflow = axis === 'x' ? style.overflowX : style.overflowY;
        const more = axis === 'x' ? at.scrollWidth > at.clientWidth : at.scrollHeight > at.clientHeight;
        if (/auto|scroll/.test(overflow) && more) return true;
      }
      return false;
    };
    for (const control of document.querySelectorAll('button, a[href], input, textarea, [role="tab"], [role="radio"]')) {
      const box = control.getBoundingClientRect();
      const style = getComputedStyle(control);
      if (box.width < 2 || box.height < 2 || style.visibility === 'hidden' || control.closest('.visually-hidden')) continue;
      const name = control.dataset.testid || control.getAttribute('aria-label') || control.textContent.trim();
      if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(control, 'x')) cut.push(`${name} leaves the window sideways`);
      if ((box.bottom > innerHeight + 1 || box.top < -1) && !scrolls(control, 'y')) cut.push(`${name} leaves the window at ${Math.round(box.top)}–${Math.round(box.bottom)}`);
      if (control.tagName !== 'BUTTON') continue;
      const dots = [control, ...control.querySelectorAll('*')].some((part) => getComputedStyle(part).textOverflow === 'ellipsis');
      const words = document.createRange();
      words.selectNodeContents(control);
      const inside = words.getBoundingClientRect();
      // Without words (a piece of a bar) there is nothing to be cut.
      if (!dots && inside.width > 0 && (inside.right > box.right + 2 || inside.left < box.left - 2)) cut.push(`${name} is narrower than its words`);
    }
    return cut;"#;

#[tokio::test(flavor = "multi_thread")]
async fn text_of_double_size_fits_the_smallest_window_in_both_languages() -> Outcome {
    for language in ["zh", "en"] {
        let place = Place::new();
        let settings = json!({ "lang": language, "theme": "light", "text_scale": 200 });
        place.file("home/settings.json", settings.to_string().as_bytes());
        let app = App::sample(&place).await;
        app.web.set_window_rect(0, 0, 1280, 720).await?;
        crate::harness::until("the window is small", || async {
            app.script("return innerWidth === 1280 && innerHeight === 720", vec![]).await == true
        })
        .await;
        for screen in SCREENS {
            app.go(screen).await;
            let cut: Value = app.script(CUT, vec![]).await;
            assert_eq!(cut, json!([]), "{screen}, {language}");
        }
        app.close().await?;
    }
    Ok(())
}
