import type { EntraAnswer } from './entraAnswer.ts';
import type { TokenForm } from './tokenForm.ts';

/** Everything that nobody may find in a log: what was handed out and what was shown. */
export interface SecretLog {
  add(secret: string): void;
  received(form: TokenForm): void;
  sent(answer: EntraAnswer): void;
  all(): readonly string[];
}

const receivedNames = ['client_secret', 'client_assertion', 'refresh_token', 'code', 'code_verifier'];
const sentNames = ['access_token', 'refresh_token', 'id_token'];

export function createSecretLog(): SecretLog {
  const secrets = new Set<string>();
  const add = (secret: unknown) => {
    if (typeof secret === 'string' && secret !== '') {
      secrets.add(secret);
    }
  };
  return {
    add,
    received: (form) => {
      for (const name of receivedNames) {
        add(form.get(name));
      }
    },
    sent: (answer) => {
      if (answer.kind === 'json') {
        for (const name of sentNames) {
          add(answer.body[name]);
        }
      } else if (answer.kind === 'redirect') {
        add(new URL(answer.location).searchParams.get('code'));
      }
    },
    all: () => [...secrets],
  };
}
