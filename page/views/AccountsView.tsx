import { useState } from 'preact/hooks';
import { signInFaults } from '../../shared/faults/signInFaults.ts';
import type { Account, Health } from '../asking/answers.ts';
import { type Asked, ask } from '../asking/ask.ts';
import { capital, count, wordsOf } from '../facts/words.ts';
import { usePage } from '../pageContext.ts';
import { When } from '../parts/clock.tsx';

/** Every account: how the app signs in, when it was looked at, what was learned of its service. */
export function AccountsView() {
  const { situation } = usePage();
  const { accounts } = situation.accounts;
  const learned = new Map((situation.health.learned ?? []).map((one) => [one.account, one.words]));
  return (
    <>
      <h1>Accounts</h1>
      {accounts.length === 0 && <p class="empty">No account is configured.</p>}
      <ul class="cards wide">
        {accounts.map((account) => (
          <AccountCard key={account.name} account={account} learned={learned.get(account.name) ?? null} />
        ))}
      </ul>
      <p class="quiet-text">
        Version {situation.health.version} · time zones {situation.health.timeZoneData}
      </p>
    </>
  );
}

function AccountCard({ account, learned }: { readonly account: Account; readonly learned: string | null }) {
  const { situation } = usePage();
  const { name, surface, signIn, tenantId, lookedAfter, lastLookUtc, nextLookUtc, failure } = account;
  const unread = situation.reports.problems.find((one) => one.account === name) ?? null;
  const failing = failure ?? unread;
  return (
    <li class={`card${failing === null ? '' : ' failing'}`}>
      <div class="head">
        <b>{name}</b>
        {failing === null ? <span class="badge good">Read</span> : <span class="badge bad">Failing</span>}
      </div>
      {failing !== null && (
        <p class="fault">
          {failing.message} <code>{failing.code}</code>
          <span class="to-do">{remedyOf(failing.code)}</span>
        </p>
      )}
      <dl>
        <dt>API</dt>
        <dd>{surface === 'mpn' ? 'Partner (mpn)' : 'Commercial marketplace (cmp)'}</dd>
        <dt>Signs in by</dt>
        <dd>{wordsOf(signIn)}</dd>
        <dt>Tenant</dt>
        <dd>
          <code>{tenantId}</code>
        </dd>
        <dt>Looked after</dt>
        <dd>{count(lookedAfter, 'report')}</dd>
        <dt>Last full look</dt>
        <dd>{lastLookUtc === null ? 'none yet' : <When utc={lastLookUtc} />}</dd>
        <dt>Next look</dt>
        <dd>{nextLookUtc === null ? 'when something is due' : <When utc={nextLookUtc} />}</dd>
      </dl>
      {learned !== null && <p class="quiet-text">{capital(learned)}</p>}
      <DeepCheck account={name} />
    </li>
  );
}

function remedyOf(code: string): string {
  return new Map<string, { readonly remedy: string }>(Object.entries(signInFaults)).get(code)?.remedy ?? '';
}

/** Signs in now, where somebody asks for it: the age of the refresh token, and what ends before long. */
function DeepCheck({ account }: { readonly account: string }) {
  const { proof } = usePage();
  const [asked, setAsked] = useState<Asked<Health> | 'asking' | null>(null);
  const check = async () => {
    setAsked('asking');
    const path = `/api/health/details?deep=true&account=${encodeURIComponent(account)}`;
    setAsked(await ask<Health>(proof, { method: 'GET', path, answersAt: [503] }));
  };
  return (
    <>
      <p class="acts">
        <button type="button" disabled={asked === 'asking'} onClick={() => void check()}>
          {asked === 'asking' ? 'Signing in …' : 'Check the sign-in'}
        </button>
      </p>
      <div role="status">
        {asked !== null && asked !== 'asking' && <Checked asked={asked} account={account} />}
      </div>
    </>
  );
}

function Checked({ asked, account }: { readonly asked: Asked<Health>; readonly account: string }) {
  if (asked.kind !== 'answered') {
    return <p class="fault">{asked.kind === 'problem' ? asked.title : 'The app cannot be reached.'}</p>;
  }
  const found = asked.answer.accounts?.find((one) => one.account === account);
  if (found === undefined) {
    return null;
  }
  const { isOk, message, refreshToken, credentialEndsUtc, warnings } = found;
  return (
    <ul class="facts">
      <li>{isOk ? 'Signed in, and Partner Center answered.' : message}</li>
      {refreshToken !== null && (
        <li>
          Refresh token of {refreshToken.user === '' ? 'an unknown user' : refreshToken.user}:{' '}
          {count(Math.floor(refreshToken.ageInDays), 'day')} old,{' '}
          {count(Math.floor(refreshToken.daysLeft), 'day')} left
        </li>
      )}
      {credentialEndsUtc !== null && (
        <li>
          Credential ends <When utc={credentialEndsUtc} />
        </li>
      )}
      {warnings.map(({ code, message: what }) => (
        <li key={code}>{what}</li>
      ))}
    </ul>
  );
}
