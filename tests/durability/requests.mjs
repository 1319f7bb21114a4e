// The few requests that these tests send. Rejects when there is no answer.
const patience = 20_000;

export async function writeJson(address, method, target, body, headers = {}) {
  const response = await fetch(address + target, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  });
  const text = await response.text();
  return {
    ok: response.ok,
    status: response.status,
    text,
    json: text === '' ? undefined : JSON.parse(text),
    isReplay: response.headers.get('idempotent-replay') === 'true',
    cookie: response.headers.getSetCookie()[0]?.split(';')[0],
  };
}

// The headers of a demo account; without a login that of who may make tools.
export async function signIn(address, login = 'lender') {
  const credentials = { login, password: `zicht-demo-${login}` };
  const answer = await writeJson(address, 'POST', '/v1/session', credentials);
  if (!answer.ok) throw new Error(`cannot sign in: ${answer.text}`);
  return { cookie: answer.cookie, 'x-csrf-token': answer.json.csrf_token };
}

// Every record of the form: [{name, version}].
export async function everyRecord(address, headers, form) {
  const found = [];
  for (let cursor; ;) {
    const body = { form, limit: 200, ...(cursor && { cursor }) };
    const page = await writeJson(address, 'POST', '/v1/records/_search', body, headers);
    if (!page.ok) throw new Error(`cannot be listed: ${page.text}`);
    for (const item of page.json.items) {
      found.push({ id: item.id, name: item.fields.name, version: item.version });
    }
    cursor = page.json.next;
    if (cursor === undefined) return found;
  }
}
