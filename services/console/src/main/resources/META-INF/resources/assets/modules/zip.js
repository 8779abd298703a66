// A zip archive of files as they are, without compression: pictures are compressed already. Source: PKWARE, APPNOTE.TXT 4.3;
// without zip64, so up to 65,535 files and 4 GB.
const MOST_FILES = 0xffff;
const MOST_BYTES = 0xffffffff;
const UTF8_NAMES = 0x0800;
const VERSION = 20;
const JANUARY_1980 = 0x21;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

function record(...fields) {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/** files: [{path, file}]; told(share) hears how far it is. Gives a Blob, whose pictures stay on disk. */
export default async function zip(files, told) {
  if (files.length > MOST_FILES) throw new Error(`The folder has ${files.length} files, must be at most ${MOST_FILES}: make it an archive.`);
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [index, { path, file }] of files.entries()) {
    const name = new TextEncoder().encode(path);
    const crc = crc32(new Uint8Array(await file.arrayBuffer()));
    const common = [[2, VERSION], [2, UTF8_NAMES], [2, 0], [2, 0], [2, JANUARY_1980], [4, crc], [4, file.size], [4, file.size], [2, name.length], [2, 0]];
    parts.push(record([4, 0x04034b50], ...common), name, file);
    directory.push(record([4, 0x02014b50], [2, VERSION], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), name);
    offset += 30 + name.length + file.size;
    if (offset > MOST_BYTES) throw new Error("The folder is larger than 4 GB: make it an archive.");
    told((index + 1) / files.length);
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, length], [4, offset], [2, 0]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}
