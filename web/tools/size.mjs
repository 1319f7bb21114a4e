// How much JavaScript the first visit to a public page loads, compressed; fails above the limit.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const kLimitKb = 150;
const kFirstPage = /^(index|desk_page|field_value|use_hotkeys|export_menu|record_table)-.*\.js$/;
const folder = new URL('../dist/assets/', import.meta.url);
const files = readdirSync(folder).filter((name) => kFirstPage.test(name));
const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, folder))).length, 0);
const kb = Math.round(bytes / 102.4) / 10;
console.log(`first public page: ${kb} KB of JavaScript (gzip), limit ${kLimitKb} KB`);
process.exit(kb > kLimitKb ? 1 : 0);
