// node screens/shoot.mjs [--scene a,b] [--theme light,dark] [--size 1440x900,…] [--lang zh] [--scale 100] [--out DIR]
// Fails on any console error or violation of the content security policy.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SCENES } from './scenes.mjs';
import { stage } from './stage.mjs';

const { values } = parseArgs({
  options: {
    scene: { type: 'string', default: '' },
    theme: { type: 'string', default: 'light,dark' },
    size: { type: 'string', default: '1280x720,1440x900,1920x1080' },
    lang: { type: 'string', default: 'zh' },
    scale: { type: 'string', default: '100' },
    out: { type: 'string', default: fileURLToPath(new URL('../../tests/screenshots', import.meta.url)) },
  },
});
const wanted = values.scene ? values.scene.split(',') : null;
const { browser, show, close } = await stage();
mkdirSync(values.out, { recursive: true });
let failures = 0;
for (const size of values.size.split(',')) {
  const [width, height] = size.split('x').map(Number);
  for (const theme of values.theme.split(',')) {
    for (const scene of SCENES.filter((each) => !wanted || wanted.includes(each.name))) {
      const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
      const problems = [];
      const heed = (page) => {
        page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
        page.on('pageerror', (error) => problems.push(String(error)));
      };
      const name = [scene.name, theme, size, values.lang === 'zh' ? '' : values.lang, values.scale === '100' ? '' : values.scale]
        .filter(Boolean)
        .join('-');
      await show(context, scene, { lang: values.lang, theme, scale: Number(values.scale), heed }).catch((error) =>
        problems.push(String(error).split('\n')[0]),
      );
      const [page] = context.pages();
      await page?.waitForTimeout(150);
      await page?.screenshot({ path: `${values.out}/${name}.png` });
      if (problems.length > 0) {
        failures++;
        console.error(`${name}: ${[...new Set(problems)].join('\n  ')}`);
      }
      await context.close();
    }
  }
}
await close();
if (failures > 0) process.exit(1);
