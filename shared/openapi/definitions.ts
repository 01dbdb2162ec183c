import { z } from 'zod';
import { consentRequestSchema } from '../consent/consentRequestSchema.ts';
import { adoptRequestSchema } from '../http/adoptRequestSchema.ts';
import { shownAccount, shownAccounts } from '../http/answers/accountsAnswer.ts';
import { consentGiven, consentTerms } from '../http/answers/consentAnswers.ts';
import { exemptionChange, shownExemption, shownExemptions } from '../http/answers/exemptionAnswers.ts';
import {
  pastOccurrence,
  pastOccurrences,
  pastRun,
  pastRuns,
  reportHistory,
} from '../http/answers/historyAnswers.ts';
import { delivered, health, healthDetails, me, openApi } from '../http/answers/otherAnswers.ts';
import { plan, plannedReport } from '../http/answers/planAnswer.ts';
import { problem } from '../http/answers/problemAnswer.ts';
import { windowReadiness } from '../http/answers/readinessAnswer.ts';
import { explainedReport, hold, shownReport, shownReports } from '../http/answers/reportAnswers.ts';
import { accepted, reportResult, run, runEvent, runProblem } from '../http/answers/runAnswer.ts';
import { shownWindow, shownWindows, windowAlone, windowProblem } from '../http/answers/windowsAnswer.ts';
import { itemOfBoundedList } from '../http/boundedList.ts';
import { endExemptionRequestSchema, exemptionRequestSchema } from '../http/exemptionSchemas.ts';
import { relearnRequestSchema } from '../http/relearnRequestSchema.ts';
import {
  acknowledgeRequestSchema,
  drainRequestSchema,
  pauseRequestSchema,
  resumeRequestSchema,
} from '../http/requestSchemas.ts';
import { endRequestSchema, extendRequestSchema } from '../http/windowRequestSchemas.ts';
import type { SwaggerSchema } from './swagger.ts';
import { toSwaggerSchema } from './toSwaggerSchema.ts';

/** What settings decide is told in words; an account is never written into a request by itself. */
const limits = { maxReports: Number.MAX_SAFE_INTEGER, nowMs: 0, impliedAccount: '' };

const requests = {
  AdoptRequest: adoptRequestSchema(limits),
  ConsentRequest: consentRequestSchema,
  PauseRequest: pauseRequestSchema(limits),
  ResumeRequest: resumeRequestSchema(limits),
  DrainRequest: drainRequestSchema(limits),
  RelearnRequest: relearnRequestSchema,
  EndWindowRequest: endRequestSchema,
  ExtendWindowRequest: extendRequestSchema,
  EndExemptionRequest: endExemptionRequestSchema,
  ExemptionRequest: exemptionRequestSchema(limits),
  AcknowledgeRequest: acknowledgeRequestSchema(limits),
};

const answers = {
  Accepted: accepted,
  Account: shownAccount,
  Accounts: shownAccounts,
  ConsentGiven: consentGiven,
  ConsentTerms: consentTerms,
  Delivered: delivered,
  Exemption: shownExemption,
  ExemptionChange: exemptionChange,
  Exemptions: shownExemptions,
  ExplainedReport: explainedReport,
  Health: health,
  HealthDetails: healthDetails,
  Hold: hold,
  Me: me,
  OpenApi: openApi,
  PastOccurrence: pastOccurrence,
  PastOccurrences: pastOccurrences,
  PastRun: pastRun,
  PastRuns: pastRuns,
  Plan: plan,
  PlannedReport: plannedReport,
  Problem: problem,
  Report: shownReport,
  ReportHistory: reportHistory,
  ReportResult: reportResult,
  Reports: shownReports,
  Run: run,
  RunEvent: runEvent,
  RunProblem: runProblem,
  Window: shownWindow,
  WindowAlone: windowAlone,
  WindowProblem: windowProblem,
  WindowReadiness: windowReadiness,
  Windows: shownWindows,
};

/** A schema that has a name in the document. */
export type DefinitionName = keyof typeof requests | keyof typeof answers;

/** The path of a definition within the document. */
export function refTo(name: DefinitionName): string {
  return `#/definitions/${name}`;
}

/**
 * Every definition of the document, made from the schemas by which requests are read and answers are described.
 * Requests are told as they are taken: nothing but what is named. Answers may get new fields.
 */
export function definitions(): Readonly<Record<string, SwaggerSchema>> {
  const schemas = new Map([...written(requests, 'strict'), ...written(answers, 'open')]);
  const definitionOf = (ref: string) => schemas.get(ref.replace('#/definitions/', ''));
  return Object.fromEntries(
    [...schemas].map(([name, schema]) => [name, toSwaggerSchema(schema, definitionOf)]),
  );
}

function written(
  schemas: Readonly<Record<string, z.ZodType>>,
  objects: 'strict' | 'open',
): readonly (readonly [string, unknown])[] {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) {
    registry.add(schema, { id });
  }
  const made = z.toJSONSchema(registry, {
    target: 'openapi-3.0',
    io: 'input',
    uri: (id) => `#/definitions/${id}`,
    override: ({ zodSchema, jsonSchema }) => {
      const item = itemOfBoundedList(zodSchema);
      if (item !== undefined) {
        jsonSchema.items = z.toJSONSchema(item, { target: 'openapi-3.0', io: 'input' });
      }
      if (objects === 'open' && jsonSchema.additionalProperties === false) {
        delete jsonSchema.additionalProperties;
      }
    },
  });
  return Object.entries(made.schemas);
}
