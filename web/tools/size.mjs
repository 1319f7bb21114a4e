// How much JavaScript the first visit to a public page loads, compressed: the entry, the page of
// desks, and all that these import. Fails above the limit. Needs a built dist/, or the folder named.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const kLimitKb = 150;
const dist = process.argv[2] ?? fileURLToPath(new URL('../dist/', import.meta.url));
const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8'));

const files = new Set();
function take(name) {
  const chunk = manifest[name];
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const other of chunk.imports ?? []) take(other);
}
take('index.html');
take('src/features/desk/desk_page.tsx');

const sizes = [...files].map((file) => gzipSync(readFileSync(path.join(dist, file))).length);
const kb = Math.round(sizes.reduce((sum, size) => sum + size, 0) / 102.4) / 10;
console.log(`first public page: ${kb} KB of JavaScript (gzip) in ${files.size} files, `
  + `limit ${kLimitKb} KB`);
process.exit(kb > kLimitKb ? 1 : 0);
