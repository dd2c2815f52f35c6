// Fills in cells of a workbook as another program would, with nothing but Node.
import { readFileSync, writeFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/** @param {Buffer} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

/** The parts of a ZIP file, unpacked. @param {Buffer} file @returns {[string, Buffer][]} */
function unpacked(file) {
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06'));
  const count = file.readUInt16LE(end + 10);
  /** @type {[string, Buffer][]} */
  const parts = [];
  for (let n = 0, at = file.readUInt32LE(end + 16); n < count; n++) {
    const [method, size] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20)];
    const [name, extra, comment] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)];
    const local = file.readUInt32LE(at + 42);
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(from, from + size);
    parts.push([file.toString('utf8', at + 46, at + 46 + name), method === 0 ? packed : inflateRawSync(packed)]);
    at += 46 + name + extra + comment;
  }
  return parts;
}

/** A ZIP file of these parts, stored. @param {[string, Buffer][]} parts */
function packed(parts) {
  const files = [];
  const list = [];
  let at = 0;
  for (const [name, content] of parts) {
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(content.length, 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const [local, central, rest] = [Buffer.alloc(4), Buffer.alloc(6), Buffer.alloc(14)];
    local.writeUInt32LE(LOCAL);
    central.writeUInt32LE(CENTRAL);
    rest.writeUInt32LE(at, 10);
    files.push(local, head, Buffer.from(name), content);
    list.push(central, head, rest, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + content.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, directory, end]);
}

/**
 * Fills in cells of a sheet; an empty text clears the cell.
 *
 * @param {string} path
 * @param {number} sheet its number
 * @param {{ [cell: string]: string }} cells
 */
export function fillIn(path, sheet, cells) {
  const parts = unpacked(readFileSync(path)).map(([name, content]) => {
    if (name !== `xl/worksheets/sheet${sheet}.xml`) return /** @type {[string, Buffer]} */ ([name, content]);
    let xml = content.toString();
    for (const [cell, text] of Object.entries(cells)) {
      const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
      const filled = text ? `<c r="${cell}" t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>` : '';
      const before = xml;
      xml = xml.replace(new RegExp(`<c r="${cell}"(?:[^>]*/>|[^>]*>.*?</c>)`, 's'), () => filled);
      if (xml === before) throw new Error(`no ${cell} on sheet ${sheet}`);
    }
    return /** @type {[string, Buffer]} */ ([name, Buffer.from(xml)]);
  });
  writeFileSync(path, packed(parts));
}
