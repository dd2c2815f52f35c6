// node screens/axe.mjs: every scene in both themes and languages, and with text of twice the size, through axe-core; fails on a
// serious violation of WCAG 2.1 AA. `--scene a,b` checks only these.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { SCENES } from './scenes.mjs';
import { stage } from './stage.mjs';

const VARIANTS = [
  ['zh', 'light', 100],
  ['zh', 'dark', 100],
  ['en', 'light', 100],
  ['en', 'dark', 100],
  ['zh', 'light', 200],
];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { browser, show, close } = await stage();
const found = new Map();
const wanted = process.argv[2] === '--scene' ? process.argv[3].split(',') : null;
const scenes = SCENES.filter((scene) => !wanted || wanted.includes(scene.name));
const pages = VARIANTS.flatMap(([lang, theme, scale]) => scenes.map((scene) => ({ lang, theme, scale, scene })));

async function check(context, { lang, theme, scale, scene }) {
  const page = await show(context, scene, { lang, theme, scale }).catch((error) => {
    throw new Error(`${scene.name} ${lang} ${theme} ${scale}: ${error.message.split('\n')[0]}`);
  });
  await page.waitForTimeout(150);
  await page.evaluate(axe);
  // Only what is wrong is told in full: most of the time went into describing what is right.
  const { violations } = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] }), RULES);
  for (const violation of violations) {
    const entry = found.get(violation.id) ?? { impact: violation.impact, help: violation.help, where: [] };
    for (const node of violation.nodes)
      entry.where.push(
        `${scene.name}/${theme}/${lang}/${scale} ${node.target.join(' ')} ${node.any[0]?.message ?? node.failureSummary?.split('\n')[1] ?? ''}`,
      );
    found.set(violation.id, entry);
  }
  await page.close();
}

// A row of pages for each processor; a context each, so that the page's code is fetched once and not 160 times.
let next = 0;
await Promise.all(
  Array.from({ length: Math.max(2, availableParallelism()) }, async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    while (next < pages.length) await check(context, pages[next++]);
  }),
);
await close();
console.log(`${next} pages checked`);
for (const [id, { impact, help, where }] of found) {
  console.log(`${impact} ${id}: ${help} (${where.length})`);
  for (const line of where.slice(0, 8)) console.log(`   ${line}`);
}
const bad = [...found.values()].filter(({ impact }) => impact === 'serious' || impact === 'critical');
if (bad.length > 0) process.exit(1);
