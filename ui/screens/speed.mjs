// node screens/speed.mjs: milliseconds from a key to the painted result, in Chromium over the real shell (median, 95th percentile, worst).
import { stage } from './stage.mjs';

const { browser, show: open, close } = await stage();
const page = await open(await browser.newContext({ viewport: { width: 1440, height: 900 } }), { open: 'empty' });
await page.click('[data-testid="nav-assess"]');
await page.waitForSelector('[data-testid="detail"]');

const show = (name, list) => {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
  console.log(`${name}: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms (${list.length})`);
};
/** Acts in the page and waits for a frame and the task after it: by then it was painted. */
const measure = (kind, argument) =>
  page.evaluate(
    ([kind, argument]) =>
      new Promise((resolve) => {
        const from = performance.now();
        if (kind === 'verdict') document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true, cancelable: true }));
        else if (kind === 'search') {
          const field = document.querySelector('[data-testid="search"]');
          field.value = argument;
          field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        } else document.querySelector(`[data-testid="nav-${argument}"]`).click();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from), 0));
      }),
    [kind, argument],
  );
const marks = [];
for (let n = 0; n < 224; n++) {
  marks.push(await measure('verdict'));
  await page.waitForTimeout(20);
}
show('verdict key to paint', marks);
const searches = [];
for (const text of ['投', '投诉', '投诉处', '投诉处理', '班', '班表', '', '记录', '记', '', '证', '证据', '']) {
  searches.push(await measure('search', text));
  await page.waitForTimeout(60);
}
show('search to paint', searches);
const switches = [];
for (const round of [0, 1, 2]) {
  for (const name of ['overview', 'evidence', 'findings', 'remediation', 'report', 'records', 'settings', 'assess']) {
    const took = await measure('screen', name);
    if (round > 0) switches.push(took);
    await page.waitForTimeout(400);
  }
}
show('switching screens to paint', switches);
await close();
