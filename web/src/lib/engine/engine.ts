// The engine of rules in the browser, loaded when it is first asked for. Where it is absent (a
// build without it, a browser that cannot) the server is asked instead.
//
//   const engine = await loadEngine();
//   const rule = engine?.compile({ kind: 'expression', text: 'age >= 18', variables });
//   rule?.evaluate({ facts: { age: 17 } }).outcome;      // 'no'
//   rule?.release();
//   const form = engine?.compileForm({ name: 'care/plan', form, lists });
//   form?.evaluate('{"starts":"2026-01-01"}', '2026-03-02');     // what `_evaluate` answers
import { EngineModule } from './module';
import type { Answer, CompileRequest, EngineError, EvaluateRequest, FormRequest } from './types';

// What is needed of the module.
type Module = Pick<EngineModule, 'compile' | 'evaluate' | 'release' | 'compileForm'
  | 'evaluateForm' | 'releaseForm' | 'isUsable'>;

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

class Kept {
  private isReleased = false;

  constructor(private readonly forget: () => void) { forgotten.register(this, forget, this); }

  release(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    forgotten.unregister(this);
    this.forget();
  }
}

export class Compiled extends Kept {
  constructor(private readonly module: Module, private readonly handle: number) {
    super(() => { module.release(handle); });
  }

  // Throws EngineRefusal, and EngineEnded (module.ts) where the module came to its end.
  evaluate(request: EvaluateRequest): Answer {
    const asked = JSON.stringify({ ...request, handle: this.handle });
    return parsed<Answer>(this.module.evaluate(asked));
  }
}

export class CompiledForm extends Kept {
  constructor(private readonly module: Module, private readonly handle: number) {
    super(() => { module.releaseForm(handle); });
  }

  // What the rules say of these fields (JSON) on that day. Throws as Compiled.evaluate.
  evaluate<T>(fields: string, today: string): T {
    return parsed<T>(this.module.evaluateForm(
      `{"handle":${this.handle},"today":${JSON.stringify(today)},"fields":${fields}}`));
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

  // Throws as Compiled.evaluate; FE-0073 where the server alone can judge the form.
  compileForm(request: FormRequest): CompiledForm {
    const answer = this.module.compileForm(JSON.stringify(request));
    return new CompiledForm(this.module, parsed<{ handle: number }>(answer).handle);
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
    loading = undefined;               // without a connection, or a browser that refuses
    return undefined;
  }
}

// The same for everyone; a new one where the last came to its end, or never came.
export async function loadEngine(): Promise<Engine | undefined> {
  loading ??= load();
  const engine = await loading;
  if (engine && !engine.isUsable) loading = load();
  return loading;
}
