//! Every screen, and what the page must never do.

use crate::harness::{App, Outcome, Place, until};
use serde_json::{Value, json};

pub const SCREENS: [&str; 8] =
    ["overview", "assess", "evidence", "findings", "remediation", "report", "records", "settings"];

/// Listens to everything the page complains about from now on.
pub async fn hear(app: &App) {
    app.script(
        "window.__heard = [];
         for (const name of ['error', 'warn']) {
           const real = console[name];
           console[name] = (...args) => { window.__heard.push(name + ': ' + args.join(' ')); real.apply(console, args); };
         }
         addEventListener('error', (e) => window.__heard.push('uncaught: ' + e.message));
         addEventListener('unhandledrejection', (e) => window.__heard.push('rejected: ' + e.reason));
         addEventListener('securitypolicyviolation', (e) => window.__heard.push('policy: ' + e.effectiveDirective + ' ' + e.blockedURI + ' ' + e.sourceFile));",
        vec![],
    )
    .await;
}

/// What it complained about.
pub async fn heard(app: &App) -> Value {
    app.script("return window.__heard", vec![]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_is_reached_by_mouse_and_by_key_without_an_error() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    hear(&app).await;
    for screen in SCREENS {
        app.go(screen).await;
    }
    for (key, screen) in ["1", "2", "3", "4", "5", "6", "7", ","].into_iter().zip(SCREENS) {
        app.control(key).await;
        app.see(&format!("screen-{screen}")).await;
    }
    assert_eq!(heard(&app).await, json!([]), "the page complained");
    assert!(!place.log().contains("ERROR"), "{}", place.log());
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_has_no_power() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    let secret = place.file("私人.txt", "不该被读到".as_bytes());
    let add = json!({ "job": "x", "items": [], "paths": [secret], "draft": {} });
    assert_eq!(app.try_ask("add_files", add).await, Err("path_not_chosen".to_owned()));
    for plugin in [
        "plugin:dialog|open",
        "plugin:opener|open_path",
        "plugin:opener|open_url",
        "plugin:window|close",
        "plugin:fs|read",
    ] {
        assert!(app.try_ask(plugin, json!({ "path": "/etc/passwd" })).await.is_err(), "{plugin} is allowed");
    }
    // Neither scripts from elsewhere nor a connection nor another page.
    let tried = app
        .web
        .execute_async(
            "const done = arguments[arguments.length - 1];
             const out = {};
             try { out.eval = String(eval('1 + 1')); } catch { out.eval = 'refused'; }
             window.open('https://example.com/');
             location.href = 'https://example.com/';
             fetch('https://example.com/').then(() => (out.fetch = 'reached'), () => (out.fetch = 'refused')).then(() => done(out));",
            vec![],
        )
        .await?
        .json()
        .clone();
    assert_eq!(tried["fetch"], "refused");
    assert_eq!(app.web.windows().await?.len(), 1, "a second window was opened");
    app.see("nav-overview").await;
    assert!(app.web.current_url().await?.as_str().starts_with("tauri://localhost"));
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_look_and_the_language_are_chosen_and_kept() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    app.go("settings").await;
    app.click_css("label:has([data-testid=\"language-en\"])").await;
    until("the page is English", || async { app.text().await.contains("Settings") }).await;
    app.click_css("label:has([data-testid=\"theme-dark\"])").await;
    until("the page is dark", || async {
        app.script("return document.documentElement.dataset.theme", vec![]).await == "dark"
    })
    .await;
    until("settings are kept", || async { app.ask("settings", json!({})).await["theme"] == "dark" }).await;
    app.close().await?;

    let app = App::start(&place).await;
    app.see("open-sample").await;
    assert_eq!(app.script("return document.documentElement.dataset.theme", vec![]).await, "dark");
    let settings = app.ask("settings", json!({})).await;
    assert_eq!((&settings["lang"], &settings["theme"]), (&json!("en"), &json!("dark")));
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_and_the_list_of_keys_open_by_key() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    app.control("k").await;
    app.see("palette").await;
    app.press_key(thirtyfour::Key::Escape).await;
    app.gone("palette").await;
    app.press(["?"]).await;
    app.see("key-list").await;
    app.press_key(thirtyfour::Key::Escape).await;
    app.gone("key-list").await;
    app.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chart_of_the_overview_is_drawn_when_it_comes_into_sight() -> Outcome {
    let place = Place::new();
    let app = App::sample(&place).await;
    app.go("overview").await;
    until("the chart has painted something", || async {
        // A chart that throws leaves an empty canvas and says nothing.
        let painted = app
            .script(
                "document.querySelector('[data-testid=\"radar\"]')?.scrollIntoView();
                 return [...document.querySelectorAll('[role=\"img\"] canvas')].map((canvas) => {
                   const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                   let n = 0;
                   for (let at = 3; at < data.length; at += 4) if (data[at] > 0) n += 1;
                   return n;
                 })",
                vec![],
            )
            .await;
        let painted: Vec<u64> = painted.as_array().unwrap().iter().filter_map(Value::as_u64).collect();
        painted.len() == 1 && painted.iter().all(|pixels| *pixels > 2_000)
    })
    .await;
    app.close().await
}
