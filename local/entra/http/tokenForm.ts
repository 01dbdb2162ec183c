/** The parameters of one token request. An empty one counts as missing. */
export interface TokenForm {
  get(name: string): string | null;
}

/** Reads `application/x-www-form-urlencoded`. */
export function parseTokenForm(text: string): TokenForm {
  const parameters = new URLSearchParams(text);
  return {
    get: (name) => {
      const value = parameters.get(name);
      return value === '' ? null : value;
    },
  };
}
