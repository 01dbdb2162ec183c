/** What a problem document of each status is about. */
export const problemTexts: Readonly<Record<number, string>> = {
  400: 'The request is invalid and nothing was done; the errors name each fault.',
  401: 'The caller is not known; the platform answers this without a body.',
  403: 'The caller may not use this door.',
  404: 'There is nothing of that name or id.',
  409: 'A setting, a doubtful pause or a window that is not open is in the way; the title says which.',
  410: 'The source takes no more deliveries.',
  413: 'The request is too long.',
  415: 'The source does not send this content type.',
  422: 'The key came with another request before.',
  429: 'The source sends more than it may.',
  500: 'The settings or the ledger are in the way, and nothing was done.',
  502: 'Partner Center refused all of it, or some of it where that is to be an error.',
  503: 'It could not be done now; a later try may do.',
};

/** Answers of these statuses say when to ask again. */
export const RETRY_LATER: ReadonlySet<number> = new Set([202, 429, 503]);
