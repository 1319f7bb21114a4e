// What goes in and out of a module. Method: the smallest module there is, which answers with what
// it was asked.
import { describe, expect, it } from 'vitest';

import { EngineModule } from './module';

type Bytes = (number | Bytes)[];
const flat = (bytes: Bytes): number[] => bytes.flatMap((one) => (
  typeof one === 'number' ? [one] : flat(one)));
const sized = (bytes: Bytes) => [flat(bytes).length, ...flat(bytes)];
const named = (name: string, kind: number, index: number) => (
  [...sized([...new TextEncoder().encode(name)]), kind, index]);

// A memory of one page, a kept number, and four functions: _initialize does nothing, input keeps
// the size and gives 0, compile gives 0, output_size gives what is kept.
const kEcho = new Uint8Array(flat([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, sized([3, 0x60, 0, 0, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 1, 0x7f]),
  3, sized([4, 0, 1, 2, 2]),
  5, sized([1, 0, 1]),
  6, sized([1, 0x7f, 1, 0x41, 0, 0x0b]),
  7, sized([5, named('memory', 2, 0), named('_initialize', 0, 0), named('input', 0, 1),
    named('compile', 0, 2), named('output_size', 0, 3)]),
  10, sized([4, sized([0, 0x0b]), sized([0, 0x20, 0, 0x24, 0, 0x41, 0, 0x0b]),
    sized([0, 0x41, 0, 0x0b]), sized([0, 0x23, 0, 0x0b])]),
]));

describe('engine module', () => {
  it.each(['ja', '', 'Één 🙂', '\uFEFFja', '\uFEFF\uFEFF'])('gives %j as it is', async (text) => {
    const engine = await EngineModule.instantiate(new WebAssembly.Module(kEcho));
    expect(engine.compile(text)).toBe(text);
    expect(engine.isUsable).toBe(true);
  });
});
