import { type Door, NOT_READY, pathParameter } from './door.ts';
import type { SwaggerParameter } from './swagger.ts';
import { accountFilter } from './tellingDoors.ts';

const runId = pathParameter('runId', 'Run ID', 'The id of the run.');
const token: SwaggerParameter = {
  name: 'token',
  in: 'query',
  required: true,
  type: 'string',
  'x-ms-summary': 'Token',
  description: 'The token that stands in the address that the request was answered with.',
};
const ofRun = {
  tag: 'Runs',
  isOpen: false,
  body: null,
  answers: {
    200: ['The run is done; its status says how.', 'Run'],
    202: ['The run works on; ask again later.', 'Accepted'],
  },
  problems: [404, ...NOT_READY],
} as const;
const ofApp = {
  method: 'get',
  tag: 'Operations',
  visibility: 'advanced',
  parameters: [],
  body: null,
  problems: [],
} as const;

/** The doors of runs that were kept. */
export const runDoors: readonly Door[] = [
  {
    ...ofRun,
    method: 'get',
    path: '/api/runs/{runId}',
    operationId: 'GetRun',
    summary: 'Get a run',
    description: 'Tells how far a run is, and its results when it is done.',
    visibility: 'important',
    parameters: [runId],
  },
  {
    ...ofRun,
    method: 'get',
    path: '/api/runs/{runId}/status',
    operationId: 'GetRunStatus',
    summary: 'Get a run by its token',
    description: 'Tells the same to pollers that send no credentials; until a day after the end of the run.',
    visibility: 'internal',
    isOpen: true,
    parameters: [runId, token],
  },
  {
    ...ofRun,
    method: 'post',
    path: '/api/runs/{runId}/continue',
    operationId: 'ContinueRun',
    summary: 'Continue a run',
    description: 'Puts a run that still works back into the queue, where its message was lost.',
    visibility: 'advanced',
    parameters: [runId],
    problems: [404, 413, ...NOT_READY],
  },
];

const account = pathParameter('account', 'Account', 'The name of the account.');
const ofConsent = {
  tag: 'Operations',
  path: '/api/accounts/{account}/consent',
  visibility: 'internal',
  isOpen: false,
  parameters: [account],
} as const;

/** The doors by which an Insights user consents; they want the host's master key. */
export const consentDoors: readonly Door[] = [
  {
    ...ofConsent,
    method: 'get',
    operationId: 'GetConsentTerms',
    summary: 'Get what a consent needs',
    description: 'Tells what a browser needs to let the Insights user consent; nothing of it is secret.',
    body: null,
    answers: { 200: ['What is asked for, and where.', 'ConsentTerms'] },
    problems: [404, 409, ...NOT_READY],
  },
  {
    ...ofConsent,
    method: 'post',
    operationId: 'Consent',
    summary: 'Complete a consent',
    description:
      'Redeems the code of the sign-in with the credential of the app, checks and proves it, and stores the refresh token.',
    body: { schema: 'ConsentRequest', description: 'What the sign-in brought.', isRequired: true },
    answers: { 200: ['The refresh token is stored.', 'ConsentGiven'] },
    problems: [400, 404, 409, 413, 422, 502, ...NOT_READY],
  },
];

const deep: SwaggerParameter = {
  name: 'deep',
  in: 'query',
  type: 'boolean',
  default: false,
  'x-ms-summary': 'Deep',
  description: 'Signs in to each account now, and asks Partner Center one thing.',
};

/** The doors that are about the app itself. */
export const appDoors: readonly Door[] = [
  {
    ...ofApp,
    path: '/api/health',
    operationId: 'GetHealth',
    summary: 'Get the health',
    description: 'Tells whether the app is in order, and its version.',
    isOpen: true,
    answers: { 200: ['The app is in order.', 'Health'], 503: ['The app is not in order.', 'Health'] },
  },
  {
    ...ofApp,
    path: '/api/health/details',
    operationId: 'GetHealthDetails',
    summary: 'Get the health with its problems',
    description:
      'Tells whether the app is in order, and what is wrong with settings, windows and webhooks, and what was learned of each account; with deep also how each account signs in.',
    parameters: [deep, accountFilter],
    isOpen: false,
    answers: {
      200: ['The app is in order, maybe with warnings.', 'HealthDetails'],
      503: ['The app is not in order.', 'HealthDetails'],
    },
    problems: [404],
  },
  {
    ...ofApp,
    path: '/api/me',
    operationId: 'GetMe',
    summary: 'Get who calls',
    description: 'Tells who the caller is, and what it may do.',
    visibility: 'internal',
    isOpen: false,
    answers: { 200: ['The caller and its roles.', 'Me'] },
  },
  {
    ...ofApp,
    path: '/api/openapi.json',
    operationId: 'GetOpenApi',
    summary: 'Get this description',
    description: 'Tells every door of the app as OpenAPI 2.0.',
    visibility: 'internal',
    isOpen: true,
    answers: { 200: ['This document.', 'OpenApi'] },
  },
  {
    ...ofApp,
    method: 'post',
    path: '/api/webhooks/{source}',
    operationId: 'ReceiveWebhook',
    summary: 'Deliver a webhook',
    description:
      'Takes a delivery of a source that is configured; the source proves itself by its own means.',
    tag: 'Webhooks',
    visibility: 'internal',
    isOpen: true,
    parameters: [pathParameter('source', 'Source', 'The name of the source.')],
    answers: {
      200: ['The delivery was taken and acted on, or the handshake is answered.', 'Delivered'],
      202: ['The delivery was taken and is acted on by the next tick.', 'Delivered'],
    },
    problems: [400, 401, 409, 410, 413, 415, 429, ...NOT_READY],
  },
];
