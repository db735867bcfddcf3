// Who is signed in, where, and the ways in and out. The portal will take this page's place.
const at = (id) => document.getElementById(id);

/** The token that a page of this origin can read and no other can. */
function csrf() {
  const found = document.cookie.split('; ').find((one) => /^(__Host-patchbay-csrf|patchbay_csrf)=/.test(one));
  return found ? found.slice(found.indexOf('=') + 1) : '';
}

async function call(method, path, body) {
  const headers = { accept: 'application/json' };
  if (method !== 'GET') headers['x-csrf-token'] = csrf();
  if (body) headers['content-type'] = 'application/json';
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const content = answer.headers.get('content-type')?.includes('json') ? await answer.json() : undefined;
  return { ok: answer.ok, status: answer.status, content };
}

async function act(method, path, body) {
  const { ok, status, content } = await call(method, path, body);
  if (ok) return location.assign('/');
  at('failure').textContent = content?.detail ?? `The answer was ${status}; try again.`;
  at('failure').hidden = false;
}

function fact(name, value) {
  const term = document.createElement('dt');
  const text = document.createElement('dd');
  term.textContent = name;
  text.textContent = value;
  at('facts').append(term, text);
}

function show(me) {
  at('who').textContent = `You are signed in as ${me.user?.name ?? me.subject}.`;
  if (me.user) fact('E-mail', me.user.email);
  fact('Agency', me.tenants.find((one) => one.id === me.tenantId)?.name ?? me.tenantId);
  fact(
    'Roles',
    me.roles.map((one) => (one.clientId ? `${one.role} for ${one.clientId}` : one.role)).join(', ') || 'none directly',
  );
  if (me.session) fact('Session until', new Date(me.session.absoluteUntil).toLocaleString());
  at('facts').hidden = false;
  at('sign-out').hidden = false;
  if (me.impersonation) {
    at('impersonation').textContent =
      `${me.impersonation.name} of Patchbay is acting for this user until ` +
      `${new Date(me.impersonation.until).toLocaleTimeString()}. Reason: ${me.impersonation.reason}`;
    at('impersonation').hidden = false;
    at('end-impersonation').hidden = false;
    at('end-impersonation').addEventListener('click', () => act('DELETE', `/api/v1/impersonations/${me.session.id}`));
  }
  if (me.tenants.length > 1 && !me.impersonation) {
    for (const one of me.tenants) at('agency').add(new Option(one.name, one.id, false, one.id === me.tenantId));
    at('agencies').hidden = false;
    at('agencies').addEventListener('submit', (event) => {
      event.preventDefault();
      act('POST', '/api/v1/session/tenant', { tenantId: at('agency').value });
    });
  }
}

/** What was connected just now, where a provider's page has sent the browser back. */
async function tell(id) {
  const { ok, content } = await call('GET', `/api/v1/connections/${encodeURIComponent(id)}`);
  if (!ok) return;
  at('connected').textContent = content.sentence ?? `${content.name} is connected: ${content.account}.`;
  at('connected').hidden = false;
}

at('sign-out').addEventListener('click', () => act('POST', '/sign-out'));
const { ok, content } = await call('GET', '/api/v1/me').catch(() => ({ ok: false }));
const connected = new URLSearchParams(location.search).get('connected');
if (ok) {
  show(content);
  if (connected) await tell(connected);
} else {
  at('who').textContent = 'You are not signed in.';
  at('sign-in').hidden = false;
}
