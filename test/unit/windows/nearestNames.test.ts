import { nearestNames } from '../../../shared/windows/nearestNames.ts';

const names = [
  'AzureUsage-daily',
  'AzureUsage-weekly',
  'Seats-and-revenue-daily',
  'Profile-daily',
  'Übersicht',
];

describe('the names near to what somebody wrote', () => {
  test.each<[string, readonly string[]]>([
    ['AzureUsage-dayly', ['AzureUsage-daily', 'AzureUsage-weekly']],
    ['azure*', ['AzureUsage-daily', 'AzureUsage-weekly']],
    ['Profle*', ['Profile-daily']],
    ['übersich?', ['Übersicht']],
    ['Xyzzy', []],
    ['*', []],
    ['', []],
  ])('of %j are %j', (text, near) => {
    expect(nearestNames(text, names, 3)).toEqual(near);
  });

  test('are no more than are asked for', () => {
    expect(nearestNames('daily', names, 2)).toHaveLength(2);
  });
});
