import { useState } from 'preact/hooks';
import type { Me } from '../asking/answers.ts';
import type { ZoneChoice } from '../facts/times.ts';
import type { Place } from '../place.ts';

const ZONE = 'intermission.zone';

const zones: Readonly<Record<ZoneChoice, string>> = {
  mine: 'My time',
  window: 'Window’s time',
  utc: 'UTC',
};

/** In whose time instants are shown, as it was chosen last on this machine. */
export function useZoneChoice(): readonly [ZoneChoice, (choice: ZoneChoice) => void] {
  const stored = localStorage.getItem(ZONE);
  const [choice, setChoice] = useState<ZoneChoice>(stored === 'utc' || stored === 'window' ? stored : 'mine');
  return [
    choice,
    (chosen) => {
      localStorage.setItem(ZONE, chosen);
      setChoice(chosen);
    },
  ];
}

const places: readonly (readonly [address: string, name: string, views: readonly Place['view'][]])[] = [
  ['#/', 'Now', ['now']],
  ['#/reports', 'Reports', ['reports', 'report']],
  ['#/windows', 'Windows', ['windows', 'window']],
  ['#/runs', 'Runs', ['runs', 'run']],
  ['#/accounts', 'Accounts', ['accounts']],
];

/** Where one can go, in whose time, and out. */
export function TopBar({
  place,
  zone,
  setZone,
  leave,
  me,
}: {
  readonly place: Place;
  readonly zone: ZoneChoice;
  readonly setZone: (choice: ZoneChoice) => void;
  readonly leave: () => void;
  readonly me: Me | null;
}) {
  return (
    <header class="top">
      <a class="brand" href="#/" aria-label="Intermission, to what is now">
        <span class="mark" aria-hidden="true" />
        <span class="word">Intermission</span>
      </a>
      <nav aria-label="Views">
        {places.map(([address, name, views]) => (
          <a key={name} href={address} aria-current={views.includes(place.view) ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <div class="tools">
        <label>
          <span class="unseen">Times in</span>
          <select
            value={zone}
            onChange={({ currentTarget: { value } }) => {
              if (value === 'mine' || value === 'window' || value === 'utc') setZone(value);
            }}
          >
            {Object.entries(zones).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="plain"
          title={me === null ? '' : `Signed in: ${me.name ?? me.id}`}
          onClick={leave}
        >
          Sign out
        </button>
      </div>
    </header>
  );
}
