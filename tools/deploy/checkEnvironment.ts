// `npm run deploy:check`, which azd runs before it makes anything: the values of its environment, read as the app will.
import { judgeEnvironment } from './judgeEnvironment.ts';

const problems = judgeEnvironment(process.env);
for (const { severity, where, message } of problems) {
  console.error(`${severity === 'error' ? 'PROBLEM' : 'Warning'} ${where}: ${message}`);
}
const isWell = problems.every(({ severity }) => severity === 'warning');
console.error(
  isWell
    ? 'The settings are sound.'
    : 'Nothing was deployed. "azd env set NAME VALUE" puts it right; see docs/deploy.md.',
);
process.exitCode = isWell ? 0 : 1;
