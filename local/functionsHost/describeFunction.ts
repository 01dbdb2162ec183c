import { z } from 'zod';
import type { BindingInfo, FunctionMetadata } from './coreTypes.ts';
import type { HostedFunction } from './hostMessages.ts';
import { parseNcrontab, type TimerSchedule } from './ncrontab.ts';
import { parseRouteTemplate, type RouteSegment } from './routeTemplate.ts';

/** A function that this host serves: its description, the name of its trigger's binding, and how it is triggered. */
export interface ServedFunction {
  readonly description: HostedFunction;
  readonly bindingName: string;
  readonly trigger:
    | { readonly kind: 'http'; readonly route: readonly RouteSegment[] }
    | {
        readonly kind: 'timer';
        readonly schedule: TimerSchedule;
        readonly useMonitor: boolean;
        readonly runOnStartup: boolean;
      }
    | { readonly kind: 'queue'; readonly queueName: string; readonly connectionString: string };
}

/** Served, or the sentence that says why not. */
export type FunctionDescription =
  | { readonly kind: 'served'; readonly served: ServedFunction }
  | { readonly kind: 'notServed'; readonly problem: string };

const httpTriggerSchema = z.object({
  route: z.string().optional(),
  methods: z.array(z.string()),
  authLevel: z.enum(['anonymous', 'function', 'admin']),
});

const timerTriggerSchema = z.object({
  schedule: z.string(),
  useMonitor: z.boolean().default(true),
  runOnStartup: z.boolean().default(false),
});

const queueTriggerSchema = z.object({ queueName: z.string(), connection: z.string().default('') });
const allowedQueueName = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

type Settings = Readonly<Record<string, string | undefined>>;

/** Pure: what the host will serve for one registration, with `%SETTING%` filled in from the settings. */
export function describeFunction(options: {
  metadata: FunctionMetadata;
  routePrefix: string;
  settings: Settings;
}): FunctionDescription {
  const { metadata, routePrefix, settings } = options;
  const trigger = Object.entries(metadata.bindings).find(([, binding]) =>
    /trigger$/i.test(binding.type ?? ''),
  );
  if (trigger === undefined) {
    return notServed(metadata.name, 'it has no trigger');
  }
  const [bindingName, binding] = trigger;
  try {
    switch (binding.type?.toLowerCase()) {
      case 'httptrigger':
        return {
          kind: 'served',
          served: describeHttp({ name: metadata.name, bindingName, binding, routePrefix, settings }),
        };
      case 'timertrigger':
        return {
          kind: 'served',
          served: describeTimer({ name: metadata.name, bindingName, binding, settings }),
        };
      case 'queuetrigger':
        return {
          kind: 'served',
          served: describeQueue({ name: metadata.name, bindingName, binding, settings }),
        };
      default:
        return notServed(metadata.name, `this host does not serve a ${binding.type}`);
    }
  } catch (error: unknown) {
    return notServed(metadata.name, error instanceof Error ? error.message : String(error));
  }
}

function notServed(name: string, reason: string): FunctionDescription {
  return { kind: 'notServed', problem: `The function "${name}" is not served: ${reason}.` };
}

interface TriggerBinding {
  readonly name: string;
  readonly bindingName: string;
  readonly binding: BindingInfo;
  readonly settings: Settings;
}

function describeHttp(options: TriggerBinding & { routePrefix: string }): ServedFunction {
  const { name, bindingName, binding, routePrefix, settings } = options;
  const trigger = httpTriggerSchema.parse(binding);
  const ownRoute = fillInSettings(trigger.route ?? name, settings).replace(/^\/+|\/+$/g, '');
  const route = [routePrefix, ownRoute].filter((part) => part !== '').join('/');
  const methods = trigger.methods.map((method) => method.toUpperCase());
  return {
    description: {
      ...{ name, type: 'httpTrigger', route, methods, authLevel: trigger.authLevel },
      ...{ schedule: null, queueName: null },
    },
    bindingName,
    trigger: { kind: 'http', route: parseRouteTemplate(route) },
  };
}

function describeTimer({ name, bindingName, binding, settings }: TriggerBinding): ServedFunction {
  const trigger = timerTriggerSchema.parse(binding);
  const schedule = fillInSettings(trigger.schedule, settings);
  return {
    description: {
      ...{ name, type: 'timerTrigger', route: null, methods: [], authLevel: null },
      ...{ schedule, queueName: null },
    },
    bindingName,
    trigger: {
      kind: 'timer',
      schedule: parseNcrontab(schedule),
      useMonitor: trigger.useMonitor,
      runOnStartup: trigger.runOnStartup,
    },
  };
}

function describeQueue({ name, bindingName, binding, settings }: TriggerBinding): ServedFunction {
  const trigger = queueTriggerSchema.parse(binding);
  const queueName = fillInSettings(trigger.queueName, settings).toLowerCase();
  if (!allowedQueueName.test(queueName)) {
    throw new Error(`"${queueName}" is not a name that a storage queue can have`);
  }
  return {
    description: {
      ...{ name, type: 'queueTrigger', route: null, methods: [], authLevel: null },
      ...{ schedule: null, queueName },
    },
    bindingName,
    trigger: {
      kind: 'queue',
      queueName,
      connectionString: connectionStringOf(trigger.connection, settings),
    },
  };
}

/** A connection is the name of a setting, with or without the prefix `AzureWebJobs`; when empty, the app's own storage. */
function connectionStringOf(connection: string, settings: Settings): string {
  const name = connection === '' ? 'Storage' : connection;
  const value = settings[`AzureWebJobs${name}`] || settings[name];
  if (value === undefined || value === '') {
    throw new Error(`its connection "${connection}" names no setting that holds a connection string`);
  }
  return value;
}

function fillInSettings(text: string, settings: Settings): string {
  return text.replace(/%([^%]+)%/g, (whole, name: string) => {
    const value = settings[name];
    if (value === undefined || value === '') {
      throw new Error(`${whole} names a setting that is not there`);
    }
    return value;
  });
}
