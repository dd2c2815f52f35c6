// node screens/shoot.mjs [--scene a,b] [--theme light,dark] [--size 1440x900,…] [--lang zh] [--scale 100] [--out DIR]
// Needs `npm run build:mock`. Fails on any console error or violation of the content security policy.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { SCENES } from './scenes.mjs';
import { serve } from './server.mjs';

const { values } = parseArgs({
  options: {
    scene: { type: 'string', default: '' },
    theme: { type: 'string', default: 'light,dark' },
    size: { type: 'string', default: '1280x720,1440x900,1920x1080' },
    lang: { type: 'string', default: 'zh' },
    scale: { type: 'string', default: '100' },
    query: { type: 'string', default: '' },
    out: { type: 'string', default: fileURLToPath(new URL('../../tests/screenshots', import.meta.url)) },
  },
});
const wanted = values.scene ? values.scene.split(',') : null;
const site = await serve(fileURLToPath(new URL('../dist-mock', import.meta.url)));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
mkdirSync(values.out, { recursive: true });
let failures = 0;
for (const size of values.size.split(',')) {
  const [width, height] = size.split('x').map(Number);
  for (const theme of values.theme.split(',')) {
    for (const scene of SCENES.filter((each) => !wanted || wanted.includes(each.name))) {
      const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
      const problems = [];
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(String(error)));
      const name = [scene.name, theme, size, values.lang === 'zh' ? '' : values.lang, values.scale === '100' ? '' : values.scale].filter(Boolean).join('-');
      try {
        await page.goto(`${site.url}?lang=${values.lang}&theme=${theme}&scale=${values.scale}&${values.query || (scene.query ?? '')}`);
        await page.waitForSelector('[data-testid="open-sample"]');
        await scene.run(page);
        await page.waitForTimeout(150);
      } catch (error) {
        problems.push(String(error).split('\n')[0]);
      }
      await page.screenshot({ path: `${values.out}/${name}.png` });
      if (problems.length > 0) {
        failures++;
        console.error(`${name}: ${[...new Set(problems)].join('\n  ')}`);
      }
      await page.close();
    }
  }
}
await browser.close();
site.close();
if (failures > 0) process.exit(1);
