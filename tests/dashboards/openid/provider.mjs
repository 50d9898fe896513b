// A certified OpenID provider on loopback, with its own pages for signing in. Its answers to: port, client's id and
// secret, and the address to come back to. Whoever signs in as id-of-NAME has a verified address.
import Provider from 'oidc-provider';

const [port, id, secret, back] = process.argv.slice(2);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id: id, client_secret: secret, redirect_uris: [back] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['only for the tests'] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id.replace('id-of-', '') + '@ousterly-vale.example', email_verified: true }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
