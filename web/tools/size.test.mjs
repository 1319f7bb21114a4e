// @vitest-environment node
// What the first public page loads, on small built folders: what counts, and above which size it
// fails. Of random bytes, which gzip makes no smaller.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const program = fileURLToPath(new URL('size.mjs', import.meta.url));
const desk = 'src/features/desk/desk_page.tsx';
let folder;
afterEach(() => rmSync(folder, { recursive: true }));

// Chunks of so many KB: { name: [KB, imports] }.
function sizeOf(chunks) {
  folder = mkdtempSync(path.join(tmpdir(), 'zicht-size-'));
  mkdirSync(path.join(folder, '.vite'));
  const manifest = {};
  for (const [name, [kb, imports]] of Object.entries(chunks)) {
    const file = `${Object.keys(manifest).length}.js`;
    manifest[name] = { file, imports };
    writeFileSync(path.join(folder, file), randomBytes(kb * 1024));
  }
  writeFileSync(path.join(folder, '.vite/manifest.json'), JSON.stringify(manifest));
  const { status, stdout } = spawnSync(process.execPath, [program, folder], { encoding: 'utf8' });
  return { status, kb: Number(/([\d.]+) KB/.exec(stdout)?.[1]) };
}

test('size: the entry, the page of desks and what they import count once', () => {
  const found = sizeOf({
    'index.html': [60, ['shared']], shared: [40], [desk]: [20, ['shared', 'more']], more: [10],
    'src/features/admin/page.tsx': [500],
  });
  expect(found.status).toBe(0);
  expect(found.kb).toBeGreaterThan(130);
  expect(found.kb).toBeLessThan(131);
});

test('size: above 150 KB it fails', () => {
  const found = sizeOf({ 'index.html': [100, ['shared']], shared: [31], [desk]: [20] });
  expect(found).toMatchObject({ status: 1 });
  expect(found.kb).toBeGreaterThan(151);
});
