// Every behaviour that Microsoft's pages leave open, as a switch with the default this emulator chose.
import { z } from 'zod';
import { behaviourPolicies } from './behaviour.ts';
import { presetOf } from './presets.ts';

const refusable = ['ok', 'badRequest', 'notFound'] as const;

const throttleSchema = z.strictObject({
  requests: z.int().positive(),
  windowInMs: z.int().positive(),
  /** What `Retry-After` says; null counts the rest of the window. */
  retryAfterInSeconds: z.int().nonnegative().nullable().default(null),
});

/** The table of policies. `local/README.md` says what each one does. */
export const policiesSchema = z.strictObject({
  casing: z.enum(['camel', 'pascal', 'mixed']).default('camel'),
  errorInHttp200: z.boolean().default(false),

  mpnDemandsUser: z.boolean().default(true),
  cmpDemandsApp: z.boolean().default(true),
  wrongTokenKindStatus: z.union([z.literal(401), z.literal(403)]).default(401),
  /** Users who may sign in but have no role for Insights: 403 on either surface. */
  usersWithoutRole: z.array(z.string()).default(['visitor@partner.example']),
  mfaEnforcedPercent: z.number().min(0).max(100).default(100),
  mfaRefusalBody: z.enum(['platform', 'gateway', 'none']).default('platform'),
  tokenExpiryClock: z.enum(['system', 'emulator']).default('system'),

  pauseMovesModifiedTime: z.enum(['never', 'onChange', 'always']).default('onChange'),
  pauseOfPaused: z.enum(refusable).default('ok'),
  pauseOfInactive: z.enum(['unchanged', 'badRequest', 'notFound']).default('notFound'),
  resumeOfPaused: z.enum(['active', 'inactive']).default('active'),
  resumeOfActive: z.enum(refusable).default('ok'),
  resumeOfInactive: z.enum(['unchanged', 'badRequest', 'notFound']).default('notFound'),
  updateOfPaused: z.enum(['staysPaused', 'becomesActive']).default('staysPaused'),
  updateOfInactive: z.enum(['staysInactive', 'becomesActive']).default('staysInactive'),

  malformedId: z.enum(['badRequest', 'notFound']).default('notFound'),
  foreignReport: z.enum(['forbidden', 'notFound']).default('notFound'),
  perUserVisibility: z.boolean().default(false),
  emptyList: z.enum(['notFound', 'empty']).default('notFound'),
  reportNameFilter: z.enum(['exact', 'prefix']).default('exact'),
  pageSize: z.int().positive().nullable().default(null),
  nextLinkForm: z.enum(['absolute', 'relative']).default('absolute'),

  activeReportQuota: z.int().nonnegative().default(50),
  pausedReportsCountInQuota: z.boolean().default(true),
  executeNowQuota: z.int().nonnegative().default(5),
  queryQuota: z.int().nonnegative().default(100),
  throttle: throttleSchema.nullable().default(null),
  latencyInMs: z.int().nonnegative().default(0),

  missedRuns: z.enum(['skip', 'catchUp', 'shift']).default('skip'),
  missedRunsCount: z.boolean().default(false),
  finishedReports: z.enum(['becomeInactive', 'stayActive']).default('becomeInactive'),
  executionsOnPause: z.enum(['finish', 'arePaused']).default('finish'),
  pendingForMs: z.int().nonnegative().default(60_000),
  runningForMs: z.int().nonnegative().default(240_000),

  ...behaviourPolicies,
});
export type Policies = z.infer<typeof policiesSchema>;

/** For whoever tries something else than sign-in: a token of either kind opens either surface. */
export const ANY_CALLER = { mpnDemandsUser: false, cmpDemandsApp: false } as const;

/** Some policies, as they may be written; `preset` stands for those of a preset. */
export type PolicyChange = Partial<z.input<typeof policiesSchema>>;

/**
 * Reads a change of policies: those of its `preset`, then those by name.
 * @throws ZodError on an unknown name or a value that is not allowed.
 */
export function parsePolicyChange(input: unknown): PolicyChange {
  const { preset, ...named } = z.record(z.string(), z.unknown()).parse(input);
  const change = { ...(preset === undefined ? {} : presetOf(preset)), ...named };
  const all = policiesSchema.parse(change);
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in change));
}

/** The policies with some of them changed. @throws ZodError as `parsePolicyChange` does. */
export function changePolicies(policies: Policies, change: unknown): Policies {
  return policiesSchema.parse({ ...policies, ...parsePolicyChange(change) });
}
