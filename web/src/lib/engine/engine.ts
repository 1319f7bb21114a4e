// The engine of rules in the browser, loaded when it is first asked for. Where it is absent (a
// build without it, a browser that cannot) the server is asked instead.
//
//   const engine = await loadEngine();
//   const rule = engine?.compile({ kind: 'expression', text: 'age >= 18', variables });
//   rule?.evaluate({ facts: { age: 17 } }).outcome;      // 'no'
//   rule?.release();
import { EngineModule } from './module';
import type { Answer, CompileRequest, EngineError, EvaluateRequest } from './types';

// What is needed of the module.
type Module = Pick<EngineModule, 'compile' | 'evaluate' | 'release' | 'isUsable'>;

// The engine says what is wrong; `error.id` FE-0070: ask the server.
export class EngineRefusal extends Error {
  constructor(readonly error: EngineError) { super(`${error.id}: ${error.message.en}`); }
}

function parsed<T>(text: string): T {
  const answer = JSON.parse(text) as T & { error?: EngineError };
  if (answer.error) throw new EngineRefusal(answer.error);
  return answer;
}

// What is compiled lives until it is released, or until nobody holds it any more.
const forgotten = new FinalizationRegistry<() => void>((release) => { release(); });

export class Compiled {
  private isReleased = false;

  constructor(private readonly module: Module, private readonly handle: number) {
    forgotten.register(this, () => { module.release(handle); }, this);
  }

  // Throws EngineRefusal, and EngineEnded (module.ts) where the module came to its end.
  evaluate(request: EvaluateRequest): Answer {
    const asked = JSON.stringify({ ...request, handle: this.handle });
    return parsed<Answer>(this.module.evaluate(asked));
  }

  release(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    forgotten.unregister(this);
    this.module.release(this.handle);
  }
}

export class Engine {
  constructor(private readonly module: Module) {}

  get isUsable(): boolean { return this.module.isUsable; }

  // Throws as Compiled.evaluate.
  compile(request: CompileRequest): Compiled {
    const { handle } = parsed<{ handle: number }>(this.module.compile(JSON.stringify(request)));
    return new Compiled(this.module, handle);
  }
}

// Nothing where the build had no module.
const addresses = import.meta.glob<string>('./engine.wasm',
  { query: '?url', import: 'default', eager: true });

let loading: Promise<Engine | undefined> | undefined;

async function load(): Promise<Engine | undefined> {
  const address = addresses['./engine.wasm'];
  if (!address || typeof WebAssembly === 'undefined') return undefined;
  try {
    const source = await WebAssembly.compileStreaming(fetch(address));
    return new Engine(await EngineModule.instantiate(source));
  } catch {
    return undefined;
  }
}

// The same for everyone; a new one where the last came to its end.
export async function loadEngine(): Promise<Engine | undefined> {
  loading ??= load();
  const engine = await loading;
  if (engine && !engine.isUsable) loading = load();
  return loading;
}
