// A real OpenID provider for the tests, with one client and one account, that lets everybody in at once.
//
// Prints `issuer URL` when it answers. Client `lienthong-test` with secret `secret-for-tests-only`; any
// path on this machine's loopback may be its redirect address. Account `oidc-user-1`.

import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const ACCOUNT = 'oidc-user-1';
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

// The port is known only once somebody listens, and the issuer names the port.
const server = createServer();
await new Promise((ready) => {
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', ready);
});
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'lienthong-test',
      client_secret: 'secret-for-tests-only',
      redirect_uris: ['http://127.0.0.1/sign-in/oidc'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  pkce: { required: () => true },
  // As most providers do: the e-mail address is in the id token too.
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  cookies: { keys: ['only-for-tests'] },
  findAccount: (_, sub) =>
    sub === ACCOUNT
      ? {
          accountId: sub,
          claims: () => ({ sub, email: 'oidc-user-1@example.invalid', email_verified: true, name: 'OIDC User' }),
        }
      : undefined,
});

// The tests' programs listen on ports of their own.
provider.Client.prototype.redirectUriAllowed = (uri) => {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'http:' && LOOPBACK.has(hostname);
};

/** In place of pages that ask: the account signs in and consents to everything. */
async function letIn(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: ACCOUNT } });
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  const { missingOIDCScope, missingOIDCClaims } = prompt.details;
  if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '));
  if (missingOIDCClaims) grant.addOIDCClaims(missingOIDCClaims);
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

const handle = provider.callback();
server.on('request', (request, response) => {
  if (!request.url.startsWith('/interaction/')) return handle(request, response);
  return letIn(request, response).catch((error) => {
    response.writeHead(500).end(String(error));
  });
});
console.log(`issuer ${issuer}`);
