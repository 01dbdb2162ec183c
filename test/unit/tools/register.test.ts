import { runRegister } from '../../../tools/register/runRegister.ts';
import { type FakeTools, fakeTools } from '../../fakes/fakeTools.ts';
import { unknownTo } from '../../fixtures/tools/toolOptions.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const CLIENT = '55555555-5555-4555-8555-000000000001';
const IDENTITY = '66666666-6666-4666-8666-666666666666';
const ISSUER = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const azdValues = {
  APP_CLIENT_ID: CLIENT,
  FEDERATED_CREDENTIAL_ISSUER: ISSUER,
  FEDERATED_CREDENTIAL_SUBJECT: IDENTITY,
  FEDERATED_CREDENTIAL_AUDIENCE: 'api://AzureADTokenExchange',
};
const azd = `echo '${JSON.stringify(azdValues)}'`;

let tools: FakeTools;

afterEach(() => tools.remove());

/** Runs the command; the waits are told and not waited for. */
async function register(line: string) {
  const [said, complaints, waitsInMs]: [string[], string[], number[]] = [[], [], []];
  const exitCode = await runRegister(line.split(' '), {
    run: tools.run,
    say: (text) => said.push(text),
    complain: (text) => complaints.push(text),
    sleep: async (durationInMs) => {
      waitsInMs.push(durationInMs);
    },
  });
  return { exitCode, said: said.join('\n'), complaint: complaints.join('\n'), waitsInMs };
}

describe('npm run register', () => {
  beforeEach(() => {
    tools = fakeTools({ scripts: { azd } });
  });

  test('makes all that the sign-in of Partner Insights needs, and says what to set', async () => {
    const made = await register(`app --for mpn --tenant ${TENANT}`);

    expect(made).toMatchObject({ exitCode: 0, complaint: '' });
    expect(made.said).toContain(`azd env set APP_CLIENT_ID ${CLIENT}`);
    expect(made.said).toContain('azd env set SIGN_IN secureApp');

    const before = await register('check');
    expect(before.exitCode).toBe(1);
    expect(before.said.match(/MISSING .*/g)).toEqual([
      `MISSING federated credential of the identity ${IDENTITY}`,
    ]);

    expect(await register('trust')).toMatchObject({ exitCode: 0 });
    expect(await register('check')).toMatchObject({ exitCode: 0 });
  });

  test('makes for the commercial marketplace neither a redirect nor a permission', async () => {
    const { said } = await register(`app --for cmp --tenant ${TENANT} --name Market`);

    expect(said).toContain('azd env set SIGN_IN federatedApp');
    expect(tools.azCalls().join('\n')).not.toMatch(/redirect|permission/);
    await register('trust');
    expect(await register('check --for cmp')).toMatchObject({ exitCode: 0 });
  });

  test('changes nothing in another tenant than the one that was named', async () => {
    const other = '99999999-9999-4999-8999-999999999999';
    const { exitCode, complaint } = await register(`app --for mpn --tenant ${other}`);

    expect(exitCode).toBe(1);
    expect(complaint).toContain(`az login --tenant ${other}`);
    expect(tools.azCalls()).toEqual(['account show --output json']);
  });

  test('makes no second one of the same name, and trusts no identity twice', async () => {
    await register(`app --for mpn --tenant ${TENANT}`);
    const again = await register(`app --for mpn --tenant ${TENANT}`);

    expect(again.exitCode).toBe(1);
    expect(again.complaint).toContain(CLIENT);

    await register('trust');
    expect((await register('trust')).said).toContain('already');
    expect(tools.azCalls().filter((call) => /(app|credential) create/.test(call))).toHaveLength(2);
  });

  test('waits for what is not everywhere in Entra yet, and not for ever', async () => {
    tools.setAz({ tenantId: TENANT, apps: [], lateServicePrincipals: 2 });
    expect(await register(`app --for mpn --tenant ${TENANT}`)).toMatchObject({
      ...{ exitCode: 0, waitsInMs: [10_000, 10_000] },
    });

    tools.setAz({ tenantId: TENANT, apps: [], lateServicePrincipals: 99 });
    const { exitCode, complaint, waitsInMs } = await register(`app --for mpn --tenant ${TENANT}`);
    expect({ exitCode, waits: waitsInMs.length }).toEqual({ exitCode: 1, waits: 5 });
    expect(complaint).toContain('does not reference a valid application object');
  });

  test('deletes the app registration and its trusts, and only where that was said twice', async () => {
    await register(`app --for mpn --tenant ${TENANT}`);
    await register('trust');

    expect(await register('remove')).toMatchObject({ exitCode: 2 });
    expect(await register('remove --yes')).toMatchObject({ exitCode: 0 });
    expect(tools.azCalls().slice(-2)).toEqual([
      `ad app federated-credential delete --id ${CLIENT} --federated-credential-id 1 --output none`,
      `ad app delete --id ${CLIENT} --output none`,
    ]);
  });

  test('calls the Azure CLI by options that its pages have', async () => {
    await register(`app --for mpn --tenant ${TENANT}`);
    await register('trust');
    await register('check');
    await register('remove --yes');

    const calls = tools.azCalls();
    expect(calls.length).toBeGreaterThan(9);
    expect(calls.flatMap((call) => unknownTo('az', call.split(' ')))).toEqual([]);
  });

  test('prints the same as lines for a shell, and calls nothing', async () => {
    const { said } = await register(`app --for mpn --tenant ${TENANT} --print`);
    const trusted = await register('trust --print');

    expect(said.split('\n').map((line) => line.replace(/ '.*'/, " 'JSON'"))).toEqual([
      `az login --tenant ${TENANT} --allow-no-subscriptions`,
      "APP_CLIENT_ID=$(az ad app create --display-name Intermission --sign-in-audience AzureADMyOrg --web-redirect-uris http://localhost:8400/consent --required-resource-accesses 'JSON' --query appId --output tsv)",
      'az ad sp create --id "$APP_CLIENT_ID"',
      'az ad app permission grant --id "$APP_CLIENT_ID" --api fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd --scope user_impersonation',
      `azd env set TENANT_ID ${TENANT}`,
      'azd env set SIGN_IN secureApp',
      'azd env set APP_CLIENT_ID "$APP_CLIENT_ID"',
    ]);
    expect(trusted.said).toContain(`"subject":"${IDENTITY}"`);
    expect(tools.azCalls()).toEqual([]);
  });
});

describe('without the tools', () => {
  test('the command says what to install, or to have the lines printed', async () => {
    tools = fakeTools({ hasAz: false });

    const { exitCode, complaint } = await register(`app --for mpn --tenant ${TENANT}`);

    expect(exitCode).toBe(1);
    expect(complaint).toContain('--print');
  });

  test.each([
    ['app --for both', '--for'],
    [`app --tenant ${TENANT}`, '--for'],
    ['app --for mpn', '--tenant'],
    [`app --for mpn --tenant ${TENANT} --name a;b`, '--name'],
    ['trust', '--client-id'],
    [`trust --client-id ${CLIENT}`, 'azd up'],
    ['app app', 'one command'],
    ['undo', '--client-id'],
    ['app --tenat x', 'no such flag'],
  ])('%s is refused, and the message says what is missing', async (line, told) => {
    tools = fakeTools({});

    const { exitCode, complaint } = await register(line);

    expect(exitCode).toBe(2);
    expect(complaint).toContain(told);
    expect(tools.azCalls()).toEqual([]);
  });
});
