// The API of the mock: one table from 'METHOD /path' to what it answers.
import { current } from './figures.mjs';
import { evaluate, model, norm, summary } from './model.mjs';
import { openData } from './open_data.mjs';
import { catalogueFor, pack } from './pack.mjs';
import { actionsOf, find, formOf, histories, processOf, put, records, referencesOf, seed }
  from './store.mjs';

const kAccounts = {
  anna: { id: 'u1', name: 'Anna de Tuin', roles: ['tuinier', 'administrator'], totp: false },
  bas: { id: 'u2', name: 'Bas van Dam', roles: ['tuinier'], totp: true },
};
const kTitles = { tuinier: { nl: 'Tuinier', en: 'Gardener' },
  administrator: { nl: 'Beheerder', en: 'Administrator' } };

class Problem extends Error {
  constructor(status, id, title, detail, more = {}) {
    super(title);
    Object.assign(this, { status, body: { type: `urn:zicht:error:${id}`, status, title, detail,
      instance: 'urn:zicht:incident:7f3a', ...more } });
  }
}

// As the list of accounts names them: 'pack/role', or a built-in role.
const heldRole = (id) => (id in pack.roles ? `${pack.name}/${id}` : id);
const idsOfRoles = (account) => ({ ...account,
  roles: account.roles.map((role) => heldRole(role.id ?? role)) });

const notFound = () => new Problem(404, 'AP-0004', 'Niet gevonden',
  'Dit stuk is er niet, of u mag het niet zien.');

export function makeApi() {
  seed();
  const state = { login: null, totp: {}, failures: [], slowMs: 0, keys: new Map(), made: 0,
    accounts: Object.entries(kAccounts).map(([login, a]) => ({ ...a, login, active: true,
      organisation: { id: 'akker', name: 'De Akker' },
      roles: a.roles.map((id) => ({ id, title: kTitles[id] })) })) };

  const account = () => state.accounts.find((one) => one.login === state.login) ?? null;
  const visible = (record) => {
    const fields = Object.fromEntries(Object.entries(record.fields).filter(([id]) => account()
      || !formOf(record.form).fields[id].sensitivity));
    return { ...record, fields };
  };
  // As the server does: figures are what a step counted, whatever is sent.
  const counted = ({ form, fields }) => Object.fromEntries(Object.entries(fields)
    .filter(([id]) => formOf(form).fields[id].type === 'figures'));
  const refuseFigures = (form, fields) => {
    const sent = Object.keys(fields ?? {})
      .filter((id) => formOf(form).fields[id]?.type === 'figures');
    if (sent.length) throw new Problem(400, 'MD-0101', 'Niet alles klopt', `Niet: ${sent}.`);
  };
  const view = (record) => ({ ...visible(record), references: referencesOf([record]),
    actions: actionsOf(record, account()) });
  const session = () => ({ account: account() && { ...account(), totp: Boolean(state.totp.on)
    || account().totp }, csrf_token: account() ? 'mock-csrf' : undefined, language: 'nl' });

  function signIn(body) {
    const found = state.accounts.find((one) => one.login === body.login);
    if (!found || body.password !== 'een lang wachtwoord') {
      throw new Problem(401, 'HT-0010', 'Dat klopt niet', 'Controleer naam en wachtwoord.');
    }
    if (found.totp && !body.code) {
      throw new Problem(401, 'AP-0041', 'Code nodig', 'Vul de code uit uw app in.');
    }
    if (found.totp && body.code !== '123456') {
      throw new Problem(401, 'HT-0010', 'Dat klopt niet', 'Controleer de code.');
    }
    state.login = found.login;
    return session();
  }

  const recordOf = (id) => {
    const record = records.get(id);
    if (!record) throw notFound();
    return record;
  };

  function checkVersion(record, request) {
    if (request.headers['if-match'] === `"${record.version}"`) return;
    throw new Problem(409, 'AP-0020', 'Iemand anders heeft dit gewijzigd',
      'Bekijk wat er veranderd is en sla opnieuw op.', { current: view(record) });
  }

  function checkFields(form, fields) {
    const missing = Object.entries(formOf(form).fields)
      .filter(([id, field]) => field.required && fields[id] === undefined);
    if (!missing.length) return;
    throw new Problem(400, 'MD-0101', 'Niet alles klopt', 'Verbeter de velden hieronder.', {
      problems: missing.map(([id]) => ({ id: 'MD-0102', where: `/fields/${id}`,
        message: 'Dit veld is nodig.', hint: 'Vul het in.' })) });
  }

  function step(id, body, request) {
    const record = recordOf(id);
    checkVersion(record, request);
    const found = processOf(record.form).transitions[body.transition];
    refuseFigures(record.form, body.fields);
    const fields = { ...record.fields, ...body.fields };
    return view(put(id, record.form, fields, found.to, { actor: account().name, event: 'stepped',
      transition: body.transition, reason: body.reason }));
  }

  function change(id, body, request, event) {
    const record = recordOf(id);
    checkVersion(record, request);
    checkFields(record.form, body.fields);
    refuseFigures(record.form, body.fields);
    return view(put(id, record.form, { ...body.fields, ...counted(record) }, record.state?.id,
      { actor: account().name, event, reason: body.reason, valid_from: body.valid_from }));
  }

  function create(body) {
    checkFields(body.form, body.fields);
    refuseFigures(body.form, body.fields);
    state.made += 1;
    return view(put(`new${state.made}`, body.form, body.fields, processOf(body.form)?.start,
      { actor: account().name, event: 'created', reason: body.reason }));
  }

  function linksOf(id) {
    const record = recordOf(id);
    const out = (formOf(record.form).links ?? []).flatMap((link) => [
      { title: link.title, field: link.field, direction: 'out', records: [records.get(
        record.fields[link.field])].filter(Boolean) },
      { title: link.reverse, field: link.field, direction: 'in', records: [...records.values()]
        .filter((other) => other.fields[link.field] === id) }]);
    return { items: out.filter((group) => group.records.length).map((group) => ({ ...group,
      records: group.records.map(({ state, ...rest }) => ({ ...rest, state: state?.id })) })) };
  }

  function tasks() {
    const open = [...records.values()].filter((record) => record.turn).map((record) => ({
      key: `${record.id}:state`, record: { ...record, state: record.state.id }, role: record.turn.role, what: record.turn.what,
      due: record.deadlines[0] && { first: record.deadlines[0].first,
        last: record.deadlines[0].last },
      opened: '2025-06-01', overdue: (record.deadlines[0]?.last ?? '9') < '2026-01-01' }));
    open.sort((a, b) => ((a.due?.first ?? '9') < (b.due?.first ?? '9') ? -1 : 1));
    return { items: open, count_hint: open.length };
  }

  function interpret(body) {
    if (!/zomer/i.test(body.words)) throw notFound();
    const year = body.written_on?.slice?.(0, 4) ?? body.written_on.first.slice(0, 4);
    return { first: `${year}-06-01`, last: `${year}-08-31`, certain: false, interpretation: {
      nl: 'De zomer loopt van juni tot en met augustus.', en: 'Summer runs from June to August.' } };
  }

  const packName = () => ({ name: pack.name, title: pack.title, version: pack.version,
    hash: pack.hash });

  function ask(body) {
    const answer = evaluate(body);
    if (answer) return answer;
    throw new Problem(400, 'AP-0020', 'Het verzoek klopt nog niet', 'Verbeter wat hieronder staat.',
      { problems: [{ id: 'DM-0053', where: '/inputs/Regen',
        message: 'Regen: deze waarde mag niet.', hint: 'Kies uit wat mag: >= 0.' }] });
  }

  const kRoutes = [
    ['GET /v1/session', () => session()],
    ['POST /v1/session', (_, body) => signIn(body)],
    ['DELETE /v1/session', () => { state.login = null; }],
    ['POST /v1/session/totp', () => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Zicht' })],
    ['POST /v1/session/totp/_confirm', () => { state.totp.on = true; }],
    ['POST /v1/session/totp/_remove', () => { state.totp.on = false; }],
    ['POST /v1/session/password', () => undefined],
    ['GET /v1/catalogue', () => catalogueFor(account())],
    ['GET /v1/packs', () => ({ items: [{ name: pack.name, title: pack.title, status: 'live',
      version: pack.version, hash: pack.hash, since: '2025-06-01T09:00:00Z' }] })],
    ['GET /v1/packs/:pack/versions', () => ({ items: [{ version: pack.version, hash: pack.hash,
      activated: ['2025-06-01T09:00:00Z'] }] })],
    ['GET /v1/packs/:pack/models', () => ({ pack: packName(), items: [summary] })],
    ['GET /v1/packs/:pack/models/:model', ([, id]) => {
      if (id !== summary.id) throw notFound();
      return { id, pack: packName(), model };
    }],
    ['GET /v1/rounds', () => ({ items: [], references: {} })],
    ['GET /v1/indicators', () => ({ items: Object.values(current) })],
    ['GET /v1/indicators/:pack/:id', ([of, id]) => {
      const found = current[`${of}/${id}`];
      if (!found) throw notFound();
      return found;
    }],
    ['GET /v1/open-data/catalogue', () => openData],
    ['GET /v1/packs/:pack/norms', () => ({ pack: packName(), items: [norm] })],
    ['POST /v1/packs/:pack/models/:model/_evaluate', (_, body) => ask(body)],
    ['POST /v1/records/_search', (_, body) => find(body, visible)],
    ['POST /v1/records', (_, body) => create(body)],
    ['GET /v1/records/:id', ([id]) => view(recordOf(id))],
    ['PUT /v1/records/:id', ([id], body, request) => change(id, body, request, 'changed')],
    ['POST /v1/records/:id/_correct',
      ([id], body, request) => change(id, body, request, 'corrected')],
    ['POST /v1/records/:id/_step', ([id], body, request) => step(id, body, request)],
    ['GET /v1/records/:id/history', ([id]) => ({ items: histories.get(recordOf(id).id) })],
    ['GET /v1/records/:id/links', ([id]) => linksOf(id)],
    ['POST /v1/tasks/_search', () => tasks()],
    ['POST /v1/calendar/_interpret', (_, body) => interpret(body)],
    ['POST /v1/_search', (_, body) => ({ groups: Object.keys(pack.forms)
      .map((form) => ({ form: `${pack.name}/${form}`,
        page: find({ form: `${pack.name}/${form}`, text: body.text, limit: 6 }, visible) }))
      .filter(({ page }) => page.items.length) })],
    ['GET /v1/accounts', () => ({ items: state.accounts.map(idsOfRoles),
      organisations: [{ id: 'akker', name: 'De Akker' }, { id: 'beek', name: 'De Beek' }] })],
    ['POST /v1/accounts', (_, body) => {
      const made = { ...body, id: `u${state.accounts.length + 1}`, active: true, totp: false,
        organisation: { id: 'akker', name: 'De Akker' },
        roles: body.roles };
      state.accounts.push(made);
      return { ...made, one_time_password: 'groen-pad-zeven-appels' };
    }],
    ['PUT /v1/accounts/:id', ([id], { reset_password, reset_second_factor, organisation,
      ...rest }) => {
      const found = state.accounts.find((one) => one.id === id);
      Object.assign(found, rest);
      if (organisation) found.organisation = { id: organisation, name: organisation };
      if (reset_password || reset_second_factor) found.totp = false;
      return { ...idsOfRoles(found), ...(reset_password
        ? { one_time_password: 'groen-pad-zeven-appels' } : {}) };
    }],
    ['GET /v1/journal', () => ({ items: [...histories.values()].flat().slice(0, 30)
      .map((item, index) => ({ seq: 30 - index, recorded_at: item.at, kind: 'record.put',
        organisation: 'De Akker', actor: item.actor.name })) })],
    ['GET /v1/journal/verification', () => ({ verified: { at: '2025-06-01T10:00:00Z',
      entries: 90, problems: [] } })],
    ['POST /mock/fail', (_, body) => { state.failures.push(body); }],
    ['POST /mock/slow', (_, body) => { state.slowMs = body.ms; }],
    ['POST /mock/touch', (_, body) => {
      const record = recordOf(body.id);
      put(body.id, record.form, { ...record.fields, ...body.fields }, record.state?.id,
        { actor: 'Bas van Dam', reason: 'Intussen gewijzigd' });
    }],
  ].map(([name, act]) => {
    const [method, path] = name.split(' ');
    return { method, act, path: new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`) };
  });

  function failNow(path) {
    const failure = state.failures.find((one) => path.startsWith(one.path) && one.times > 0);
    if (!failure) return;
    failure.times -= 1;
    throw new Problem(failure.status, 'AP-0099', 'Er ging iets mis', 'Probeer het opnieuw.');
  }

  // The same key with the same body gives the first answer again.
  function once(request, url, run) {
    const key = request.headers['idempotency-key'];
    if (!key || request.method !== 'POST') return run();
    const kept = state.keys.get(key + url.pathname);
    if (kept) return kept;
    const made = run();
    state.keys.set(key + url.pathname, made);
    return made;
  }

  return async (request, url, body, response) => {
    if (url.pathname === '/v1/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(': open\n\n');
      return;
    }
    if (state.slowMs) await new Promise((done) => setTimeout(done, state.slowMs));
    try {
      failNow(url.pathname);
      if (url.pathname === '/v1/records/_export') {
        response.writeHead(200, { 'Content-Type': 'text/csv' });
        response.end(find({ ...body, limit: 9999 }, visible).items.map((r) => r.title).join('\n'));
        return;
      }
      // What stands in it is the server's; here it is what was asked.
      if (url.pathname.startsWith('/v1/open-data/editions/')) {
        response.writeHead(200, { 'Content-Type': 'text/csv' });
        response.end(`${url.pathname}${url.search}\r\n`);
        return;
      }
      const route = kRoutes.find(({ method, path }) => method === request.method
        && path.test(url.pathname));
      if (!route) throw notFound();
      const answer = once(request, url, () => route.act(
        route.path.exec(url.pathname).slice(1), body, request));
      response.writeHead(answer ? 200 : 204, { 'Content-Type': 'application/json' });
      response.end(answer ? JSON.stringify(answer) : '');
    } catch (error) {
      const status = error.status ?? 500;
      response.writeHead(status, { 'Content-Type': 'application/problem+json' });
      response.end(JSON.stringify(error.body ?? { title: String(error), status }));
    }
  };
}
