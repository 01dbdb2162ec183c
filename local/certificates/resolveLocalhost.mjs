// Preloaded (`node --import`) into a process that talks to the local cloud: `localhost` and every name below it mean
// loopback (RFC 6761, 6.3), which not every resolver knows and some answer with ::1, where the local cloud does not listen.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const isLocal = (name) => typeof name === 'string' && /(?:^|\.)localhost\.?$/i.test(name);
const loopback = { address: '127.0.0.1', family: 4 };
const { lookup } = dns;
const { lookup: lookupPromise } = dns.promises;

dns.lookup = (name, ...rest) => {
  if (!isLocal(name)) {
    return lookup(name, ...rest);
  }
  const [options] = rest;
  const callback = rest.at(-1);
  process.nextTick(() =>
    options?.all === true ? callback(null, [loopback]) : callback(null, loopback.address, loopback.family),
  );
};

dns.promises.lookup = async (name, options) => {
  if (!isLocal(name)) {
    return lookupPromise(name, options);
  }
  return options?.all === true ? [loopback] : loopback;
};

syncBuiltinESMExports();
