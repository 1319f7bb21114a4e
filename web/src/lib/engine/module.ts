// The engine of rules (FEEL, DMN and forms) as a WebAssembly module: what it asks of JavaScript,
// and its functions with texts in and out (docs/formats/engine.md). No imports, so that tests load
// it as it stands; engine.ts is what pages use.

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  input(size: number): number;
  compile(): number;
  evaluate(): number;
  release(handle: number): void;
  form_compile(): number;
  form_evaluate(): number;
  form_release(handle: number): void;
  output_size(): number;
  kept(): number;
}

// Keeps things under numbers, as a module can hold no others.
class Numbered<T> {
  private readonly kept = new Map<number, T>();
  private last = 0;
  keep(thing: T): number {
    this.kept.set(++this.last, thing);
    return this.last;
  }
  get(number: number): T | undefined { return this.kept.get(number); }
  drop(number: number): void { this.kept.delete(number); }
}

// Seconds east of UTC in a zone at a moment: what its wall clock shows, less what UTC shows.
function offsetAt(format: Intl.DateTimeFormat, seconds: number): number {
  const wall = new Date(0);
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(seconds * 1000)) parts[type] = value;
  const part = (name: string) => Number(parts[name]);
  const year = parts['era'] === 'BC' ? 1 - part('year') : part('year');
  wall.setUTCFullYear(year, part('month') - 1, part('day'));
  wall.setUTCHours(part('hour'), part('minute'), part('second'));
  return Math.round(wall.getTime() / 1000 - seconds);
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric',
      hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  } catch {
    return undefined;
  }
}

// As the server reads texts: U+FEFF at the beginning is a letter of the text too.
const newDecoder = () => new TextDecoder('utf-8', { ignoreBOM: true });

interface Search { regex: RegExp; text: string; }

// The next match; after an empty one the search goes on behind the character that follows.
function nextMatch({ regex, text }: Search): RegExpExecArray | null {
  const match = regex.exec(text);
  if (match?.[0] === '') {
    regex.lastIndex += (text.codePointAt(regex.lastIndex) ?? 0) > 0xffff ? 2 : 1;
  }
  return match;
}

// What the module imports; `memory` is that of the instance.
function hostOf(memory: () => WebAssembly.Memory) {
  const decoder = newDecoder();
  const encoder = new TextEncoder();
  const bytes = (at: number, size: number) => new Uint8Array(memory().buffer, at, size);
  const textAt = (at: number, size: number) => decoder.decode(bytes(at, size));
  const zones = new Numbered<Intl.DateTimeFormat>();
  const regexes = new Numbered<RegExp>();
  const searches = new Numbered<Search>();
  let changed = new Uint8Array();
  return {
    zone_find(name: number, size: number): number {
      const format = zoneFormat(textAt(name, size));
      return format ? zones.keep(format) : -1;
    },
    zone_offset(zone: number, seconds: number): number {
      const format = zones.get(zone);
      return format ? offsetAt(format, seconds) : 0;
    },
    text_case(at: number, size: number, isUpper: number): number {
      const text = textAt(at, size);
      changed = encoder.encode(isUpper ? text.toUpperCase() : text.toLowerCase());
      return changed.length;
    },
    text_take(to: number): void { bytes(to, changed.length).set(changed); },
    regex_compile(at: number, size: number, ignoresCase: number): number {
      try {
        return regexes.keep(new RegExp(textAt(at, size), ignoresCase ? 'vi' : 'v'));
      } catch {
        return -1;
      }
    },
    regex_drop(regex: number): void { regexes.drop(regex); },
    search_begin(regex: number, at: number, size: number, withGroups: number): number {
      const known = regexes.get(regex);
      if (!known) return -1;
      const flags = `${known.flags}g${withGroups ? 'd' : ''}`;
      return searches.keep({ regex: new RegExp(known.source, flags), text: textAt(at, size) });
    },
    search_next(number: number, places: number, groups: number): number {
      const search = searches.get(number);
      if (!search) return -1;
      try {
        const match = nextMatch(search);
        if (!match) return 0;
        const out = new Int32Array(memory().buffer, places, 2 * (groups + 1));
        out.set([match.index, match.index + match[0].length]);
        for (let i = 1; i <= groups; ++i) out.set(match.indices?.[i] ?? [-1, -1], 2 * i);
        return 1;
      } catch {
        return -1;  // too large for the browser
      }
    },
    search_end(number: number): void { searches.drop(number); },
  };
}

// The module ended within a call, for lack of stack or memory. Another instance is needed.
export class EngineEnded extends Error {}

export class EngineModule {
  private readonly exports: Exports;
  private hasEnded = false;

  private constructor(exports: Exports) { this.exports = exports; }

  static async instantiate(source: WebAssembly.Module): Promise<EngineModule> {
    const made: { memory?: WebAssembly.Memory } = {};
    const zicht = hostOf(() => {
      if (!made.memory) throw new EngineEnded('the module has no memory yet');
      return made.memory;
    });
    // What the C library asks for writing to streams and ending; the module does neither.
    const system: Record<string, WebAssembly.ImportValue> = {};
    const env: Record<string, WebAssembly.ImportValue> = {};
    for (const { module, name } of WebAssembly.Module.imports(source)) {
      if (module === 'wasi_snapshot_preview1') {
        system[name] = () => {
          if (name === 'proc_exit') throw new EngineEnded(name);
          return 52;  // not supported
        };
      } else if (module === 'env') {
        env[name] = () => undefined;
      }
    }
    const { exports } = await WebAssembly.instantiate(source,
      { zicht, env, wasi_snapshot_preview1: system });
    const engine = exports as unknown as Exports;
    made.memory = engine.memory;
    engine._initialize();
    return new EngineModule(engine);
  }

  get isUsable(): boolean { return !this.hasEnded; }

  compile(request: string): string { return this.call(request, () => this.exports.compile()); }

  evaluate(request: string): string { return this.call(request, () => this.exports.evaluate()); }

  // Forgets what was compiled under that number.
  release(handle: number): void {
    if (!this.hasEnded) this.exports.release(handle);
  }

  // The same for the rules of a form.
  compileForm(request: string): string {
    return this.call(request, () => this.exports.form_compile());
  }

  evaluateForm(request: string): string {
    return this.call(request, () => this.exports.form_evaluate());
  }

  releaseForm(handle: number): void {
    if (!this.hasEnded) this.exports.form_release(handle);
  }

  // How many things are compiled and not released.
  get kept(): number { return this.hasEnded ? 0 : this.exports.kept(); }

  // How many bytes the module holds; it never gives them back while it lives.
  get memorySize(): number { return this.exports.memory.buffer.byteLength; }

  private call(request: string, run: () => number): string {
    if (this.hasEnded) throw new EngineEnded('the module has ended');
    try {
      const bytes = new TextEncoder().encode(request);
      const at = this.exports.input(bytes.length);
      new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
      const answer = run();
      const size = this.exports.output_size();
      return newDecoder().decode(new Uint8Array(this.exports.memory.buffer, answer, size));
    } catch (cause) {
      this.hasEnded = true;
      throw new EngineEnded('the module ended within a call', { cause });
    }
  }
}
