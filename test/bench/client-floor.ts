import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

// Run by node -e, because a loader for TypeScript would cost more than what is measured.
const SCRIPT = `
const [clientPath, runtimePath, endpoint] = process.argv.slice(1);
const { default: Client, Config, OpenApiRequest, Params } = require(clientPath);
const { RuntimeOptions } = require(runtimePath);
const { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret } = process.env;
const client = new Client(new Config({ accessKeyId, accessKeySecret, endpoint, protocol: 'HTTP' }));
const list = new Params({
  action: 'ListMessageContacts', version: '2022-04-19', protocol: 'HTTPS', pathname: '/', method: 'POST',
  authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json',
});
(async () => {
  for (let made = 0; made < 3; made += 1)
    await client.callApi(list, new OpenApiRequest({ query: {} }), new RuntimeOptions({}));
  process.exit();
})();
`;

/**
 * Arguments of a Node process that does the least that any plan with the official client has to: it loads the client
 * and makes three signed calls in turn, since a plan of folder paths needs three rounds.
 */
export const threeCallsInTurn = (endpoint: URL): readonly string[] => [
  '-e',
  SCRIPT,
  resolve('@alicloud/openapi-client'),
  resolve('@alicloud/tea-util'),
  endpoint.host,
];
