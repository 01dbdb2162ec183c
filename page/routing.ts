import { useEffect, useState } from 'preact/hooks';
import { addressOf, type Place, readPlace } from './place.ts';

/** The place that the address names now. */
export function usePlace(): Place {
  const [hash, setHash] = useState(window.location.hash);
  useEffect(() => {
    const follow = () => setHash(window.location.hash);
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return readPlace(hash);
}

/** Says a filter in the address without a step in the history of the browser for each letter. */
export function replacePlace(place: Place): void {
  window.history.replaceState(null, '', addressOf(place));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
