// What a test does to the disk behind the shell's back.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

export { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Puts a text of the same length in the place where another one stands first in a file.
 *
 * @param {string} file
 * @param {string} text
 * @param {string} other
 */
export function overwrite(file, text, other) {
  const [from, to] = [Buffer.from(text), Buffer.from(other)];
  const bytes = readFileSync(file);
  if (from.length !== to.length || !bytes.includes(from)) throw new Error(`${file} does not hold ${text}`);
  to.copy(bytes, bytes.indexOf(from));
  writeFileSync(file, bytes);
}

/**
 * The texts of a folder's files, one after the other.
 *
 * @param {string} folder
 * @param {(file: string) => boolean} wanted
 * @returns {string}
 */
export function textsIn(folder, wanted) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(wanted);
  return files.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n');
}
