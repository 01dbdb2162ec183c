/** Where one cloud of Microsoft's has its APIs and its sign-in. */
interface Cloud {
  readonly apiOrigin: string;
  readonly authorityHost: string;
}

/**
 * The clouds that an account may name. Sources: "Different Partner Center REST URL end points" and the authority hosts
 * of `@azure/identity`. Whether Insights exists outside the public cloud is not documented.
 */
export const clouds = {
  public: {
    apiOrigin: 'https://api.partnercenter.microsoft.com',
    authorityHost: 'https://login.microsoftonline.com',
  },
  usGovernment: {
    apiOrigin: 'https://api.partnercenter.microsoft.com',
    authorityHost: 'https://login.microsoftonline.us',
  },
  china: {
    apiOrigin: 'https://partner.partnercenterapi.microsoftonline.cn',
    authorityHost: 'https://login.chinacloudapi.cn',
  },
} as const satisfies Readonly<Record<string, Cloud>>;

/**
 * What the managed identity's assertion must be for, by the authority that reads it. Source: "Workload identity
 * federation", audiences of the national clouds.
 */
export function exchangeAudience(authorityHost: string): string {
  switch (authorityHost) {
    case clouds.usGovernment.authorityHost:
      return 'api://AzureADTokenExchangeUSGov';
    case clouds.china.authorityHost:
      return 'api://AzureADTokenExchangeChina';
    default:
      return 'api://AzureADTokenExchange';
  }
}
