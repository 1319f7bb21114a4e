// How much JavaScript the first visit to a public page loads, compressed: the entry, the page of
// desks, and all that these import. Fails above the limit. Needs a built dist/.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const kLimitKb = 150;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const files = new Set();
function take(name) {
  const chunk = manifest[name];
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const other of chunk.imports ?? []) take(other);
}
take('index.html');
take('src/features/desk/desk_page.tsx');

const sizes = [...files].map((file) => gzipSync(readFileSync(new URL(file, dist))).length);
const kb = Math.round(sizes.reduce((sum, size) => sum + size, 0) / 102.4) / 10;
console.log(`first public page: ${kb} KB of JavaScript (gzip) in ${files.size} files, `
  + `limit ${kLimitKb} KB`);
process.exit(kb > kLimitKb ? 1 : 0);
