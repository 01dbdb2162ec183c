// The columns that several events share, and what a column is made of. Plain data.

/**
 * What a property's text is: free text, a UUID, an instant in ISO 8601 UTC, one of a few words, `true` or `false`.
 * Application Insights keeps each as a string in `customDimensions`.
 */
type PropertyType = 'text' | 'guid' | 'instant' | 'word' | 'flag';

/** One property of an event: what its text is, and what it means. Left out of an item where there is nothing to say. */
interface PropertySpec {
  readonly type: PropertyType;
  readonly meaning: string;
}

/** One event of the table `customEvents`. */
export interface EventShape {
  /** `customDimensions`, by name. */
  readonly properties: Readonly<Record<string, PropertySpec>>;
  /** `customMeasurements`: name and meaning; the unit is in the name. */
  readonly measurements: Readonly<Record<string, string>>;
}

/** Free text, capped. */
export const text = (meaning: string) => ({ type: 'text', meaning }) as const;
/** A UUID. */
export const guid = (meaning: string) => ({ type: 'guid', meaning }) as const;
/** An instant in ISO 8601 UTC. */
export const instant = (meaning: string) => ({ type: 'instant', meaning }) as const;
/** `true` or `false`. */
export const flag = (meaning: string) => ({ type: 'flag', meaning }) as const;
/** One of a few words. */
export const word = (meaning: string) => ({ type: 'word', meaning }) as const;

/** Which run it was. */
export const ofWork = {
  runId: guid('The run; `GET /api/runs/{id}` where it was a request.'),
  correlationId: guid('`MS-CorrelationId` of every call to Partner Center in this run.'),
};

/** Which run it was, and what set it off. */
export const ofRun = {
  ...ofWork,
  door: word(
    'What set the run off: `tick`, `pause`, `resume`, `drain`, `adopt`, `end`, `extend`, `webhook`.',
  ),
};

/** Whose report it is. */
export const ofAccount = {
  account: text("The account's name in the settings; a label, it may be renamed."),
  accountKey: text('What ownership is keyed by: surface and tenant, e.g. `mpn.TENANT`.'),
  tenantId: guid('The Entra tenant of the account.'),
  surface: word('`mpn` or `cmp`.'),
};

/** Which report it is about, and what happened to it. */
export const ofReport = {
  reportId: guid('The report; empty where the event is about the account.'),
  reportName: text('Its name when it was last read.'),
  detail: text('What happened, in words, at most 1000 characters.'),
};

/** What a lost ledger is rebuilt from. */
export const ofPause = {
  queryId: guid("The report's query: name and query tell a report that was made anew."),
  pausedAtUtc: instant('When the pause was confirmed, on our clock.'),
  modifiedTime: text(
    "The report's `modifiedTime` right after the pause as an instant, empty where it had none: the evidence that nobody touched it since.",
  ),
  contents: text(
    'Short hashes of the fields that a person can edit, right after the pause: tells an edit from a touch.',
  ),
  heldBy: text('Who holds the report then: a window, a request, a webhook; several are separated by `; `.'),
  heldUntilUtc: instant('The latest end of these holds; left out where one of them has none.'),
};

/** Whose sign-in it is. */
export const ofSignIn = {
  account: ofAccount.account,
  accountKey: ofAccount.accountKey,
  detail: text('What happened, in words.'),
};

/** An event about one report. */
export const report = { properties: { ...ofWork, ...ofAccount, ...ofReport }, measurements: {} };

/** An event about the end that a person gave an occurrence of a window. */
export const occurrenceEnd = {
  properties: {
    ...ofWork,
    ...ofAccount,
    window: text('The window, by its name.'),
    fromUtc: instant('When the occurrence began.'),
    untilUtc: instant('When it is over by this word.'),
    detail: text('Who said so and why, in words, at most 1000 characters.'),
  },
  measurements: {},
};

/** Whose delivery it was. */
export const ofWebhook = {
  source: text('The source, by its name in `WEBHOOKS`.'),
  correlationId: guid('The delivery, and the run that it set off.'),
};

/** Which event of a delivery. */
export const ofDelivery = {
  ...ofWebhook,
  key: text('What the event is about, e.g. a tracking id.'),
  deliveryId: text("The sender's id of this delivery."),
};
