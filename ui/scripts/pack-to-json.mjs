// Writes src/mock/pack.json from the criteria file, so that the mock backend and the tests work on the real 224 items.
// With an argument, the output of `beishen-cli snapshot DIR --json`, also src/mock/sample.json: what the mock build shows.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse, TomlDate } from 'smol-toml';

const source = new URL('../../criteria/yd-t-2823-2015.toml', import.meta.url);
const text = readFileSync(source, 'utf8');
const plain = (value) => {
  if (value instanceof TomlDate) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  return value;
};
const pack = { ...plain(parse(text)), sha256: createHash('sha256').update(text).digest('hex') };
for (const profile of pack.profiles) {
  profile.weights ??= {};
  for (const rule of profile.rules) rule.threshold ??= 0;
}
for (const item of pack.items) Object.assign(item, { laws: item.laws ?? [], kpis: item.kpis ?? [], see_also: item.see_also ?? [] });
writeFileSync(new URL('../src/mock/pack.json', import.meta.url), `${JSON.stringify(pack)}\n`);
console.log(`${pack.items.length} items`);

const dump = process.argv[2];
if (dump) {
  const { snapshot } = JSON.parse(readFileSync(dump, 'utf8'));
  writeFileSync(new URL('../src/mock/sample.json', import.meta.url), `${JSON.stringify(snapshot)}\n`);
  console.log(`${snapshot.answers.length} answers, ${snapshot.evidence.length} pieces of evidence`);
}
